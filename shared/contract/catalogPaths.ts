import { z } from 'zod';
import { bucketName, connectionId, prefix, procedure } from './common.ts';

const column = z.object({ name: z.string(), type: z.string() });

/**
 * How the catalog knows the partition a path names. `elsewhere`: a partition of these values lies at another location, so
 * these files are not read. `outside`: it is in no partition's location. `projected`: partition projection makes it without registering.
 * `unknown`: it could not be asked, or there are too many partitions to look through.
 */
export const partitionState = z.enum(['registered', 'unregistered', 'elsewhere', 'outside', 'projected', 'unknown']);

/** A table that reads a place, and the part of it the place is. */
export const coveringTable = z.object({
  database: z.string(),
  table: z.string(),
  kind: z.enum(['table', 'view', 'iceberg', 'delta', 'hudi']),
  location: z.string(),
  partitionKeys: z.array(column),
  /** Partition values the path names (`year=2001/month=1/`) or its partition has, in the order of the keys; maybe not all. */
  named: z.array(z.object({ name: z.string(), type: z.string(), value: z.string() })),
  /** `s3://…/` of the partition, where all keys are named. */
  folder: z.string().optional(),
  state: partitionState.optional(),
  /** Where the partition of these values lies, for `elsewhere`. */
  registeredAt: z.string().optional(),
});
export type CoveringTable = z.infer<typeof coveringTable>;

const partitionFolder = z.object({ values: z.array(z.string()), location: z.string(), objects: z.number(), bytes: z.number() });

/** A table's files against its partitions. Lists are cut at 1,000; counts are not. */
export const tableFiles = z.object({
  location: z.string(),
  partitionKeys: z.array(column),
  objects: z.number(),
  bytes: z.number(),
  /** The object that was modified last. */
  newest: z.object({ uri: z.string(), modified: z.string() }).optional(),
  /** All objects were looked at; otherwise only the first ones, in key order. */
  complete: z.boolean(),
  partitions: z.number(),
  /** Partition projection: nothing is registered. */
  projected: z.boolean(),
  unregistered: z.array(partitionFolder),
  unregisteredCount: z.number(),
  /** Registered, with no file. */
  empty: z.array(z.object({ values: z.array(z.string()), location: z.string() })),
  emptyCount: z.number(),
  /** Objects of a partitioned table that are in no partition's folder. */
  outside: z.number(),
  outsideExample: z.string().optional(),
});
export type TableFiles = z.infer<typeof tableFiles>;

export const catalogPaths = {
  /** Every table of the account's catalog whose location covers the object or prefix, the nearest first. `partitions`: ask for each whether the partition is registered. */
  coveringTables: procedure.input(z.object({ connectionId, bucket: bucketName, prefix, partitions: z.boolean().default(true) })).output(z.array(coveringTable)),
  /** Lists what lies below a table's location, at most `pages` requests of 1,000 objects; abort stops it. */
  tableFiles: procedure
    .input(z.object({ connectionId, catalog: z.string().default('AwsDataCatalog'), database: z.string().min(1).max(255), table: z.string().min(1).max(255), pages: z.number().int().min(1).max(10_000).default(20) }))
    .output(tableFiles),
};
