import { createGrid, type GridApi, type IDatasource, type SuppressHeaderKeyboardEventParams } from 'ag-grid-community';
import { gridTheme, rowHeight } from './agGrid.ts';
import { fromColumnState, shownColumns, toColumnState, type ColumnLayout } from './columnLayout.ts';
import { nextSort, type GridHeader, type HeaderHooks } from './gridHeader.ts';
import { GridSelection } from './gridSelection.ts';
import { blockRows } from './pageCache.ts';
import { columnDefinitions, columnId, columnIndex, rowNumberColumn, rowNumberWidth, type GridColumn, type GridRow } from './resultColumns.ts';
import type { ResultGridProps } from './ResultGrid.tsx';
import type { CellPosition } from './selection.ts';
import { scrollByPixels } from './wheel.ts';

export interface MadeGrid {
  selection: GridSelection;
  current(): CellPosition | null;
  focus(): void;
  goToRow(row: number): void;
  moveRows(by: number): void;
  layout(): ColumnLayout;
  setLayout(layout: ColumnLayout): void;
  autoSize(columns?: number[]): void;
  showColumn(column: number): void;
  openFilter(column?: number): void;
  updateHeads(): void;
  /** The pages are others. */
  otherRows(): void;
  /** More rows can be read. */
  moreRows(): void;
  destroy(): void;
}

/** px; a column is made no wider for its values than this. */
const widest = 480;

/** An ag-grid over pages of a result, with a selection and heads of our own. `latest` gives the props of the last render. */
export function makeGrid(host: HTMLElement, columns: GridColumn[], latest: () => ResultGridProps): MadeGrid {
  const heads = new Set<GridHeader>();
  const sized = new Set(Object.keys(latest().initialLayout.widths).map(Number));
  let layout = latest().initialLayout;
  let shown = shownColumns(layout);
  let grid: GridApi<GridRow> | undefined;

  const selection = new GridSelection({
    host,
    api: () => grid,
    rows: () => latest().rows,
    shown: () => shown,
    changed: (next) => latest().onSelect(next, shown),
  });

  const hooks: HeaderHooks = {
    sort: () => latest().sort,
    filtered: (column) => latest().filtered.has(column),
    onSort: (column, add) => latest().ready && latest().onSort(nextSort(latest().sort, column, add)),
    onFilter: (column, anchor) => latest().ready && latest().onFilter(column, anchor),
    words: { filter: (name) => latest().words.filter(name) },
    heads,
  };

  /** Cells that were missing when they were drawn: fetched once a frame, then drawn again. */
  const missing = new Set<string>();
  const fetchMissing = () => {
    const wanted = [...missing].map((key) => key.split(':').map(Number) as [number, number]);
    missing.clear();
    const { pages, onError } = latest();
    for (const block of new Set(wanted.map(([row]) => Math.floor(row / blockRows)))) {
      const places = new Set(wanted.filter(([row]) => Math.floor(row / blockRows) === block).map(([, column]) => column));
      pages.block(block * blockRows, [...places]).then(() => grid && !grid.isDestroyed() && latest().pages === pages && grid.refreshCells(), onError);
    }
  };
  const onMissing = (row: number, column: number) => {
    if (missing.size === 0) requestAnimationFrame(fetchMissing);
    missing.add(`${row}:${column}`);
  };

  const onHeaderKey = ({ event, column }: SuppressHeaderKeyboardEventParams<GridRow>): boolean => {
    const place = column && 'getColId' in column ? columnIndex(column.getColId()) : -1;
    if (place < 0 || event.isComposing) return false;
    if (event.key === 'Enter') hooks.onSort(place, event.shiftKey);
    else if (event.key === 'ArrowDown' && event.altKey) openFilter(place);
    else return false;
    event.preventDefault();
    return true;
  };

  const { sample, words, rows } = latest();
  const made = createGrid<GridRow>(host, {
    theme: gridTheme,
    columnDefs: columnDefinitions({ columns, sample, rows, hooks, words, isSelected: selection.isSelected, onMissing }),
    rowModelType: 'infinite',
    datasource: datasource(),
    cacheBlockSize: blockRows,
    maxBlocksInCache: 24,
    maxConcurrentDatasourceRequests: 3,
    // While the scroll bar is dragged, blocks flown over are not asked for.
    blockLoadDebounceMillis: 40,
    infiniteInitialRowCount: Math.max(1, rows),
    rowBuffer: 10,
    animateRows: false,
    // What is said where no row is there is said by us, in the language of the window.
    suppressOverlays: ['loading', 'noRows', 'noMatchingRows'],
    suppressColumnMoveAnimation: true,
    suppressDragLeaveHidesColumns: true,
    enableCellTextSelection: false,
    autoSizePadding: 10,
    defaultColDef: {
      suppressHeaderKeyboardEvent: onHeaderKey,
      suppressKeyboardEvent: ({ event, node, column }) => {
        if (event.key === 'Enter' && !event.isComposing) {
          latest().onOpenCell();
          return true;
        }
        const pageRows = Math.max(1, Math.floor((host.clientHeight - 60) / rowHeight));
        return selection.navigate(event, { row: node.rowIndex ?? 0, column: Math.max(0, selection.positionOf(columnIndex(column.getColId()))) }, pageRows);
      },
    },
    onCellFocused: ({ rowIndex, column }) => {
      const position = typeof column === 'object' && column ? selection.positionOf(columnIndex(column.getColId())) : -1;
      if (rowIndex !== null && position >= 0) selection.focused({ row: rowIndex, column: position });
    },
    onCellDoubleClicked: ({ rowIndex, column }) => {
      if (rowIndex !== null && columnIndex(column.getColId()) >= 0) latest().onOpenCell();
    },
    onColumnMoved: ({ finished }) => finished && arranged(),
    onColumnPinned: () => arranged(),
    onColumnVisible: () => arranged(),
    onColumnResized: ({ finished, source, columns: resized }) => {
      if (!finished || source === 'api') return;
      for (const column of resized ?? []) sized.add(columnIndex(column.getColId()));
      arranged();
    },
  });
  grid = made;
  made.applyColumnState({ state: toColumnState(layout, rowNumberColumn), applyOrder: true });
  host.querySelector('[role="grid"]')?.setAttribute('aria-label', latest().label);
  const stopWheel = scrollByPixels(host, () => latest().rows * rowHeight);

  function arranged(): void {
    const next = fromColumnState(made.getColumnState(), sized);
    const nextShown = shownColumns(next);
    layout = next;
    if (nextShown.join() !== shown.join()) {
      shown = nextShown;
      selection.set(null);
    }
    latest().onLayout(next);
  }

  function openFilter(column?: number): void {
    const place = column ?? shown[selection.current?.focus.column ?? 0] ?? 0;
    made.ensureColumnVisible(columnId(place));
    // The head of a column that was out of sight is drawn with the next frame.
    requestAnimationFrame(() => {
      const head = [...heads].find((one) => one.place === place);
      if (head) hooks.onFilter(place, head.element);
    });
  }

  /** The columns in sight, which are all a block needs at first. */
  function displayed(): number[] {
    const places = made.getAllDisplayedVirtualColumns().map((column) => columnIndex(column.getColId()));
    return places.filter((place) => place >= 0);
  }

  function datasource(): IDatasource {
    return {
      getRows: ({ startRow, successCallback, failCallback }) => {
        const { pages, onError } = latest();
        // ag-grid asks before it has laid out its columns.
        const wanted = grid ? displayed() : [];
        pages.block(startRow, wanted.length > 0 ? wanted : shown.slice(0, 20)).then(
          () => {
            if (latest().pages !== pages) return failCallback();
            successCallback(
              Array.from({ length: pages.rowsOf(startRow) }, (_, at) => ({ pages, row: startRow + at })),
              latest().rows,
            );
          },
          (error: unknown) => {
            failCallback();
            onError(error);
          },
        );
      },
    };
  }

  const goTo = (row: number, column: number) => selection.goTo({ row: Math.max(0, Math.min(row, latest().rows - 1)), column });
  return {
    selection,
    current: () => selection.current && { row: selection.current.focus.row, column: shown[selection.current.focus.column] ?? 0 },
    focus: () => selection.focusGrid(),
    goToRow: (row) => goTo(row, selection.current?.focus.column ?? 0),
    moveRows: (by) => goTo((selection.current?.focus.row ?? 0) + by, selection.current?.focus.column ?? 0),
    layout: () => layout,
    setLayout(next) {
      sized.clear();
      for (const column of Object.keys(next.widths)) sized.add(Number(column));
      made.applyColumnState({ state: toColumnState(next, rowNumberColumn), applyOrder: true });
      arranged();
    },
    autoSize(some) {
      const ids = (some ?? displayed()).map(columnId);
      made.autoSizeColumns(ids, false);
      for (const id of ids) {
        sized.add(columnIndex(id));
        const width = made.getColumn(id)?.getActualWidth() ?? 0;
        if (width > widest) made.setColumnWidths([{ key: id, newWidth: widest }]);
      }
      arranged();
    },
    showColumn: (column) => made.ensureColumnVisible(columnId(column), 'start'),
    openFilter,
    updateHeads: () => heads.forEach((head) => head.update()),
    otherRows() {
      selection.set(null);
      made.setRowCount(Math.max(1, latest().rows), true);
      made.setGridOption('datasource', datasource());
      made.setColumnWidths([{ key: rowNumberColumn, newWidth: rowNumberWidth(latest().rows) }]);
      made.ensureIndexVisible(0, 'top');
    },
    moreRows() {
      latest().pages.grow(latest().rows);
      const top = made.getFirstDisplayedRowIndex();
      made.setRowCount(Math.max(1, latest().rows), true);
      made.refreshInfiniteCache();
      made.setColumnWidths([{ key: rowNumberColumn, newWidth: rowNumberWidth(latest().rows) }]);
      // In a grid taller than the browser can draw, the same scroll position means another row once there are more.
      if (top > 0) made.ensureIndexVisible(top, 'top');
    },
    destroy() {
      stopWheel();
      selection.dispose();
      made.destroy();
      grid = undefined;
    },
  };
}
