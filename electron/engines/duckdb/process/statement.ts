import { StatementType, type DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../../../shared/errors.ts';
import { toFailure } from './failure.ts';

export type Kind = 'query' | 'pivot' | 'explain';

const refused = () =>
  new AppError('QueryFailed', 'DuckDB on this desk only reads: SELECT, FROM, WITH, VALUES, PIVOT, DESCRIBE, SUMMARIZE, SHOW and EXPLAIN.', {
    detail: 'It keeps no tables and changes no file. Every result is a table for the next statement (results.r1), and Export writes it to a file.',
  });

async function typesIn(connection: DuckDBConnection, sql: string): Promise<StatementType[]> {
  const extracted = await connection.extractStatements(sql).catch((error: unknown) => {
    throw toFailure(error, sql);
  });
  const types: StatementType[] = [];
  for (let at = 0; at < extracted.count; at++) {
    // What cannot be bound yet (a pivot's own type, an unknown column) is judged by its words below.
    const prepared = await extracted.prepare(at).catch(() => undefined);
    types.push(prepared?.statementType ?? StatementType.INVALID);
  }
  return types;
}

/** EXPLAIN, whatever its options: what follows them is run where it is ANALYZE. */
const EXPLAIN = /^\s*EXPLAIN\b\s*(?:ANALYZE\b\s*)?(?:\(\s*(?:ANALYZE|FORMAT)\b[^()]*\)\s*)?/i;

/** White space and comments before the first word. */
export const withoutComments = (sql: string): string => sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');

const READS = /^(?:\(|(?:SELECT|FROM|WITH|VALUES|TABLE|DESCRIBE|DESC|SUMMARIZE|SHOW|PIVOT|PIVOT_WIDER|PIVOT_LONGER|UNPIVOT)\b)/i;

/**
 * What a text is, where it is one statement that reads; anything else is refused before it runs. DuckDB's own parser
 * judges; where a statement cannot be bound alone, its first word must be one that only reads.
 */
export async function kindOf(connection: DuckDBConnection, sql: string): Promise<Kind> {
  const text = withoutComments(sql);
  const types = text === '' ? [] : await typesIn(connection, sql);
  const last = types.at(-1);
  if (last === undefined) throw new AppError('QueryFailed', 'There is no statement.');
  if (last === StatementType.EXPLAIN || EXPLAIN.test(text)) {
    if (types.length > 1) throw refused();
    await kindOf(connection, text.replace(EXPLAIN, ''));
    return 'explain';
  }
  if (!READS.test(text) || (last !== StatementType.SELECT && last !== StatementType.INVALID)) throw refused();
  // PIVOT makes a type of its column's values before it reads.
  if (types.length > 1) {
    if (!types.slice(0, -1).every((type) => type === StatementType.CREATE) || !/\bPIVOT/i.test(text)) throw new AppError('QueryFailed', 'One statement runs at a time.');
    return 'pivot';
  }
  return 'query';
}
