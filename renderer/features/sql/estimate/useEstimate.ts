import { useEffect, useRef, useState } from 'react';
import { useClient } from '../../../app/clientContext.tsx';
import { isCancelled } from '../../../app/errors.ts';
import type { Estimate } from '../../../../shared/contract/estimates.ts';

const restMillis = 300;

/** What is to be estimated: a statement as it would be sent, and where. */
export interface EstimateRequest {
  connectionId: string;
  catalog: string;
  database: string | undefined;
  sql: string;
  /** Changes where catalog or buckets were changed from here. */
  changes: number;
}

export interface ShownEstimate {
  request: EstimateRequest;
  estimate: Estimate;
}

const same = (a: EstimateRequest | undefined, b: EstimateRequest | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The bound of a statement, counted anew once the keys rest; what is counted for an older text is given up. */
export function useEstimate(request: EstimateRequest | undefined): { shown: ShownEstimate | null; current: boolean } {
  const client = useClient();
  const [shown, setShown] = useState<ShownEstimate | null>(null);
  const seenChanges = useRef(0);
  const key = request && JSON.stringify(request);
  useEffect(() => {
    if (!key) return;
    const wanted = JSON.parse(key) as EstimateRequest;
    const leave = new AbortController();
    const count = async () => {
      const { changes, ...input } = wanted;
      const fresh = changes !== seenChanges.current;
      seenChanges.current = changes;
      try {
        for await (const estimate of await client.estimates.watch({ ...input, fresh }, { signal: leave.signal })) {
          if (leave.signal.aborted) return;
          setShown({ request: wanted, estimate });
        }
      } catch (error) {
        // A backend that went away: nothing is said until the next keystroke.
        if (!leave.signal.aborted && !isCancelled(error)) setShown(null);
      }
    };
    const timer = setTimeout(() => void count(), restMillis);
    return () => {
      clearTimeout(timer);
      leave.abort();
    };
  }, [client, key]);
  if (!request) return { shown: null, current: false };
  return { shown, current: same(shown?.request, request) };
}
