import { IconBox, IconColumns1, IconDatabase, IconEye, IconKey, IconSnowflake, IconStack2, IconTable } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Column, TableSummary } from '../../../shared/contract/catalog.ts';
import type { TreeItem } from '../../ui/Tree.tsx';
import { sqlName, type TableName } from './names.ts';
import type { RedshiftNode } from './redshiftNodes.tsx';

export type CatalogNode =
  | RedshiftNode
  | { kind: 'catalog'; catalog: string }
  | { kind: 'database'; catalog: string; database: string }
  | ({ kind: 'table'; tableKind: TableSummary['kind'] } & TableName)
  | { kind: 'column'; name: string; of: TableName };

type Item = TreeItem<CatalogNode>;

const size = 15;
const stroke = 1.6;

const tableIcons: Record<TableSummary['kind'], ReactNode> = {
  table: <IconTable size={size} stroke={stroke} />,
  view: <IconEye size={size} stroke={stroke} />,
  iceberg: <IconSnowflake size={size} stroke={stroke} />,
  delta: <IconBox size={size} stroke={stroke} />,
  hudi: <IconBox size={size} stroke={stroke} />,
};

export const kindNames: Record<TableSummary['kind'], string> = { table: '', view: 'view', iceberg: 'Iceberg', delta: 'Delta', hudi: 'Hudi' };

export const catalogItem = (catalog: string): Item => ({
  id: `c ${catalog}`,
  label: catalog,
  icon: <IconStack2 size={size} stroke={stroke} />,
  expandable: true,
  data: { kind: 'catalog', catalog },
});

export const databaseItem = (catalog: string, database: string): Item => ({
  id: `d ${catalog} ${database}`,
  label: database,
  icon: <IconDatabase size={size} stroke={stroke} />,
  expandable: true,
  data: { kind: 'database', catalog, database },
});

export const tableItem = (name: TableName, tableKind: TableSummary['kind'], note?: ReactNode): Item => ({
  id: `t ${sqlName(name)}`,
  label: name.table,
  icon: tableIcons[tableKind],
  note,
  expandable: true,
  data: { kind: 'table', tableKind, ...name },
});

export const columnItem = (of: TableName, { name, type }: Column, partitionWord?: string): Item => ({
  id: `f ${sqlName(of)} ${name}`,
  label: name,
  icon: partitionWord ? <IconKey size={size} stroke={stroke} /> : <IconColumns1 size={13} stroke={1.3} />,
  note: <span className="mono" style={{ fontSize: 11 }}>{`${type.length > 28 ? `${type.slice(0, 27)}…` : type}${partitionWord ? ` · ${partitionWord}` : ''}`}</span>,
  expandable: false,
  data: { kind: 'column', name, of },
});
