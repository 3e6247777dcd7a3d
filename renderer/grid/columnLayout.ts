import type { ColumnState } from 'ag-grid-community';

/** How a result's columns are arranged; what is not named is as it comes. Columns are places in the result. */
export interface ColumnLayout {
  /** All columns, hidden ones too, from left to right. */
  order: number[];
  hidden: number[];
  /** At the left edge, whatever is scrolled. */
  pinned: number[];
  /** px */
  widths: Record<number, number>;
}

export const plainLayout = (columns: number): ColumnLayout => ({ order: Array.from({ length: columns }, (_, i) => i), hidden: [], pinned: [], widths: {} });

/** The columns as they stand in the grid, from left to right. */
export function shownColumns({ order, hidden, pinned }: ColumnLayout): number[] {
  const gone = new Set(hidden);
  const atLeft = new Set(pinned);
  const visible = order.filter((column) => !gone.has(column));
  return [...visible.filter((column) => atLeft.has(column)), ...visible.filter((column) => !atLeft.has(column))];
}

/** A kept layout made to fit so many columns, or a plain one where it does not. */
export function fittingLayout(kept: unknown, columns: number): ColumnLayout {
  const layout = kept as Partial<ColumnLayout> | undefined;
  const places = (list: unknown): list is number[] => Array.isArray(list) && list.every((place) => Number.isInteger(place) && place >= 0 && place < columns);
  if (!layout || !places(layout.order) || new Set(layout.order).size !== columns || !places(layout.hidden) || !places(layout.pinned)) return plainLayout(columns);
  return { order: layout.order, hidden: layout.hidden, pinned: layout.pinned, widths: layout.widths ?? {} };
}

/** What ag-grid is told; `first` is the column of row numbers. */
export function toColumnState(layout: ColumnLayout, first: string): ColumnState[] {
  const hidden = new Set(layout.hidden);
  const pinned = new Set(layout.pinned);
  return [
    { colId: first, pinned: 'left' },
    ...layout.order.map((column) => ({ colId: String(column), hide: hidden.has(column), pinned: pinned.has(column) ? ('left' as const) : null, ...(layout.widths[column] ? { width: layout.widths[column] } : {}) })),
  ];
}

/** What ag-grid has made of it. Widths are those of columns a user has sized. */
export function fromColumnState(state: ColumnState[], sized: ReadonlySet<number>): ColumnLayout {
  const columns = state.filter(({ colId }) => /^\d+$/.test(colId));
  const places = (kept: ColumnState[]) => kept.map(({ colId }) => Number(colId));
  return {
    order: places(columns),
    hidden: places(columns.filter(({ hide }) => hide)),
    pinned: places(columns.filter(({ pinned }) => pinned)),
    widths: Object.fromEntries(columns.flatMap(({ colId, width }) => (width && sized.has(Number(colId)) ? [[Number(colId), Math.round(width)]] : []))),
  };
}
