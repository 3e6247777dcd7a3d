import { useDebouncedValue } from '@mantine/hooks';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import type { Client } from '../../client.ts';
import type { Dashboard } from '../../../shared/contract/dashboards.ts';
import type { Estimate } from '../../../shared/contract/estimates.ts';
import { groupsOf, type TileGroup } from './tileQueries.ts';

const restMillis = 400;
/** A refresh waits no longer than this for what it will cost. */
const patienceMillis = 4000;
/** Buckets change: what was counted holds so long. */
const holdsMillis = 20_000;

type Priced = Pick<TileGroup, 'tiles' | 'text'>;

/** Redshift and DuckDB on this desk have no price of a statement. */
const isPriced = ({ tiles }: Priced): boolean => (tiles[0]!.query.engine ?? 'athena') === 'athena';

/** Counts what a tile's statement can scan, now; as far as it came where the signal ends it. Never fails. */
function counting(client: Client, { tiles, text }: Priced) {
  const { connectionId, catalog, database } = tiles[0]!.query;
  return {
    queryKey: ['estimates', connectionId, catalog, database, text],
    staleTime: holdsMillis,
    async queryFn({ signal }: { signal: AbortSignal }): Promise<Estimate | null> {
      let last: Estimate | null = null;
      try {
        for await (const estimate of await client.estimates.watch({ connectionId, catalog, database, sql: text }, { signal })) last = estimate;
      } catch {
        // The run itself will say what is wrong.
      }
      return last;
    },
  };
}

export interface TilePrices {
  /** Of each tile; null where nothing could be counted, absent while it is being counted or has no price. */
  byTile: ReadonlyMap<string, Estimate | null>;
  /** Of the tiles' different questions. */
  all: readonly (Estimate | null | undefined)[];
  /** Some questions go to an engine without a price of a statement. */
  unpriced: number;
  /** What these groups can scan, asked now. */
  count(groups: readonly TileGroup[]): Promise<(Estimate | null)[]>;
}

/** What a refresh can scan and cost, counted while the dashboard is in view. */
export function useTilePrices(dashboard: Dashboard, shown: boolean): TilePrices {
  const client = useClient();
  const cache = useQueryClient();
  const { tiles, parameters } = dashboard;
  const asked = useMemo(() => groupsOf(tiles, parameters).map((group) => ({ text: group.text, tiles: group.tiles })), [tiles, parameters]);
  const [groups] = useDebouncedValue(asked, restMillis);
  const priced = groups.filter(isPriced);
  const answers = useQueries({ queries: priced.map((group) => ({ ...counting(client, group), enabled: shown })) });
  const byTile = new Map<string, Estimate | null>();
  priced.forEach((group, at) => {
    const estimate = answers[at]?.data;
    if (estimate !== undefined) for (const { id } of group.tiles) byTile.set(id, estimate);
  });
  const count = useCallback(
    (wanted: readonly TileGroup[]) => {
      const enough = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMillis));
      return Promise.all(wanted.map((group) => (isPriced(group) ? Promise.race([cache.fetchQuery(counting(client, group)).catch(() => null), enough]) : null)));
    },
    [client, cache],
  );
  return { byTile, all: answers.map(({ data }) => data), unpriced: groups.length - priced.length, count };
}
