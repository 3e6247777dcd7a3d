import type { ColumnFilter } from '../../../shared/contract/resultViews.ts';
import type { GridSort } from '../../grid/gridHeader.ts';

/** Which rows of a result are to be shown, in which order. */
export interface Wanted {
  sort: GridSort[];
  filters: ColumnFilter[];
  search: string;
}

export const everything: Wanted = { sort: [], filters: [], search: '' };

export const isEverything = ({ sort, filters, search }: Wanted): boolean => sort.length === 0 && filters.length === 0 && search === '';
export const isFiltered = ({ filters, search }: Wanted): boolean => filters.length > 0 || search !== '';

/** The filters of one column replaced by others. */
export const withFilters = (wanted: Wanted, column: number, filters: ColumnFilter[]): Wanted => ({ ...wanted, filters: [...wanted.filters.filter((one) => one.column !== column), ...filters] });

/** Filters beside those that are there; none twice. */
export function withMore(wanted: Wanted, more: ColumnFilter[]): Wanted {
  const held = new Set(wanted.filters.map((one) => JSON.stringify(one)));
  return { ...wanted, filters: [...wanted.filters, ...more.filter((one) => !held.has(JSON.stringify(one)))] };
}

/** What was kept with a tab, where it fits so many columns. */
export function fittingWanted(kept: unknown, columns: number): Wanted {
  const { sort, filters, search } = (kept ?? {}) as Partial<Wanted>;
  const fits = (list: unknown): boolean => Array.isArray(list) && list.every((one: { column?: unknown }) => typeof one.column === 'number' && one.column < columns);
  return { sort: fits(sort) ? sort! : [], filters: fits(filters) ? filters! : [], search: typeof search === 'string' ? search : '' };
}
