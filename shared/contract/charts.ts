import { z } from 'zod';
import { procedure } from './common.ts';

export const chartKind = z.enum(['line', 'area', 'bar', 'stackedBar', 'scatter', 'pie', 'histogram', 'heatMap', 'number']);
export type ChartKind = z.infer<typeof chartKind>;

/** `value`: as it is; where several rows share a place, their sum, and a note says so. */
export const aggregate = z.enum(['value', 'count', 'sum', 'avg', 'min', 'max', 'median', 'distinct']);
export type Aggregate = z.infer<typeof aggregate>;

/** How times are cut. `auto` fits the span; `none` keeps every instant. */
export const timeBucket = z.enum(['auto', 'none', 'second', 'minute', 'minute5', 'minute15', 'hour', 'hour6', 'day', 'week', 'month', 'quarter', 'year', 'decade', 'century']);
export type TimeBucket = z.infer<typeof timeBucket>;

/** Columns go by name; a repeated name gets a number (`a`, `a_2`), as in exports. */
const columnName = z.string().min(1).max(1000);

/** `count` without a column counts rows. */
export const measure = z.object({ aggregate, column: columnName.optional() });
export type Measure = z.infer<typeof measure>;

/** What is drawn. */
export const chartSpec = z.object({
  kind: chartKind,
  x: columnName.optional(),
  bucket: timeBucket.default('auto'),
  /** Number of bins of a numeric x; absent: chosen. */
  bins: z.number().int().min(2).max(200).optional(),
  y: z.array(measure).max(8),
  /** One colour a value; the rows of a heat map. */
  series: columnName.optional(),
  /** Scatter: how large a point is. */
  size: columnName.optional(),
  /** Groups of a text x that are drawn. */
  limit: z.number().int().min(1).max(500).default(20),
  /** The other groups as one more. */
  other: z.boolean().default(true),
  /** `result`: as the rows come. */
  sort: z.enum(['valueDown', 'valueUp', 'xUp', 'xDown', 'result']).default('valueDown'),
  log: z.boolean().default(false),
  title: z.string().max(200).optional(),
});
export type ChartSpec = z.infer<typeof chartSpec>;

/** A part of a time (ms since 1970, as written or UTC) or number axis, both ends included. */
export const chartWindow = z.object({ from: z.number(), to: z.number() });
export type ChartWindow = z.infer<typeof chartWindow>;

/**
 * What is not as the rows are, and how many rows (or groups) it is about.
 * xMissing, yMissing: NULL. notFinite: NaN, Infinity. unreadable: text that is no value of its type. otherGroups,
 * groupsLeftOut, otherSeries: beyond the limit. downsampled, binned: rows drawn as fewer points. coarsened: another bucket
 * than asked for. rounded: values a screen cannot place exactly. repeated: rows added up though asked for as they are.
 */
export const chartNote = z.object({
  code: z.enum(['xMissing', 'yMissing', 'notFinite', 'unreadable', 'otherGroups', 'groupsLeftOut', 'otherSeries', 'downsampled', 'binned', 'coarsened', 'rounded', 'repeated']),
  count: z.number(),
});
export type ChartNote = z.infer<typeof chartNote>;

const chartSeries = z.object({
  /** The series' value as text; null for NULL, absent where nothing is coloured by. */
  name: z.string().nullable().optional(),
  /** The series beyond the limit, together. */
  other: z.boolean().optional(),
  /** Which of the spec's values (y). */
  measure: z.number().int(),
  /** ms, numbers, or text (null: NULL), by the axis. */
  x: z.array(z.union([z.number(), z.string()]).nullable()),
  /** Exact, as text; null: no value here. */
  y: z.array(z.string().nullable()),
  /** Rows behind each point. */
  count: z.array(z.number()).optional(),
  size: z.array(z.number().nullable()).optional(),
});
export type ChartSeries = z.infer<typeof chartSeries>;

export const chartData = z.object({
  /** Rows that were looked at. */
  rows: z.number(),
  x: z.object({
    kind: z.enum(['time', 'number', 'text', 'none']),
    /** The bucket in force, for times. */
    bucket: timeBucket.optional(),
    /** Width of a bin, for numbers that are cut. */
    step: z.number().optional(),
    /** Times had a zone and are in UTC. */
    utc: z.boolean().optional(),
    /** The last of a text axis is all other groups together. */
    other: z.boolean().optional(),
  }),
  series: z.array(chartSeries),
  notes: z.array(chartNote),
});
export type ChartData = z.infer<typeof chartData>;

/** Of each column, from the first rows: what a proposal is made from. */
export const chartFacts = z.object({
  /** Rows looked at, and all. */
  sampled: z.number(),
  rows: z.number(),
  columns: z.array(z.object({ nulls: z.number(), distinct: z.number() })),
});
export type ChartFacts = z.infer<typeof chartFacts>;

const ofResult = { runId: z.string(), viewId: z.string().optional() };

export const charts = {
  chartFacts: procedure.input(z.object(ofResult)).output(chartFacts),
  /** Waits until all rows are stored. BadInput names a column the result does not have. */
  chart: procedure
    .input(z.object({ ...ofResult, spec: chartSpec, window: chartWindow.optional(), width: z.number().int().min(50).max(10_000).default(800) }))
    .output(chartData),
};
