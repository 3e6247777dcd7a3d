import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Mask, ScanState } from '../../../shared/contract/s3Tiers.ts';
import type { AppErrorData } from '../../../shared/errors.ts';
import { useClient } from '../../app/clientContext.tsx';
import { toAppError } from '../../app/errors.ts';
import { subscribe } from '../../subscribe.ts';

export interface Scanned {
  connectionId: string;
  bucket: string;
  keys: string[];
  prefixes: string[];
  mask?: Mask;
  noncurrent?: boolean;
}

export interface ScanView {
  /** What has been summed so far; undefined until the first sums arrive. */
  sums: ScanState | undefined;
  running: boolean;
  stopped: boolean;
  error: AppErrorData | undefined;
  stop(): void;
  again(): void;
}

interface Seen {
  of: string;
  sums?: ScanState;
  error?: AppErrorData;
  stopped?: boolean;
}

/** Sums over a selection while it is read. Leaving, stopping, or asking for something else ends the listing in the backend. */
export function useScan(input: Scanned | null): ScanView {
  const client = useClient();
  const [round, setRound] = useState(0);
  const { connectionId = '', bucket = '', keys, prefixes, noncurrent } = input ?? {};
  const mask = JSON.stringify(input?.mask);
  const place = JSON.stringify(prefixes);
  // A selection may be a hundred thousand keys: put into words once, not at every render.
  const wanted = useMemo(
    () => (bucket === '' ? '' : JSON.stringify({ connectionId, bucket, keys, prefixes: JSON.parse(place) as string[], noncurrent, ...(mask && { mask: JSON.parse(mask) as Mask }) })),
    [connectionId, bucket, keys, place, noncurrent, mask],
  );
  const of = `${round} ${wanted}`;
  const [seen, setSeen] = useState<Seen>({ of });
  const [halt, setHalt] = useState<{ of: string } | null>(null);
  const now: Seen = seen.of === of ? seen : { of };
  const stopped = halt?.of === of;
  useEffect(() => {
    if (!wanted || stopped) return;
    return subscribe(
      client,
      (one, options) => one.s3Tiers.scan(JSON.parse(wanted) as Scanned, options),
      (sums) => setSeen({ of, sums, error: sums.error }),
      { onError: (error) => setSeen((before) => ({ ...(before.of === of ? before : { of }), error: toAppError(error) })) },
    );
  }, [client, wanted, of, stopped]);
  const stop = useCallback(() => setHalt({ of }), [of]);
  const again = useCallback(() => setRound((before) => before + 1), []);
  const ended = now.error !== undefined || now.sums?.state === 'complete';
  return { sums: now.sums, running: wanted !== '' && !ended && !stopped, stopped: stopped && !ended, error: now.error, stop, again };
}
