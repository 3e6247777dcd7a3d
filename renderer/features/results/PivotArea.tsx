import { Checkbox, NativeSelect } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { AggregateName, PivotSpec } from '../../../shared/contract/resultViews.ts';
import { isNumeric } from '../../grid/cellTypes.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorNotice } from '../../ui/ErrorNotice.tsx';
import { formatNumber } from '../../ui/format.ts';
import type { ExportedRows } from './exportedRows.ts';
import { PivotWell } from './PivotWell.tsx';
import styles from './derived.module.css';
import { RowsArea } from './RowsArea.tsx';
import { useDerived } from './useDerived.ts';
import { isFiltered, type Wanted } from './wanted.ts';

export interface PivotDraft {
  rows: number[];
  columns: number[];
  values: PivotSpec['values'];
  totals: boolean;
}

export const emptyPivot: PivotDraft = { rows: [], columns: [], values: [{ aggregate: 'count' }], totals: false };

const aggregates: AggregateName[] = ['count', 'countDistinct', 'sum', 'average', 'min', 'max'];

interface Props {
  runId: string;
  columns: { name: string; type: string }[];
  /** The filters of the rows: the pivot is of those that pass. */
  of: { wanted: Wanted; rows: number };
  draft: PivotDraft;
  active: boolean;
  onDraft(draft: PivotDraft): void;
  onView(rows: ExportedRows): void;
}

/** A result turned: the values of some columns down, of others across, counted or added up where they meet. */
export function PivotArea({ runId, columns, of, draft, active, onDraft, onView }: Props) {
  const { t } = useTranslation('results');
  const chosen = draft.rows.length + draft.columns.length > 0;
  const spec = useMemo<PivotSpec | null>(() => (chosen ? { kind: 'pivot', filters: of.wanted.filters, search: of.wanted.search, ...draft } : null), [chosen, of.wanted, draft]);
  const { made, making, error } = useDerived(runId, spec);
  const nameOf = (value: PivotDraft['values'][number]) => `${t(`pivot.aggregates.${value.aggregate}`)} · ${value.column === undefined ? t('pivot.ofRows') : (columns[value.column]?.name ?? '')}`;
  const allowed = (column: number | undefined) => aggregates.filter((name) => (column === undefined ? name === 'count' : isNumeric(columns[column]?.type ?? '') || (name !== 'sum' && name !== 'average')));
  return (
    <>
      <div className={styles.wells} role="group" aria-label={t('pivot.title')}>
        <PivotWell label={t('pivot.rows')} columns={columns} chosen={draft.rows} most={8} onChange={(rows) => onDraft({ ...draft, rows })} />
        <PivotWell label={t('pivot.columns')} columns={columns} chosen={draft.columns} most={4} onChange={(next) => onDraft({ ...draft, columns: next })} />
        <div className={styles.well}>
          <span className={styles.label}>{t('pivot.values')}</span>
          {draft.values.map((value, index) => (
            <span key={index} className={styles.value}>
              <NativeSelect
                size="xs"
                aria-label={t('pivot.aggregate')}
                value={value.aggregate}
                onChange={(event) => onDraft({ ...draft, values: draft.values.map((one, i) => (i === index ? { ...one, aggregate: event.currentTarget.value as AggregateName } : one)) })}
                data={allowed(value.column).map((name) => ({ value: name, label: t(`pivot.aggregates.${name}`) }))}
              />
              <span className="ellipsis">{value.column === undefined ? t('pivot.ofRows') : columns[value.column]?.name}</span>
              <button type="button" aria-label={t('pivot.remove', { name: nameOf(value) })} disabled={draft.values.length === 1} onClick={() => onDraft({ ...draft, values: draft.values.filter((_, i) => i !== index) })}>
                ×
              </button>
            </span>
          ))}
          <NativeSelect
            size="xs"
            aria-label={t('pivot.addValue')}
            value=""
            disabled={draft.values.length >= 10}
            onChange={(event) => {
              const picked = event.currentTarget.value;
              if (picked === '') return;
              const column = picked === 'rows' ? undefined : Number(picked);
              onDraft({ ...draft, values: [...draft.values, { column, aggregate: column !== undefined && isNumeric(columns[column]?.type ?? '') ? 'sum' : 'count' }] });
            }}
            data={[{ value: '', label: t('pivot.add') }, { value: 'rows', label: t('pivot.ofRows') }, ...columns.map(({ name }, i) => ({ value: String(i), label: name }))]}
          />
        </div>
        <Checkbox size="xs" label={t('pivot.totals')} checked={draft.totals} onChange={(event) => onDraft({ ...draft, totals: event.currentTarget.checked })} />
        <span className={styles.note} role="status">
          {making ? t('pivot.making') : isFiltered(of.wanted) ? t('pivot.ofFiltered', { shown: formatNumber(of.rows) }) : ''}
        </span>
      </div>
      {error ? (
        <ErrorNotice error={error} />
      ) : !chosen ? (
        <EmptyState title={t('pivot.empty')} text={t('pivot.emptyText')} />
      ) : (
        made && <RowsArea key={made.viewId} base={{ runId, viewId: made.viewId, columns: made.columns, rows: made.rows }} ready active={active} onView={onView} />
      )}
    </>
  );
}
