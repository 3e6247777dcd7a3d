import { Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Aggregate, ChartSpec, Measure } from '../../../shared/contract/charts.ts';
import type { ChartColumn } from '../../../shared/charts/suggest.ts';
import { IconButton } from '../../ui/IconButton.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import styles from './charts.module.css';

const MOST = 8;
const ALL: Aggregate[] = ['value', 'count', 'sum', 'avg', 'min', 'max', 'median', 'distinct'];
const OF_TEXT: Aggregate[] = ['count', 'distinct'];
/** Of the rows themselves, no column. */
const ROWS = '';

interface Props {
  spec: ChartSpec;
  columns: readonly ChartColumn[];
  onChange(y: Measure[]): void;
}

/** The values that are drawn: each an aggregate of a column, or the number of rows. */
export function MeasureRows({ spec, columns, onChange }: Props) {
  const { t } = useTranslation('charts');
  const scatter = spec.kind === 'scatter';
  const single = spec.kind === 'pie' || spec.kind === 'heatMap';
  const shown = scatter || single ? spec.y.slice(0, 1) : spec.y;
  const offered = scatter ? columns.filter(({ role }) => role === 'number') : columns;
  const names = [...(scatter ? [] : [{ value: ROWS, label: t('rowsChoice') }]), ...offered.map(({ name }) => ({ value: name, label: name }))];
  const allowed = (column: string | undefined): Aggregate[] => (column === undefined ? ['count'] : columns.find(({ name }) => name === column)?.role === 'number' ? ALL : spec.kind === 'number' ? ['value', 'min', 'max', ...OF_TEXT] : OF_TEXT);
  const replace = (at: number, next: Measure) => onChange(spec.y.map((one, i) => (i === at ? next : one)));
  const choose = (at: number, name: string) => {
    if (name === ROWS) return replace(at, { aggregate: 'count' });
    const now = spec.y[at]?.aggregate ?? 'sum';
    const fitting = allowed(name);
    replace(at, { column: name, aggregate: scatter ? 'value' : spec.y[at]?.column === undefined ? fitting[fitting.length > 2 ? 2 : 0]! : fitting.includes(now) ? now : fitting[0]! });
  };
  return (
    <div role="group" aria-label={t('form.values')} className={styles.measures}>
      <div className={styles.label}>{t('form.values')}</div>
      {shown.map((measure, at) => (
        <div key={at} className={styles.measure}>
          <Select searchable allowDeselect={false} aria-label={t('form.valueColumn', { number: at + 1 })} data={names} value={measure.column ?? ROWS} onChange={(name) => name !== null && choose(at, name)} className={styles.grow} />
          {!scatter && measure.column !== undefined && (
            <Select allowDeselect={false} aria-label={t('form.aggregate', { number: at + 1 })} data={allowed(measure.column).map((value) => ({ value, label: t(`aggregate.${value}`) }))} value={measure.aggregate} onChange={(aggregate) => aggregate && replace(at, { ...measure, aggregate: aggregate as Aggregate })} className={styles.aggregate} />
          )}
          {shown.length > 1 && (
            <IconButton label={t('form.removeValue', { number: at + 1 })} onClick={() => onChange(spec.y.filter((_, i) => i !== at))}>
              <IconX size={14} />
            </IconButton>
          )}
        </div>
      ))}
      {!scatter && !single && spec.y.length < MOST && (
        <ToolButton icon={<IconPlus size={13} aria-hidden />} onClick={() => onChange([...spec.y, nextMeasure(spec, columns)])}>
          {t('form.addValue')}
        </ToolButton>
      )}
    </div>
  );
}

/** The next number that is not drawn yet, in the way of the last. */
function nextMeasure({ y, x }: ChartSpec, columns: readonly ChartColumn[]): Measure {
  const free = columns.find(({ name, role }) => role === 'number' && name !== x && !y.some(({ column }) => column === name));
  const last = y.at(-1)?.aggregate ?? 'sum';
  return free ? { column: free.name, aggregate: last === 'count' || last === 'distinct' ? 'sum' : last } : { aggregate: 'count' };
}
