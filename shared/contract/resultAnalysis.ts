import { z } from 'zod';
import { resultColumn } from './resultViews.ts';

const place = z.number().int().min(0);
/** A result, or a view of it. */
const rowsOf = z.object({ runId: z.string(), viewId: z.string().optional() });

/** Rows [top, bottom] of these columns. */
export const selectionQuery = rowsOf.extend({ top: place, bottom: place, columns: z.array(place).min(1).max(10_000) });
export type SelectionQuery = z.infer<typeof selectionQuery>;

/** Of selected cells. Texts of numbers are exact where integers and decimals are added. */
export const selectionStats = z.object({
  cells: z.number(),
  nulls: z.number(),
  /** Cells that are numbers: sum and average are theirs. */
  numbers: z.number(),
  sum: z.string().optional(),
  average: z.string().optional(),
  /** Absent where the selected columns do not compare. */
  min: z.string().optional(),
  max: z.string().optional(),
  distinct: z.number(),
  /** `distinct` is an estimate: there are too many cells to count them all. */
  distinctIsEstimate: z.boolean(),
});
export type SelectionStats = z.infer<typeof selectionStats>;

export const valueCount = z.object({ value: z.string().nullable(), count: z.number() });
export type ValueCount = z.infer<typeof valueCount>;

/** `contains`: only values that hold this text, letter case aside. */
export const topValuesQuery = rowsOf.extend({ column: place, contains: z.string().max(1000).default(''), max: z.number().int().min(1).max(1000).default(50) });

export const profileQuery = rowsOf.extend({ column: place });

/** One column, described. Values are texts as they stand in the result, or as the engine writes them where they are computed. */
export const columnProfile = z.object({
  column: resultColumn,
  rows: z.number(),
  nulls: z.number(),
  /** Of ''. */
  empty: z.number(),
  distinct: z.number(),
  distinctIsEstimate: z.boolean(),
  /** Values that are not of the column's type. */
  odd: z.number(),
  min: z.string().nullable(),
  max: z.string().nullable(),
  /** Of numbers. */
  mean: z.string().nullable(),
  deviation: z.string().nullable(),
  sum: z.string().nullable(),
  /** Characters of texts. */
  length: z.object({ min: z.number(), mean: z.number(), max: z.number() }).nullable(),
  quantiles: z.array(z.object({ at: z.number(), value: z.string() })),
  /** Of numbers and times: equal steps from `from` (inside) to `to` (inside in the last one only). */
  histogram: z.array(z.object({ from: z.string(), to: z.string(), count: z.number() })),
  top: z.array(valueCount),
});
export type ColumnProfile = z.infer<typeof columnProfile>;
