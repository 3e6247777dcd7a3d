import type { GridApi } from 'ag-grid-community';
import { columnId, columnIndex, rowNumberColumn, type GridRow } from './resultColumns.ts';
import { contains, move, rectangleOf, singleCell, wholeGrid, wholeRow, type Bounds, type CellPosition, type Selection } from './selection.ts';

/** The cell under a pointer event: its row, and its column's id. */
function cellUnder(target: EventTarget | null): { row: number; id: string } | null {
  const cell = target instanceof Element ? target.closest('.ag-cell') : null;
  const row = cell?.closest('.ag-row')?.getAttribute('row-index');
  const id = cell?.getAttribute('col-id');
  return row && id ? { row: Number(row), id } : null;
}

interface Options {
  host: HTMLElement;
  api: () => GridApi<GridRow> | undefined;
  rows: () => number;
  /** The columns as they stand, from left to right: a position of the selection is an index into these. */
  shown: () => readonly number[];
  changed(selection: Selection | null): void;
}

/** Selecting cells by mouse and keyboard, by where columns stand. The rectangle is ours; ag-grid's focused cell follows its moving corner. */
export class GridSelection {
  #selection: Selection | null = null;
  #dragging: 'cells' | 'rows' | null = null;
  /** Cells whose focus we caused and ag-grid has yet to report (it does so later): the selection is made already. */
  #expected: CellPosition[] = [];

  constructor(private readonly options: Options) {
    const { host } = options;
    // Capturing: ag-grid focuses the cell on the same event, and must find that it was pressed.
    host.addEventListener('mousedown', this.#onMouseDown, true);
    host.addEventListener('mouseover', this.#onMouseOver);
    window.addEventListener('mouseup', this.#onMouseUp);
  }

  dispose(): void {
    this.options.host.removeEventListener('mousedown', this.#onMouseDown, true);
    this.options.host.removeEventListener('mouseover', this.#onMouseOver);
    window.removeEventListener('mouseup', this.#onMouseUp);
  }

  /** Where a column of the result stands; -1 for the row numbers and for what is hidden. */
  positionOf = (column: number): number => this.options.shown().indexOf(column);

  #bounds(): Bounds {
    return { rows: this.options.rows(), columns: this.options.shown().length };
  }

  #cellOf(target: EventTarget | null): CellPosition | null {
    const cell = cellUnder(target);
    return cell && { row: cell.row, column: cell.id === rowNumberColumn ? -1 : this.positionOf(columnIndex(cell.id)) };
  }

  get current(): Selection | null {
    return this.#selection;
  }

  /** Of a column of the result, wherever it stands. */
  isSelected = (row: number, column: number): boolean => this.#selection !== null && this.#isInside(row, this.positionOf(column));

  #isInside(row: number, position: number): boolean {
    return this.#selection !== null && position >= 0 && contains(rectangleOf(this.#selection), row, position);
  }

  set(selection: Selection | null): void {
    this.#selection = selection;
    this.#paint();
    this.options.changed(selection);
  }

  selectAll(): void {
    const bounds = this.#bounds();
    if (bounds.rows > 0) this.set(wholeGrid(bounds));
  }

  /** Gives the grid the focus, at the cell that had it or the first. What is selected stays; what is selected right after, too. */
  focusGrid(): void {
    const at = this.#selection?.focus ?? { row: 0, column: 0 };
    const id = this.options.shown()[at.column];
    if (id === undefined || at.row >= this.#bounds().rows) return;
    this.#expect(at);
    if (!this.#selection) this.set(singleCell(at));
    this.options.api()?.setFocusedCell(at.row, columnId(id));
  }

  /** Moves the focus and the view to a cell and selects it. */
  goTo(at: CellPosition): void {
    this.#show(singleCell(at));
  }

  /** ag-grid moved the focus by itself (Tab, a click of an assistive tool): the selection follows. */
  focused(at: CellPosition): void {
    const focus = this.#selection?.focus;
    const index = this.#expected.findIndex((one) => one.row === at.row && one.column === at.column);
    if (index >= 0) {
      this.#expected.splice(0, index + 1);
      return;
    }
    if (!this.#dragging && (focus?.row !== at.row || focus.column !== at.column)) this.set(singleCell(at));
  }

  /** True where the key was one of ours, so that ag-grid leaves it alone. */
  navigate(event: KeyboardEvent, at: CellPosition, pageRows: number): boolean {
    if (event.isComposing || event.altKey) return false;
    const toEdge = event.ctrlKey || event.metaKey;
    const from = this.#selection ?? singleCell(at);
    const next = move(from, { key: event.key, extend: event.shiftKey, toEdge, pageRows }, this.#bounds());
    if (!next) return false;
    event.preventDefault();
    this.#show(next);
    return true;
  }

  #expect(at: CellPosition): void {
    this.#expected = [...this.#expected.slice(-7), at];
  }

  #show(selection: Selection): void {
    const api = this.options.api();
    if (!api) return;
    const { row, column } = selection.focus;
    this.#expect(selection.focus);
    const far = row < api.getFirstDisplayedRowIndex() - 40 || row > api.getLastDisplayedRowIndex() + 40;
    this.set(selection);
    const { rows } = this.#bounds();
    api.ensureIndexVisible(row, row === rows - 1 ? 'bottom' : row === 0 ? 'top' : far ? 'middle' : undefined);
    const id = columnId(this.options.shown()[column] ?? 0);
    api.ensureColumnVisible(id);
    api.setFocusedCell(row, id);
  }

  #onMouseDown = (event: MouseEvent): void => {
    const at = this.#cellOf(event.target);
    if (!at) return;
    this.#expect(at);
    // A context menu keeps the selection it is opened on.
    if (event.button === 2 && this.#isInside(at.row, Math.max(0, at.column))) return;
    if (event.button !== 0 && event.button !== 2) return;
    this.#dragging = event.button === 2 ? null : at.column < 0 ? 'rows' : 'cells';
    const anchor = event.shiftKey && this.#selection ? this.#selection.anchor : at;
    this.set(at.column < 0 ? wholeRow(at.row, this.#bounds(), anchor.row) : { anchor, focus: at });
  };

  #onMouseOver = (event: MouseEvent): void => {
    if (!this.#dragging || !this.#selection || event.buttons !== 1) return;
    const at = this.#cellOf(event.target);
    if (!at) return;
    if (this.#dragging === 'rows') this.set(wholeRow(at.row, this.#bounds(), this.#selection.anchor.row));
    else if (at.column >= 0) this.set({ anchor: this.#selection.anchor, focus: at });
  };

  #onMouseUp = (): void => {
    this.#dragging = null;
  };

  /** Cells that are drawn now; cells drawn later ask `isSelected` by themselves. */
  #paint(): void {
    for (const cell of this.options.host.querySelectorAll('.ag-cell')) {
      const at = this.#cellOf(cell);
      if (at && at.column >= 0) cell.classList.toggle('cell-selected', this.#isInside(at.row, at.column));
    }
    for (const cell of this.options.host.querySelectorAll('.ag-cell.row-number')) {
      const at = this.#cellOf(cell);
      const area = this.#selection && rectangleOf(this.#selection);
      cell.classList.toggle('row-of-selection', Boolean(at && area && at.row >= area.top && at.row <= area.bottom));
    }
  }
}
