import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ChartKind, ChartSpec } from '../../../shared/contract/charts.ts';
import { asKind, type ChartColumn } from '../../../shared/charts/suggest.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import styles from './charts.module.css';
import { chartKinds, kindIcons } from './kindIcons.tsx';
import { MeasureRows } from './MeasureRows.tsx';

const BUCKETS: ChartSpec['bucket'][] = ['auto', 'none', 'second', 'minute', 'minute5', 'minute15', 'hour', 'hour6', 'day', 'week', 'month', 'quarter', 'year', 'decade', 'century'];
const SORTS: ChartSpec['sort'][] = ['valueDown', 'valueUp', 'xUp', 'xDown', 'result'];

/** Which parts of the form a kind has. */
const shows = (kind: ChartKind) => ({
  x: kind !== 'number',
  values: kind !== 'histogram',
  series: kind !== 'number' && kind !== 'pie',
  groups: kind === 'bar' || kind === 'stackedBar' || kind === 'pie' || kind === 'heatMap' || kind === 'line' || kind === 'area',
  log: kind !== 'number' && kind !== 'pie' && kind !== 'heatMap' && kind !== 'area' && kind !== 'stackedBar',
});

interface Props {
  spec: ChartSpec;
  columns: readonly ChartColumn[];
  onChange(spec: ChartSpec): void;
}

/** What is drawn, as a form; every change is drawn at once. */
export function ChartForm({ spec, columns, onChange }: Props) {
  const { t } = useTranslation('charts');
  const part = shows(spec.kind);
  const set = (change: Partial<ChartSpec>) => onChange({ ...spec, ...change });
  const x = columns.find(({ name }) => name === spec.x);
  const all = columns.map(({ name }) => ({ value: name, label: name }));
  const placed = columns.filter(({ role }) => role !== 'text').map(({ name }) => ({ value: name, label: name }));
  const needsPlace = spec.kind === 'scatter' || spec.kind === 'histogram';
  const grouped = part.groups && x !== undefined && (x.role === 'text' || (x.role === 'number' && spec.bins === undefined));
  return (
    <form className={styles.form} aria-label={t('form.name')} onSubmit={(event) => event.preventDefault()}>
      <div className={styles.kinds} role="group" aria-label={t('form.kind')}>
        {chartKinds.map((kind) => {
          const KindIcon = kindIcons[kind];
          return (
            <IconButton key={kind} label={t(`kind.${kind}`)} pressed={spec.kind === kind} className={styles.kind} onClick={() => onChange(asKind(spec, kind, columns))}>
              <KindIcon size={18} stroke={1.6} />
            </IconButton>
          );
        })}
      </div>
      {part.x && <Select searchable allowDeselect={false} label={t('form.x')} data={needsPlace ? placed : all} value={spec.x ?? null} onChange={(name) => name && set({ x: name, bins: undefined })} nothingFoundMessage={t('form.nothing')} />}
      {part.x && x?.role === 'time' && spec.kind !== 'scatter' && (
        <Select allowDeselect={false} label={t('form.bucket')} data={BUCKETS.map((value) => ({ value, label: t(`bucket.${value}`) }))} value={spec.bucket} onChange={(bucket) => bucket && set({ bucket: bucket as ChartSpec['bucket'] })} />
      )}
      {part.x && x?.role === 'number' && spec.kind !== 'scatter' && (
        <NumberInput size="xs" label={t('form.bins')} placeholder={t('bucket.auto')} min={2} max={200} allowDecimal={false} value={spec.bins ?? ''} onChange={(value) => set({ bins: typeof value === 'number' && value >= 2 && value <= 200 ? value : undefined })} />
      )}
      {part.values && <MeasureRows spec={spec} columns={columns} onChange={(y) => set({ y })} />}
      {part.series && (
        <Select searchable clearable={spec.kind !== 'heatMap'} allowDeselect={spec.kind !== 'heatMap'} label={t(spec.kind === 'heatMap' ? 'form.rows' : 'form.colour')} placeholder={t('form.none')} clearButtonProps={{ 'aria-label': t('form.clear') }} data={all} value={spec.series ?? null} onChange={(name) => set({ series: name ?? undefined })} nothingFoundMessage={t('form.nothing')} />
      )}
      {spec.kind === 'scatter' && (
        <Select searchable clearable label={t('form.size')} placeholder={t('form.none')} clearButtonProps={{ 'aria-label': t('form.clear') }} data={columns.filter(({ role }) => role === 'number').map(({ name }) => ({ value: name, label: name }))} value={spec.size ?? null} onChange={(name) => set({ size: name ?? undefined })} nothingFoundMessage={t('form.nothing')} />
      )}
      {grouped && (
        <>
          <Select allowDeselect={false} label={t('form.sort')} data={SORTS.map((value) => ({ value, label: t(`sort.${value}`) }))} value={spec.sort} onChange={(sort) => sort && set({ sort: sort as ChartSpec['sort'] })} />
          <NumberInput size="xs" label={t('form.limit')} min={1} max={500} allowDecimal={false} clampBehavior="strict" value={spec.limit} onChange={(value) => typeof value === 'number' && value >= 1 && set({ limit: value })} />
          <Switch checked={spec.other} onChange={(event) => set({ other: event.currentTarget.checked })} label={t('form.other')} />
        </>
      )}
      {part.log && <Switch checked={spec.log} onChange={(event) => set({ log: event.currentTarget.checked })} label={t('form.log')} />}
      <TextInput label={t('form.title')} value={spec.title ?? ''} maxLength={200} onChange={(event) => set({ title: event.currentTarget.value || undefined })} />
    </form>
  );
}
