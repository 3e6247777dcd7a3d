import type { DdlStatement } from '../../../../shared/sql/ddl/ast.ts';
import { decodeView } from '../tables/views.ts';
import { showCreateTable } from './showCreateTable.ts';
import { matchingPartitions, partitionPath } from './ddl/partitions.ts';
import { databaseName, hiveFailure, isView, partitionKeysOf, requireDatabase, requireTable, tableName } from './names.ts';
import type { Outcome, StatementRun } from './outcome.ts';

type Show = Extract<DdlStatement, { kind: `show${string}` }>;

/** The SHOW statements. */
export async function show(run: StatementRun, statement: Show): Promise<Outcome> {
  const { catalog } = run.context;
  switch (statement.kind) {
    case 'showDatabases': {
      const matches = hivePattern(statement.like);
      const names = await everything((token) => catalog.databases.list({ token }), ({ Name }) => Name);
      return text(['database_name'], names.filter(matches).map((name) => [name]));
    }
    case 'showTables':
    case 'showViews': {
      const database = databaseName(run, statement.database);
      await requireDatabase(run, database);
      const matches = hivePattern(statement.like);
      const tables = await everything((token) => catalog.tables.list(database, { token }), (table) => ({ name: table.Name, view: isView(table) }));
      const wanted = tables.filter(({ name, view }) => matches(name) && (view || statement.kind === 'showTables'));
      return text([statement.kind === 'showTables' ? 'tab_name' : 'views'], wanted.map(({ name }) => [name]));
    }
    case 'showColumns': {
      const table = await requireTable(run, tableName(run, statement.name));
      return text(['field'], [...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])].map(({ Name }) => [Name.padEnd(20)]));
    }
    case 'showPartitions': {
      const table = await requireTable(run, tableName(run, statement.name));
      const keys = partitionKeysOf(table);
      const found = await matchingPartitions(run, table, statement.values);
      return text(['partition'], found.map(({ Values }) => [partitionPath(keys, Values)]));
    }
    case 'showProperties': {
      const table = await requireTable(run, tableName(run, statement.name));
      const entries = Object.entries(table.Parameters ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
      const wanted = entries.filter(([key]) => statement.property === undefined || key === statement.property);
      return text(['prpt_name', 'prpt_value'], wanted);
    }
    case 'showCreateTable': {
      const table = await requireTable(run, tableName(run, statement.name));
      if (isView(table)) throw hiveFailure(`${table.DatabaseName}.${table.Name} is a view. Use SHOW CREATE VIEW.`);
      return text(['createtab_stmt'], showCreateTable(table).map((line) => [line]));
    }
    case 'showCreateView': {
      const table = await requireTable(run, tableName(run, statement.name));
      if (!isView(table)) throw hiveFailure(`${table.DatabaseName}.${table.Name} is a table. Use SHOW CREATE TABLE.`);
      const lines = [`CREATE VIEW "${table.DatabaseName}"."${table.Name}" AS`, ...decodeView(table).trim().split('\n')];
      return text(['Create View'], lines.map((line) => [line]));
    }
  }
}

const text = (columns: string[], lines: string[][]): Outcome => ({ kind: 'text', columns: columns.map((name) => ({ name, type: { kind: 'varchar' } })), lines });

async function everything<T, R>(list: (token?: string) => Promise<{ items: T[]; nextToken?: string }>, pick: (item: T) => R): Promise<R[]> {
  const all: R[] = [];
  let token: string | undefined;
  do {
    const page = await list(token);
    all.push(...page.items.map(pick));
    token = page.nextToken;
  } while (token !== undefined);
  return all;
}

/** Hive's patterns: `*` for any characters, `|` between choices. */
function hivePattern(like: string | undefined): (name: string) => boolean {
  if (like === undefined) return () => true;
  const choices = like.split('|').map((choice) => choice.trim().replace(/[.+?^${}()[\]\\]/g, '\\$&').replaceAll('*', '.*'));
  const regex = new RegExp(`^(?:${choices.join('|')})$`, 'i');
  return (name) => regex.test(name);
}
