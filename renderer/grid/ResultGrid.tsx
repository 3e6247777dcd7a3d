import { createGrid, type ColDef, type GridApi, type IDatasource } from 'ag-grid-community';
import { useEffect, useImperativeHandle, useRef, type MouseEvent, type Ref } from 'react';
import { gridTheme, rowHeight } from './agGrid.ts';
import './grid.css';
import { GridSelection } from './gridSelection.ts';
import { blockRows, type PageCache } from './pageCache.ts';
import { columnDefinitions, columnIndex, rowNumberColumn, rowNumberWidth, type CellWords, type GridColumn, type GridRow } from './resultColumns.ts';
import { scrollByPixels } from './wheel.ts';
import { rectangleOf, type CellPosition, type Rectangle, type Selection } from './selection.ts';

export interface GridSort {
  column: number;
  direction: 'asc' | 'desc';
}

export interface ResultGridHandle {
  selection(): Rectangle | null;
  focus(): void;
  goToRow(row: number): void;
  selectAll(): void;
}

interface Props {
  /** Accessible name. */
  label: string;
  columns: GridColumn[];
  /** Rows that can be read now; may grow while a result loads. */
  rows: number;
  /** The rows in an order. Another order is another cache. */
  pages(sort: GridSort[]): Promise<PageCache>;
  sample: (string | null)[][];
  sortable?: boolean;
  words: CellWords;
  onSelect?(selection: Selection | null, pages: PageCache | undefined): void;
  /** Enter or a double click on a cell. */
  onOpenCell?(at: CellPosition): void;
  onContextMenu?(event: MouseEvent): void;
  onError(error: unknown): void;
  ref?: Ref<ResultGridHandle>;
}

/** Rows beyond the screen, by blocks of 1,000: three million are as quick as thirty. */
export function ResultGrid(props: Props) {
  const { label, columns, rows, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const api = useRef<GridApi<GridRow>>(undefined);
  const selection = useRef<GridSelection>(undefined);
  const pages = useRef<PageCache>(undefined);
  const define = useRef<(sortable: boolean) => ColDef<GridRow>[]>(() => []);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const bounds = () => ({ rows: latest.current.rows, columns: columns.length });
    const selecting = new GridSelection({
      host: element,
      api: () => api.current,
      bounds,
      changed: (next) => latest.current.onSelect?.(next, pages.current),
    });
    selection.current = selecting;
    const { sample, words, sortable: now = true } = latest.current;
    define.current = (canSort) => columnDefinitions({ columns, sample, rows: latest.current.rows, sortable: canSort, words, isSelected: selecting.isSelected });
    const grid = createGrid<GridRow>(element, {
      theme: gridTheme,
      columnDefs: define.current(now),
      rowModelType: 'infinite',
      datasource: datasource(),
      cacheBlockSize: blockRows,
      maxBlocksInCache: 24,
      maxConcurrentDatasourceRequests: 3,
      // While the scroll bar is dragged, blocks flown over are not asked for.
      blockLoadDebounceMillis: 40,
      infiniteInitialRowCount: Math.max(1, latest.current.rows),
      rowBuffer: 10,
      suppressMultiSort: false,
      alwaysMultiSort: false,
      animateRows: false,
      suppressColumnMoveAnimation: true,
      enableCellTextSelection: false,
      defaultColDef: {
        suppressKeyboardEvent: ({ event, node, column }) => {
          if (event.key === 'Enter' && !event.isComposing) {
            latest.current.onOpenCell?.({ row: node.rowIndex ?? 0, column: columnIndex(column.getColId()) });
            return true;
          }
          const pageRows = Math.max(1, Math.floor((element.clientHeight - 60) / rowHeight));
          return selecting.navigate(event, { row: node.rowIndex ?? 0, column: Math.max(0, columnIndex(column.getColId())) }, pageRows);
        },
      },
      onCellFocused: ({ rowIndex, column }) => {
        const index = typeof column === 'object' && column ? columnIndex(column.getColId()) : -1;
        if (rowIndex !== null && index >= 0) selecting.focused({ row: rowIndex, column: index });
      },
      onCellDoubleClicked: ({ rowIndex, column }) => {
        const index = columnIndex(column.getColId());
        if (rowIndex !== null && index >= 0) latest.current.onOpenCell?.({ row: rowIndex, column: index });
      },
      onSortChanged: ({ api: sorted }) => {
        selecting.set(null);
        sorted.ensureIndexVisible(0, 'top');
      },
    });
    api.current = grid;
    element.querySelector('[role="grid"]')?.setAttribute('aria-label', latest.current.label);
    const stopWheel = scrollByPixels(element, () => latest.current.rows * rowHeight);
    return () => {
      stopWheel();
      selecting.dispose();
      grid.destroy();
      api.current = undefined;
    };

    function datasource(): IDatasource {
      return {
        getRows: ({ startRow, sortModel, successCallback, failCallback }) => {
          const sort = sortModel.map(({ colId, sort: direction }) => ({ column: columnIndex(colId), direction }));
          latest.current.pages(sort).then(
            async (cache) => {
              pages.current = cache;
              const page = await cache.block(startRow);
              const count = page.cells[0]?.length ?? 0;
              successCallback(
                Array.from({ length: count }, (_, at) => ({ page, at })),
                latest.current.rows,
              );
            },
          ).catch((error: unknown) => {
            failCallback();
            latest.current.onError(error);
          });
        },
      };
    }
    // A grid is made for a set of columns; everything else changes below.
  }, [columns]);

  const { sortable = true } = props;
  useEffect(() => api.current?.setGridOption('columnDefs', define.current(sortable)), [sortable, columns]);

  useEffect(() => {
    host.current?.querySelector('[role="grid"]')?.setAttribute('aria-label', label);
  }, [label]);

  useEffect(() => {
    const grid = api.current;
    if (!grid || grid.isDestroyed()) return;
    pages.current?.forgetPartial();
    const top = grid.getFirstDisplayedRowIndex();
    grid.setRowCount(rows, true);
    grid.refreshInfiniteCache();
    grid.setColumnWidths([{ key: rowNumberColumn, newWidth: rowNumberWidth(rows) }]);
    // In a grid taller than the browser can draw, the same scroll position means another row once there are more.
    if (top > 0) grid.ensureIndexVisible(top, 'top');
  }, [rows]);

  useImperativeHandle(
    ref,
    () => ({
      selection: () => (selection.current?.current ? rectangleOf(selection.current.current) : null),
      focus: () => api.current?.setFocusedCell(0, '0'),
      goToRow: (row) => selection.current?.goTo({ row: Math.max(0, Math.min(row, latest.current.rows - 1)), column: selection.current.current?.focus.column ?? 0 }),
      selectAll: () => selection.current?.selectAll(),
    }),
    [],
  );

  return <div ref={host} className="result-grid" onContextMenu={props.onContextMenu} />;
}
