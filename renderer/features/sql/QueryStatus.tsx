import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../shared/contract/runs.ts';
import { formatBytes, formatDuration, formatNumber } from '../../ui/format.ts';
import { Chip } from '../../ui/Toolbar.tsx';
import { RunStatistics } from './RunStatistics.tsx';
import { usePrice } from './usePrice.ts';
import { isOver } from './followRun.ts';
import styles from './sql.module.css';
import type { Execution } from './useRunner.ts';

const tones = { queued: 'accent', running: 'accent', succeeded: 'success', failed: 'error', cancelled: 'warning' } as const;

/** Milliseconds since the run was submitted, while it runs. */
function useElapsed(run: Run | undefined): number {
  const [now, setNow] = useState(() => Date.now());
  const running = run !== undefined && !isOver(run);
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, [running]);
  return run ? Math.max(0, now - Date.parse(run.submittedAt)) : 0;
}

interface Props {
  execution: Execution | undefined;
  /** Rows of the result; undefined where it has none. */
  rows: number | undefined;
  /** Rows of a succeeded run are still being read. */
  loading: boolean;
  /** Only the active tab's status speaks. */
  announced: boolean;
}

/** The verdict of a run, on its results' bar: state, rows, time, bytes (beside what was expected), price. Announced when the state changes. */
export function QueryStatus({ execution, rows, loading, announced }: Props) {
  const { t } = useTranslation('sql');
  const price = usePrice();
  const run = execution?.run;
  const state = execution?.error ? 'failed' : run?.state;
  const elapsed = useElapsed(run);
  const expected = ({ estimatedBytes }: Run) => (estimatedBytes === undefined ? '' : ` (${t('estimatedBefore', { ns: 'estimate', bytes: formatBytes(estimatedBytes) })})`);
  const facts: string[] = [];
  if (run && isOver(run)) {
    if (loading) facts.push(t('readingRows'));
    else if (rows !== undefined && run.state === 'succeeded') facts.push(t('rows', { count: rows, shown: formatNumber(rows) }));
    if (run.totalMillis !== undefined) facts.push(formatDuration(run.totalMillis));
    if (run.bytesScanned !== undefined) facts.push(t('scanned', { bytes: formatBytes(run.bytesScanned) }) + expected(run));
    const dollars = price(run);
    if (dollars) facts.push(dollars);
  }
  return (
    <div className={styles.status}>
      <div role={announced ? 'status' : undefined} aria-label={announced ? t('query') : undefined} data-run={run?.id} data-state={loading ? 'running' : state} className={styles.status} style={{ padding: 0 }}>
        {state && <Chip tone={tones[state]}>{t(`state.${state}`)}</Chip>}
        <span className={styles.facts}>{facts.join(' · ')}</span>
      </div>
      {run && isOver(run) && run.externalId && <RunStatistics runId={run.id} />}
      {/* Ticks five times a second: outside the status, so that it is not read out each time. */}
      {run && !isOver(run) && <span className={styles.facts}>{formatDuration(elapsed)}</span>}
    </div>
  );
}
