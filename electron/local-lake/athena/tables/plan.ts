import type { GluePartition, GlueTable } from '../../glue/index.ts';
import { DATA_CATALOG } from '../context.ts';
import { QueryFailure } from '../errors.ts';
import { duckdbTypeOf } from '../format/types.ts';
import type { StatementRun } from '../statements/outcome.ts';
import type { CatalogTable, TableRead } from '../sql/context.ts';
import { translate } from '../passthrough.ts';
import { listDataFiles } from './files.ts';
import { relationStatements, typed, type FileGroup } from './relation.ts';
import { decodeView } from './views.ts';

export interface QueryPlan {
  /** DuckDB statements that make the relations. */
  setup: string[];
  duckdb: string;
  columns?: { name: string; type: string }[];
  /** Bytes of the objects that are read. */
  bytes: number;
}

/** Translates a query and finds the objects it reads. Call it with the objects pinned. */
export async function planQuery(run: StatementRun, sql: string): Promise<QueryPlan> {
  const found = new Map<string, GlueTable>();
  const table = async (catalog: string, database: string, name: string): Promise<CatalogTable | undefined> => {
    if (catalog.toLowerCase() !== DATA_CATALOG.toLowerCase()) return undefined;
    const glue = (await run.context.catalog.tables.find(database, name))?.table;
    if (!glue) return undefined;
    found.set(`${database}.${name}`.toLowerCase(), glue);
    return catalogTable(glue);
  };
  const translated = await translate(sql, { catalog: DATA_CATALOG.toLowerCase(), database: run.database, tables: { table }, parameters: run.parameters });
  const setup: string[] = [];
  let bytes = 0;
  for (const read of translated.reads) {
    const glue = found.get(`${read.database}.${read.table}`.toLowerCase());
    if (!glue) throw new QueryFailure('TABLE_NOT_FOUND', `Table ${read.database}.${read.table} does not exist.`);
    const groups = await fileGroups(run, glue, read);
    for (const group of groups) for (const file of group.files) bytes += file.size;
    setup.push(...relationStatements({ relation: read.relation, table: glue, columns: columnsOf(glue, read), usesPath: read.usesPath, groups }));
  }
  return { setup, duckdb: translated.duckdb, columns: translated.columns, bytes };
}

function catalogTable(table: GlueTable): CatalogTable {
  const columns = (all: { Name: string; Type?: string }[] | undefined) => (all ?? []).map(({ Name, Type = 'string' }) => ({ name: Name, type: Type }));
  const view = { columns: columns(table.StorageDescriptor?.Columns), partitionKeys: columns(table.PartitionKeys) };
  return table.TableType === 'VIRTUAL_VIEW' ? { kind: 'view', ...view, viewSql: decodeView(table) } : { kind: 'table', ...view };
}

function columnsOf(table: GlueTable, read: TableRead): string[] {
  if (read.columns !== 'all') return read.columns;
  return [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])].map(({ Name }) => Name);
}

/** How many partitions are listed side by side. */
const LISTING = 16;

/** The files to read, by partition; only partitions that can hold wanted rows are listed. */
async function fileGroups(run: StatementRun, table: GlueTable, read: TableRead): Promise<FileGroup[]> {
  const { catalog, objects, engine } = run.context;
  const keys = typed(table.PartitionKeys ?? []);
  if (keys.length === 0) {
    const files = await listDataFiles(objects, table.StorageDescriptor?.Location);
    return files.length === 0 ? [] : [{ values: [], descriptor: table.StorageDescriptor, files }];
  }
  let partitions: GluePartition[] = [];
  for await (const partition of catalog.partitions.all(table.DatabaseName, table.Name)) partitions.push(partition);
  if (read.partitionPredicate !== undefined && partitions.length > 0) {
    const kept = await engine.prune(
      { keys: keys.map(({ name, type }) => ({ name, duckdbType: duckdbTypeOf(type) })), predicate: read.partitionPredicate, values: partitions.map(({ Values }) => Values) },
      run.signal,
    );
    partitions = kept.map((index) => partitions[index]!);
  }
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
