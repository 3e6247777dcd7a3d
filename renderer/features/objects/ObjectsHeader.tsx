import { IconArrowDown, IconArrowUp, IconCheck } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ContextMenu } from '../../ui/ContextMenu.tsx';
import { CHOOSABLE, widthOf, withWidth } from './columns.ts';
import type { Sort, SortColumn } from './listingView.ts';
import styles from './ObjectsGrid.module.css';

export interface ColumnChoice {
  columns: SortColumn[];
  onColumns(columns: SortColumn[]): void;
  widths: readonly number[];
  onWidths(widths: number[]): void;
}

interface Props extends ColumnChoice {
  sort: Sort;
  onSort(sort: Sort): void;
}

/** Column heads: a click sorts what is listed, the line before a column drags its width, their menu chooses columns. */
export function ObjectsHeader({ sort, onSort, columns, onColumns, widths, onWidths }: Props) {
  const { t } = useTranslation('objects');
  const drag = useRef<{ x: number; width: number } | null>(null);
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | null>(null);
  const choices = CHOOSABLE.map((column) => ({
    label: t(`column.${column}`),
    icon: columns.includes(column) ? <IconCheck size={15} aria-label={t('columnShown')} /> : undefined,
    run: () => onColumns(columns.includes(column) ? columns.filter((one) => one !== column) : [...columns, column]),
  }));
  return (
    <div role="rowgroup" className={styles.head}>
      <div
        role="row"
        aria-rowindex={1}
        className={styles.headRow}
        onContextMenu={(event) => {
          event.preventDefault();
          setMenuAt({ x: event.clientX, y: event.clientY });
        }}
      >
        {columns.map((column) => {
          const sorted = sort.column === column;
          const Arrow = sort.descending ? IconArrowDown : IconArrowUp;
          const width = column === 'name' ? undefined : widthOf(column, widths);
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
                    onWidths(withWidth(column, Math.max(60, Math.min(480, drag.current.width - (event.clientX - drag.current.x))), widths));
                  }}
                  onPointerUp={() => {
                    drag.current = null;
                  }}
                />
              )}
              <button type="button" tabIndex={-1} className={column === 'size' ? 'numeric' : undefined} onClick={() => onSort({ column, descending: sorted ? !sort.descending : false })}>
                <span className="ellipsis">{t(`column.${column}`)}</span>
                {sorted && (column !== 'name' || sort.descending) && <Arrow size={13} aria-hidden />}
              </button>
            </div>
          );
        })}
      </div>
      <ContextMenu at={menuAt} entries={choices} onClose={() => setMenuAt(null)} />
    </div>
  );
}
