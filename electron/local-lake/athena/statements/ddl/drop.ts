import type { DdlStatement } from '../../../../../shared/sql/ddl/ast.ts';
import { hiveFailure, isView, semanticFailure, tableName } from '../names.ts';
import { nothing, type Outcome, type StatementRun } from '../outcome.ts';

/** DROP TABLE and DROP VIEW: the catalog forgets it; objects stay, as for every external table. */
export async function drop(run: StatementRun, statement: Extract<DdlStatement, { kind: 'dropTable' | 'dropView' }>): Promise<Outcome> {
  const { database, name } = tableName(run, statement.name);
  const { tables } = run.context.catalog;
  const found = await tables.find(database, name);
  if (!found) {
    if (statement.ifExists) return nothing;
    throw semanticFailure(`[Error 10001]: Table not found ${database}.${name}`);
  }
  const wanted = statement.kind === 'dropView' ? 'view' : 'table';
  if (isView(found.table) !== (wanted === 'view')) throw hiveFailure(`Cannot drop ${wanted === 'view' ? 'a base table with DROP VIEW' : 'a view with DROP TABLE'}: ${database}.${name}`);
  await tables.delete(database, name);
  return nothing;
}
