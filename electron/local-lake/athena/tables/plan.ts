import type { GluePartition, GlueTable } from '../../glue/index.ts';
import { DATA_CATALOG } from '../context.ts';
import type { OutputColumn } from '../engine/protocol.ts';
import { QueryFailure } from '../errors.ts';
import { duckType } from '../sql/types.ts';
import { translate, type CatalogTable, type TableRead } from '../sql/index.ts';
import { typeOf } from '../sql/render.ts';
import type { StatementRun } from '../statements/outcome.ts';
import { listDataFiles } from './files.ts';
import { informationSchemaRelation } from './informationSchema.ts';
import { tableFormat } from './format.ts';
import { keysOfJson } from './jsonKeys.ts';
import { relationStatements, typed, type FileGroup } from './relation.ts';
import { decodeView } from './views.ts';

export interface TranslatedQuery {
  duckdb: string;
  columns: OutputColumn[];
  reads: TableRead[];
  /** The tables of `reads` as they were when the query was translated, by `database.name`. */
  tables: Map<string, GlueTable>;
}

const tableKey = (database: string, name: string) => `${database}.${name}`.toLowerCase();

/** The query in DuckDB's SQL; nothing of any object is read yet. */
export async function translateQuery(run: StatementRun, sql: string): Promise<TranslatedQuery> {
  const tables = new Map<string, GlueTable>();
  const table = async (catalog: string, database: string, name: string): Promise<CatalogTable | undefined> => {
    if (catalog.toLowerCase() !== DATA_CATALOG.toLowerCase()) return undefined;
    const glue = (await run.context.catalog.tables.find(database, name))?.table;
    if (glue) tables.set(tableKey(database, name), glue);
    return glue && catalogTable(glue);
  };
  const { duckdb, columns, reads } = await translate(sql, {
    catalog: DATA_CATALOG.toLowerCase(),
    database: run.database,
    tables: { table },
    ...(run.parameters ? { parameters: run.parameters } : {}),
  });
  return { duckdb, columns: columns.map(({ name, type }) => ({ name, type: typeOf(type) })), reads, tables };
}

function catalogTable(table: GlueTable): CatalogTable {
  const columns = (all: { Name: string; Type?: string }[] | undefined) => (all ?? []).map(({ Name, Type = 'string' }) => ({ name: Name, type: Type }));
  const shape = { columns: columns(table.StorageDescriptor?.Columns), partitionKeys: columns(table.PartitionKeys) };
  return table.TableType === 'VIRTUAL_VIEW' ? { kind: 'view', ...shape, viewSql: decodeView(table) } : { kind: 'table', ...shape };
}

export interface PlannedReads {
  /** DuckDB statements that make the relations. */
  setup: string[];
  /** Bytes that are read. */
  bytes: number;
  /** `s3://bucket/key` by the blob that holds it, for messages. */
  uris: Map<string, string>;
}

/** Finds the objects a query reads and makes the relations it names. Call it with the objects pinned. */
export async function planReads(run: StatementRun, { reads, tables }: TranslatedQuery, plan: PlannedReads): Promise<void> {
  for (const read of reads) {
    if (read.database === 'information_schema') {
      plan.setup.push(...(await informationSchemaRelation(run.context.catalog, read)));
      continue;
    }
    const table = tables.get(tableKey(read.database, read.table));
    if (!table) throw new QueryFailure('TABLE_NOT_FOUND', `Table '${read.catalog}.${read.database}.${read.table}' does not exist`);
    tableFormat(table, table.StorageDescriptor); // a format that cannot be read is named also where nothing is stored yet
    const groups = await fileGroups(run, table, read);
    for (const group of groups) for (const { path, uri } of group.files) plan.uris.set(path, uri);
    const columns = columnsOf(table, read);
    plan.bytes += await bytesRead(run, table, groups, columns);
    const jsonKeys = await keysOfJson(run, table, groups);
    plan.setup.push(...relationStatements({ relation: read.relation, table, columns, usesPath: read.usesPath, groups, jsonKeys }));
  }
}

/** Of Parquet the column chunks used, of everything else whole objects. */
async function bytesRead(run: StatementRun, table: GlueTable, groups: FileGroup[], columns: string[]): Promise<number> {
  let bytes = 0;
  for (const { descriptor, files } of groups) {
    if (tableFormat(table, descriptor ?? table.StorageDescriptor) === 'parquet') {
      const types = typed(table.StorageDescriptor?.Columns ?? []).filter(({ name }) => columns.includes(name));
      bytes += await run.context.footers.scan(files, types, run.signal);
    } else for (const { size } of files) bytes += size;
  }
  return bytes;
}

function columnsOf(table: GlueTable, read: TableRead): string[] {
  if (read.columns !== 'all') return read.columns;
  return [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])].map(({ Name }) => Name);
}

/** How many partitions are listed side by side. */
const LISTING = 16;

/** The files to read, by partition; only partitions that can hold wanted rows are listed. */
async function fileGroups(run: StatementRun, table: GlueTable, read: TableRead): Promise<FileGroup[]> {
  const { objects } = run.context;
  if ((table.PartitionKeys ?? []).length === 0) {
    const files = await listDataFiles(objects, table.StorageDescriptor?.Location);
    return files.length === 0 ? [] : [{ values: [], descriptor: table.StorageDescriptor, files }];
  }
  const partitions = await partitionsToRead(run, table, read.partitionPredicate);
  const groups: FileGroup[] = [];
  for (let at = 0; at < partitions.length; at += LISTING) {
    run.signal.throwIfAborted();
    const some = partitions.slice(at, at + LISTING);
    const listed = await Promise.all(some.map((partition) => listDataFiles(objects, partition.StorageDescriptor?.Location)));
    some.forEach((partition, i) => {
      if (listed[i]!.length > 0) groups.push({ values: partition.Values, descriptor: partition.StorageDescriptor, files: listed[i]! });
    });
  }
  return groups;
}

async function partitionsToRead(run: StatementRun, table: GlueTable, predicate: string | undefined): Promise<GluePartition[]> {
  const all: GluePartition[] = [];
  for await (const partition of run.context.catalog.partitions.all(table.DatabaseName, table.Name)) all.push(partition);
  if (predicate === undefined || all.length === 0) return all;
  const keys = typed(table.PartitionKeys ?? []).map(({ name, type }) => ({ name, duckdbType: duckType(type) }));
  const kept = await run.context.engine.prune({ keys, predicate, values: all.map(({ Values }) => Values) }, run.signal);
  return kept.map((index) => all[index]!);
}
