import { useCallback, useEffect, useState } from 'react';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { ResultState } from '../../../shared/contract/results.ts';

export interface Result {
  state?: ResultState;
  /** Why the result could not be opened. */
  error?: AppError;
  reopen(): void;
}

/** Opens a finished run's rows and follows them while more arrive. Nothing happens without a run. */
export function useResult(runId: string | undefined): Result {
  const client = useClient();
  const [held, setHeld] = useState<{ runId: string; state?: ResultState; error?: AppError }>();
  const [attempt, setAttempt] = useState(0);
  const reopen = useCallback(() => setAttempt((before) => before + 1), []);
  useEffect(() => {
    if (!runId) return;
    const stop = new AbortController();
    const set = (state: ResultState) => !stop.signal.aborted && setHeld({ runId, state });
    const follow = async () => {
      const opened = await client.results.open({ runId }, { signal: stop.signal });
      set(opened);
      if (opened.state !== 'loading') return;
      for await (const state of await client.results.watch({ runId }, { signal: stop.signal })) set(state);
    };
    follow().catch((error: unknown) => {
      if (!stop.signal.aborted) setHeld((before) => ({ runId, state: before?.runId === runId ? before.state : undefined, error: toAppError(error) }));
    });
    return () => {
      stop.abort();
      client.results.close({ runId }).catch(() => undefined); // only a hint that files may be evicted
    };
  }, [client, runId, attempt]);
  return { ...(held?.runId === runId ? { state: held?.state, error: held?.error } : {}), reopen };
}
