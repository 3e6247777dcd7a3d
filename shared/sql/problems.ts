import { parseDdl } from './ddl/parse.ts';
import type { Statement } from './ddl/ast.ts';
import { SqlError } from './errors.ts';
import { leadingWords } from './ddl/parse.ts';

export interface SqlProblem {
  message: string;
  /** One-based, in the statement's text. */
  line: number;
  column: number;
}

const trinoQueries: Statement['kind'][] = ['query'];

/**
 * The syntax errors of a statement that our own parser owns (Athena's DDL and utility statements); null for a query,
 * which the editor's Trino grammar reads. An empty list says: ours, and right.
 */
export function ddlProblems(sql: string): SqlProblem[] | null {
  try {
    const statement = parseDdl(sql);
    return trinoQueries.includes(statement.kind) ? null : [];
  } catch (error) {
    if (!(error instanceof SqlError)) throw error;
    const [first = ''] = leadingWords(sql);
    if (['SELECT', 'WITH', 'VALUES', 'TABLE', ''].includes(first)) return null;
    const message = error.message.replace(/^line \d+:\d+: /, '');
    return [{ message, line: error.line ?? 1, column: error.column ?? 1 }];
  }
}
