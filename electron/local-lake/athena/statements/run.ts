import { classify } from '../../../../shared/sql/classify.ts';
import type { DdlStatement, Statement } from '../../../../shared/sql/ddl/ast.ts';
import { QueryFailure } from '../errors.ts';
import type { QueryExecution } from '../executions/record.ts';
import { parseDdl as parseStatement } from '../../../../shared/sql/ddl/parse.ts';
import { createTableAs } from './createTableAs.ts';
import { createView } from './createView.ts';
import { alterTable } from './ddl/alterTable.ts';
import { createTable } from './ddl/createTable.ts';
import { createDatabase, dropDatabase } from './ddl/databases.ts';
import { drop } from './ddl/drop.ts';
import { repair } from './ddl/repair.ts';
import { describe } from './describe.ts';
import { explain } from './explain.ts';
import { insert } from './insert.ts';
import { substatementType, type Outcome, type StatementRun } from './outcome.ts';
import { deallocate, prepare, preparedText } from './prepared.ts';
import { runQuery } from './query.ts';
import { show } from './show.ts';
import { unload } from './unload.ts';

type Types = Pick<QueryExecution, 'StatementType' | 'SubstatementType'>;

/** Runs one statement of any kind; `told` learns its types before it starts. */
export async function runStatement(run: StatementRun, sql: string, told: Types): Promise<Outcome> {
  told.StatementType = classify(sql).statementType;
  const statement = parseStatement(sql);
  told.SubstatementType = substatementType(statement.kind);
  if (statement.kind === 'execute') {
    const parameters = statement.parameters.length > 0 ? statement.parameters : run.parameters;
    return runStatement({ ...run, ...(parameters ? { parameters } : {}) }, await preparedText(run, statement.name), told);
  }
  return dispatch(run, sql, statement);
}

function dispatch(run: StatementRun, sql: string, statement: Exclude<Statement, { kind: 'execute' }>): Promise<Outcome> {
  switch (statement.kind) {
    case 'query':
      return runQuery(run, sql);
    case 'insert':
      return insert(run, statement);
    case 'createTableAs':
      return createTableAs(run, statement);
    case 'unload':
      return unload(run, statement);
    case 'createView':
      return createView(run, statement);
    case 'explain':
      return explain(run, statement);
    case 'prepare':
      return prepare(run, statement);
    case 'deallocate':
      return deallocate(run, statement);
    case 'createDatabase':
      return createDatabase(run, statement);
    case 'dropDatabase':
      return dropDatabase(run, statement);
    case 'createTable':
      return createTable(run, statement);
    case 'dropTable':
    case 'dropView':
      return drop(run, statement);
    case 'alterTable':
      return alterTable(run, statement);
    case 'msckRepair':
      return repair(run, statement);
    case 'describe':
      return describe(run, statement);
    case 'showDatabases':
    case 'showTables':
    case 'showViews':
    case 'showColumns':
    case 'showPartitions':
    case 'showProperties':
    case 'showCreateTable':
    case 'showCreateView':
      return show(run, statement);
    default:
      return refuse(statement);
  }
}

/** Statements that change rows in place need Iceberg. */
async function refuse({ kind }: Extract<DdlStatement, { kind: 'optimize' | 'vacuum' | 'merge' | 'update' | 'delete' }>): Promise<never> {
  throw new QueryFailure('NOT_SUPPORTED', `${kind.toUpperCase()} is for Iceberg tables, which the local lake does not have yet.`);
}
