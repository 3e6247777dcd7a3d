import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Run } from '../../../../shared/contract/runs.ts';
import { useClient } from '../../../app/clientContext.tsx';
import { toAppError } from '../../../app/errors.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx';
import { formatBytes, formatDuration, formatNumber } from '../../../ui/format.ts';
import styles from './plan.module.css';
import { comparedBy, planRows, readPlan, type PlanRow } from './readPlan.ts';

const PAGE = 1000;
const MOST_LINES = 100_000;

/** What a statement that asks for a plan begins with. */
export const isPlan = (sql: string): boolean => /^\s*EXPLAIN\s+(ANALYZE\s+)?(VERBOSE\s+)?\([^)]*FORMAT\s+JSON/i.test(sql);

/** A plan as a tree of its operators, from the result to the tables; the costly parts are marked. */
export function PlanView({ run, rows }: { run: Run; rows: number }) {
  const { t } = useTranslation('plan');
  const client = useClient();
  const { data, error, refetch } = useQuery({
    queryKey: ['plan', run.id, rows],
    queryFn: async ({ signal }) => {
      const lines: string[] = [];
      for (let start = 0; start < Math.min(rows, MOST_LINES); start += PAGE) {
        const { cells } = await client.results.page({ runId: run.id, start, count: PAGE }, { signal });
        lines.push(...(cells[0] ?? []).map((line) => line ?? ''));
      }
      return lines.join('\n');
    },
    staleTime: Infinity,
  });
  const plan = useMemo(() => (data === undefined ? undefined : readPlan(data)), [data]);
  const shown = useMemo(() => (plan ? planRows(plan.root) : []), [plan]);
  const [chosen, setChosen] = useState(0);
  if (error) return <ErrorNotice error={toAppError(error)} onRetry={() => void refetch()} />;
  if (data === undefined) return <EmptyState title={t('reading')} />;
  if (!plan) return <pre className={styles.text}>{data}</pre>;
  const by = comparedBy(plan.root);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1, Home: -shown.length, End: shown.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    setChosen(Math.max(0, Math.min(shown.length - 1, chosen + step)));
  };
  return (
    <div className={styles.plan}>
      <p className={styles.note}>{t(plan.measured ? 'measured' : 'estimated', { by: t(`by.${by}`) })}</p>
      <div role="treegrid" aria-label={t('title')} aria-activedescendant={`plan-${chosen}`} tabIndex={0} className={styles.tree} onKeyDown={onKeyDown}>
        <div role="row" className={`${styles.row} ${styles.head}`}>
          <span role="columnheader">{t('operator')}</span>
          <span role="columnheader">{t('does')}</span>
          <span role="columnheader" className="numeric">
            {t('rows')}
          </span>
          <span role="columnheader" className="numeric">
            {t('bytes')}
          </span>
          <span role="columnheader" className="numeric">
            {t(plan.measured ? 'time' : 'cost')}
          </span>
          <span role="columnheader">{t('share')}</span>
        </div>
        {shown.map((row, at) => (
          <PlanLine key={row.node.id} row={row} at={at} chosen={at === chosen} onChoose={() => setChosen(at)} />
        ))}
      </div>
      {shown[chosen] && <Details row={shown[chosen]} />}
    </div>
  );
}

function PlanLine({ row: { node, depth, share, costly }, at, chosen, onChoose }: { row: PlanRow; at: number; chosen: boolean; onChoose(): void }) {
  const { t } = useTranslation('plan');
  return (
    <div id={`plan-${at}`} role="row" aria-level={depth + 1} aria-selected={chosen} className={`${styles.row} ${chosen ? styles.chosen : ''}`} onClick={onChoose}>
      <span role="gridcell" className="ellipsis" style={{ paddingLeft: depth * 14 }}>
        {depth > 0 && <span className={styles.quiet}>└ </span>}
        <b className={costly ? styles.costly : undefined}>{node.name}</b>
        {costly && <span className={styles.mark}> {t('costly')}</span>}
      </span>
      <span role="gridcell" className={`mono ellipsis ${styles.quiet}`} title={node.details.join('\n')}>
        {node.details.join(' · ')}
      </span>
      <span role="gridcell" className="numeric">
        {node.rows === undefined ? '' : formatNumber(Math.round(node.rows))}
      </span>
      <span role="gridcell" className="numeric">
        {node.bytes === undefined ? '' : formatBytes(node.bytes)}
      </span>
      <span role="gridcell" className="numeric">
        {node.millis !== undefined ? formatDuration(node.millis) : node.cost !== undefined ? formatNumber(Math.round(node.cost)) : ''}
      </span>
      <span role="gridcell" aria-label={`${Math.round(share * 100)} %`}>
        <span className={styles.bar} data-costly={costly} style={{ width: `${Math.max(share > 0 ? 1 : 0, Math.round(share * 100))}%` }} />
      </span>
    </div>
  );
}

function Details({ row: { node } }: { row: PlanRow }) {
  if (node.details.length === 0) return null;
  return (
    <pre className={styles.details}>
      {node.name}
      {'\n'}
      {node.details.join('\n')}
    </pre>
  );
}
