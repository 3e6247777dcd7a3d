import { useEffect, useState } from 'react';
import type { ViewSpec, ViewState } from '../../../shared/contract/resultViews.ts';
import { AppError } from '../../../shared/errors.ts';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';

export interface Derived {
  /** Of the spec asked for last that could be made; its columns stay the same object. */
  made: { viewId: string; rows: number; columns: { name: string; type: string }[] } | null;
  making: { percent: number | null } | null;
  error: AppError | null;
}

/** A pivot or a comparison of a result, made when its spec is there. Another spec gives up the one before. */
export function useDerived(runId: string, spec: ViewSpec | null): Derived {
  const client = useClient();
  const [derived, setDerived] = useState<Derived>({ made: null, making: null, error: null });
  const key = JSON.stringify(spec);
  useEffect(() => {
    const wanted = JSON.parse(key) as ViewSpec | null;
    if (!wanted) return undefined;
    const stop = new AbortController();
    const set = (change: Partial<Derived>) => !stop.signal.aborted && setDerived((before) => ({ ...before, ...change }));
    const make = async () => {
      set({ making: { percent: null }, error: null });
      let last: ViewState | undefined;
      for await (const state of await client.results.makeView({ runId, spec: wanted }, { signal: stop.signal })) {
        last = state;
        if (state.state === 'making') set({ making: { percent: state.percent } });
      }
      if (last?.error) throw AppError.fromData(last.error);
      if (last?.viewId !== undefined && last.columns) set({ made: { viewId: last.viewId, rows: last.rows ?? 0, columns: last.columns } });
    };
    make()
      .catch((thrown: unknown) => set({ made: null, error: toAppError(thrown) }))
      .finally(() => set({ making: null }));
    return () => stop.abort();
  }, [client, runId, key]);
  return spec ? derived : { made: null, making: null, error: null };
}
