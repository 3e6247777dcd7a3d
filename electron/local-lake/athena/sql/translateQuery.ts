import { SqlError } from '../../../../shared/sql/errors.ts';
import { printTrinoType } from '../../../../shared/sql/hiveTypes.ts';
import type { Expr, Query } from '../../../../shared/sql/query/ast.ts';
import { parseExpression, parseQuery } from '../../../../shared/sql/query/parse.ts';
import type { CatalogTable, TranslateContext, Translated } from './context.ts';
import { informationSchema } from './informationSchema.ts';
import { QueryTranslator } from './query.ts';
import type { OpenRead, Statement } from './statement.ts';
import { tableNames } from './walk.ts';

/** Looks up every table a query names (and those its views name), then translates. */
export async function translateQuery(query: Query, context: TranslateContext): Promise<Translated> {
  const tables = new Map<string, CatalogTable | undefined>();
  await lookUp(query, context.catalog, context.database, context, tables);
  const statement = openStatement(context, tables);
  const result = new QueryTranslator(statement, () => undefined, new Map(), statement).query(query);
  const missing = result.columns.findIndex((column) => column.type.kind === 'unknown');
  const columns = result.columns.map((column, i) => ({ name: column.name ?? `_col${i}`, type: missing >= 0 && column.type.kind === 'unknown' ? 'unknown' : printTrinoType(column.type) }));
  return { duckdb: result.duckdb, columns, reads: statement.reads.map(closed) };
}

function openStatement(context: TranslateContext, tables: Map<string, CatalogTable | undefined>): Statement {
  let aliases = 0;
  const parameters: Expr[] = (context.parameters ?? []).map(parseExpression);
  return {
    catalog: context.catalog,
    database: context.database,
    parameters,
    now: `make_timestamp(CAST(${Date.now() * 1000} AS BIGINT))`,
    reads: [],
    table: (catalog, database, name) => tables.get(key(catalog, database, name)),
    alias: (prefix) => `${prefix}${aliases++}`,
  };
}

function closed({ used, ...read }: OpenRead): Translated['reads'][number] {
  const all = read.columns === 'all' ? [] : read.columns;
  return { ...read, columns: all.filter((column) => used.has(column)) };
}

function key(catalog: string, database: string, name: string): string {
  return JSON.stringify([catalog, database, name]);
}

async function lookUp(query: Query, catalog: string, database: string | undefined, context: TranslateContext, tables: Map<string, CatalogTable | undefined>, depth = 0): Promise<void> {
  if (depth > 16) throw new SqlError('INVALID_VIEW', 'View is recursive or nested too deeply');
  for (const parts of tableNames(query)) {
    const [name, inDatabase = database, inCatalog = catalog] = [...parts].reverse();
    if (name === undefined || inDatabase === undefined || tables.has(key(inCatalog, inDatabase, name))) continue;
    const found = (await context.tables.table(inCatalog, inDatabase, name)) ?? (inDatabase === 'information_schema' ? informationSchema[name] : undefined);
    tables.set(key(inCatalog, inDatabase, name), found);
    if (found?.kind === 'view' && found.viewSql !== undefined) await lookUp(parseQuery(found.viewSql), inCatalog, inDatabase, context, tables, depth + 1);
  }
}
