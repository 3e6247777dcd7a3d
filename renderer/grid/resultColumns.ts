import type { ColDef, ICellRendererParams, IHeaderParams, IInnerHeaderComponent, ValueGetterParams } from 'ag-grid-community';
import { columnWidth, isNested, isNumeric } from './cellTypes.ts';
import type { Page } from './pageCache.ts';

export interface GridColumn {
  name: string;
  type: string;
}

/** A grid row is a place in a block, not a copy of its cells. */
export interface GridRow {
  page: Page;
  at: number;
}

export interface CellWords {
  null: string;
  empty: string;
}

export const rowNumberColumn = 'row-number';
export const columnId = (index: number): string => String(index);
/** -1 for the row numbers. */
export const columnIndex = (id: string): number => (id === rowNumberColumn ? -1 : Number(id));

const longestShown = 300;

function renderCell(words: CellWords) {
  return ({ value }: ICellRendererParams<GridRow, string | null | undefined>): HTMLElement | string => {
    if (value === undefined) return '';
    const mark = value === null ? words.null : value === '' ? words.empty : null;
    if (mark !== null) {
      const element = document.createElement('span');
      element.className = value === null ? 'cell-null' : 'cell-empty';
      element.textContent = mark;
      return element;
    }
    const text = document.createElement('span');
    const shown = (value as string).length > longestShown ? `${(value as string).slice(0, longestShown)}…` : (value as string);
    // A line break inside a cell is shown as a mark, so that a row stays one row.
    text.textContent = shown.replace(/\r\n|\r|\n/g, '↵').replaceAll('\t', '⇥');
    return text;
  };
}

/** The name, and the type in small beside it. */
class TypedHeader implements IInnerHeaderComponent {
  readonly #element = document.createElement('span');

  init({ displayName, type }: IHeaderParams & { type: string }): void {
    const name = document.createElement('span');
    name.textContent = displayName;
    const small = document.createElement('span');
    small.className = 'header-type';
    small.textContent = type;
    this.#element.className = 'header-name';
    this.#element.title = `${displayName} ${type}`;
    this.#element.append(name, ' ', small);
  }

  getGui = (): HTMLElement => this.#element;
  refresh = (): boolean => false;
}

interface Options {
  columns: GridColumn[];
  /** The first rows, to choose widths by. */
  sample: (string | null)[][];
  rows: number;
  sortable: boolean;
  words: CellWords;
  isSelected(row: number, column: number): boolean;
}

/** Wide enough for the last row's number. */
export const rowNumberWidth = (rows: number): number => Math.max(36, String(rows).length * 8 + 20);

/** Row numbers, then one column for each of the result's. Equal names are no trouble: columns are known by place. */
export function columnDefinitions({ columns, sample, rows, sortable, words, isSelected }: Options): ColDef<GridRow>[] {
  const rowNumbers: ColDef<GridRow> = {
    colId: rowNumberColumn,
    headerName: '',
    pinned: 'left',
    initialWidth: rowNumberWidth(rows),
    resizable: false,
    sortable: false,
    suppressMovable: true,
    cellClass: 'row-number',
    valueGetter: ({ node }) => (node?.rowIndex ?? 0) + 1,
  };
  return [
    rowNumbers,
    ...columns.map(
      ({ name, type }, index): ColDef<GridRow> => ({
        colId: columnId(index),
        headerName: name,
        headerComponentParams: { innerHeaderComponent: TypedHeader, innerHeaderComponentParams: { type } },
        headerClass: isNumeric(type) ? 'ag-right-aligned-header' : undefined,
        initialWidth: columnWidth(name, type, sample[index] ?? []),
        minWidth: 48,
        resizable: true,
        sortable,
        suppressMovable: true,
        cellClass: isNumeric(type) ? 'cell-number' : isNested(type) ? 'cell-nested' : undefined,
        cellClassRules: { 'cell-selected': ({ rowIndex }) => isSelected(rowIndex, index) },
        valueGetter: ({ data }: ValueGetterParams<GridRow>) => (data ? (data.page.cells[index]?.[data.at] ?? null) : undefined),
        cellRenderer: renderCell(words),
      }),
    ),
  ];
}
