import type { PageCache } from '../../grid/pageCache.ts';
import { rectangleOf, type CellPosition, type Rectangle, type Selection } from '../../grid/selection.ts';

/** What is selected in the grid, and of which rows. */
export interface Selected {
  area: Rectangle;
  /** The cell the grid is on: its row, and its column of the result. */
  at: CellPosition;
  /** Columns of the result as they stand in the grid. */
  shown: readonly number[];
  viewId: string | undefined;
  pages: PageCache;
}

export function selectedOf(selection: Selection, shown: readonly number[], view: { viewId: string | undefined; pages: PageCache }): Selected {
  return { area: rectangleOf(selection), at: { row: selection.focus.row, column: shown[selection.focus.column] ?? 0 }, shown, viewId: view.viewId, pages: view.pages };
}

/** The selected columns of the result, from left to right. */
export const selectedColumns = ({ area, shown }: Selected): number[] => shown.slice(area.left, area.right + 1);
