import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { redshiftTarget } from './redshift.ts';
import { runStatistics } from './runStatistics.ts';
import { appErrorData, connectionId, done, procedure } from './common.ts';

export const runState = z.enum(['queued', 'running', 'succeeded', 'failed', 'cancelled']);

/** Where SQL runs: `duckdb` is DuckDB on this machine, over files and results; connection, workgroup and catalog mean nothing to it. */
export const engineName = z.enum(['athena', 'duckdb', 'redshift']);

/** One execution of work on an engine: an Athena query today; jobs, crawlers and steps later. */
export const run = z.object({
  id: z.string(),
  connectionId,
  engine: engineName,
  /** The service's own id (QueryExecutionId); absent until it has one. */
  externalId: z.string().optional(),
  sql: z.string(),
  /** The text as it was written, where that has names (`:month`) for what `sql` has `?`. */
  written: z.string().optional(),
  /** What stood for its `?`, as literals, in order. */
  parameters: z.array(z.string()).optional(),
  workgroup: z.string(),
  catalog: z.string(),
  database: z.string().optional(),
  target: redshiftTarget.optional(),
  tabId: z.string().optional(),
  state: runState,
  submittedAt: z.string(),
  endedAt: z.string().optional(),
  queueMillis: z.number().optional(),
  engineMillis: z.number().optional(),
  totalMillis: z.number().optional(),
  bytesScanned: z.number().optional(),
  /** US dollars on AWS for the bytes scanned (10 MB minimum), from a dated price table. null: not known. */
  priceOnAws: z.number().nullable().optional(),
  /** What was said before the run: bytes it would scan at most. */
  estimatedBytes: z.number().optional(),
  /** Somebody else's run of the workgroup, opened here; it counts in no total of ours. */
  adopted: z.boolean().optional(),
  /** True where this connection really bills (AWS itself). */
  billed: z.boolean(),
  statementType: z.enum(['DML', 'DDL', 'UTILITY']).optional(),
  outputLocation: z.string().optional(),
  error: appErrorData.optional(),
});
export type Run = z.infer<typeof run>;

export const workgroup = z.object({
  name: z.string(),
  state: z.enum(['ENABLED', 'DISABLED']),
  engineVersion: z.string().optional(),
  outputLocation: z.string().optional(),
  enforced: z.boolean(),
  bytesCutoff: z.number().optional(),
  description: z.string().optional(),
});
export type Workgroup = z.infer<typeof workgroup>;

export const runs = {
  /** Athena SQL workgroups; Spark ones are left out. */
  workgroups: procedure.input(z.object({ connectionId })).output(z.array(workgroup)),
  /**
   * Starts one statement. ReadOnlyConnection where the connection is read-only and the statement is not proven a read.
   * BadInput with `awsCode: 'NoOutputLocation'` where neither workgroup nor caller names a result location.
   */
  start: procedure
    .input(
      z.object({
        connectionId,
        engine: engineName.default('athena'),
        sql: z.string().min(1).max(262_144),
        workgroup: z.string().default('primary'),
        catalog: z.string().default('AwsDataCatalog'),
        database: z.string().optional(),
        /** Where in Redshift; wanted by that engine, unknown to the others. */
        target: redshiftTarget.optional(),
        outputLocation: z.string().startsWith('s3://').optional(),
        parameters: z.array(z.string()).max(1000).optional(),
        written: z.string().max(262_144).optional(),
        tabId: z.string().optional(),
        /** Stops it when nobody watches it for some seconds: the window that wanted it is gone. */
        whileWatched: z.boolean().optional(),
        /** The bound shown before, to be held against what was scanned. */
        estimatedBytes: z.number().nonnegative().optional(),
        /** Makes a repeated start harmless. */
        clientToken: z.string().min(8).max(128),
      }),
    )
    .output(run),
  get: procedure.input(z.object({ id: z.string() })).output(run),
  /** The run's state until it ends; the last event is the final state. */
  watch: procedure.input(z.object({ id: z.string() })).output(eventIterator(run)),
  /** Stops it, reads the state again, and answers with what really happened (FAULTS 23). */
  stop: procedure.input(z.object({ id: z.string() })).output(run),
  /** Runs from here, newest first. */
  history: procedure
    .input(
      z.object({
        connectionId: connectionId.optional(),
        text: z.string().max(500).optional(),
        /** A table's name, found as a word. */
        table: z.string().max(255).optional(),
        states: z.array(runState).optional(),
        /** ISO 8601. */
        since: z.string().optional(),
        /** US dollars on AWS. */
        leastPrice: z.number().optional(),
        before: z.string().optional(),
        max: z.number().int().min(1).max(200).default(50),
      }),
    )
    .output(z.object({ runs: z.array(run), next: z.string().optional() })),
  /**
   * What ran in a workgroup, by whoever, newest first, as the service remembers it. The id of a run that is not known here
   * is empty: `adopt` makes it one of ours, so that its stored result opens.
   */
  ofWorkgroup: procedure.input(z.object({ connectionId, workgroup: z.string().min(1).max(128), token: z.string().optional() })).output(z.object({ runs: z.array(run), next: z.string().optional() })),
  /** A past execution of the service as a run from here. Nothing runs again. */
  adopt: procedure.input(z.object({ connectionId, externalId: z.string().min(1).max(128) })).output(run),
  /** Times, rows, bytes and stages of a finished run, where the engine tells. */
  statistics: procedure.input(z.object({ id: z.string() })).output(runStatistics),
  forget: procedure.input(z.object({ ids: z.array(z.string()).max(1000) })).output(done),
  /** Bytes scanned, price and number of runs since local midnight. */
  today: procedure.output(z.object({ runs: z.number(), bytesScanned: z.number(), priceOnAws: z.number(), billed: z.number() })),
};
