import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompareSpec } from '../../../shared/contract/resultViews.ts';
import type { Run } from '../../../shared/contract/runs.ts';
import { useClient } from '../../app/clientContext.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatDate } from '../../ui/format.ts';
import type { ExportedRows } from './exportedRows.ts';
import styles from './derived.module.css';
import { PivotWell } from './PivotWell.tsx';
import { RowsArea } from './RowsArea.tsx';
import { useDerived } from './useDerived.ts';

const mostRuns = 100;

export interface CompareDraft {
  /** The run compared with; undefined: the one suggested. */
  before: string | undefined;
  /** Places of the key's columns. */
  keys: number[];
}

export const emptyCompare: CompareDraft = { before: undefined, keys: [] };

interface Props {
  run: Run;
  columns: { name: string; type: string }[];
  draft: CompareDraft;
  active: boolean;
  onDraft(draft: CompareDraft): void;
  onView(rows: ExportedRows): void;
}

const firstLine = (sql: string): string => (sql.split('\n').find((line) => line.trim() && !line.trim().startsWith('--')) ?? sql).trim().slice(0, 70);

/** What differs between this result and an earlier one: rows added, removed, changed. */
export function CompareArea({ run, columns, draft, active, onDraft, onView }: Props) {
  const { t } = useTranslation('results');
  const client = useClient();
  const history = useQuery({ queryKey: ['history', 'compare', run.connectionId], queryFn: () => client.runs.history({ connectionId: run.connectionId, max: mostRuns }) });
  const others = useMemo(() => (history.data?.runs ?? []).filter((one) => one.id !== run.id && one.state === 'succeeded' && one.statementType !== 'DDL'), [history.data, run.id]);
  const stored = useQuery({ queryKey: ['results', 'stored'], queryFn: () => client.results.stored() });
  const names = JSON.stringify(columns.map(({ name }) => name));
  const alike = new Set((stored.data?.results ?? []).filter((one) => JSON.stringify(one.columns.map(({ name }) => name)) === names).map(({ runId }) => runId));
  const earlier = others.filter((one) => one.submittedAt < run.submittedAt);
  const suggested = stored.data && (earlier.find((one) => one.sql === run.sql) ?? earlier.find(({ id }) => alike.has(id)) ?? others.find(({ id }) => alike.has(id)) ?? others[0]);
  const before = draft.before ?? suggested?.id;
  const spec = useMemo<CompareSpec | null>(() => (before === undefined ? null : { kind: 'compare', before, keys: draft.keys.map((place) => columns[place]?.name ?? '') }), [before, draft.keys, columns]);
  const { made, making, error } = useDerived(run.id, spec);
  const counts = useQuery({
    queryKey: ['results', run.id, made?.viewId, 'changes'],
    queryFn: ({ signal }) => client.results.topValues({ runId: run.id, viewId: made?.viewId, column: 0, contains: '', max: 3 }, { signal }),
    enabled: made !== null,
    staleTime: Infinity,
  });
  if (history.data && others.length === 0) return <EmptyState title={t('compare.none')} text={t('compare.noneText')} />;
  return (
    <>
      <div className={styles.wells} role="group" aria-label={t('compare.title')}>
        <label className={styles.well}>
          <span className={styles.label}>{t('compare.with')}</span>
          <NativeSelect
            size="xs"
            className={styles.runs}
            value={before ?? ''}
            onChange={(event) => onDraft({ ...draft, before: event.currentTarget.value })}
            data={others.map((one) => ({ value: one.id, label: `${formatDate(one.submittedAt, true)} · ${firstLine(one.sql)}` }))}
          />
        </label>
        <PivotWell label={t('compare.keys')} columns={columns} chosen={draft.keys} most={20} onChange={(keys) => onDraft({ ...draft, keys })} />
        <span className={styles.note} role="status">
          {making ? t('pivot.making') : made ? (counts.data ?? []).map(({ value, count }) => t(`compare.changes.${value}`, { count })).join(' · ') : t('compare.keysText')}
        </span>
      </div>
      {error ? (
        <ErrorNotice error={error} />
      ) : made?.rows === 0 ? (
        <EmptyState title={t('compare.same')} text={t('compare.sameText')} />
      ) : (
        made && <RowsArea key={made.viewId} base={{ runId: run.id, viewId: made.viewId, columns: made.columns, rows: made.rows }} ready active={active} onView={onView} />
      )}
    </>
  );
}
