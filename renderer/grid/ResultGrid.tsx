import { useEffect, useImperativeHandle, useRef, type MouseEvent, type Ref } from 'react';
import './grid.css';
import type { ColumnLayout } from './columnLayout.ts';
import type { GridSort } from './gridHeader.ts';
import { makeGrid, type MadeGrid } from './makeGrid.ts';
import type { PageCache } from './pageCache.ts';
import type { CellWords, GridColumn } from './resultColumns.ts';
import { rectangleOf, type CellPosition, type Rectangle, type Selection } from './selection.ts';

export type { GridSort } from './gridHeader.ts';

export interface ResultGridHandle {
  selection(): Rectangle | null;
  /** The cell the grid is on: its row, and its column of the result. */
  current(): CellPosition | null;
  focus(): void;
  goToRow(row: number): void;
  /** Keeps the column. */
  moveRows(by: number): void;
  selectAll(): void;
  layout(): ColumnLayout;
  setLayout(layout: ColumnLayout): void;
  /** Wide enough for what is on the screen; all of them without `columns`. */
  autoSize(columns?: number[]): void;
  showColumn(column: number): void;
  /** Opens the filter of a column, of the current one without. */
  openFilter(column?: number): void;
}

export interface ResultGridProps {
  /** Accessible name. */
  label: string;
  columns: GridColumn[];
  /** Rows that can be read now; may grow while a result loads. */
  rows: number;
  /** The rows shown. Another order or filter is another cache. */
  pages: PageCache;
  sample: (string | null)[][];
  sort: readonly GridSort[];
  /** Columns with a filter. */
  filtered: ReadonlySet<number>;
  /** Sorting and filtering wait for all rows. */
  ready: boolean;
  initialLayout: ColumnLayout;
  words: CellWords;
  onSort(sort: GridSort[]): void;
  onFilter(column: number, anchor: HTMLElement): void;
  onLayout(layout: ColumnLayout): void;
  /** `shown`: the columns as they stand, which the selection's columns are positions in. */
  onSelect(selection: Selection | null, shown: readonly number[]): void;
  /** Enter or a double click on a cell. */
  onOpenCell(): void;
  onContextMenu?(event: MouseEvent): void;
  onError(error: unknown): void;
  ref?: Ref<ResultGridHandle>;
}

/** Rows beyond the screen, by blocks of 1,000: three million are as quick as thirty. */
export function ResultGrid(props: ResultGridProps) {
  const { label, columns, rows, pages, sort, filtered, ready, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const made = useRef<MadeGrid>(undefined);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    if (!host.current) return;
    made.current = makeGrid(host.current, columns, () => latest.current);
    return () => {
      made.current?.destroy();
      made.current = undefined;
    };
    // A grid is made for a set of columns; everything else changes below.
  }, [columns]);

  useEffect(() => {
    host.current?.querySelector('[role="grid"]')?.setAttribute('aria-label', label);
  }, [label]);
  useEffect(() => made.current?.updateHeads(), [sort, filtered, ready]);

  const shownPages = useRef<PageCache>(pages);
  useEffect(() => {
    if (shownPages.current === pages) return;
    shownPages.current = pages;
    made.current?.otherRows();
  }, [pages]);
  const shownRows = useRef(rows);
  useEffect(() => {
    if (shownRows.current === rows) return;
    shownRows.current = rows;
    made.current?.moreRows();
  }, [rows]);

  useImperativeHandle(
    ref,
    () => ({
      selection: () => (made.current?.selection.current ? rectangleOf(made.current.selection.current) : null),
      current: () => made.current?.current() ?? null,
      focus: () => made.current?.focus(),
      goToRow: (row) => made.current?.goToRow(row),
      moveRows: (by) => made.current?.moveRows(by),
      selectAll: () => made.current?.selection.selectAll(),
      layout: () => made.current?.layout() ?? latest.current.initialLayout,
      setLayout: (layout) => made.current?.setLayout(layout),
      autoSize: (some) => made.current?.autoSize(some),
      showColumn: (column) => made.current?.showColumn(column),
      openFilter: (column) => made.current?.openFilter(column),
    }),
    [],
  );

  return <div ref={host} className="result-grid" onContextMenu={props.onContextMenu} />;
}
