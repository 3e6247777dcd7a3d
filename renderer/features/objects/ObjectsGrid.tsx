import { useEffect, useId, useImperativeHandle, type KeyboardEvent, type MouseEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { isMac } from '../../app/keys.ts';
import type { Listing } from './listing.ts';
import { columnTemplate } from './columns.ts';
import type { Sort } from './listingView.ts';
import { ObjectsHeader, type ColumnChoice } from './ObjectsHeader.tsx';
import styles from './ObjectsGrid.module.css';
import { ObjectRow } from './ObjectRow.tsx';
import { selectAll, selectRow, type RowSelection, type View } from './rowSelection.ts';
import { RowSet } from './rowSet.ts';
import { useRows } from './useRows.ts';
import { useTypeAhead, type TypedAhead } from './useTypeAhead.ts';

export interface GridHandle {
  focus(): void;
}

interface Props extends ColumnChoice {
  listing: Listing;
  view: View;
  /** The order on screen is about to change. */
  busy: boolean;
  sort: Sort;
  onSort(sort: Sort): void;
  selection: RowSelection;
  onSelection(selection: RowSelection): void;
  onOpen(row: number): void;
  onUp(): void;
  onDelete(): void;
  onCopy(): void;
  /** At client px; the row under it is selected. */
  onMenu(at: { x: number; y: number }): void;
  /** A drag begins at a row: of it, or of the selection it is in. */
  onDrag(rows: RowSet, data: DataTransfer): void;
  /** A key that asked for what is beyond the list: its end, or a name that is not there. */
  onBeyond(typed: TypedAhead | 'end'): void;
  ref?: Ref<GridHandle>;
}

const ROW = 25;
/** px of the sticky head, which the rows scroll under. */
const HEAD = 30;

/** The grid "Objects": virtual rows, and everything a file list does with mouse and keys. */
export function ObjectsGrid(props: Props) {
  const { listing, view, busy, sort, onSort, selection, onSelection, onOpen, onUp, onDelete, onCopy, onMenu, onDrag, onBeyond, columns, onColumns, widths, onWidths, ref } = props;
  const { t } = useTranslation('objects');
  const idBase = useId();
  const { scroller, ...rows } = useRows(view.length, ROW, HEAD);
  const focusedAt = selection.focus < 0 ? -1 : view.indexOf(selection.focus);
  const typeAhead = useTypeAhead(listing, view);

  useImperativeHandle(ref, () => ({ focus: () => scroller.current?.focus() }), [scroller]);
  useEffect(() => {
    if (focusedAt >= 0) rows.show(focusedAt);
    // Only when the focus moves: a growing list must not pull the view back to it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [selection.focus]);

  const move = (position: number, event: KeyboardEvent) => {
    event.preventDefault();
    const to = Math.min(view.length - 1, Math.max(0, position));
    onSelection(selectRow(selection, view, to, { extend: event.shiftKey, toggle: false }));
  };
  const openMenuAtRow = () => {
    const box = document.getElementById(`${idBase}${focusedAt}`)?.getBoundingClientRect();
    if (box) onMenu({ x: box.left + 48, y: box.bottom });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const mod = isMac ? event.metaKey : event.ctrlKey;
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / ROW) - 2);
    const focusedRow = view[focusedAt];
    const keys: Record<string, () => void> = {
      ArrowDown: () => move(focusedAt + 1, event),
      ArrowUp: () => move(focusedAt - 1, event),
      PageDown: () => move(focusedAt + page, event),
      PageUp: () => move(focusedAt - page, event),
      Home: () => move(0, event),
      End: () => {
        move(view.length - 1, event);
        onBeyond('end');
      },
      Enter: () => focusedRow !== undefined && onOpen(focusedRow),
      Backspace: onUp,
      Delete: onDelete,
      ContextMenu: openMenuAtRow,
      ' ': () => focusedAt >= 0 && onSelection(selectRow(selection, view, focusedAt, { extend: false, toggle: true })),
    };
    if (event.shiftKey && event.key === 'F10') return event.preventDefault(), openMenuAtRow();
    if (mod && event.code === 'KeyA') return event.preventDefault(), onSelection(selectAll(selection, view));
    if (mod && event.code === 'KeyC') return event.preventDefault(), onCopy();
    if (mod || event.altKey) return;
    const act = keys[event.key];
    if (act) return event.preventDefault(), act();
    const found = typeAhead(event.key, focusedAt);
    if (found && found.position !== null) move(found.position, event);
    else if (found) onBeyond(found);
  };
  const onRowClick = (position: number, event: MouseEvent) =>
    onSelection(selectRow(selection, view, position, { extend: event.shiftKey, toggle: isMac ? event.metaKey : event.ctrlKey }));

  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={t('grid')}
      aria-multiselectable
      aria-rowcount={view.length + 1}
      aria-colcount={columns.length}
      aria-busy={busy}
      aria-activedescendant={focusedAt >= 0 ? `${idBase}${focusedAt}` : undefined}
      tabIndex={0}
      className={styles.grid}
      style={{ '--columns': columnTemplate(columns, widths) } as React.CSSProperties}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && focusedAt < 0 && view.length > 0) onSelection({ ...selection, focus: view[0] ?? -1, anchor: view[0] ?? -1 });
      }}
    >
      <ObjectsHeader sort={sort} onSort={onSort} columns={columns} onColumns={onColumns} widths={widths} onWidths={onWidths} />
      <div role="rowgroup" className={styles.body} style={{ height: rows.height }}>
        {Array.from({ length: rows.end - rows.first }, (_, at) => rows.first + at).map((index) => {
          const row = view[index] ?? -1;
          return (
            <ObjectRow
              key={row}
              id={`${idBase}${index}`}
              listing={listing}
              row={row}
              columns={columns}
              index={index}
              top={rows.topOf(index)}
              selected={selection.rows.has(row)}
              focused={index === focusedAt}
              onClick={(event) => onRowClick(index, event)}
              onDoubleClick={() => onOpen(row)}
              onDragStart={(event) => onDrag(selection.rows.has(row) ? selection.rows : RowSet.of([row]), event.dataTransfer)}
              onContextMenu={(event) => {
                event.preventDefault();
                if (!selection.rows.has(row)) onSelection(selectRow(selection, view, index, { extend: false, toggle: false }));
                onMenu({ x: event.clientX, y: event.clientY });
              }}
            />
          );
        })}
      </div>
    </div>
  );
}
