import { StatementType, type DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../../../shared/errors.ts';
import { toFailure } from './failure.ts';

export type Kind = 'query' | 'pivot' | 'explain';

const refused = () =>
  new AppError('QueryFailed', 'DuckDB on this desk only reads: SELECT, FROM, WITH, VALUES, PIVOT, DESCRIBE, SUMMARIZE, SHOW and EXPLAIN.', {
    detail: 'It keeps no tables and changes no file. Every result is a table for the next statement (results.r1), and Export writes it to a file.',
  });

/** EXPLAIN, whatever its options: what follows them is run where it is ANALYZE. */
const EXPLAIN = /^\s*EXPLAIN\b\s*(?:ANALYZE\b\s*)?(?:\(\s*(?:ANALYZE|FORMAT)\b[^()]*\)\s*)?/i;

/** White space and comments before the first word. */
export const withoutComments = (sql: string): string => sql.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');

const READS = /^(?:\(|(?:SELECT|FROM|WITH|VALUES|TABLE|DESCRIBE|DESC|SUMMARIZE|SHOW|PIVOT|PIVOT_WIDER|PIVOT_LONGER|UNPIVOT)\b)/i;

/**
 * What a text is, where it is one statement that reads; anything else is refused before it runs. Its first word comes first:
 * DuckDB's binder alone already makes the folder of an EXPORT. Then its parser and binder judge.
 */
export async function kindOf(connection: DuckDBConnection, sql: string): Promise<Kind> {
  const text = withoutComments(sql);
  if (text === '') throw new AppError('QueryFailed', 'There is no statement.');
  const extracted = await connection.extractStatements(sql).catch((error: unknown) => {
    throw toFailure(error, sql);
  });
  if (EXPLAIN.test(text)) {
    if (extracted.count > 1) throw refused();
    await kindOf(connection, text.replace(EXPLAIN, ''));
    return 'explain';
  }
  if (!READS.test(text)) throw refused();
  // PIVOT makes a type of its column's values before it reads.
  const isPivot = extracted.count > 1 && /\bPIVOT/i.test(text);
  if (extracted.count > 1 && !isPivot) throw new AppError('QueryFailed', 'One statement runs at a time.');
  for (let at = 0; at < extracted.count; at++) {
    // What cannot be bound (a pivot's own type, an unknown column) does not run either.
    const type = (await extracted.prepare(at).catch(() => undefined))?.statementType;
    const isLast = at === extracted.count - 1;
    if (type !== undefined && type !== (isLast ? StatementType.SELECT : StatementType.CREATE)) throw refused();
  }
  return isPivot ? 'pivot' : 'query';
}
