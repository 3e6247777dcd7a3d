import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useEffect } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import type { Client } from '../../client.ts';
import type { CatalogNames } from '../../editor/completion/catalogNames.ts';
import type { CompletionSource } from '../../editor/completion/provider.ts';
import type { Column } from '../../../shared/contract/catalog.ts';

const staleMillis = 3000;
/** Who asks for something that is not known yet waits so long at most. */
const patienceMillis = 10_000;
const againMillis = 200;
const MOST_PARTITIONS = 1000;

type Table = { database: string; table: string };

const namesQuery = (client: Client, connectionId: string, catalog: string) => ({
  queryKey: ['completion', connectionId, catalog],
  queryFn: () => client.catalog.completion({ connectionId, catalog }),
});

/**
 * What an editor of Athena's SQL completes from: the backend's catalog cache, read when the tab opens and again while the cache says it is
 * being refreshed; columns the cache lacks are read in the background when a statement names their table.
 */
export function useCompletion(connectionId: string, catalog: string, database: string | undefined, enabled: boolean): { source: CompletionSource; databases: string[] } {
  const client = useClient();
  const cache = useQueryClient();
  const names = useMemo(() => namesQuery(client, connectionId, catalog), [client, connectionId, catalog]);
  const { data } = useQuery({ ...names, enabled, refetchInterval: ({ state }) => (state.data?.stale ? staleMillis : 60_000) });
  const read = useRef(new Map<string, Column[] | null>());
  const values = useRef(new Map<string, string[] | undefined>());
  const latest = useRef(database);

  useEffect(() => {
    latest.current = database;
  }, [database]);

  const source = useMemo<CompletionSource>(() => {
    const columnsOf = ({ database: inDatabase, table }: Table): Promise<void> =>
      cache
        .fetchQuery({ queryKey: ['table', connectionId, catalog, inDatabase, table], queryFn: () => client.catalog.table({ connectionId, catalog, database: inDatabase, table }) })
        .then(
          ({ columns, partitionKeys }) => void read.current.set(`${inDatabase}.${table}`, [...columns, ...partitionKeys]),
          // Completion only knows less; the query itself will say what is wrong with the table.
          () => void read.current.delete(`${inDatabase}.${table}`),
        );
    return {
      names: () => ({
        databases: (cache.getQueryData<CatalogNames>(names.queryKey)?.databases ?? []).map((one) => ({
          name: one.name,
          tables: one.tables.map((table) => ({ name: table.name, columns: table.columns ?? read.current.get(`${one.name}.${table.name}`) ?? null })),
        })),
      }),
      database: () => latest.current,
      partitionValues({ database: inDatabase, table }, key) {
        const id = `${inDatabase}.${table}.${key.toLowerCase()}`;
        const known = values.current.get(id);
        if (known || values.current.has(id)) return known;
        values.current.set(id, undefined);
        client.catalog.partitions({ connectionId, catalog, database: inDatabase, table, max: MOST_PARTITIONS }).then(
          ({ keys, partitions }) => {
            const at = keys.findIndex((name) => name.toLowerCase() === key.toLowerCase());
            values.current.set(id, at < 0 ? [] : [...new Set(partitions.flatMap((partition) => partition.values[at] ?? []))].toSorted().toReversed());
          },
          () => values.current.delete(id),
        );
        return undefined;
      },
      wantColumns(tables) {
        for (const one of tables) {
          const key = `${one.database}.${one.table}`;
          if (read.current.has(key)) continue;
          read.current.set(key, null);
          void columnsOf(one);
        }
      },
      async whenKnown(tables) {
        const until = Date.now() + patienceMillis;
        for (let stale = cache.getQueryData<{ stale: boolean }>(names.queryKey)?.stale ?? true; stale && Date.now() < until; ) {
          const answer = await cache.fetchQuery({ ...names, staleTime: 0 }).catch(() => undefined);
          stale = answer?.stale ?? false;
          if (stale) await new Promise((resolve) => setTimeout(resolve, againMillis));
        }
        await Promise.all(tables.map(columnsOf));
      },
    };
  }, [client, cache, connectionId, catalog, names]);
  return { source, databases: useMemo(() => (data?.databases ?? []).map(({ name }) => name), [data]) };
}
