import type { DdlStatement } from '../../../../shared/sql/ddl/ast.ts';
import { printTrinoType, type TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { QueryFailure } from '../errors.ts';
import { withSlash } from '../s3Location.ts';
import { typed } from '../tables/relation.ts';
import { formatOfTable } from '../tables/writeFormat.ts';
import { partitionPath } from './ddl/partitions.ts';
import { isView, tableName } from './names.ts';
import type { Outcome, StatementRun } from './outcome.ts';
import { describeQuery } from './query.ts';
import { writeRows } from './writeRows.ts';

/** INSERT INTO … SELECT or VALUES. https://docs.aws.amazon.com/athena/latest/ug/insert-into.html */
export async function insert(run: StatementRun, statement: Extract<DdlStatement, { kind: 'insert' }>): Promise<Outcome> {
  const { database, name } = tableName(run, statement.name);
  const { catalog } = run.context;
  const table = (await catalog.tables.find(database, name))?.table;
  if (!table) throw new QueryFailure('TABLE_NOT_FOUND', `Table 'awsdatacatalog.${database}.${name}' does not exist`);
  if (isView(table)) throw new QueryFailure('NOT_SUPPORTED', 'Inserting into views is not supported');
  const format = formatOfTable(table);
  const keys = (table.PartitionKeys ?? []).map(({ Name }) => Name);
  const columns = typed([...(table.StorageDescriptor?.Columns ?? []), ...(table.PartitionKeys ?? [])]);
  const given = (statement.columns ?? columns.map((column) => column.name)).map((column) => column.toLowerCase());
  checkNames(given, columns.map((column) => column.name), `${database}.${name}`);

  const query = { sql: statement.query.sql };
  const source = await describeQuery(run, query);
  const targets = given.map((column) => columns.find((other) => other.name === column)!);
  if (source.length !== targets.length || targets.some((target, i) => !assignable(source[i]!.type, target.type))) {
    const types = (all: { type: TrinoType }[]) => `[${all.map(({ type }) => printTrinoType(type)).join(', ')}]`;
    throw new QueryFailure('TYPE_MISMATCH', `Insert query has mismatched column types: Table: ${types(targets)}, Query: ${types(source)}`);
  }
  const location = withSlash(table.StorageDescriptor?.Location ?? '');
  const into = columns.map((column) => ({ ...column, source: given.indexOf(column.name) }));
  const written = await writeRows(run, { ...query, into }, { location, format, partitionBy: keys });
  if (keys.length > 0) {
    const existing = written.partitions.length === 0 ? [] : await catalog.partitions.getMany(database, name, written.partitions);
    const fresh = written.partitions.filter((_, i) => !existing[i]);
    await catalog.partitions.createBatch(
      database,
      name,
      fresh.map((Values) => ({ Values, StorageDescriptor: { ...table.StorageDescriptor, Location: `${location}${partitionPath(keys, Values)}` } })),
    );
  }
  return { kind: 'written', rows: written.rows, objects: written.objects };
}

function checkNames(given: string[], known: string[], table: string): void {
  const unknown = given.find((column) => !known.includes(column));
  if (unknown) throw new QueryFailure('COLUMN_NOT_FOUND', `Insert column name does not exist in target table: ${unknown} (${table})`);
  const twice = given.find((column, i) => given.indexOf(column) !== i);
  if (twice) throw new QueryFailure('DUPLICATE_COLUMN_NAME', `Insert column name is specified more than once: ${twice}`);
}

const WIDTH: TrinoType['kind'][] = ['tinyint', 'smallint', 'integer', 'bigint', 'decimal', 'real', 'double'];

/** What Trino converts by itself when rows are inserted. */
function assignable(from: TrinoType, to: TrinoType): boolean {
  if (from.kind === 'unknown' || printTrinoType(from) === printTrinoType(to)) return true;
  const text = (type: TrinoType) => type.kind === 'varchar' || type.kind === 'char';
  if (text(from) && text(to)) return true;
  if (WIDTH.includes(from.kind) && WIDTH.includes(to.kind)) return WIDTH.indexOf(from.kind) <= WIDTH.indexOf(to.kind);
  if (from.kind === 'date' || from.kind === 'timestamp') return to.kind === 'timestamp';
  if (from.kind === 'array' && to.kind === 'array') return assignable(from.element, to.element);
  if (from.kind === 'map' && to.kind === 'map') return assignable(from.key, to.key) && assignable(from.value, to.value);
  if (from.kind === 'row' && to.kind === 'row') return from.fields.length === to.fields.length && from.fields.every((field, i) => assignable(field.type, to.fields[i]!.type));
  return false;
}
