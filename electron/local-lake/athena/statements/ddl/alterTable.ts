import type { AlterAction, PartitionValue, QualifiedName } from '../../../../../shared/sql/ddl/ast.ts';
import { parseHiveType } from '../../../../../shared/sql/hiveTypes.ts';
import type { GlueColumn, GlueTable, TableInput } from '../../../glue/index.ts';
import { QueryFailure } from '../../errors.ts';
import { parseS3Location } from '../../s3Location.ts';
import { hiveFailure, isView, requireTable, semanticFailure, tableName } from '../names.ts';
import { nothing, type Outcome, type StatementRun } from '../outcome.ts';
import { glueColumn } from './createTable.ts';
import { fullValues, matchingPartitions, partitionLocation } from './partitions.ts';

type Action<T extends AlterAction['type']> = Extract<AlterAction, { type: T }>;

/** ALTER TABLE. https://docs.aws.amazon.com/athena/latest/ug/ddl-sql-reference.html */
export async function alterTable(run: StatementRun, { name, action }: { name: QualifiedName; action: AlterAction }): Promise<Outcome> {
  const table = await requireTable(run, tableName(run, name));
  if (isView(table)) throw hiveFailure(`Cannot alter a view with ALTER TABLE: ${table.DatabaseName}.${table.Name}`);
  switch (action.type) {
    case 'addPartitions':
      await addPartitions(run, table, action);
      break;
    case 'dropPartitions':
      await dropPartitions(run, table, action);
      break;
    case 'renamePartition':
      await renamePartition(run, table, action);
      break;
    case 'setLocation':
      await setLocation(run, table, action);
      break;
    case 'setProperties':
      await updateTable(run, { ...table, Parameters: { ...table.Parameters, ...action.properties } });
      break;
    case 'addColumns':
      await updateColumns(run, table, action.partition, (columns) => [...columns, ...action.columns.map(glueColumn)]);
      break;
    case 'replaceColumns':
      await updateColumns(run, table, action.partition, () => action.columns.map(glueColumn));
      break;
    case 'changeColumn':
      await updateColumns(run, table, undefined, (columns) => changeColumn(columns, action));
      break;
    default:
      throw new QueryFailure('NOT_SUPPORTED', `ALTER TABLE with ${action.type === 'renameTable' ? 'RENAME TO' : 'DROP COLUMN'} is for Iceberg tables, which the local lake does not have.`);
  }
  return nothing;
}

async function addPartitions(run: StatementRun, table: GlueTable, action: Action<'addPartitions'>): Promise<void> {
  const { partitions } = run.context.catalog;
  const inputs = action.partitions.map(({ values: spec, location }) => {
    if (location !== undefined && !parseS3Location(location)) throw semanticFailure(`The partition location must be an s3:// address: ${location}`);
    const values = fullValues(table, spec);
    return { Values: values, StorageDescriptor: { ...table.StorageDescriptor, Location: location ?? partitionLocation(table, values) } };
  });
  const existing = await partitions.getMany(table.DatabaseName, table.Name, inputs.map(({ Values }) => Values));
  const there = inputs.find((_, i) => existing[i]);
  if (there && !action.ifNotExists) throw hiveFailure(`AlreadyExistsException(message:Partition already exists: ${there.Values.join('/')})`);
  await partitions.createBatch(table.DatabaseName, table.Name, inputs.filter((_, i) => !existing[i]));
}

async function dropPartitions(run: StatementRun, table: GlueTable, action: Action<'dropPartitions'>): Promise<void> {
  const { partitions } = run.context.catalog;
  const doomed = new Map<string, string[]>();
  for (const spec of action.partitions) {
    const found = await matchingPartitions(run, table, spec);
    if (found.length === 0 && !action.ifExists) throw semanticFailure(`[Error 10006]: Partition not found ${spec.map(({ column, operator, value }) => `${column} ${operator} '${value}'`).join(', ')}`);
    for (const { Values } of found) doomed.set(JSON.stringify(Values), Values);
  }
  await partitions.deleteBatch(table.DatabaseName, table.Name, [...doomed.values()]);
}

async function renamePartition(run: StatementRun, table: GlueTable, { from, to }: Action<'renamePartition'>): Promise<void> {
  const { partitions } = run.context.catalog;
  const values = fullValues(table, from);
  const old = await partitions.get(table.DatabaseName, table.Name, values);
  await partitions.update(table.DatabaseName, table.Name, values, { ...old, Values: fullValues(table, to) });
}

async function setLocation(run: StatementRun, table: GlueTable, { partition, location }: Action<'setLocation'>): Promise<void> {
  if (!parseS3Location(location)) throw semanticFailure(`The location must be an s3:// address: ${location}`);
  if (!partition) return updateTable(run, { ...table, StorageDescriptor: { ...table.StorageDescriptor, Location: location } });
  await updatePartition(run, table, partition, (storage) => ({ ...storage, Location: location }));
}

async function updatePartition(run: StatementRun, table: GlueTable, spec: PartitionValue[], change: (storage: GlueTable['StorageDescriptor']) => GlueTable['StorageDescriptor']): Promise<void> {
  const { partitions } = run.context.catalog;
  const values = fullValues(table, spec);
  const old = await partitions.get(table.DatabaseName, table.Name, values);
  await partitions.update(table.DatabaseName, table.Name, values, { ...old, StorageDescriptor: change(old.StorageDescriptor) });
}

async function updateColumns(run: StatementRun, table: GlueTable, partition: PartitionValue[] | undefined, change: (columns: GlueColumn[]) => GlueColumn[]): Promise<void> {
  const columns = change(table.StorageDescriptor?.Columns ?? []);
  for (const { Type = 'string' } of columns) parseHiveType(Type);
  if (partition) return updatePartition(run, table, partition, (storage) => ({ ...storage, Columns: columns }));
  const names = [...columns, ...(table.PartitionKeys ?? [])].map(({ Name }) => Name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice) throw hiveFailure(`Duplicate column name: ${twice}`);
  await updateTable(run, { ...table, StorageDescriptor: { ...table.StorageDescriptor, Columns: columns } });
}

function changeColumn(columns: GlueColumn[], { from, to, position }: Action<'changeColumn'>): GlueColumn[] {
  const at = columns.findIndex(({ Name }) => Name === from.toLowerCase());
  if (at < 0) throw hiveFailure(`Invalid column reference ${from}`);
  const rest = columns.filter((_, i) => i !== at);
  if (!position) return columns.map((column, i) => (i === at ? { ...column, ...glueColumn(to) } : column));
  const after = position === 'first' ? -1 : rest.findIndex(({ Name }) => Name === position.after.toLowerCase());
  if (position !== 'first' && after < 0) throw hiveFailure(`Invalid column reference ${position.after}`);
  return rest.toSpliced(after + 1, 0, { ...columns[at], ...glueColumn(to) });
}

async function updateTable(run: StatementRun, changed: GlueTable): Promise<void> {
  const { DatabaseName, CatalogId: _c, CreateTime: _t, UpdateTime: _u, VersionId, IsRegisteredWithLakeFormation: _l, ...input } = changed;
  await run.context.catalog.tables.update(DatabaseName, input satisfies TableInput, { versionId: VersionId });
}
