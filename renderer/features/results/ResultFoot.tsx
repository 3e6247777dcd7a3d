import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { groupDigits } from '../../grid/groupDigits.ts';
import { cellCount } from '../../grid/selection.ts';
import { formatNumber } from '../../ui/format.ts';
import styles from './results.module.css';
import type { Selected } from './selected.ts';
import { useStats } from './useStats.ts';

interface Props {
  runId: string;
  rows: number;
  selected: Selected | null;
  /** All rows are here. */
  ready: boolean;
  goingTo: boolean;
  /** null: not after all. Zero-based. */
  onGoTo(row: number | null): void;
  onAskRow(): void;
}

const longest = 24;
const short = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : groupDigits(text));

/** Below the grid: what is selected in figures, and which row of how many. */
export function ResultFoot({ runId, rows, selected, ready, goingTo, onGoTo, onAskRow }: Props) {
  const { t } = useTranslation('results');
  const stats = useStats(runId, selected, ready);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (goingTo) field.current?.focus();
  }, [goingTo]);
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') onGoTo(null);
    if (event.key !== 'Enter') return;
    const wanted = Number(event.currentTarget.value.replace(/[^\d]/g, ''));
    onGoTo(wanted >= 1 ? wanted - 1 : null);
  };
  const cells = selected ? cellCount(selected.area) : 0;
  const facts = stats
    ? [
        stats.sum !== undefined && t('sum', { value: groupDigits(stats.sum) }),
        stats.average !== undefined && t('average', { value: groupDigits(stats.average) }),
        stats.min !== undefined && t('min', { value: short(stats.min) }),
        stats.max !== undefined && t('max', { value: short(stats.max) }),
        t(stats.distinctIsEstimate ? 'distinctAbout' : 'distinct', { value: formatNumber(stats.distinct) }),
        stats.nulls > 0 && t('nulls', { count: stats.nulls, shown: formatNumber(stats.nulls) }),
      ].filter((fact) => fact !== false)
    : [];
  return (
    <footer className={styles.foot}>
      <span className={styles.figures} role="group" aria-label={t('selection')} aria-busy={cells > 1 && ready && !stats}>
        {selected && <span>{t('cells', { count: cells, shown: formatNumber(cells) })}</span>}
        {facts.map((fact) => (
          <span key={fact}>{fact}</span>
        ))}
      </span>
      {goingTo ? (
        <input ref={field} className={styles.goTo} type="text" inputMode="numeric" aria-label={t('goToRow')} placeholder={t('goToRowOf', { rows: formatNumber(rows) })} onKeyDown={onKeyDown} onBlur={() => onGoTo(null)} />
      ) : (
        <button type="button" className={styles.position} title={t('goToRow')} disabled={rows === 0} onClick={onAskRow}>
          {selected ? t('rowOf', { row: formatNumber(selected.at.row + 1), rows: formatNumber(rows) }) : t('rows', { count: rows, shown: formatNumber(rows) })}
        </button>
      )}
    </footer>
  );
}
