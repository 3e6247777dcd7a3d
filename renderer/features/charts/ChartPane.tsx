import { IconCopy, IconExternalLink, IconLayoutDashboard, IconPhoto, IconTable } from '@tabler/icons-react';
import { useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommands } from '../../app/commands.tsx';
import { useMessages } from '../../app/messages.tsx';
import { useView } from '../../app/workspace.tsx';
import { BigNumbers } from '../../charts/BigNumbers.tsx';
import { Chart, type ChartHandle, type Point } from '../../charts/Chart.tsx';
import { ChartTableView } from '../../charts/ChartTableView.tsx';
import { measureName } from '../../charts/seriesWords.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { IconButton } from '../../ui/IconButton.tsx';
import { ToolButton } from '../../ui/Toolbar.tsx';
import type { ChartSpec, ChartWindow } from '../../../shared/contract/charts.ts';
import type { ColumnFilter } from '../../../shared/contract/resultViews.ts';
import type { ResultColumn } from '../../../shared/contract/results.ts';
import { ChartForm } from './ChartForm.tsx';
import { ChartNotes } from './ChartNotes.tsx';
import styles from './charts.module.css';
import { kindIcons } from './kindIcons.tsx';
import { pointFilters } from './pointFilters.ts';
import { useChartData, useSuggested } from './useChart.ts';
import { usePictureActions } from './usePictureActions.ts';

interface Props {
  runId: string;
  /** The order or part of the rows that is shown beside it. */
  viewId?: string | undefined;
  columns: readonly ResultColumn[];
  /** All rows are here. */
  complete: boolean;
  /** What was chosen; undefined: the first proposal. */
  chosen: ChartSpec | undefined;
  onChoose(spec: ChartSpec): void;
  /** What files are called after. */
  name: string;
  onOpenTab?(spec: ChartSpec): void;
  onAddToDashboard?(spec: ChartSpec): void;
  /** Shows the rows behind a point. */
  onRows?(filters: ColumnFilter[]): void;
}

/** A result drawn: proposals, the chart, what was left out, and the form. */
export function ChartPane({ runId, viewId, columns: result, complete, chosen, onChoose, name, onOpenTab, onAddToDashboard, onRows }: Props) {
  const { t } = useTranslation('charts');
  const messages = useMessages();
  const suggested = useSuggested(runId, result, complete, chosen);
  const { spec, columns, proposals } = suggested;
  const [zoom, setZoom] = useState<{ of: string; window: ChartWindow }>();
  const of = JSON.stringify([spec?.x, spec?.kind, runId]);
  const window = zoom?.of === of ? zoom.window : undefined;
  const [asTable, setAsTable] = useState(false);
  const [formOpen, setFormOpen] = useView('chartForm', true);
  const chart = useRef<ChartHandle>(null);
  const main = useRef<HTMLDivElement>(null);
  const computed = useChartData(runId, viewId, spec, window, Math.min(2000, globalThis.innerWidth - 300), complete);
  const { data } = computed;
  const drawn = computed.spec;
  const pictures = usePictureActions(chart, computed, name);
  const drawable = data !== undefined && drawn !== undefined && drawn.kind !== 'number' && !asTable;
  const group = t('group');
  useCommands([
    { id: 'chart.focus', title: t('cmd.focus'), keys: 'alt+2', group, enabled: drawable, run: () => chart.current?.focus() },
    { id: 'chart.data', title: t('cmd.data'), group, enabled: data !== undefined, run: () => setAsTable(!asTable) },
    { id: 'chart.form', title: t('cmd.form'), group, run: () => setFormOpen(!formOpen) },
    { id: 'chart.copyPicture', title: t('cmd.copyPicture'), group, enabled: drawable, run: pictures.copyPicture },
    { id: 'chart.copyData', title: t('cmd.copyData'), group, enabled: data !== undefined, run: pictures.copyData },
    { id: 'chart.png', title: t('cmd.png'), group, enabled: drawable, run: () => pictures.save('png') },
    { id: 'chart.svg', title: t('cmd.svg'), group, enabled: drawable, run: () => pictures.save('svg') },
    { id: 'chart.tab', title: t('cmd.tab'), group, enabled: onOpenTab !== undefined && spec !== undefined, hidden: onOpenTab === undefined, run: () => spec && onOpenTab?.(spec) },
    { id: 'chart.dashboard', title: t('cmd.dashboard'), group, enabled: onAddToDashboard !== undefined && spec !== undefined, hidden: onAddToDashboard === undefined, run: () => spec && onAddToDashboard?.(spec) },
    ...proposals.map((one, i) => ({ id: `chart.proposal${i}`, title: t('cmd.proposal', { chart: proposalName(one) }), group, run: () => onChoose(one) })),
  ]);

  const pick = useCallback(
    (at: Point) => {
      const filters = data && drawn && pointFilters(data, drawn, result, at);
      if (filters) onRows?.(filters);
      else messages.notify(t('noFilter'));
    },
    [data, drawn, result, onRows, messages, t],
  );

  function proposalName(one: ChartSpec): string {
    const values = one.kind === 'histogram' ? t('rows') : one.y.map((measure) => measureName(measure, t)).join(', ');
    return one.x === undefined ? `${t(`kind.${one.kind}`)}: ${values}` : t('proposal', { kind: t(`kind.${one.kind}`), values, x: one.x });
  }

  if (!complete) return <EmptyState title={t('waiting')} text={t('waitingText')} />;
  if (suggested.error) return <ErrorNotice error={suggested.error} />;
  if (!spec) return <EmptyState title={t('opening')} />;
  const label = drawn?.title ?? proposalName(drawn ?? spec);
  return (
    <section className={styles.pane} aria-label={t('region')}>
      <div className={styles.main} ref={main}>
        <div className={styles.bar} role="toolbar" aria-label={t('toolbar')}>
          <div className={styles.proposals} role="group" aria-label={t('proposals')}>
            {proposals.map((one, i) => {
              const KindIcon = kindIcons[one.kind];
              return (
                <IconButton key={i} label={proposalName(one)} pressed={JSON.stringify({ ...one, title: undefined }) === JSON.stringify({ ...spec, title: undefined })} onClick={() => onChoose(one)}>
                  <KindIcon size={16} stroke={1.6} />
                </IconButton>
              );
            })}
          </div>
          {window && <ToolButton onClick={() => setZoom(undefined)}>{t('showAll')}</ToolButton>}
          <span className={styles.space} />
          <ToolButton icon={<IconTable size={14} aria-hidden />} aria-pressed={asTable} disabled={!data} onClick={() => setAsTable(!asTable)}>
            {t('data')}
          </ToolButton>
          <IconButton label={t('cmd.copyPicture')} disabled={!drawable} onClick={pictures.copyPicture}>
            <IconPhoto size={15} />
          </IconButton>
          <IconButton label={t('cmd.copyData')} disabled={!data} onClick={pictures.copyData}>
            <IconCopy size={15} />
          </IconButton>
          <ToolButton disabled={!drawable} aria-label={t('cmd.png')} onClick={() => pictures.save('png')}>
            PNG
          </ToolButton>
          <ToolButton disabled={!drawable} aria-label={t('cmd.svg')} onClick={() => pictures.save('svg')}>
            SVG
          </ToolButton>
          {onOpenTab && (
            <IconButton label={t('cmd.tab')} onClick={() => onOpenTab(spec)}>
              <IconExternalLink size={15} />
            </IconButton>
          )}
          {onAddToDashboard && (
            <IconButton label={t('cmd.dashboard')} onClick={() => onAddToDashboard(spec)}>
              <IconLayoutDashboard size={15} />
            </IconButton>
          )}
        </div>
        {drawn?.title && <h2 className={styles.title}>{drawn.title}</h2>}
        <div className={styles.body} data-stale={computed.computing} aria-busy={computed.computing}>
          {computed.error ? (
            <ErrorNotice error={computed.error} onRetry={computed.retry} />
          ) : !data || !drawn ? (
            <EmptyState title={t('computing')} />
          ) : asTable ? (
            <ChartTableView data={data} spec={drawn} label={label} />
          ) : data.rows === 0 && drawn.kind !== 'number' ? (
            <EmptyState title={t('noRows')} text={window ? t('noRowsHere') : undefined} />
          ) : drawn.kind === 'number' ? (
            <BigNumbers data={data} spec={drawn} label={label} />
          ) : (
            <Chart ref={chart} data={data} spec={drawn} label={label} window={window} onZoom={(next) => setZoom(next && { of, window: next })} onPick={onRows && pick} />
          )}
        </div>
        {data && drawn && <ChartNotes data={data} spec={drawn} />}
      </div>
      {formOpen && <ChartForm spec={spec} columns={columns} onChange={onChoose} />}
    </section>
  );
}
