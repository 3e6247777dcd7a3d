import type { DdlStatement, PropertyValue } from '../../../../shared/sql/ddl/ast.ts';
import { printHiveType } from '../../../../shared/sql/hiveTypes.ts';
import { QueryFailure } from '../errors.ts';
import { withSlash } from '../s3Location.ts';
import { writeFormat } from '../tables/writeFormat.ts';
import { partitionPath } from './ddl/partitions.ts';
import { requireDatabase, tableName } from './names.ts';
import type { Outcome, StatementRun } from './outcome.ts';
import { describeQuery } from './query.ts';
import { requireEmpty, writeRows } from './writeRows.ts';

/** The most partitions one statement may write, as in Athena. */
const MOST_PARTITIONS = 100;

/** CREATE TABLE … AS. https://docs.aws.amazon.com/athena/latest/ug/create-table-as.html */
export async function createTableAs(run: StatementRun, statement: Extract<DdlStatement, { kind: 'createTableAs' }>): Promise<Outcome> {
  const { database, name } = tableName(run, statement.name);
  const { catalog } = run.context;
  await requireDatabase(run, database);
  if (await catalog.tables.find(database, name)) {
    if (statement.ifNotExists) return { kind: 'written', rows: 0, objects: [] };
    throw new QueryFailure('TABLE_ALREADY_EXISTS', `Table '${database}.${name}' already exists`);
  }
  const properties = Object.fromEntries(Object.entries(statement.properties).map(([key, value]) => [key.toLowerCase(), value]));
  refuse(properties);
  const format = writeFormat(properties);
  const asked = properties['external_location'];
  const location = withSlash(asked === undefined ? `${run.outputLocation}tables/${run.id}` : String(asked));
  await requireEmpty(run, location, `table '${database}.${name}'`);

  const columns = await describeQuery(run, { sql: statement.query.sql });
  const unnamed = columns.findIndex((column) => column.name.startsWith('_col'));
  if (unnamed >= 0) throw new QueryFailure('MISSING_COLUMN_NAME', `Column name not specified at position ${unnamed + 1}`);
  const twice = columns.find((column, i) => columns.findIndex((other) => other.name.toLowerCase() === column.name.toLowerCase()) < i);
  if (twice) throw new QueryFailure('DUPLICATE_COLUMN_NAME', `Column name '${twice.name}' specified more than once`);
  const partitionBy = partitionColumns(properties['partitioned_by'], columns.map((column) => column.name));
  const glueColumns = columns.map((column) => ({ Name: column.name.toLowerCase(), Type: printHiveType(column.type) }));
  const own = glueColumns.slice(0, glueColumns.length - partitionBy.length);

  const written = statement.withData
    ? await writeRows(run, { sql: statement.query.sql }, { location, format, partitionBy })
    : { rows: 0, objects: [], partitions: [] };
  if (written.partitions.length > MOST_PARTITIONS) {
    await Promise.all(written.objects.map((uri) => run.context.objects.delete(...bucketAndKey(uri))));
    throw new QueryFailure('HIVE_TOO_MANY_OPEN_PARTITIONS', `Exceeded limit of ${MOST_PARTITIONS} open writers for partitions/buckets`);
  }
  const StorageDescriptor = { Columns: own, Location: location, NumberOfBuckets: 0, Compressed: false, ...format.descriptor };
  await catalog.tables.create(database, {
    Name: name,
    Owner: 'hadoop',
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: glueColumns.slice(own.length),
    Parameters: { EXTERNAL: 'TRUE', has_encrypted_data: 'false', ...format.parameters },
    StorageDescriptor,
  });
  const inputs = written.partitions.map((Values) => ({ Values, StorageDescriptor: { ...StorageDescriptor, Location: `${location}${partitionPath(partitionBy, Values)}` } }));
  await catalog.partitions.createBatch(database, name, inputs).catch((error: unknown) => {
    if (inputs.length > 0) throw error; // an unpartitioned table has none to create
  });
  return { kind: 'written', rows: written.rows, objects: written.objects, location };
}

const bucketAndKey = (uri: string): [string, string] => {
  const [, bucket = '', key = ''] = /^s3:\/\/([^/]+)\/(.*)$/s.exec(uri) ?? [];
  return [bucket, key];
};

/** The partition columns must be the last of the query, in this order. */
export function partitionColumns(property: PropertyValue | undefined, columns: string[]): string[] {
  if (property === undefined) return [];
  const wanted = (Array.isArray(property) ? property : [property]).map((value) => String(value).toLowerCase());
  const last = columns.slice(columns.length - wanted.length).map((column) => column.toLowerCase());
  if (wanted.length >= columns.length || wanted.some((column, i) => column !== last[i])) {
    throw new QueryFailure('HIVE_COLUMN_ORDER_MISMATCH', `Partition keys must be the last columns in the table and in the same order as the table properties: ${JSON.stringify(wanted)}`);
  }
  return wanted;
}

function refuse(properties: Record<string, PropertyValue>): void {
  if (properties['bucketed_by'] !== undefined || properties['bucket_count'] !== undefined) {
    throw new QueryFailure('NOT_SUPPORTED', 'The local lake writes no bucketed tables (bucketed_by, bucket_count).');
  }
  const type = String(properties['table_type'] ?? 'HIVE').toUpperCase();
  if (type !== 'HIVE') throw new QueryFailure('NOT_SUPPORTED', `The local lake creates no ${type} tables yet; leave out table_type for a Hive table.`);
}
