import type { ColDef, ICellRendererParams, ValueGetterParams } from 'ag-grid-community';
import { columnWidth, isNested, isNumeric } from './cellTypes.ts';
import { GridHeader, type HeaderHooks } from './gridHeader.ts';
import type { PageCache } from './pageCache.ts';

export interface GridColumn {
  name: string;
  type: string;
}

/** A grid row is a place in a view, not a copy of its cells. */
export interface GridRow {
  pages: PageCache;
  row: number;
}

export interface CellWords {
  null: string;
  empty: string;
  /** The name of a head's funnel. */
  filter(column: string): string;
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

interface Options {
  columns: GridColumn[];
  /** The first rows, to choose widths by. */
  sample: (string | null)[][];
  rows: number;
  hooks: HeaderHooks;
  words: CellWords;
  isSelected(row: number, column: number): boolean;
  /** A cell is to be drawn that is not here yet. */
  onMissing(row: number, column: number): void;
}

/** Wide enough for the last row's number. */
export const rowNumberWidth = (rows: number): number => Math.max(36, String(rows).length * 8 + 20);

/** Row numbers, then one column for each of the result's. Equal names are no trouble: columns are known by place. */
export function columnDefinitions({ columns, sample, rows, hooks, words, isSelected, onMissing }: Options): ColDef<GridRow>[] {
  const rowNumbers: ColDef<GridRow> = {
    colId: rowNumberColumn,
    headerName: '',
    pinned: 'left',
    initialWidth: rowNumberWidth(rows),
    resizable: false,
    sortable: false,
    suppressMovable: true,
    lockPosition: 'left',
    lockPinned: true,
    cellClass: 'row-number',
    valueGetter: ({ node }) => (node?.rowIndex ?? 0) + 1,
  };
  return [
    rowNumbers,
    ...columns.map(
      ({ name, type }, index): ColDef<GridRow> => ({
        colId: columnId(index),
        headerName: name,
        headerComponent: GridHeader,
        headerComponentParams: { type, place: index, hooks },
        headerClass: isNumeric(type) ? 'ag-right-aligned-header' : undefined,
        initialWidth: columnWidth(name, type, sample[index] ?? []),
        minWidth: 48,
        resizable: true,
        sortable: false,
        cellClass: isNumeric(type) ? 'cell-number' : isNested(type) ? 'cell-nested' : undefined,
        cellClassRules: { 'cell-selected': ({ rowIndex }) => isSelected(rowIndex, index) },
        valueGetter: ({ data }: ValueGetterParams<GridRow>) => {
          if (!data) return undefined;
          const value = data.pages.peek(data.row, index);
          if (value === undefined) onMissing(data.row, index);
          return value;
        },
        cellRenderer: renderCell(words),
      }),
    ),
  ];
}
