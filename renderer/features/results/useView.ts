import { useCallback, useEffect, useMemo, useState } from 'react';
import type { ViewState } from '../../../shared/contract/resultViews.ts';
import { AppError } from '../../../shared/errors.ts';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { PageCache } from '../../grid/pageCache.ts';
import { everything, isEverything, type Wanted } from './wanted.ts';

/** Rows that are there, to be shown, exported and counted. */
export interface Shown {
  viewId: string | undefined;
  rows: number;
  pages: PageCache;
  /** What they are. */
  wanted: Wanted;
}

export interface Base {
  runId: string;
  /** A pivot or comparison; absent: the result itself. */
  viewId?: string | undefined;
  columns: { name: string; type: string }[];
  /** May grow while a result loads. */
  rows: number;
}

export interface View {
  wanted: Wanted;
  setWanted(next: Wanted): void;
  shown: Shown;
  /** null: nothing is being made. Percent, null while nothing is known. */
  making: { percent: number | null } | null;
  /** Why what is wanted is not shown. */
  error: AppError | null;
  /** Gives up what is being made: what is shown is wanted again. */
  cancel(): void;
}

/** The rows of a result in an order, filtered: made once in the backend, then paged like the result. What was shown stays until then. */
export function useView({ runId, viewId: of, columns, rows }: Base, initial: Wanted, onWanted: (wanted: Wanted) => void): View {
  const client = useClient();
  const pagesOf = useCallback(
    (viewId: string | undefined, count: number) =>
      new PageCache({ fetch: (start, size, places) => client.results.page({ runId, viewId, start, count: size, columns: places }), rows: count, columnCount: columns.length }),
    [client, runId, columns.length],
  );
  // Rows that come later are told to it by the grid (`grow`).
  const [firstRows] = useState(rows);
  const basePages = useMemo(() => pagesOf(of, firstRows), [pagesOf, of, firstRows]);

  const [wanted, setWantedState] = useState(initial);
  const [made, setMade] = useState<Shown | null>(null);
  const [making, setMaking] = useState<{ percent: number | null } | null>(null);
  const [error, setError] = useState<AppError | null>(null);
  const setWanted = useCallback(
    (next: Wanted) => {
      setWantedState(next);
      onWanted(next);
    },
    [onWanted],
  );

  useEffect(() => {
    const stop = new AbortController();
    const make = async () => {
      setError(null);
      if (isEverything(wanted)) return setMade(null);
      setMaking({ percent: null });
      let last: ViewState | undefined;
      for await (const state of await client.results.makeView({ runId, spec: { kind: 'rows', of, ...wanted } }, { signal: stop.signal })) {
        last = state;
        if (stop.signal.aborted) return undefined;
        if (state.state === 'making') setMaking({ percent: state.percent });
      }
      if (stop.signal.aborted) return undefined;
      if (last?.error) throw AppError.fromData(last.error);
      if (last?.state !== 'made' || last.rows === undefined) return undefined;
      const { viewId, rows: found } = last;
      return setMade({ viewId, rows: found, pages: pagesOf(viewId, found), wanted });
    };
    make()
      .catch((thrown: unknown) => !stop.signal.aborted && setError(toAppError(thrown)))
      .finally(() => !stop.signal.aborted && setMaking(null));
    return () => {
      stop.abort();
      setMaking(null);
    };
  }, [client, runId, of, wanted, pagesOf]);

  const base = useMemo<Shown>(() => ({ viewId: of, rows, pages: basePages, wanted: everything }), [of, rows, basePages]);
  const shown = made ?? base;
  const cancel = useCallback(() => setWanted(shown.wanted), [setWanted, shown]);
  return { wanted, setWanted, shown, making, error, cancel };
}
