import type { DdlStatement } from '../../../../shared/sql/ddl/ast.ts';
import { printHiveType, printTrinoType, type TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { SqlError } from '../../../../shared/sql/errors.ts';
import { DATA_CATALOG } from '../context.ts';
import { QueryFailure } from '../errors.ts';
import { encodeView } from '../tables/views.ts';
import { isView, requireDatabase, tableName } from './names.ts';
import { nothing, type Outcome, type StatementRun } from './outcome.ts';
import { describeQuery } from './query.ts';

/** CREATE [OR REPLACE] VIEW: kept in the catalog as Presto keeps views, so that other readers of Glue understand it. */
export async function createView(run: StatementRun, statement: Extract<DdlStatement, { kind: 'createView' }>): Promise<Outcome> {
  const { database, name } = tableName(run, statement.name);
  const { tables } = run.context.catalog;
  await requireDatabase(run, database);
  const old = (await tables.find(database, name))?.table;
  if (old && !isView(old)) throw new QueryFailure('TABLE_ALREADY_EXISTS', `'${database}.${name}' is a table, not a view`);
  if (old && !statement.orReplace) throw new QueryFailure('TABLE_ALREADY_EXISTS', `View already exists: '${database}.${name}'`);
  const columns = await describeQuery(run, { sql: statement.query.sql });
  const unnamed = columns.findIndex((column) => column.name.startsWith('_col'));
  if (unnamed >= 0) throw new QueryFailure('MISSING_COLUMN_NAME', `Column name not specified at position ${unnamed + 1}`);
  const input = {
    Name: name,
    Owner: 'hadoop',
    TableType: 'VIRTUAL_VIEW',
    Parameters: { comment: 'Presto View', presto_view: 'true' },
    PartitionKeys: [],
    ViewOriginalText: encodeView({
      originalSql: statement.query.sql.trim(),
      catalog: DATA_CATALOG.toLowerCase(),
      schema: run.database,
      columns: columns.map((column) => ({ name: column.name, type: printTrinoType(column.type) })),
    }),
    ViewExpandedText: '/* Presto View */',
    StorageDescriptor: { Columns: columns.map((column) => ({ Name: column.name.toLowerCase(), Type: hiveType(column.type) })), Location: '', SerdeInfo: {} },
  };
  if (old) await tables.update(database, input);
  else await tables.create(database, input);
  return nothing;
}

/** A view may have columns of types that Hive lacks; the catalog then says string, the view's own text says what it is. */
function hiveType(type: TrinoType): string {
  try {
    return printHiveType(type);
  } catch (error) {
    if (error instanceof SqlError) return 'string';
    throw error;
  }
}
