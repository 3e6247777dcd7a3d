/** Which rows are chosen. Positions are places in the shown order; rows are the listing's own numbers. */
export interface RowSelection {
  rows: ReadonlySet<number>;
  /** Where a range starts, and the row with the focus; -1: none. */
  anchor: number;
  focus: number;
}

export const NO_SELECTION: RowSelection = { rows: new Set(), anchor: -1, focus: -1 };

export interface Modifiers {
  /** Shift: the range from the anchor. */
  extend: boolean;
  /** Ctrl or ⌘: this row on or off, the others as they are. */
  toggle: boolean;
}

/** The selection after a click on, or a move to, the row shown at `position`. */
export function selectRow(before: RowSelection, view: readonly number[], position: number, { extend, toggle }: Modifiers): RowSelection {
  const row = view[position];
  if (row === undefined) return before;
  const anchorAt = extend ? view.indexOf(before.anchor) : -1;
  if (anchorAt >= 0) {
    const range = view.slice(Math.min(anchorAt, position), Math.max(anchorAt, position) + 1);
    return { rows: new Set(toggle ? [...before.rows, ...range] : range), anchor: before.anchor, focus: row };
  }
  if (!toggle) return { rows: new Set([row]), anchor: row, focus: row };
  const rows = new Set(before.rows);
  if (!rows.delete(row)) rows.add(row);
  return { rows, anchor: row, focus: row };
}

export const selectAll = (before: RowSelection, view: readonly number[]): RowSelection => ({ ...before, rows: new Set(view) });
