import { z } from 'zod';
import { chartSpec } from './charts.ts';
import { connectionId, done, procedure } from './common.ts';
import { parameterValue } from './parameters.ts';
import { redshiftTarget } from './redshift.ts';
import { engineName } from './runs.ts';

/** A tile's place: columns of twelve, rows from above. */
export const tilePlace = z.object({ x: z.number().int().min(0).max(11), y: z.number().int().min(0).max(10_000), w: z.number().int().min(1).max(12), h: z.number().int().min(1).max(60) });
export type TilePlace = z.infer<typeof tilePlace>;

const parameterValues = z.record(z.string().min(1).max(255), parameterValue);

/** What a tile asks, wherever it is opened. */
export const tileQuery = z.object({
  connectionId,
  sql: z.string().min(1).max(262_144),
  /** Absent: Athena. */
  engine: engineName.optional(),
  target: redshiftTarget.optional(),
  catalog: z.string().default('AwsDataCatalog'),
  workgroup: z.string().default('primary'),
  database: z.string().optional(),
  outputLocation: z.string().startsWith('s3://').optional(),
  /** Values of its `?`, by number from 1. Its `:names` are the dashboard's. */
  values: parameterValues.optional(),
});
export type TileQuery = z.infer<typeof tileQuery>;

const chartTile = z.object({
  kind: z.literal('chart'),
  id: z.string().min(1).max(100),
  at: tilePlace,
  title: z.string().max(200),
  query: tileQuery,
  /** Absent: the first proposal. */
  chart: chartSpec.optional(),
  /** The run whose stored result is shown, and when it ended. */
  runId: z.string().optional(),
  ranAt: z.string().optional(),
  /** The literals it ran with. */
  ranWith: z.array(z.string()).optional(),
});
export type ChartTile = z.infer<typeof chartTile>;

const textTile = z.object({ kind: z.literal('text'), id: z.string().min(1).max(100), at: tilePlace, text: z.string().max(20_000) });
export type TextTile = z.infer<typeof textTile>;

export const tile = z.discriminatedUnion('kind', [chartTile, textTile]);
export type Tile = z.infer<typeof tile>;

export const dashboard = z.object({
  id: z.string().min(1).max(100),
  name: z.string().min(1).max(200),
  tiles: z.array(tile).max(60),
  /** Values of `:name`, shared by all tiles that name it. */
  parameters: parameterValues.optional(),
  /** Minutes between refreshes while it is open; 0: none. */
  refreshMinutes: z.number().int().min(0).max(1440),
});
export type Dashboard = z.infer<typeof dashboard>;

export const dashboards = {
  list: procedure.output(z.array(z.object({ id: z.string(), name: z.string(), tiles: z.number() }))),
  get: procedure.input(z.object({ id: z.string() })).output(dashboard),
  /** On the disk when it answers. */
  save: procedure.input(dashboard).output(done),
  remove: procedure.input(z.object({ id: z.string() })).output(done),
  /** A dashboard somebody exported, under a new id, with nothing run yet. BadInput says what is wrong with the text. */
  import: procedure.input(z.object({ text: z.string().max(4_000_000) })).output(dashboard),
  /** As `import` reads it: without what is stored here only. */
  export: procedure.input(z.object({ id: z.string() })).output(z.object({ text: z.string() })),
};
