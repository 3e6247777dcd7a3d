import { useCallback, useEffect, useRef, useState } from 'react';
import { isCancelled, toAppError } from '../app/errors.ts';
import { ROOT, type Branch, type TreeItem, type TreePage } from './treeRows.ts';

export type LoadChildren<T> = (parent: TreeItem<T> | null, token: string | undefined, signal: AbortSignal) => Promise<TreePage<T>>;

export interface Branches<T> {
  branches: ReadonlyMap<string, Branch<T>>;
  /** Loads a node's children from the start; what is shown stays until the new page is there. */
  reload(parent: TreeItem<T> | null): void;
  /** Loads the next page of a node that has one. */
  loadMore(parent: TreeItem<T> | null): void;
}

/** Loads children page by page, one request a node at a time; ends them all when the tree goes. */
export function useBranches<T>(load: LoadChildren<T>): Branches<T> {
  const [branches, setBranches] = useState<ReadonlyMap<string, Branch<T>>>(new Map());
  const running = useRef(new Map<string, AbortController>());
  const loadNow = useRef(load);
  useEffect(() => {
    loadNow.current = load;
  });

  const start = useCallback((parent: TreeItem<T> | null, token: string | undefined) => {
    const id = parent?.id ?? ROOT;
    running.current.get(id)?.abort();
    const controller = new AbortController();
    running.current.set(id, controller);
    const set = (next: (before: Branch<T> | undefined) => Branch<T>) => {
      if (running.current.get(id) !== controller) return;
      setBranches((before) => new Map(before).set(id, next(before.get(id))));
    };
    set((before) => ({ state: 'loading', items: before?.items ?? [], nextToken: before?.nextToken }));
    loadNow.current(parent, token, controller.signal).then(
      (page) => set((before) => ({ state: 'ready', items: token ? [...(before?.items ?? []), ...page.items] : page.items, nextToken: page.nextToken, error: page.error })),
      (error: unknown) => {
        if (isCancelled(error) && controller.signal.aborted) return;
        set((before) => ({ state: 'failed', items: token ? (before?.items ?? []) : [], nextToken: token, error: toAppError(error) }));
      },
    );
  }, []);

  useEffect(() => {
    const open = running.current;
    start(null, undefined);
    return () => {
      for (const controller of open.values()) controller.abort();
      open.clear();
    };
  }, [start]);

  const reload = useCallback((parent: TreeItem<T> | null) => start(parent, undefined), [start]);
  const loadMore = useCallback((parent: TreeItem<T> | null) => start(parent, branches.get(parent?.id ?? ROOT)?.nextToken), [start, branches]);
  return { branches, reload, loadMore };
}
