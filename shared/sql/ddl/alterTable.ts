import type { TokenStream } from '../tokenStream.ts';
import type { AlterAction, DdlStatement, PartitionValue } from './ast.ts';
import { columnDefinition, columns, name, partitionSpec, qualifiedName, stringProperties } from './parts.ts';

/** `ALTER TABLE name …` (ALTER TABLE already read). */
export function alterTable(s: TokenStream): DdlStatement {
  const table = qualifiedName(s);
  const action = alterAction(s);
  s.expectEnd();
  return { kind: 'alterTable', name: table, action };
}

function alterAction(s: TokenStream): AlterAction {
  if (s.take('RENAME', 'TO')) return { type: 'renameTable', to: qualifiedName(s) };
  if (s.take('DROP', 'COLUMN')) return { type: 'dropColumn', column: name(s).name };
  if (s.take('CHANGE')) return changeColumn(s);
  if (s.take('DROP')) return dropPartitions(s);
  if (s.is('ADD', 'COLUMNS') || s.is('REPLACE', 'COLUMNS')) return addColumns(s, undefined);
  if (s.take('ADD')) return addPartitions(s);
  if (s.take('SET', 'TBLPROPERTIES')) return { type: 'setProperties', properties: stringProperties(s) };
  if (s.take('SET', 'LOCATION')) return { type: 'setLocation', location: s.string() };
  s.expect('PARTITION');
  const partition = partitionSpec(s);
  if (s.take('RENAME')) {
    s.expect('TO', 'PARTITION');
    return { type: 'renamePartition', from: partition, to: partitionSpec(s) };
  }
  if (s.take('SET')) {
    s.expect('LOCATION');
    return { type: 'setLocation', partition, location: s.string() };
  }
  return addColumns(s, partition);
}

function addColumns(s: TokenStream, partition: PartitionValue[] | undefined): AlterAction {
  const type = s.take('ADD') ? 'addColumns' : 'replaceColumns';
  if (type === 'replaceColumns') s.expect('REPLACE');
  s.expect('COLUMNS');
  return { type, ...(partition ? { partition } : {}), columns: columns(s) };
}

function changeColumn(s: TokenStream): AlterAction {
  s.take('COLUMN');
  const from = name(s).name;
  const to = columnDefinition(s);
  if (s.take('FIRST')) return { type: 'changeColumn', from, to, position: 'first' };
  if (s.take('AFTER')) return { type: 'changeColumn', from, to, position: { after: name(s).name } };
  return { type: 'changeColumn', from, to };
}

function addPartitions(s: TokenStream): AlterAction {
  const ifNotExists = s.take('IF', 'NOT', 'EXISTS');
  const partitions: { values: PartitionValue[]; location?: string }[] = [];
  s.expect('PARTITION');
  do {
    const values = partitionSpec(s);
    partitions.push({ values, ...(s.take('LOCATION') ? { location: s.string() } : {}) });
    s.take(',');
  } while (s.take('PARTITION'));
  return { type: 'addPartitions', ifNotExists, partitions };
}

function dropPartitions(s: TokenStream): AlterAction {
  const ifExists = s.take('IF', 'EXISTS');
  const partitions: PartitionValue[][] = [];
  do {
    s.expect('PARTITION');
    partitions.push(partitionSpec(s, true));
  } while (s.take(','));
  return { type: 'dropPartitions', ifExists, partitions };
}
