import { CreateDatabaseCommand } from '@aws-sdk/client-glue';
import { OK } from '../../../shared/contract/common.ts';
import type { contract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { BackendContext } from '../../context.ts';
import { inferTable } from '../files/index.ts';
import type { ClosableService } from '../handlers.ts';
import { athenaSource, listCatalogs } from './athenaSource.ts';
import { createCatalogCache, type CachedCatalog } from './cache.ts';
import { coveringTable, coveringTables, hivePartition } from './covering.ts';
import { ddlOf } from './ddl.ts';
import { glueSource } from './glueSource.ts';
import { coveringOf, withState } from './paths.ts';
import { searchTables } from './search.ts';
import { GLUE_CATALOG, type CatalogSource } from './source.ts';
import { filesOfTable } from './tableFiles.ts';
import { filteredTables } from './tables.ts';
import { toSummary } from './tableShape.ts';

export { GLUE_CATALOG, type CatalogSource, type Table } from './source.ts';

/** Tables over one place that are told. */
const MOST_COVERING = 20;

/** Glue's own catalog, or a federated one as Athena sees it. */
export const catalogSource = (aws: BackendContext['aws'], connectionId: string, catalog: string): CatalogSource =>
  catalog === GLUE_CATALOG ? glueSource(aws, connectionId) : athenaSource(aws, connectionId, catalog);

/** Data catalogs, databases, tables, partitions: Glue's own catalog, and federated ones through Athena. */
export function catalogHandlers(context: BackendContext): ClosableService<typeof contract.catalog> {
  const { aws, store } = context;
  const sourceOf = (connectionId: string, catalog: string) => catalogSource(aws, connectionId, catalog);
  const cache = createCatalogCache(store, sourceOf);

  /** What `look` finds in the cached catalog; in a fresh one where it finds nothing: a table made a moment ago counts. */
  async function found<T>(connectionId: string, catalog: string, look: (cached: CachedCatalog) => T | undefined): Promise<T | undefined> {
    aws.get(connectionId);
    const cached = await cache.read(connectionId, catalog);
    const answer = look(cached);
    if (answer === undefined) return cache.maySeeMore(cached) ? look(await cache.refresh(connectionId, catalog)) : undefined;
    if (cache.isStale(cached)) void cache.refresh(connectionId, catalog).catch(() => undefined); // logged there
    return answer;
  }

  return {
    close: cache.close,
    handlers: {
      catalogs: ({ input, signal }) => listCatalogs(aws, input.connectionId, signal),

      async databases({ input: { connectionId, catalog, token, max }, signal }) {
        const { items, nextToken } = await sourceOf(connectionId, catalog).databases({ token, max, signal });
        return { databases: items, nextToken };
      },

      async createDatabase({ input: { connectionId, catalog, database } }) {
        aws.assertWritable(connectionId, `create database ${database}`);
        await aws.attempt({ connectionId, action: 'glue:CreateDatabase', resource: `database ${database}` }, ({ glue }) =>
          glue.send(new CreateDatabaseCommand({ CatalogId: catalog === GLUE_CATALOG ? undefined : catalog, DatabaseInput: { Name: database } })),
        );
        return OK;
      },

      async tables({ input: { connectionId, catalog, database, filter, token, max }, signal }) {
        const { items, nextToken } = await filteredTables(sourceOf(connectionId, catalog), database, filter, { token, max, signal });
        return { tables: items.map(toSummary), nextToken };
      },

      async table({ input: { connectionId, catalog, database, table: name }, signal }) {
        try {
          const table = await sourceOf(connectionId, catalog).table(database, name, signal);
          await cache.remember(connectionId, table);
          return { ...table, ddl: ddlOf(table) };
        } catch (error) {
          if (error instanceof AppError && error.code === 'NotFound') await cache.forget(connectionId, catalog, database, name);
          throw error;
        }
      },

      async partitions({ input: { connectionId, catalog, database, table: name, expression, token, max }, signal }) {
        const source = sourceOf(connectionId, catalog);
        // Only the first page reads the table: its definition may be larger than the page.
        const cached = token ? (await cache.read(connectionId, catalog)).databases[database]?.find((table) => table.name === name) : undefined;
        const [table, page] = await Promise.all([
          cached ?? source.table(database, name, signal),
          source.partitions(database, name, expression || undefined, { token, max, signal }),
        ]);
        return { keys: table.partitionKeys.map((key) => key.name), partitions: page.items, nextToken: page.nextToken };
      },

      async versions({ input: { connectionId, catalog, database, table, token, max }, signal }) {
        const { items, nextToken } = await sourceOf(connectionId, catalog).versions(database, table, { token, max, signal });
        return { versions: items, nextToken };
      },

      async search({ input: { connectionId, catalog, text, max } }) {
        return (
          (await found(connectionId, catalog, (cached) => {
            const tables = searchTables(cached, text, max);
            return tables.length > 0 ? tables : undefined;
          })) ?? []
        );
      },

      async completion({ input: { connectionId, catalog } }) {
        aws.get(connectionId);
        const cached = await cache.read(connectionId, catalog);
        const stale = cache.isStale(cached);
        if (stale) void cache.refresh(connectionId, catalog).catch(() => undefined); // logged there
        const databases = Object.entries(cached.databases).map(([name, tables]) => ({
          name,
          tables: tables.map(({ name: table, columns, partitionKeys }) => ({ name: table, columns: columns && [...columns, ...partitionKeys] })),
        }));
        return { refreshedAt: cached.refreshedAt, stale, databases };
      },

      async covering({ input: { connectionId, bucket, prefix } }) {
        const cover = await found(connectionId, GLUE_CATALOG, (cached) => coveringTable(cached, bucket, prefix));
        return cover ? { database: cover.database, table: cover.table.name, partition: hivePartition(cover) } : null;
      },

      async coveringTables({ input: { connectionId, bucket, prefix, partitions }, signal }) {
        const covers = await found(connectionId, GLUE_CATALOG, (cached) => {
          const all = coveringTables(cached, bucket, prefix);
          return all.length > 0 ? all : undefined;
        });
        const tables = (covers ?? []).slice(0, MOST_COVERING).map(coveringOf);
        return partitions ? Promise.all(tables.map((table) => withState(aws, sourceOf(connectionId, GLUE_CATALOG), connectionId, table, `s3://${bucket}/${prefix}`, signal))) : tables;
      },

      tableFiles: ({ input: { catalog, ...input }, signal }) => filesOfTable(aws, sourceOf(input.connectionId, catalog), input, signal),

      infer: ({ input, signal }) => inferTable(context, input, signal),
    },
  };
}
