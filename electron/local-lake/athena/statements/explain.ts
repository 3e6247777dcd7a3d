import type { DdlStatement } from '../../../../shared/sql/ddl/ast.ts';
import { QueryFailure } from '../errors.ts';
import { parseDdl as parseStatement } from '../../../../shared/sql/ddl/parse.ts';
import type { Outcome, StatementRun } from './outcome.ts';
import { planJson } from './planJson.ts';
import { execute } from './query.ts';

/** EXPLAIN [ANALYZE] [(FORMAT JSON)]: the plan of the local engine, which is not Trino's. */
export async function explain(run: StatementRun, { analyze, options, statement }: Extract<DdlStatement, { kind: 'explain' }>): Promise<Outcome> {
  const inner = parseStatement(statement.sql);
  const query = inner.kind === 'query' ? statement : 'query' in inner && !analyze ? inner.query : undefined;
  if (!query) throw new QueryFailure('NOT_SUPPORTED', `The local lake explains queries; EXPLAIN${analyze ? ' ANALYZE' : ''} of this statement is not supported.`);
  const json = options.format === 'json';
  const { values = [] } = await execute(run, { sql: query.sql }, { kind: 'plan', analyze, json });
  const lines = values.flatMap(([text]) => (json ? planJson(text ?? '', analyze) : (text ?? '').trimEnd()).split('\n'));
  return { kind: 'text', columns: [{ name: 'Query Plan', type: { kind: 'varchar' } }], lines: lines.map((line) => [line]) };
}
