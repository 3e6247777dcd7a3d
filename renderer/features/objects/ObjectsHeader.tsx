import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sort, SortColumn } from './listingView.ts';
import styles from './ObjectsGrid.module.css';

/** Widths in px of size, modified and storage class; the name takes the rest. */
export const DEFAULT_WIDTHS = [84, 140, 126];
const columns: SortColumn[] = ['name', 'size', 'modified', 'storageClass'];

export const columnTemplate = (widths: readonly number[]): string => `minmax(140px, 1fr) ${widths.map((width) => `${width}px`).join(' ')}`;

interface Props {
  sort: Sort;
  onSort(sort: Sort): void;
  widths: readonly number[];
  onWidths(widths: number[]): void;
}

/** Column heads: a click sorts what is listed, the line before a column drags its width. */
export function ObjectsHeader({ sort, onSort, widths, onWidths }: Props) {
  const { t } = useTranslation('objects');
  const drag = useRef<{ x: number; width: number } | null>(null);
  return (
    <div role="rowgroup" className={styles.head}>
      <div role="row" aria-rowindex={1} className={styles.headRow}>
        {columns.map((column, index) => {
          const sorted = sort.column === column;
          const Arrow = sort.descending ? IconArrowDown : IconArrowUp;
          const width = widths[index - 1];
          return (
            <div key={column} role="columnheader" aria-sort={sorted ? (sort.descending ? 'descending' : 'ascending') : 'none'} className={styles.headCell}>
              {width !== undefined && (
                <span
                  className={styles.resize}
                  onPointerDown={(event) => {
                    event.currentTarget.setPointerCapture(event.pointerId);
                    drag.current = { x: event.clientX, width };
                  }}
                  onPointerMove={(event) => {
                    if (!drag.current) return;
                    const next = Math.max(60, Math.min(480, drag.current.width - (event.clientX - drag.current.x)));
                    onWidths(widths.map((one, at) => (at === index - 1 ? next : one)));
                  }}
                  onPointerUp={() => {
                    drag.current = null;
                  }}
                />
              )}
              <button type="button" tabIndex={-1} className={column === 'size' ? 'numeric' : undefined} onClick={() => onSort({ column, descending: sorted ? !sort.descending : false })}>
                <span className="ellipsis">{t(`column.${column}`)}</span>
                {sorted && column !== 'name' && <Arrow size={13} aria-hidden />}
                {sorted && column === 'name' && sort.descending && <Arrow size={13} aria-hidden />}
              </button>
            </div>
          );
        })}
      </div>
    </div>
  );
}
