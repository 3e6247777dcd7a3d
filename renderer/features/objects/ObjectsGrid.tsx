import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useId, useImperativeHandle, useRef, type KeyboardEvent, type MouseEvent, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { isMac } from '../../app/keys.ts';
import type { Listing } from './listing.ts';
import { rowName, type Sort } from './listingView.ts';
import { columnTemplate, ObjectsHeader } from './ObjectsHeader.tsx';
import styles from './ObjectsGrid.module.css';
import { ObjectRow } from './ObjectRow.tsx';
import { selectAll, selectRow, type RowSelection } from './rowSelection.ts';
import { useTypeAhead } from './useTypeAhead.ts';

export interface GridHandle {
  focus(): void;
}

interface Props {
  listing: Listing;
  view: readonly number[];
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
  widths: readonly number[];
  onWidths(widths: number[]): void;
  ref?: Ref<GridHandle>;
}

const ROW = 25;
/** px of the sticky head, which the rows scroll under. */
const HEAD = 30;

/** The grid "Objects": virtual rows, and everything a file list does with mouse and keys. */
export function ObjectsGrid(props: Props) {
  const { listing, view, sort, onSort, selection, onSelection, onOpen, onUp, onDelete, onCopy, onMenu, widths, onWidths, ref } = props;
  const { t } = useTranslation('objects');
  const scroller = useRef<HTMLDivElement>(null);
  const idBase = useId();
  const virtual = useVirtualizer({ count: view.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 14, scrollPaddingEnd: HEAD });
  const focusedAt = view.indexOf(selection.focus);
  const typeAhead = useTypeAhead((position) => rowName(listing.keys[view[position] ?? -1] ?? '', listing.place.prefix), view.length);

  useImperativeHandle(ref, () => ({ focus: () => scroller.current?.focus() }), []);
  useEffect(() => {
    if (focusedAt >= 0) virtual.scrollToIndex(focusedAt, { align: 'auto' });
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
      End: () => move(view.length - 1, event),
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
    if (found !== null) move(found, event);
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
      aria-colcount={4}
      aria-activedescendant={focusedAt >= 0 ? `${idBase}${focusedAt}` : undefined}
      tabIndex={0}
      className={styles.grid}
      style={{ '--columns': columnTemplate(widths) } as React.CSSProperties}
      onKeyDown={onKeyDown}
      onFocus={(event) => {
        if (event.target === event.currentTarget && focusedAt < 0 && view.length > 0) onSelection({ ...selection, focus: view[0] ?? -1, anchor: view[0] ?? -1 });
      }}
    >
      <ObjectsHeader sort={sort} onSort={onSort} widths={widths} onWidths={onWidths} />
      <div role="rowgroup" className={styles.body} style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, start }) => {
          const row = view[index] ?? -1;
          return (
            <ObjectRow
              key={row}
              id={`${idBase}${index}`}
              listing={listing}
              row={row}
              index={index}
              top={start}
              selected={selection.rows.has(row)}
              focused={index === focusedAt}
              onClick={(event) => onRowClick(index, event)}
              onDoubleClick={() => onOpen(row)}
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
