import { useCallback, useEffect, useRef } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import { PageCache } from '../../grid/pageCache.ts';
import type { GridSort } from '../../grid/ResultGrid.tsx';

interface View {
  viewId?: string;
  pages: PageCache;
}

/** The result's rows by order: each order is made once in the backend and then paged like the result itself. */
export function useResultPages(runId: string, rows: number): (sort: readonly GridSort[]) => Promise<View> {
  const client = useClient();
  const views = useRef(new Map<string, Promise<View>>());
  const count = useRef(rows);
  useEffect(() => {
    count.current = rows;
  });
  return useCallback(
    (sort) => {
      const key = JSON.stringify(sort);
      const held = views.current.get(key);
      if (held) return held;
      const make = async (): Promise<View> => {
        const viewId = sort.length ? (await client.results.view({ runId, sort: [...sort] })).viewId : undefined;
        return { viewId, pages: new PageCache((start, size) => client.results.page({ runId, viewId, start, count: size }), () => count.current) };
      };
      const view = make();
      views.current.set(key, view);
      view.catch(() => views.current.delete(key));
      return view;
    },
    [client, runId],
  );
}
