import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { formatNumber } from '../../ui/format.ts';
import type { RedshiftTarget } from '../../../shared/contract/redshift.ts';
import type { TreeItem, TreePage } from '../../ui/Tree.tsx';
import { isRedshift, redshiftChildren, redshiftItem } from './redshiftNodes.tsx';
import { catalogItem, columnItem, databaseItem, kindNames, tableItem, type CatalogNode } from './treeItems.tsx';

const pageSize = 200;

/** Loads a node's children: catalogs, databases, tables (200 at a time), columns; and `redshift`, where the connection may have it. */
export function useCatalogNodes(connectionId: string, filter: string, redshift: readonly RedshiftTarget[] | undefined) {
  const client = useClient();
  const cache = useQueryClient();
  const { t } = useTranslation('catalog');
  return useCallback(
    async (parent: TreeItem<CatalogNode> | null, token: string | undefined, signal: AbortSignal): Promise<TreePage<CatalogNode>> => {
      const node = parent?.data;
      if (!node) {
        if (filter) return { items: await found() };
        const warehouse = redshift ? [redshiftItem(t('redshift.title'))] : [];
        const catalogs = await client.catalog.catalogs({ connectionId }, { signal }).catch((error: unknown) => {
          if (warehouse.length === 0 || signal.aborted) throw error;
          return toAppError(error);
        });
        // Who may not read Glue may still have Redshift.
        return catalogs instanceof Error ? { items: warehouse, error: catalogs } : { items: [...catalogs.map(({ name }) => catalogItem(name)), ...warehouse] };
      }
      if (isRedshift(node)) return redshiftChildren(node, { client, connectionId, targets: redshift ?? [], t, token, signal });
      if (node.kind === 'catalog') {
        const page = await client.catalog.databases({ connectionId, catalog: node.catalog, token, max: pageSize }, { signal });
        return { items: page.databases.map(({ name }) => databaseItem(node.catalog, name)), nextToken: page.nextToken };
      }
      if (node.kind === 'database') {
        const { catalog, database } = node;
        const page = await client.catalog.tables({ connectionId, catalog, database, token, max: pageSize }, { signal });
        return {
          items: page.tables.map((table) => {
            const { columns } = table;
            return tableItem({ catalog, database, table: table.name }, table.kind, kindNames[table.kind] || (columns > 0 ? t('columnCount', { count: columns, shown: formatNumber(columns) }) : undefined));
          }),
          nextToken: page.nextToken,
        };
      }
      if (node.kind === 'table') {
        const { catalog, database, table } = node;
        const details = await cache.fetchQuery({
          queryKey: ['table', connectionId, catalog, database, table],
          queryFn: () => client.catalog.table({ connectionId, catalog, database, table }),
        });
        const of = { catalog, database, table };
        return { items: [...details.columns.map((column) => columnItem(of, column)), ...details.partitionKeys.map((column) => columnItem(of, column, t('partition')))] };
      }
      return { items: [] };

      /** Tables whose name, or a column's, holds the text, of all databases. */
      async function found(): Promise<TreeItem<CatalogNode>[]> {
        const tables = await client.catalog.search({ connectionId, text: filter, max: 500 }, { signal });
        return tables.map(({ database, table, kind, matchedColumns }) => {
          const note = matchedColumns.length ? `${database} · ${matchedColumns.slice(0, 3).join(', ')}` : database;
          return tableItem({ catalog: 'AwsDataCatalog', database, table }, kind, note);
        });
      }
    },
    [client, cache, connectionId, filter, redshift, t],
  );
}
