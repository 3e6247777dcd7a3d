import { classify } from '../../../../shared/sql/classify.ts';
import type { QueryExecution } from '../executions/record.ts';
import { parseDdl as parseStatement } from '../../../../shared/sql/ddl/parse.ts';
import type { Outcome, StatementRun } from './outcome.ts';
import { substatementType } from './outcome.ts';
import { runQuery } from './query.ts';
import { QueryFailure } from '../errors.ts';

/** Runs one statement of any kind; `told` gets its types before it starts. */
export async function runStatement(run: StatementRun, told: Pick<QueryExecution, 'Query' | 'StatementType' | 'SubstatementType'>): Promise<Outcome> {
  const sql = told.Query;
  told.StatementType = classify(sql).statementType;
  const statement = parseStatement(sql);
  told.SubstatementType = substatementType(statement.kind);
  switch (statement.kind) {
    case 'query':
      return runQuery(run, sql);
    default:
      throw new QueryFailure('NOT_SUPPORTED', `The local lake does not run ${substatementType(statement.kind).replaceAll('_', ' ')} yet.`);
  }
}
