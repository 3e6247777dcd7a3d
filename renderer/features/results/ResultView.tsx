import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatBytes } from '../../ui/format.ts';
import { ToolButton } from '../../ui/Toolbar.tsx';
import type { ChartSpec } from '../../../shared/contract/charts.ts';
import type { ColumnFilter } from '../../../shared/contract/resultViews.ts';
import type { Run } from '../../../shared/contract/runs.ts';
import { ResultChart } from '../charts/ResultChart.tsx';
import { CompareArea, emptyCompare } from './CompareArea.tsx';
import derived from './derived.module.css';
import type { ExportedRows } from './exportedRows.ts';
import { ModeButtons, type Mode } from './ModeButtons.tsx';
import { emptyPivot, PivotArea } from './PivotArea.tsx';
import styles from './results.module.css';
import { RowsArea } from './RowsArea.tsx';
import type { Result } from './useResult.ts';
import { everything } from './wanted.ts';

/** The chart of a tab's results: saved with the tab. */
export interface ChartChoice {
  shown: boolean;
  spec: ChartSpec | undefined;
  /** What its files are called after. */
  name: string;
  onShow(shown: boolean): void;
  onSpec(spec: ChartSpec): void;
}

interface Props {
  run: Run;
  result: Result;
  active: boolean;
  /** Where in the bar above the choice of what is shown stands. */
  slot: HTMLElement | null;
  chart: ChartChoice;
  /** The rows that are shown, for the export. */
  onView(rows: ExportedRows | undefined): void;
}

/** A finished run's rows, or why they are not there. */
export function ResultView({ run, result, active, slot, chart, onView }: Props) {
  const { t } = useTranslation('results');
  const { state, error, reopen } = result;
  const names = JSON.stringify(state?.columns ?? []);
  // The same columns come with every state: the grid is made anew only where they differ.
  const columns = useMemo(() => JSON.parse(names) as { name: string; type: string }[], [names]);
  if (error) return <ErrorNotice error={error} onRetry={reopen} />;
  if (!state) return <EmptyState title={t('opening')} />;
  if (state.state === 'failed' && state.error) return <ErrorNotice error={state.error} onRetry={reopen} />;
  if (state.state === 'evicted')
    return (
      <EmptyState title={t('evicted.title')} text={t(`evicted.by.${run.engine}`)}>
        {run.engine !== 'duckdb' && <ToolButton onClick={reopen}>{t('evicted.reopen')}</ToolButton>}
      </EmptyState>
    );
  if (columns.length === 0) return <EmptyState title={t('statementDone')} text={t('statementDoneText')} />;
  return (
    <>
      {state.state === 'loading' && (
        <p className={styles.note} role="note">
          {t('loadingRows', { loaded: formatBytes(state.bytesLoaded), total: formatBytes(state.bytesTotal) })}
        </p>
      )}
      <Modes key={names} run={run} columns={columns} rows={state.rows} ready={state.state === 'complete'} initiallyPinned={state.pinned === true} name={state.name} slot={slot} active={active} chart={chart} onView={onView} />
    </>
  );
}

interface ModesProps {
  run: Run;
  columns: { name: string; type: string }[];
  rows: number;
  ready: boolean;
  initiallyPinned: boolean;
  name: string | undefined;
  slot: HTMLElement | null;
  active: boolean;
  chart: ChartChoice;
  onView(rows: ExportedRows | undefined): void;
}

/** The rows, or what is made of them. The rows stay as they are while something else is shown. */
function Modes({ run, columns, rows, ready, initiallyPinned, name, slot, active, chart, onView }: ModesProps) {
  const [mode, setMode] = useState<Mode>(chart.shown ? 'chart' : 'rows');
  const [pivot, setPivot] = useState(emptyPivot);
  const [compare, setCompare] = useState(emptyCompare);
  const [shownRows, setShownRows] = useState<ExportedRows>();
  const onRows = useCallback(
    (shown: ExportedRows) => {
      setShownRows(shown);
      onView(shown);
    },
    [onView],
  );
  const [drill, setDrill] = useState<ColumnFilter[]>();
  const change = (next: Mode) => {
    setMode(next);
    chart.onShow(next === 'chart');
    onView(next === 'rows' || next === 'chart' ? shownRows : undefined);
  };
  const showRows = (filters: ColumnFilter[]) => {
    setDrill(filters);
    change('rows');
  };
  const base = useMemo(() => ({ runId: run.id, columns, rows }), [run.id, columns, rows]);
  const of = { wanted: shownRows?.wanted ?? everything, rows: shownRows?.rows ?? rows };
  return (
    <>
      <ModeButtons mode={mode} runId={run.id} ready={ready} initiallyPinned={initiallyPinned} name={name} slot={slot} onMode={change} />
      <div className={derived.area} hidden={mode !== 'rows'}>
        <RowsArea base={base} ready={ready} active={active && mode === 'rows'} drill={drill} onView={onRows} />
      </div>
      {mode === 'chart' && (
        <div className={derived.area}>
          <ResultChart runId={run.id} viewId={shownRows?.viewId} columns={columns} complete={ready} chosen={chart.spec} onChoose={chart.onSpec} name={chart.name} onRows={showRows} />
        </div>
      )}
      {mode === 'pivot' && (
        <div className={derived.area}>
          <PivotArea runId={run.id} columns={columns} of={of} draft={pivot} active={active} onDraft={setPivot} onView={onView} />
        </div>
      )}
      {mode === 'compare' && (
        <div className={derived.area}>
          <CompareArea run={run} columns={columns} draft={compare} active={active} onDraft={setCompare} onView={onView} />
        </div>
      )}
    </>
  );
}
