import type { DdlStatement } from '../../../../../shared/sql/ddl/ast.ts';
import { parseS3Location } from '../../s3Location.ts';
import { databaseName, hiveFailure, requireDatabase, semanticFailure } from '../names.ts';
import { nothing, type Outcome, type StatementRun } from '../outcome.ts';

type Of<K extends DdlStatement['kind']> = Extract<DdlStatement, { kind: K }>;

export async function createDatabase(run: StatementRun, statement: Of<'createDatabase'>): Promise<Outcome> {
  const name = databaseName(run, statement.name);
  const { databases } = run.context.catalog;
  if (await databases.find(name)) {
    if (statement.ifNotExists) return nothing;
    throw hiveFailure(`Database ${name} already exists`);
  }
  if (statement.location !== undefined && !parseS3Location(statement.location)) throw semanticFailure(`The database location must be an s3:// address: ${statement.location}`);
  await databases.create({
    Name: name,
    ...(statement.comment === undefined ? {} : { Description: statement.comment }),
    ...(statement.location === undefined ? {} : { LocationUri: statement.location }),
    Parameters: statement.properties,
  });
  return nothing;
}

export async function dropDatabase(run: StatementRun, statement: Of<'dropDatabase'>): Promise<Outcome> {
  const name = databaseName(run, statement.name);
  const { databases, tables } = run.context.catalog;
  if (statement.ifExists && !(await databases.find(name))) return nothing;
  await requireDatabase(run, name);
  const { items } = await tables.list(name, { max: 1 });
  if (items.length > 0 && !statement.cascade) throw hiveFailure(`InvalidOperationException(message:Database ${name} is not empty. One or more tables exist.)`);
  await databases.delete(name);
  return nothing;
}
