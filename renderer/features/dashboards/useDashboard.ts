import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import type { AppError } from '../../../shared/errors.ts';
import type { Dashboard } from '../../../shared/contract/dashboards.ts';
import { LIST } from './useDashboards.ts';

const SAVE_DELAY_MS = 250;

export interface OpenDashboard {
  dashboard: Dashboard | undefined;
  error: AppError | undefined;
  retry(): void;
  /** Changes it and saves it, a moment later: a drag changes it many times. */
  change(part: (before: Dashboard) => Dashboard): void;
}

/** One dashboard: shown from memory, saved on the disk. */
export function useDashboard(id: string): OpenDashboard {
  const client = useClient();
  const cache = useQueryClient();
  const messages = useMessages();
  const query = useQuery({ queryKey: [...LIST, id], queryFn: ({ signal }) => client.dashboards.get({ id }, { signal }), staleTime: Infinity });
  const unsaved = useRef<Dashboard | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    const pending = unsaved.current;
    if (!pending) return;
    unsaved.current = null;
    client.dashboards.save(pending).then(
      () => cache.invalidateQueries({ queryKey: LIST, exact: true }),
      (error: unknown) => {
        // Kept, so that the next change saves it too.
        unsaved.current ??= pending;
        messages.error(error);
      },
    );
  }, [client, cache, messages]);
  const change = useCallback(
    (part: (before: Dashboard) => Dashboard) => {
      const before = cache.getQueryData<Dashboard>([...LIST, id]);
      if (!before) return;
      unsaved.current = part(before);
      cache.setQueryData([...LIST, id], unsaved.current);
      clearTimeout(timer.current);
      timer.current = setTimeout(flush, SAVE_DELAY_MS);
    },
    [cache, id, flush],
  );
  useEffect(() => {
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [flush]);
  return { dashboard: query.data, error: query.error ? toAppError(query.error) : undefined, retry: () => void query.refetch(), change };
}
