import { IconTable } from '@tabler/icons-react';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ExportButton } from '../results/ExportButton.tsx';
import type { ExportedRows } from '../results/exportedRows.ts';
import { ResultView, type ChartChoice } from '../results/ResultView.tsx';
import { useResult } from '../results/useResult.ts';
import { errorPlace } from './errorPlace.ts';
import { isOver } from './followRun.ts';
import { isPlan, PlanView } from './plan/PlanView.tsx';
import { QueryStatus } from './QueryStatus.tsx';
import { ResultLocationPanel } from './ResultLocationPanel.tsx';
import { RunFailure } from './RunFailure.tsx';
import styles from './sql.module.css';
import type { Execution } from './useRunner.ts';

interface Props {
  executions: readonly Execution[];
  busy: boolean;
  active: boolean;
  workgroup: string;
  tabTitle: string;
  /** What of the results is drawn, and whether that is shown. */
  chart: ChartChoice;
  onGoTo(at: { line: number; column: number }): void;
  onRetry(): void;
  onLocation(location: string): void;
}

/** Below the editor: one tab a statement, the verdict, and the rows or the reason there are none. */
export function ResultsArea(props: Props) {
  const { executions, active, tabTitle } = props;
  const { t } = useTranslation('sql');
  // What the user chose counts until a newer statement's results come to the front.
  const [chosen, setChosen] = useState<{ key: string; newest: string | undefined }>();
  const newest = executions.at(-1)?.key;
  const setChosenKey = (key: string) => setChosen({ key, newest });
  const shown = executions.find((one) => chosen?.newest === newest && one.key === chosen?.key) ?? executions.at(-1);
  const run = shown?.run;
  const result = useResult(run?.state === 'succeeded' ? run.id : undefined);
  const rows = result.state && result.state.state !== 'failed' && result.state.columns.length > 0 ? result.state.rows : undefined;
  const [view, setView] = useState<{ runId: string | undefined; rows: ExportedRows | undefined }>();
  const runId = run?.id;
  const onView = useCallback((shownRows: ExportedRows | undefined) => setView({ runId, rows: shownRows }), [runId]);
  const [slot, setSlot] = useState<HTMLElement | null>(null);
  return (
    <section className={styles.below} aria-label={t('resultsRegion')}>
      <div className={styles.bar}>
        <div role="tablist" aria-label={t('resultTabs')} className={styles.tabs}>
          {executions.map((one, index) => {
            const state = one.error ? 'failed' : (one.run?.state ?? 'queued');
            return (
              <button
                key={one.key}
                type="button"
                role="tab"
                aria-selected={one === shown}
                tabIndex={one === shown ? 0 : -1}
                className={styles.resultTab}
                title={one.statement?.text ?? one.run?.sql}
                onClick={() => setChosenKey(one.key)}
                onKeyDown={(event) => {
                  const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
                  const next = executions[index + step];
                  if (!step || !next) return;
                  setChosenKey(next.key);
                  const sibling = step > 0 ? event.currentTarget.nextElementSibling : event.currentTarget.previousElementSibling;
                  if (sibling instanceof HTMLElement) sibling.focus();
                }}
              >
                {state !== 'succeeded' && <span className={styles.dot} data-state={state} aria-hidden />}
                <span className="ellipsis">{t('result', { number: index + 1 })}</span>
              </button>
            );
          })}
        </div>
        <span ref={setSlot} className={styles.modes} />
        <QueryStatus execution={shown} rows={rows} loading={run?.state === 'succeeded' && !result.error && (!result.state || result.state.state === 'loading')} announced={active} />
        {run?.state === 'succeeded' && result.state && result.state.columns.length > 0 && (
          <div className={styles.actions}>
            <ExportButton runId={run.id} connectionId={run.connectionId} view={view?.runId === runId ? view?.rows : undefined} state={result.state} name={tabTitle} />
          </div>
        )}
      </div>
      <div className={styles.body}>
        <Body {...props} shown={shown} result={result} slot={slot} onView={onView} />
      </div>
    </section>
  );
}

type BodyProps = Props & { shown: Execution | undefined; result: ReturnType<typeof useResult>; slot: HTMLElement | null; onView(rows: ExportedRows | undefined): void };

function Body({ shown, result, busy, workgroup, active, chart, onGoTo, onRetry, onLocation, slot, onView }: BodyProps) {
  const { t } = useTranslation('sql');
  if (!shown) return <EmptyState icon={<IconTable size={28} stroke={1.3} />} title={t('empty.title')} text={t('empty.text')} />;
  const { run } = shown;
  const error = shown.error ?? (run?.state === 'failed' ? run.error : undefined);
  if (error?.awsCode === 'NoOutputLocation') return <ResultLocationPanel workgroup={workgroup} onChoose={onLocation} />;
  if (error) return <RunFailure error={error} sql={run?.sql ?? shown.statement?.text} at={errorPlace(shown)} onGoTo={onGoTo} onRetry={busy ? undefined : onRetry} />;
  if (run?.state === 'failed') return <EmptyState title={t('failedWithoutReason')} />;
  if (run?.state === 'cancelled') return <EmptyState title={t('cancelled.title')} text={t(`cancelled.by.${run.engine}`)} />;
  if (!run || !isOver(run)) return <EmptyState title={t(run?.state === 'running' ? 'running' : 'queued')} text={t('runningText')} />;
  if (isPlan(run.sql) && result.state?.state === 'complete') return <PlanView run={run} rows={result.state.rows} />;
  return <ResultView key={run.id} run={run} result={result} active={active} slot={slot} chart={chart} onView={onView} />;
}
