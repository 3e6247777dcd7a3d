import { useInfiniteQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import type { Run } from '../../../shared/contract/runs.ts';

export interface HistorySearch {
  /** Words of the text; `table:NAME` finds a table. */
  typed: string;
  state: Run['state'] | '';
  /** Days back from now; 0: any. */
  days: number;
  /** US dollars on AWS, at least. */
  leastPrice: number;
  /** A workgroup of the connection, or '' for what was run from here. */
  workgroup: string;
  connectionId: string;
}

const refreshMillis = 4000;
const DAY = 86_400_000;

/** `table:flights delay` in its parts. */
export function parseSearch(typed: string): { text?: string | undefined; table?: string | undefined } {
  const table = /(?:^|\s)table:(\S+)/i.exec(typed)?.[1];
  const text = typed.replace(/(?:^|\s)table:\S*/gi, ' ').trim();
  return { text: text || undefined, table };
}

/** Past runs, newest first, read by pages: from here (searched where they are kept), or of a workgroup (searched as far as read). */
export function useHistory({ typed, state, days, leastPrice, workgroup, connectionId }: HistorySearch) {
  const client = useClient();
  const here = workgroup === '';
  const search = useMemo(
    () => ({ ...parseSearch(typed), states: state ? [state] : undefined, leastPrice: leastPrice || undefined }),
    [typed, state, leastPrice],
  );
  const query = useInfiniteQuery({
    queryKey: here ? ['history', search, days] : ['workgroupHistory', connectionId, workgroup],
    queryFn: async ({ pageParam, signal }) => {
      if (!here) return client.runs.ofWorkgroup({ connectionId, workgroup, token: pageParam || undefined }, { signal });
      // A day's worth of slack keeps the key, and so the list, steady while time goes on.
      const since = days ? new Date(Math.floor(Date.now() / 60_000) * 60_000 - days * DAY).toISOString() : undefined;
      return client.runs.history({ ...search, since, before: pageParam || undefined, max: 100 }, { signal });
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.next,
    refetchInterval: here ? refreshMillis : false,
  });
  const read = useMemo(() => query.data?.pages.flatMap((page) => page.runs) ?? [], [query.data]);
  const runs = useMemo(() => {
    if (here) return read;
    const { text, table, states, leastPrice: least } = search;
    const word = table ? new RegExp(`(?<![\\p{L}\\p{N}_])${table.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\p{L}\\p{N}_])`, 'iu') : undefined;
    const now = query.dataUpdatedAt;
    return read.filter(
      (run) =>
        (!text || run.sql.toLowerCase().includes(text.toLowerCase())) &&
        (!word || word.test(run.sql)) &&
        (!states || states.includes(run.state)) &&
        (!least || (run.priceOnAws ?? 0) >= least) &&
        (!days || Date.parse(run.submittedAt) >= now - days * DAY),
    );
  }, [here, read, search, days, query.dataUpdatedAt]);
  return { query, runs, read: read.length, searching: Boolean(search.text ?? search.table ?? state) || leastPrice > 0 || days > 0 };
}
