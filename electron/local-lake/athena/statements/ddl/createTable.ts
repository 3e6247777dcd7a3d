import type { ColumnDefinition, CreateTable, DelimitedFormat } from '../../../../../shared/sql/ddl/ast.ts';
import type { GlueColumn, StorageDescriptor } from '../../../glue/index.ts';
import { QueryFailure } from '../../errors.ts';
import { parseS3Location } from '../../s3Location.ts';
import { LAZY_SIMPLE, STORED_AS } from '../../tables/serdes.ts';
import { hiveFailure, requireDatabase, semanticFailure, tableName } from '../names.ts';
import { nothing, type Outcome, type StatementRun } from '../outcome.ts';

/** CREATE EXTERNAL TABLE. https://docs.aws.amazon.com/athena/latest/ug/create-table.html */
export async function createTable(run: StatementRun, statement: CreateTable): Promise<Outcome> {
  const { database, name } = tableName(run, statement.name);
  const lakehouse = Object.entries(statement.properties).find(([key]) => key.toLowerCase() === 'table_type')?.[1];
  if (lakehouse) throw new QueryFailure('NOT_SUPPORTED', `The local lake creates no ${lakehouse} tables yet; leave out 'table_type' for a Hive table.`);
  if (!statement.external) throw semanticFailure('CREATE TABLE without EXTERNAL makes an Iceberg table, which the local lake does not create yet. Use CREATE EXTERNAL TABLE.');
  if (statement.clusteredBy) throw new QueryFailure('NOT_SUPPORTED', 'The local lake creates no bucketed tables (CLUSTERED BY).');
  await requireDatabase(run, database);
  const { tables } = run.context.catalog;
  if (await tables.find(database, name)) {
    if (statement.ifNotExists) return nothing;
    throw hiveFailure(`AlreadyExistsException(message:Table ${name} already exists in database ${database})`);
  }
  if (statement.location === undefined) throw hiveFailure('MetaException(message:No location was specified for table. An S3 location must be specified)');
  const at = parseS3Location(statement.location);
  if (!at) throw semanticFailure(`The table location must be an s3:// address: ${statement.location}`);
  if (/[*?]/.test(at.key)) throw hiveFailure(`MetaException(message:The table location must be a folder, without wildcards: ${statement.location})`);
  await tables.create(database, {
    Name: name,
    Owner: 'hadoop',
    TableType: 'EXTERNAL_TABLE',
    PartitionKeys: statement.partitionKeys.map(glueColumn),
    Parameters: {
      EXTERNAL: 'TRUE',
      ...(statement.comment === undefined ? {} : { comment: statement.comment }),
      ...statement.properties,
      transient_lastDdlTime: String(Math.floor(Date.now() / 1000)),
    },
    StorageDescriptor: { Columns: statement.columns.map(glueColumn), Location: statement.location, NumberOfBuckets: -1, Compressed: false, ...format(statement) },
  });
  return nothing;
}

export const glueColumn = ({ name, type, comment }: Pick<ColumnDefinition, 'name' | 'type' | 'comment'>): GlueColumn => ({
  Name: name.toLowerCase(),
  Type: type,
  ...(comment === undefined ? {} : { Comment: comment }),
});

function format({ storedAs, serde, delimited }: CreateTable): Pick<StorageDescriptor, 'InputFormat' | 'OutputFormat' | 'SerdeInfo'> {
  const named = storedAs && 'format' in storedAs ? storedAs.format.toUpperCase() : 'TEXTFILE';
  const known = STORED_AS[named];
  if (!known) throw semanticFailure(`Unrecognized file format in STORED AS clause: '${named}'`);
  const formats = storedAs && 'inputFormat' in storedAs ? { InputFormat: storedAs.inputFormat, OutputFormat: storedAs.outputFormat } : known;
  const library = serde?.library ?? (delimited ? LAZY_SIMPLE : known.SerdeInfo?.SerializationLibrary);
  const parameters = { ...(delimited ? delimitedParameters(delimited) : { 'serialization.format': '1' }), ...serde?.properties };
  return { InputFormat: formats.InputFormat, OutputFormat: formats.OutputFormat, SerdeInfo: { SerializationLibrary: library, Parameters: parameters } };
}

/** ROW FORMAT DELIMITED in the parameters of LazySimpleSerDe. */
function delimitedParameters(delimited: DelimitedFormat): Record<string, string> {
  const parameters = {
    'field.delim': delimited.fields,
    'serialization.format': delimited.fields ?? '1',
    'escape.delim': delimited.escaped,
    'collection.delim': delimited.collectionItems,
    'mapkey.delim': delimited.mapKeys,
    'line.delim': delimited.lines,
    'serialization.null.format': delimited.nullDefinedAs,
  };
  return Object.fromEntries(Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
