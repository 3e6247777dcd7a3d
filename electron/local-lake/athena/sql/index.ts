import { parseDdl } from '../../../../shared/sql/ddl/parse.ts';
import type { Statement } from '../../../../shared/sql/ddl/ast.ts';
import { parseQuery } from '../../../../shared/sql/query/parse.ts';
import { parseHiveType } from '../../../../shared/sql/hiveTypes.ts';
import { duckType } from './types.ts';
import { translateQuery } from './translateQuery.ts';
import type { Translated, TranslateContext } from './context.ts';

export type { CatalogTable, TranslateContext, Translated, TableRead } from './context.ts';
export { SqlError } from '../../../../shared/sql/errors.ts';
export { installPrelude } from './prelude.ts';
export { renderAsText } from './render.ts';
export { trinoErrorOf } from './runtimeErrors.ts';

/** Parses any statement of Athena. Throws SqlError with the position of the mistake. */
export function parseStatement(sql: string): Statement {
  return parseDdl(sql);
}

/**
 * Translates one Trino query to DuckDB's dialect. Whatever is not known to mean the same fails with SqlError before
 * DuckDB sees it. The answer names the relations its SQL reads; the caller creates them (see `TableRead`).
 */
export async function translate(sql: string, context: TranslateContext): Promise<Translated> {
  return translateQuery(parseQuery(sql), context);
}

/** The DuckDB type a relation's column must have for a column of this Hive type, e.g. `STRUCT("a" INTEGER)`. Throws SqlError for types we cannot read. */
export function duckTypeOfHive(type: string): string {
  return duckType(parseHiveType(type));
}
