import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { connectionId, procedure } from './common.ts';

/** Why the bytes of a table cannot be bounded. */
export const unknownReason = z.enum(['delta', 'hudi', 'iceberg', 'federated', 'systemTable', 'view', 'symlink', 'format', 'noLocation', 'injected', 'notFound', 'denied', 'changesRows', 'prepared', 'clause', 'failed']);
export type UnknownReason = z.infer<typeof unknownReason>;

/** One time a table is read. */
export const estimatedRead = z.object({
  catalog: z.string(),
  database: z.string(),
  table: z.string(),
  /** Where it (or the view that reads it) is named in the statement, one-based; `length` in UTF-16 units. */
  line: z.number(),
  column: z.number(),
  length: z.number(),
  /** The view it is read through. */
  view: z.string().optional(),
  /** Bytes it can scan at most, or so many so far; null: unknown. */
  bytes: z.number().nullable(),
  /** False while, or because, not all objects were counted: then it is more than `bytes`. */
  complete: z.boolean(),
  objects: z.number(),
  partitionKeys: z.array(z.string()),
  /** Partitions (projected places) that can match; absent without partitions. */
  partitions: z.number().optional(),
  /** Nothing in WHERE limits the partitions. */
  unfiltered: z.boolean(),
  /** A partition's value of the first key, as an example for a filter. */
  example: z.string().optional(),
  /** Columns counted alone, by the footers of Parquet files; absent where whole objects count. */
  columnsCounted: z.number().optional(),
  unknown: unknownReason.optional(),
  /** More on `unknown`: what was denied, the key that needs a value. */
  detail: z.string().optional(),
});
export type EstimatedRead = z.infer<typeof estimatedRead>;

export const estimate = z.object({
  /** `counting` events grow; the last one is `done`. */
  state: z.enum(['counting', 'done']),
  /**
   * `atMost`: it scans no more than `bytes`. `moreThan`: more than `bytes` may be scanned, not all was counted. `free`:
   * nothing is billed. `unreadable`: no statement the engine would take (yet).
   */
  bound: z.enum(['atMost', 'moreThan', 'unknown', 'free', 'unreadable']),
  bytes: z.number(),
  /** US dollars on AWS for `bytes` (10 MB minimum); null: the region's price is not known. */
  priceOnAws: z.number().nullable(),
  /** When the price was read from AWS's list, and for which region. */
  pricesAsOf: z.string(),
  region: z.string(),
  billed: z.boolean(),
  reads: z.array(estimatedRead),
  unknown: unknownReason.optional(),
  detail: z.string().optional(),
});
export type Estimate = z.infer<typeof estimate>;

export const estimates = {
  /** What a statement can scan and cost, before it runs. Reads the catalog and lists objects; ends with `done`, or when the caller leaves. */
  watch: procedure
    .input(
      z.object({
        connectionId,
        sql: z.string().min(1).max(262_144),
        catalog: z.string().default('AwsDataCatalog'),
        database: z.string().default('default'),
        /** Reads catalog and buckets anew: the caller knows that they changed. */
        fresh: z.boolean().default(false),
      }),
    )
    .output(eventIterator(estimate)),
};
