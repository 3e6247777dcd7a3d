import { useCallback, useEffect, useRef, useState } from 'react';
import { useTabScope } from '../../app/tabScope.tsx';
import { useWorkspace } from '../../app/workspace.tsx';

/** Kept for so many results of a tab; the oldest leave. */
const most = 8;
const delayMillis = 400;

type Kept = Record<string, unknown>;

/** Something of a result that is kept with its tab, over restarts: by `key` of `kind` (its columns, its run). */
export function useKept<T>(kind: 'layouts' | 'views', key: string, read: (kept: unknown) => T): [T, (value: T) => void] {
  const { tabId } = useTabScope();
  const { tabs, updateTab } = useWorkspace();
  const params = tabs.find(({ id }) => id === tabId)?.params;
  const [initial] = useState(() => read((params?.[kind] as Kept | undefined)?.[key]));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const pending = useRef<() => void>(undefined);
  useEffect(
    () => () => {
      clearTimeout(timer.current);
      pending.current?.();
    },
    [],
  );
  const keep = useCallback(
    (value: T) => {
      pending.current = () => {
        pending.current = undefined;
        if (tabId === undefined) return;
        updateTab(tabId, {
          params: (before) => {
            const { [key]: _, ...others } = (before[kind] ?? {}) as Kept;
            return { ...before, [kind]: Object.fromEntries([...Object.entries(others).slice(1 - most), [key, value]]) };
          },
        });
      };
      clearTimeout(timer.current);
      timer.current = setTimeout(() => pending.current?.(), delayMillis);
    },
    [kind, key, tabId, updateTab],
  );
  return [initial, keep];
}
