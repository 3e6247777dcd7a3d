import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { RedshiftTarget } from '../../../../shared/contract/redshift.ts';
import { useClient } from '../../../app/clientContext.tsx';
import { redshiftKeywords } from '../../../editor/completion/keywords.ts';
import type { CompletionSource } from '../../../editor/completion/provider.ts';

const staleMillis = 5 * 60_000;
type Columns = { name: string; type: string }[];

/** Redshift's grammar is none of those that are here: nothing is marked before the run. */
const noProblems = async () => [];

/** What a SQL tab needs of Redshift: completion from its catalog, read in the background once the target is said. */
export function useRedshiftSide(connectionId: string, target: RedshiftTarget | undefined, enabled: boolean) {
  const client = useClient();
  const cache = useQueryClient();
  const key = JSON.stringify(target);
  const { data } = useQuery({
    queryKey: ['redshift', 'tables', connectionId, key],
    queryFn: ({ signal }) => client.redshift.tables({ connectionId, target: target! }, { signal }),
    enabled: enabled && target !== undefined,
    staleTime: staleMillis,
    retry: false,
  });
  const { data: databases = [] } = useQuery({
    queryKey: ['redshift', 'databases', connectionId, key],
    queryFn: ({ signal }) => client.redshift.databases({ connectionId, target: target! }, { signal }),
    enabled: enabled && target !== undefined,
    staleTime: staleMillis,
    retry: false,
  });
  const latest = useRef(data);
  useEffect(() => {
    latest.current = data;
  }, [data]);
  const completion = useMemo<CompletionSource>(() => {
    const of = key === undefined ? undefined : (JSON.parse(key) as RedshiftTarget);
    const known = new Map<string, Columns | null>();
    return {
      names: () => ({
        databases: (latest.current?.schemas ?? []).map((schema) => ({
          name: schema.name,
          tables: schema.tables.map((name) => ({ name, columns: known.get(`${schema.name}.${name}`) ?? null })),
        })),
      }),
      database: () => 'public',
      functions: () => [],
      keywords: redshiftKeywords,
      whenKnown: () => Promise.resolve(),
      partitionValues: () => [],
      wantColumns(tables) {
        if (!of) return;
        for (const { database: schema, table } of tables) {
          const name = `${schema}.${table}`;
          if (known.has(name)) continue;
          known.set(name, null);
          cache
            .fetchQuery({ queryKey: ['redshift', 'columns', connectionId, key, name], queryFn: () => client.redshift.columns({ connectionId, target: of, schema, table }), staleTime: staleMillis })
            // Completion only knows less; the statement itself will say what is wrong.
            .then((found) => known.set(name, found), () => known.delete(name));
        }
      },
    };
  }, [client, cache, connectionId, key]);
  return { completion, databases, problems: noProblems };
}
