import type { QualifiedName } from '../../../../shared/sql/ddl/ast.ts';
import type { GlueTable } from '../../glue/index.ts';
import { DATA_CATALOG } from '../context.ts';
import { QueryFailure } from '../errors.ts';
import type { StatementRun } from './outcome.ts';

export interface TableName {
  database: string;
  name: string;
}

/** `[catalog.][database.]name`, the database from the query's context where none is written. */
export function tableName(run: StatementRun, { parts }: QualifiedName): TableName {
  const [name, database, catalog] = parts.map((part) => part.name.toLowerCase()).reverse();
  if (catalog !== undefined && catalog !== DATA_CATALOG.toLowerCase()) throw new QueryFailure('CATALOG_NOT_FOUND', `Catalog '${catalog}' does not exist; the local lake has ${DATA_CATALOG} only.`);
  return { database: database ?? run.database, name: name! };
}

/** `[catalog.]database`. */
export function databaseName(run: StatementRun, name: QualifiedName | undefined): string {
  if (!name) return run.database;
  const [database, catalog] = name.parts.map((part) => part.name.toLowerCase()).reverse();
  if (catalog !== undefined && catalog !== DATA_CATALOG.toLowerCase()) throw new QueryFailure('CATALOG_NOT_FOUND', `Catalog '${catalog}' does not exist; the local lake has ${DATA_CATALOG} only.`);
  return database!;
}

/** What Hive says where it understands a statement and cannot carry it out. */
export const hiveFailure = (message: string) => new QueryFailure('', `FAILED: Execution Error, return code 1 from org.apache.hadoop.hive.ql.exec.DDLTask. ${message}`, 2, 1301);
export const semanticFailure = (message: string) => new QueryFailure('', `FAILED: SemanticException ${message}`, 2, 1301);

export async function requireDatabase(run: StatementRun, database: string): Promise<void> {
  if (!(await run.context.catalog.databases.find(database))) throw semanticFailure(`[Error 10072]: Database does not exist: ${database}`);
}

export async function requireTable(run: StatementRun, { database, name }: TableName): Promise<GlueTable> {
  const found = await run.context.catalog.tables.find(database, name);
  if (found) return found.table;
  await requireDatabase(run, database);
  throw semanticFailure(`[Error 10001]: Table not found ${database}.${name}`);
}

export const isView = (table: GlueTable): boolean => table.TableType === 'VIRTUAL_VIEW';

/** The table's partition keys; fails where it has none. */
export function partitionKeysOf(table: GlueTable): string[] {
  const keys = (table.PartitionKeys ?? []).map(({ Name }) => Name);
  if (keys.length === 0) throw hiveFailure(`Table ${table.DatabaseName}.${table.Name} is not a partitioned table`);
  return keys;
}
