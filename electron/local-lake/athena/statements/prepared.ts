import type { DdlStatement } from '../../../../shared/sql/ddl/ast.ts';
import { QueryFailure } from '../errors.ts';
import { parseDdl as parseStatement } from '../../../../shared/sql/ddl/parse.ts';
import { nothing, type Outcome, type StatementRun } from './outcome.ts';

type Of<K extends DdlStatement['kind']> = Extract<DdlStatement, { kind: K }>;

/** PREPARE name FROM statement: kept for the work group, until DEALLOCATE. */
export async function prepare(run: StatementRun, { name, statement }: Of<'prepare'>): Promise<Outcome> {
  const QueryStatement = statement.sql.trim();
  const inner = parseStatement(QueryStatement);
  if (!['query', 'insert', 'createTableAs', 'unload'].includes(inner.kind)) throw new QueryFailure('NOT_SUPPORTED', 'Only SELECT, INSERT INTO, CREATE TABLE AS and UNLOAD can be prepared.');
  await run.context.preparedStatements.put({ StatementName: name, QueryStatement, WorkGroupName: run.workGroup });
  return nothing;
}

export async function deallocate(run: StatementRun, { name }: Of<'deallocate'>): Promise<Outcome> {
  await preparedText(run, name);
  await run.context.preparedStatements.delete(run.workGroup, name);
  return nothing;
}

/** The text of a prepared statement of the work group. */
export async function preparedText(run: StatementRun, name: string): Promise<string> {
  const found = await run.context.preparedStatements.find(run.workGroup, name);
  if (!found) throw new QueryFailure('NOT_FOUND', `Prepared statement not found: ${name} (work group ${run.workGroup})`);
  return found.QueryStatement;
}
