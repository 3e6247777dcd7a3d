import { z } from 'zod';
import type { Catalog } from './catalog.ts';
import { errorDetail, invalidInput, parseInput } from './errors.ts';
import * as s from './schemas.ts';
import { searchTables } from './search.ts';
import type { GluePartition, GlueTable } from './types.ts';

type Operation = (input: unknown) => Promise<unknown>;

/** An operation: its input's shape, and what it does. */
const operation = <T extends z.ZodType>(schema: T, run: (input: z.output<T>) => Promise<unknown>): Operation =>
  async (input) => (await run(parseInput(schema, input))) ?? {};

const partitionList = <T extends z.ZodType>(entry: T, most: number) => z.array(entry).min(0).max(most);
const valueList = z.object({ Values: s.values });

/** https://docs.aws.amazon.com/glue/latest/webapi/API_Operations.html, the part of it that is the Data Catalog. */
export function glueOperations({ databases, tables, partitions }: Catalog): Record<string, Operation> {
  return {
    CreateDatabase: operation(s.inCatalog.extend({ DatabaseInput: s.databaseInput }), ({ DatabaseInput }) => databases.create(DatabaseInput)),
    GetDatabase: operation(s.inCatalog.extend({ Name: s.foldedName }), async ({ Name }) => ({ Database: await databases.get(Name) })),
    GetDatabases: operation(s.inCatalog.extend(s.paged(100)), async ({ MaxResults, NextToken }) => {
      const page = await databases.list({ max: MaxResults, token: NextToken });
      return { DatabaseList: page.items, NextToken: page.nextToken };
    }),
    UpdateDatabase: operation(s.inCatalog.extend({ Name: s.foldedName, DatabaseInput: s.databaseInput }), ({ Name, DatabaseInput }) => databases.update(Name, DatabaseInput)),
    DeleteDatabase: operation(s.inCatalog.extend({ Name: s.foldedName }), ({ Name }) => databases.delete(Name)),

    CreateTable: operation(
      s.inDatabase.extend({ TableInput: s.tableInput, PartitionIndexes: s.optional(z.array(z.unknown()).max(3)), OpenTableFormatInput: s.optional(z.unknown()) }),
      async ({ DatabaseName, TableInput, OpenTableFormatInput }) => {
        if (OpenTableFormatInput !== undefined) throw invalidInput('The local lake creates no Iceberg tables (OpenTableFormatInput).');
        await tables.create(DatabaseName, TableInput);
      },
    ),
    GetTable: operation(s.inDatabase.extend({ Name: s.foldedName }), async ({ DatabaseName, Name }) => ({ Table: await tables.get(DatabaseName, Name) })),
    GetTables: operation(
      s.inDatabase.extend({ Expression: s.optional(z.string().max(2048)), AttributesToGet: s.optional(z.array(z.enum(['NAME', 'TABLE_TYPE']))), ...s.paged(100) }),
      async ({ DatabaseName, Expression, AttributesToGet, MaxResults, NextToken }) => {
        const page = await tables.list(DatabaseName, { expression: Expression, max: MaxResults, token: NextToken });
        return { TableList: page.items.map((table) => onlyAttributes(table, AttributesToGet)), NextToken: page.nextToken };
      },
    ),
    UpdateTable: operation(
      s.inDatabase.extend({ TableInput: s.tableInput, Name: s.optional(s.foldedName), SkipArchive: s.optional(z.boolean()), VersionId: s.optional(z.string()) }),
      async ({ DatabaseName, TableInput, SkipArchive, VersionId, Name }) => {
        await tables.update(DatabaseName, TableInput, { skipArchive: SkipArchive, versionId: VersionId, name: Name });
      },
    ),
    DeleteTable: operation(s.inDatabase.extend({ Name: s.foldedName }), ({ DatabaseName, Name }) => tables.delete(DatabaseName, Name)),
    BatchDeleteTable: operation(s.inDatabase.extend({ TablesToDelete: partitionList(s.foldedName, 100) }), async ({ DatabaseName, TablesToDelete }) => {
      await databases.get(DatabaseName);
      const Errors = await failures(TablesToDelete, (name) => tables.delete(DatabaseName, name), (TableName, ErrorDetail) => ({ TableName, ErrorDetail }));
      return { Errors };
    }),
    SearchTables: operation(searchTables.input, (input) => searchTables.run(tables, input)),

    GetTableVersion: operation(s.inTable.extend({ VersionId: s.optional(z.string()) }), async ({ DatabaseName, TableName, VersionId }) => ({
      TableVersion: await tables.version(DatabaseName, TableName, VersionId),
    })),
    GetTableVersions: operation(s.inTable.extend(s.paged(100)), async ({ DatabaseName, TableName, MaxResults, NextToken }) => {
      const page = await tables.versions(DatabaseName, TableName, { max: MaxResults, token: NextToken });
      return { TableVersions: page.items, NextToken: page.nextToken };
    }),
    DeleteTableVersion: operation(s.inTable.extend({ VersionId: z.string().min(1) }), ({ DatabaseName, TableName, VersionId }) => tables.deleteVersion(DatabaseName, TableName, VersionId)),
    BatchDeleteTableVersion: operation(s.inTable.extend({ VersionIds: z.array(z.string()).max(100) }), async ({ DatabaseName, TableName, VersionIds }) => {
      await tables.get(DatabaseName, TableName);
      const each = (VersionId: string) => tables.deleteVersion(DatabaseName, TableName, VersionId);
      return { Errors: await failures(VersionIds, each, (VersionId, ErrorDetail) => ({ TableName, VersionId, ErrorDetail })) };
    }),

    CreatePartition: operation(s.inTable.extend({ PartitionInput: s.partitionInput }), ({ DatabaseName, TableName, PartitionInput }) => partitions.create(DatabaseName, TableName, PartitionInput)),
    BatchCreatePartition: operation(s.inTable.extend({ PartitionInputList: partitionList(s.partitionInput, 100) }), async ({ DatabaseName, TableName, PartitionInputList }) => ({
      Errors: await partitions.createBatch(DatabaseName, TableName, PartitionInputList),
    })),
    GetPartition: operation(s.inTable.extend({ PartitionValues: s.values }), async ({ DatabaseName, TableName, PartitionValues }) => ({
      Partition: await partitions.get(DatabaseName, TableName, PartitionValues),
    })),
    BatchGetPartition: operation(s.inTable.extend({ PartitionsToGet: partitionList(valueList, 1000) }), async ({ DatabaseName, TableName, PartitionsToGet }) => {
      const found = await partitions.getMany(DatabaseName, TableName, PartitionsToGet.map(({ Values }) => Values));
      return { Partitions: found.filter((partition) => partition !== undefined), UnprocessedKeys: [] };
    }),
    GetPartitions: operation(
      s.inTable.extend({
        Expression: s.optional(z.string().max(2048)),
        Segment: s.optional(z.object({ SegmentNumber: z.number().int().min(0), TotalSegments: z.number().int().min(1).max(10) })),
        ExcludeColumnSchema: s.optional(z.boolean()),
        ...s.paged(1000),
      }),
      async ({ DatabaseName, TableName, Expression, Segment, ExcludeColumnSchema, MaxResults, NextToken }) => {
        const page = await partitions.list(DatabaseName, TableName, { expression: Expression, segment: Segment, max: MaxResults, token: NextToken });
        return { Partitions: ExcludeColumnSchema ? page.items.map(withoutColumns) : page.items, NextToken: page.nextToken };
      },
    ),
    UpdatePartition: operation(s.inTable.extend({ PartitionValueList: s.values, PartitionInput: s.partitionInput }), ({ DatabaseName, TableName, PartitionValueList, PartitionInput }) =>
      partitions.update(DatabaseName, TableName, PartitionValueList, PartitionInput),
    ),
    DeletePartition: operation(s.inTable.extend({ PartitionValues: s.values }), ({ DatabaseName, TableName, PartitionValues }) => partitions.delete(DatabaseName, TableName, PartitionValues)),
    BatchDeletePartition: operation(s.inTable.extend({ PartitionsToDelete: partitionList(valueList, 25) }), async ({ DatabaseName, TableName, PartitionsToDelete }) => ({
      Errors: await partitions.deleteBatch(DatabaseName, TableName, PartitionsToDelete.map(({ Values }) => Values)),
    })),

    // What catalog browsers ask on the way; the local lake has none of these things.
    GetTags: operation(z.object({ ResourceArn: z.string() }), async () => ({ Tags: {} })),
    GetPartitionIndexes: operation(s.inTable.extend(s.paged(100)), async ({ DatabaseName, TableName }) => {
      await tables.get(DatabaseName, TableName);
      return { PartitionIndexDescriptorList: [] };
    }),
    GetUserDefinedFunctions: operation(s.inCatalog.extend({ Pattern: z.string(), ...s.paged(100) }), async () => ({ UserDefinedFunctions: [] })),
    GetCatalogs: operation(z.object({}), async () => ({ CatalogList: [] })),
    GetCrawlers: operation(z.object(s.paged(1000)), async () => ({ Crawlers: [] })),
    ListCrawlers: operation(z.object(s.paged(1000)), async () => ({ CrawlerNames: [] })),
  };
}

/** Runs a batch's entries one by one and collects what AWS errors they fail with. */
async function failures<E, R>(entries: E[], run: (entry: E) => Promise<void>, report: (entry: E, detail: ReturnType<typeof errorDetail>) => R): Promise<R[]> {
  const errors: R[] = [];
  for (const entry of entries) {
    try {
      await run(entry);
    } catch (error) {
      errors.push(report(entry, errorDetail(error)));
    }
  }
  return errors;
}

function onlyAttributes(table: GlueTable, attributes: ('NAME' | 'TABLE_TYPE')[] | undefined): Partial<GlueTable> {
  if (!attributes || attributes.length === 0) return table;
  const { Name, DatabaseName, CatalogId, TableType } = table;
  return { Name, DatabaseName, CatalogId, ...(attributes.includes('TABLE_TYPE') ? { TableType } : {}) };
}

const withoutColumns = ({ StorageDescriptor, ...partition }: GluePartition): GluePartition => ({
  ...partition,
  ...(StorageDescriptor ? { StorageDescriptor: { ...StorageDescriptor, Columns: undefined } } : {}),
});
