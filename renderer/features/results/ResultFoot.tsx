import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { aggregate, groupDigits, type Aggregate } from '../../grid/aggregate.ts';
import { isNumeric } from '../../grid/cellTypes.ts';
import type { PageCache } from '../../grid/pageCache.ts';
import { cellCount, type Rectangle } from '../../grid/selection.ts';
import { formatNumber } from '../../ui/format.ts';
import styles from './results.module.css';

/** Larger selections are only counted. */
const mostSummed = 200_000;

interface Props {
  columns: { name: string; type: string }[];
  rows: number;
  area: Rectangle | null;
  /** Zero-based row of the moving corner. */
  row: number | undefined;
  pages: PageCache | undefined;
  goingTo: boolean;
  /** null: not after all. Zero-based. */
  onGoTo(row: number | null): void;
  onAskRow(): void;
}

function useAggregate(area: Rectangle | null, pages: PageCache | undefined, columns: Props['columns']): Aggregate | null {
  const [held, setHeld] = useState<{ key: string; value: Aggregate } | null>(null);
  const key = area ? `${area.top}:${area.bottom}:${area.left}:${area.right}` : '';
  useEffect(() => {
    if (!area || !pages || cellCount(area) > mostSummed) return;
    let wanted = true;
    // Dragging changes the selection many times a second.
    const timer = setTimeout(() => {
      pages.range(area.top, area.bottom, area.left, area.right).then(
        (cells) => wanted && setHeld({ key, value: aggregate(cells, columns.slice(area.left, area.right + 1).map(({ type }) => isNumeric(type))) }),
        () => undefined, // the grid has already said why these rows cannot be read
      );
    }, 80);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
    // `key` stands for the area.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, pages, columns]);
  return held && held.key === key ? held.value : null;
}

/** Below the grid: count, sum and average of what is selected, and which row of how many. */
export function ResultFoot({ columns, rows, area, row, pages, goingTo, onGoTo, onAskRow }: Props) {
  const { t } = useTranslation('results');
  const sums = useAggregate(area, pages, columns);
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
  return (
    <footer className={styles.foot}>
      {area && <span>{t('cells', { count: cellCount(area), shown: formatNumber(cellCount(area)) })}</span>}
      {sums?.sum !== undefined && <span>{t('sum', { value: groupDigits(sums.sum) })}</span>}
      {sums?.average !== undefined && <span>{t('average', { value: groupDigits(sums.average) })}</span>}
      {sums && sums.nulls > 0 && <span>{t('nulls', { count: sums.nulls, shown: formatNumber(sums.nulls) })}</span>}
      <span className={styles.space} />
      {goingTo ? (
        <input ref={field} className={styles.goTo} type="text" inputMode="numeric" aria-label={t('goToRow')} placeholder={t('goToRowOf', { rows: formatNumber(rows) })} onKeyDown={onKeyDown} onBlur={() => onGoTo(null)} />
      ) : (
        <button type="button" className={styles.position} title={t('goToRow')} disabled={rows === 0} onClick={onAskRow}>
          {row === undefined ? t('rows', { count: rows, shown: formatNumber(rows) }) : t('rowOf', { row: formatNumber(row + 1), rows: formatNumber(rows) })}
        </button>
      )}
    </footer>
  );
}
