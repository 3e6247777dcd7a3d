import { RowSet } from './rowSet.ts';

/** Rows in the order they are shown. */
export type View = Uint32Array;

/** Which rows are chosen. Positions are places in the shown order; rows are the listing's own numbers. */
export interface RowSelection {
  rows: RowSet;
  /** Where a range starts, and the row with the focus; -1: none. */
  anchor: number;
  focus: number;
}

export const NO_SELECTION: RowSelection = { rows: RowSet.none, anchor: -1, focus: -1 };

export interface Modifiers {
  /** Shift: the range from the anchor. */
  extend: boolean;
  /** Ctrl or ⌘: this row on or off, the others as they are. */
  toggle: boolean;
}

/** The selection after a click on, or a move to, the row shown at `position`. */
export function selectRow(before: RowSelection, view: View, position: number, { extend, toggle }: Modifiers): RowSelection {
  const row = view[position];
  if (row === undefined) return before;
  const anchorAt = extend && before.anchor >= 0 ? view.indexOf(before.anchor) : -1;
  if (anchorAt >= 0) {
    const range = view.subarray(Math.min(anchorAt, position), Math.max(anchorAt, position) + 1);
    return { rows: toggle ? before.rows.with(range) : RowSet.of(range), anchor: before.anchor, focus: row };
  }
  return { rows: toggle ? before.rows.toggled(row) : RowSet.of([row]), anchor: row, focus: row };
}

export const selectAll = (before: RowSelection, view: View): RowSelection => ({ ...before, rows: RowSet.of(view) });
