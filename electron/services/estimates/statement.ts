import type { UnknownReason } from '../../../shared/contract/estimates.ts';
import type { Statement } from '../../../shared/sql/ddl/ast.ts';
import { parseDdl } from '../../../shared/sql/ddl/parse.ts';
import { SqlError } from '../../../shared/sql/errors.ts';
import type { Query } from '../../../shared/sql/query/ast.ts';
import { parseQuery } from '../../../shared/sql/query/parse.ts';
import { splitStatements } from '../../../shared/sql/statements.ts';

/** What of a statement reads rows. */
export type Reading = { kind: 'query'; query: Query } | { kind: 'free' } | { kind: 'unreadable'; detail: string } | { kind: 'unknown'; reason: UnknownReason; detail?: string };

/** The query a statement runs. Positions in it are those of the statement. */
export function readingOf(sql: string): Reading {
  if (splitStatements(sql).length !== 1) return { kind: 'unreadable', detail: 'One statement at a time.' };
  try {
    return ofStatement(parseDdl(sql), sql);
  } catch (error) {
    return unread(error);
  }
}

function ofStatement(statement: Statement, sql: string): Reading {
  switch (statement.kind) {
    case 'query':
      return ofQuery(sql);
    case 'insert':
    case 'createTableAs':
    case 'unload':
      return ofQuery(statement.query.sql);
    case 'explain':
      return statement.analyze ? readingOf(statement.statement.sql) : { kind: 'free' };
    case 'execute':
      return { kind: 'unknown', reason: 'prepared', detail: statement.name };
    case 'merge':
    case 'update':
    case 'delete':
    case 'optimize':
    case 'vacuum':
      return { kind: 'unknown', reason: 'changesRows', detail: statement.kind.toUpperCase() };
    default:
      return { kind: 'free' };
  }
}

function ofQuery(sql: string): Reading {
  try {
    return { kind: 'query', query: parseQuery(sql) };
  } catch (error) {
    return unread(error);
  }
}

/** A syntax error is one for the engine too; what only our own parser cannot read may well run there. */
function unread(error: unknown): Reading {
  if (!(error instanceof SqlError)) throw error;
  return error.trinoName === 'NOT_SUPPORTED' ? { kind: 'unknown', reason: 'clause', detail: error.message } : { kind: 'unreadable', detail: error.message };
}
