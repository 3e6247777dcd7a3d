import { z } from 'zod';
import { appErrorData } from './common.ts';

export const resultColumn = z.object({
  name: z.string(),
  /** Trino's type as Athena reports it: `bigint`, `varchar`, `decimal(10,2)`, `array(varchar)` … */
  type: z.string(),
});
export type ResultColumn = z.infer<typeof resultColumn>;

/** A column by its place in the result. */
const place = z.number().int().min(0);

export const sortKey = z.object({ column: place, direction: z.enum(['asc', 'desc']) });
export type SortKey = z.infer<typeof sortKey>;

/** What a cell must be. `text` looks at the cell as it is shown; `range` compares by the column's type. */
export const cellTest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('null') }),
  z.object({ kind: z.literal('text'), how: z.enum(['contains', 'equals', 'starts', 'ends', 'regex']), text: z.string().max(10_000), matchCase: z.boolean().default(false) }),
  /** Both ends belong to it. A day as the end of a range of timestamps is the whole day. */
  z.object({ kind: z.literal('range'), from: z.string().max(200).optional(), to: z.string().max(200).optional() }),
  /** Any of these very texts; null is NULL. */
  z.object({ kind: z.literal('in'), values: z.array(z.string().nullable()).min(1).max(1000) }),
]);
export type CellTest = z.infer<typeof cellTest>;

/** `not`: the rows that do not pass, those with NULL among them. Several filters of a column must all hold. */
export const columnFilter = z.object({ column: place, not: z.boolean().default(false), test: cellTest });
export type ColumnFilter = z.infer<typeof columnFilter>;

/** Which rows, in which order. `search`: a text any column holds, letter case aside. */
const rowsOf = z.object({
  filters: z.array(columnFilter).max(200).default([]),
  search: z.string().max(1000).default(''),
});

export const aggregateName = z.enum(['count', 'countDistinct', 'sum', 'average', 'min', 'max']);
export type AggregateName = z.infer<typeof aggregateName>;

/** How many columns a pivot may have, and rows. */
export const mostPivotColumns = 1000;
export const mostPivotRows = 1_000_000;

export const viewSpec = z.discriminatedUnion('kind', [
  rowsOf.extend({
    kind: z.literal('rows'),
    /** Of the rows of a pivot or comparison; absent: of the result. */
    of: z.string().max(64).optional(),
    sort: z.array(sortKey).max(16).default([]),
  }),
  /** One row for each combination of the values of `rows`, one column for each of `columns` and value. */
  rowsOf.extend({
    kind: z.literal('pivot'),
    rows: z.array(place).max(8),
    columns: z.array(place).max(4),
    /** Without a column `count` counts rows. */
    values: z.array(z.object({ column: place.optional(), aggregate: aggregateName })).min(1).max(10),
    /**
     * A last row and last columns over all rows that pass: the aggregate of them all, not of the cells. The first column is text
     * then, as its last value is `Total`.
     */
    totals: z.boolean().optional(),
  }),
  /**
   * What differs from an earlier result, by the columns both have: a first column `change` (added, removed, changed), the
   * key, and every other column as it is and as it was. Without a key whole rows are compared, each as often as it is there.
   */
  z.object({ kind: z.literal('compare'), before: z.string(), keys: z.array(z.string()).max(20) }),
]);
export type ViewSpec = z.infer<typeof viewSpec>;
export type RowsSpec = Extract<ViewSpec, { kind: 'rows' }>;
export type PivotSpec = Extract<ViewSpec, { kind: 'pivot' }>;
export type CompareSpec = Extract<ViewSpec, { kind: 'compare' }>;

/** A view that is being made, or is there. */
export const viewState = z.object({
  state: z.enum(['making', 'made', 'failed', 'cancelled']),
  /** 0 to 100; null while nothing is known. */
  percent: z.number().nullable(),
  /** Absent for a `rows` view that is the result itself. */
  viewId: z.string().optional(),
  rows: z.number().optional(),
  columns: z.array(resultColumn).optional(),
  error: appErrorData.optional(),
});
export type ViewState = z.infer<typeof viewState>;
