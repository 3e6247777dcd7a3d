import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef, useEffect } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import type { CatalogNames } from '../../editor/completion/catalogNames.ts';
import type { CompletionSource } from '../../editor/completion/provider.ts';
import type { Column } from '../../../shared/contract/catalog.ts';

const staleMillis = 3000;
const MOST_PARTITIONS = 1000;

/**
 * What the editor completes from: the backend's catalog cache, read when the tab opens and again while the cache says it is
 * being refreshed; columns the cache lacks are read in the background when a statement names their table.
 */
export function useCompletion(connectionId: string, catalog: string, database: string | undefined): { source: CompletionSource; databases: string[] } {
  const client = useClient();
  const cache = useQueryClient();
  const { data } = useQuery({
    queryKey: ['completion', connectionId, catalog],
    queryFn: () => client.catalog.completion({ connectionId, catalog }),
    refetchInterval: ({ state }) => (state.data?.stale ? staleMillis : 60_000),
  });
  const read = useRef(new Map<string, Column[] | null>());
  const values = useRef(new Map<string, string[] | undefined>());
  const latest = useRef<{ names: CatalogNames; database: string | undefined }>({ names: { databases: [] }, database });

  useEffect(() => {
    latest.current = { names: data ?? { databases: [] }, database };
  }, [data, database]);

  const source = useMemo<CompletionSource>(
    () => ({
      names: () => ({
        databases: latest.current.names.databases.map((one) => ({
          name: one.name,
          tables: one.tables.map((table) => ({ name: table.name, columns: table.columns ?? read.current.get(`${one.name}.${table.name}`) ?? null })),
        })),
      }),
      database: () => latest.current.database,
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
        for (const { database: inDatabase, table } of tables) {
          const key = `${inDatabase}.${table}`;
          if (read.current.has(key)) continue;
          read.current.set(key, null);
          cache
            .fetchQuery({ queryKey: ['table', connectionId, catalog, inDatabase, table], queryFn: () => client.catalog.table({ connectionId, catalog, database: inDatabase, table }) })
            .then(
              ({ columns, partitionKeys }) => read.current.set(key, [...columns, ...partitionKeys]),
              // Completion only knows less; the query itself will say what is wrong with the table.
              () => read.current.delete(key),
            );
        }
      },
    }),
    [client, cache, connectionId, catalog],
  );
  return { source, databases: useMemo(() => (data?.databases ?? []).map(({ name }) => name), [data]) };
}
