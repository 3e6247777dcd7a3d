import { z } from 'zod';
import { catalogPaths } from './catalogPaths.ts';
import { bucketName, connectionId, done, prefix, procedure } from './common.ts';

export const dataCatalog = z.object({ name: z.string(), type: z.string(), status: z.string().optional() });
export const database = z.object({ name: z.string(), description: z.string().optional(), locationUri: z.string().optional() });
export type DataCatalog = z.infer<typeof dataCatalog>;
export type Database = z.infer<typeof database>;

export const column = z.object({ name: z.string(), type: z.string(), comment: z.string().optional() });
export type Column = z.infer<typeof column>;

/** Enough for a tree row; the rest comes with `table`. */
export const tableSummary = z.object({
  name: z.string(),
  kind: z.enum(['table', 'view', 'iceberg', 'delta', 'hudi']),
  columns: z.number(),
  partitionKeys: z.number(),
});
export type TableSummary = z.infer<typeof tableSummary>;

export const tableDetails = z.object({
  catalog: z.string(),
  database: z.string(),
  name: z.string(),
  kind: tableSummary.shape.kind,
  columns: z.array(column),
  partitionKeys: z.array(column),
  location: z.string().optional(),
  /** `Parquet`, `CSV`, `JSON`, … as people say it. */
  format: z.string().optional(),
  inputFormat: z.string().optional(),
  outputFormat: z.string().optional(),
  serde: z.string().optional(),
  serdeParameters: z.record(z.string(), z.string()),
  parameters: z.record(z.string(), z.string()),
  owner: z.string().optional(),
  createdAt: z.string().optional(),
  updatedAt: z.string().optional(),
  versionId: z.string().optional(),
  description: z.string().optional(),
  /** The view's SQL, decoded, for kind `view`. */
  viewSql: z.string().optional(),
  /** A statement that makes the table again. */
  ddl: z.string(),
});
export type TableDetails = z.infer<typeof tableDetails>;

export const partition = z.object({
  values: z.array(z.string()),
  location: z.string().optional(),
  createdAt: z.string().optional(),
  parameters: z.record(z.string(), z.string()),
});
export type Partition = z.infer<typeof partition>;

export const tableVersion = z.object({
  versionId: z.string(),
  updatedAt: z.string().optional(),
  columns: z.array(column),
  partitionKeys: z.array(column),
  location: z.string().optional(),
  parameters: z.record(z.string(), z.string()),
});
export type TableVersion = z.infer<typeof tableVersion>;

/** A table as inferred from files: what "Create table" starts from. */
export const inferredTable = z.object({
  suggestedName: z.string(),
  location: z.string(),
  format: z.enum(['parquet', 'csv', 'tsv', 'json']),
  compression: z.string().optional(),
  columns: z.array(column),
  partitionKeys: z.array(column),
  /** Athena DDL, editable. `{{database}}` and `{{table}}` are already filled with the suggestion. */
  ddl: z.string(),
  sampledObjects: z.number(),
  bytesRead: z.number(),
  warnings: z.array(z.string()),
});
export type InferredTable = z.infer<typeof inferredTable>;

const inDatabase = z.object({ connectionId, catalog: z.string().default('AwsDataCatalog'), database: z.string().min(1).max(255) });
const inTable = inDatabase.extend({ table: z.string().min(1).max(255) });
const paged = { token: z.string().optional(), max: z.number().int().min(1).max(1000).default(200) };

export const catalog = {
  catalogs: procedure.input(z.object({ connectionId })).output(z.array(dataCatalog)),
  databases: procedure
    .input(z.object({ connectionId, catalog: z.string().default('AwsDataCatalog'), ...paged }))
    .output(z.object({ databases: z.array(database), nextToken: z.string().optional() })),
  createDatabase: procedure.input(inDatabase).output(done),
  tables: procedure
    .input(inDatabase.extend({ filter: z.string().max(200).optional(), ...paged }))
    .output(z.object({ tables: z.array(tableSummary), nextToken: z.string().optional() })),
  table: procedure.input(inTable).output(tableDetails),
  partitions: procedure
    .input(inTable.extend({ expression: z.string().max(2048).optional(), ...paged }))
    .output(z.object({ keys: z.array(z.string()), partitions: z.array(partition), nextToken: z.string().optional() })),
  versions: procedure
    .input(inTable.extend(paged))
    .output(z.object({ versions: z.array(tableVersion), nextToken: z.string().optional() })),
  /** Tables of all databases whose name, or a column's, holds the text. */
  search: procedure
    .input(z.object({ connectionId, catalog: z.string().default('AwsDataCatalog'), text: z.string().min(1).max(200), max: z.number().int().max(500).default(100) }))
    .output(z.array(z.object({ database: z.string(), table: z.string(), kind: tableSummary.shape.kind, matchedColumns: z.array(z.string()) }))),
  /**
   * What completion needs, from a cache on disk; never waits for the network. `stale` asks the page to call again
   * after `refreshedAt` changes. Columns only of tables that were looked at or are in a small catalog.
   */
  completion: procedure.input(z.object({ connectionId, catalog: z.string().default('AwsDataCatalog') })).output(
    z.object({
      refreshedAt: z.string().nullable(),
      stale: z.boolean(),
      databases: z.array(
        z.object({ name: z.string(), tables: z.array(z.object({ name: z.string(), columns: z.array(column).nullable() })) }),
      ),
    }),
  ),
  /** The table whose location covers the object or prefix, with the partition, if any. */
  covering: procedure
    .input(z.object({ connectionId, bucket: bucketName, prefix }))
    .output(z.object({ database: z.string(), table: z.string(), partition: z.array(z.string()).optional() }).nullable()),
  /** Columns, format and partitions read from a sample of the files at an object or prefix. */
  infer: procedure
    .input(z.object({ connectionId, bucket: bucketName, prefix, database: z.string().default('default'), table: z.string().optional() }))
    .output(inferredTable),
  ...catalogPaths,
};
