import { IconBox, IconBuildingWarehouse, IconDatabase, IconEye, IconFolder, IconPlus, IconServer2, IconTable } from '@tabler/icons-react';
import type { TFunction } from 'i18next';
import type { Client } from '../../client.ts';
import type { TreeItem, TreePage } from '../../ui/Tree.tsx';
import type { RedshiftTarget } from '../../../shared/contract/redshift.ts';
import { columnItem, type CatalogNode } from './treeItems.tsx';

/** Redshift in the tree: places, their databases, schemas and tables. `target.database` is the one meant. */
export type RedshiftNode =
  | { kind: 'redshift' }
  | { kind: 'redshiftChoose' }
  | { kind: 'redshiftPlace'; target: RedshiftTarget }
  | { kind: 'redshiftDatabase'; target: RedshiftTarget }
  | { kind: 'redshiftSchema'; target: RedshiftTarget; schema: string }
  | { kind: 'redshiftTable'; target: RedshiftTarget; schema: string; table: string };

type Item = TreeItem<CatalogNode>;
const icon = { size: 15, stroke: 1.6 };

export const REDSHIFT = 'rs';

/** Who asks where: the same place, whatever database. */
export const placeKey = ({ kind, name, dbUser, secretArn }: RedshiftTarget): string => JSON.stringify([kind, name, dbUser, secretArn]);

export const redshiftItem = (label: string): Item => ({ id: REDSHIFT, label, icon: <IconBuildingWarehouse {...icon} />, expandable: true, data: { kind: 'redshift' } });

const chooseItem = (label: string): Item => ({ id: `${REDSHIFT} choose`, label, icon: <IconPlus {...icon} />, expandable: false, data: { kind: 'redshiftChoose' } });

const idOf = (target: RedshiftTarget, ...names: string[]) => [REDSHIFT, placeKey(target), ...names].join(' ');

const placeItem = (target: RedshiftTarget, note: string): Item => ({ id: idOf(target), label: target.name, icon: <IconServer2 {...icon} />, note, expandable: true, data: { kind: 'redshiftPlace', target } });

const databaseItem = (target: RedshiftTarget): Item => ({ id: idOf(target, target.database), label: target.database, icon: <IconDatabase {...icon} />, expandable: true, data: { kind: 'redshiftDatabase', target } });

const schemaItem = (target: RedshiftTarget, schema: string): Item => ({ id: idOf(target, target.database, schema), label: schema, icon: <IconFolder {...icon} />, expandable: true, data: { kind: 'redshiftSchema', target, schema } });

function tableItem(target: RedshiftTarget, schema: string, { name, type }: { name: string; type: string }): Item {
  const Icon = /VIEW/i.test(type) ? IconEye : /EXTERNAL/i.test(type) ? IconBox : IconTable;
  return { id: idOf(target, target.database, schema, name), label: name, icon: <Icon {...icon} />, note: type === 'TABLE' ? undefined : type.toLowerCase(), expandable: true, data: { kind: 'redshiftTable', target, schema, table: name } };
}

interface Loading {
  client: Client;
  connectionId: string;
  targets: readonly RedshiftTarget[];
  t: TFunction<'catalog'>;
  token: string | undefined;
  signal: AbortSignal;
}

/** A node's children, a page at a time, read when it is opened. */
export async function redshiftChildren(node: RedshiftNode, { client, connectionId, targets, t, token, signal }: Loading): Promise<TreePage<CatalogNode>> {
  switch (node.kind) {
    case 'redshift':
      return { items: [...targets.map((target) => placeItem(target, t(`redshift.${target.kind}`))), chooseItem(t('redshift.choose'))] };
    case 'redshiftPlace': {
      const names = await client.redshift.databases({ connectionId, target: node.target }, { signal });
      return { items: names.map((database) => databaseItem({ ...node.target, database })) };
    }
    case 'redshiftDatabase': {
      const { schemas, nextToken } = await client.redshift.schemas({ connectionId, target: node.target, token }, { signal });
      return { items: schemas.map((schema) => schemaItem(node.target, schema)), nextToken };
    }
    case 'redshiftSchema': {
      const { tables, nextToken } = await client.redshift.tablesOf({ connectionId, target: node.target, schema: node.schema, token }, { signal });
      return { items: tables.map((table) => tableItem(node.target, node.schema, table)), nextToken };
    }
    case 'redshiftTable': {
      const { target, schema, table } = node;
      const columns = await client.redshift.columns({ connectionId, target, schema, table }, { signal });
      return { items: columns.map((column) => columnItem({ catalog: idOf(target, target.database), database: schema, table }, column)) };
    }
    case 'redshiftChoose':
      return { items: [] };
  }
}

export const isRedshift = (node: CatalogNode): node is RedshiftNode => node.kind.startsWith('redshift');
