/** The grid's own selection: one rectangle of cells between an anchor and a focus (cell selection is not in ag-grid Community). */
export interface CellPosition {
  row: number;
  column: number;
}

export interface Selection {
  anchor: CellPosition;
  focus: CellPosition;
}

/** Inclusive on all sides. */
export interface Rectangle {
  top: number;
  bottom: number;
  left: number;
  right: number;
}

export interface Bounds {
  rows: number;
  columns: number;
}

export const rectangleOf = ({ anchor, focus }: Selection): Rectangle => ({
  top: Math.min(anchor.row, focus.row),
  bottom: Math.max(anchor.row, focus.row),
  left: Math.min(anchor.column, focus.column),
  right: Math.max(anchor.column, focus.column),
});

export const contains = (area: Rectangle, row: number, column: number): boolean =>
  row >= area.top && row <= area.bottom && column >= area.left && column <= area.right;

export const cellCount = (area: Rectangle): number => (area.bottom - area.top + 1) * (area.right - area.left + 1);

export const singleCell = (at: CellPosition): Selection => ({ anchor: at, focus: at });

export const wholeGrid = ({ rows, columns }: Bounds): Selection => ({
  anchor: { row: 0, column: 0 },
  focus: { row: Math.max(0, rows - 1), column: Math.max(0, columns - 1) },
});

export const wholeRow = (row: number, { columns }: Bounds, anchorRow = row): Selection => ({
  anchor: { row: anchorRow, column: 0 },
  focus: { row, column: Math.max(0, columns - 1) },
});

export const wholeColumn = (column: number, { rows }: Bounds, anchorColumn = column): Selection => ({
  anchor: { row: 0, column: anchorColumn },
  focus: { row: Math.max(0, rows - 1), column },
});

const clamp = (value: number, end: number): number => Math.max(0, Math.min(value, end - 1));

export interface Move {
  key: string;
  /** Shift: the anchor stays. */
  extend: boolean;
  /** Ctrl or Cmd: to the edge. */
  toEdge: boolean;
  pageRows: number;
}

/** Where a navigation key leads, or null where the key is none. */
export function move(selection: Selection, { key, extend, toEdge, pageRows }: Move, bounds: Bounds): Selection | null {
  let { row, column } = selection.focus;
  if (key === 'ArrowUp') row = toEdge ? 0 : row - 1;
  else if (key === 'ArrowDown') row = toEdge ? bounds.rows - 1 : row + 1;
  else if (key === 'ArrowLeft') column = toEdge ? 0 : column - 1;
  else if (key === 'ArrowRight') column = toEdge ? bounds.columns - 1 : column + 1;
  else if (key === 'PageUp') row -= pageRows;
  else if (key === 'PageDown') row += pageRows;
  else if (key === 'Home') {
    column = 0;
    if (toEdge) row = 0;
  } else if (key === 'End') {
    column = bounds.columns - 1;
    if (toEdge) row = bounds.rows - 1;
  } else return null;
  const focus = { row: clamp(row, bounds.rows), column: clamp(column, bounds.columns) };
  return { anchor: extend ? selection.anchor : focus, focus };
}
