import { COLUMNS, type SortColumn } from './listingView.ts';

/** Widths in px of the columns after the name, which takes the rest. */
export const DEFAULT_WIDTHS = [84, 140, 126, 250];
/** Shown besides the name unless chosen otherwise. */
export const DEFAULT_COLUMNS: SortColumn[] = ['size', 'modified', 'storageClass'];
export const CHOOSABLE = COLUMNS.slice(1);

/** The columns to show, in their order. */
export const shownColumns = (chosen: readonly string[]): SortColumn[] => COLUMNS.filter((column) => column === 'name' || chosen.includes(column));

export const widthOf = (column: SortColumn, widths: readonly number[]): number => widths[COLUMNS.indexOf(column) - 1] ?? DEFAULT_WIDTHS[COLUMNS.indexOf(column) - 1] ?? 100;

export const withWidth = (column: SortColumn, width: number, widths: readonly number[]): number[] =>
  CHOOSABLE.map((one) => (one === column ? width : widthOf(one, widths)));

export const columnTemplate = (columns: readonly SortColumn[], widths: readonly number[]): string =>
  columns.map((column) => (column === 'name' ? 'minmax(140px, 1fr)' : `${widthOf(column, widths)}px`)).join(' ');
