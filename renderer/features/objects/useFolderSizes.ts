import { useEffect, useRef } from 'react';
import { toAppError } from '../../app/errors.ts';
import { useMessages } from '../../app/messages.tsx';
import type { Client } from '../../client.ts';
import type { Listing } from './listing.ts';

/** One counting takes so many folders. */
const MOST = 10_000;

/** Counts what is in folders of a listing; the numbers appear in its size column. One counting at a time. */
export function useFolderSizes(client: Client, listing: Listing): { calculate(rows: number[]): void; stop(): void } {
  const messages = useMessages();
  const running = useRef<AbortController | null>(null);
  const stop = () => {
    running.current?.abort();
    running.current = null;
    for (const [row, size] of listing.folderSizes) if (size.state === 'counting') listing.setFolderSize(row, { ...size, state: 'stopped' });
  };
  const calculate = (all: number[]) => {
    stop();
    const rows = all.slice(0, MOST);
    if (rows.length === 0) return;
    const controller = (running.current = new AbortController());
    const rowOf = new Map(rows.map((row) => [listing.key(row)!, row]));
    for (const row of rows) listing.setFolderSize(row, { objects: 0, bytes: 0, state: 'counting' });
    void (async () => {
      const { connectionId, bucket } = listing.place;
      const { id } = await client.s3Search.measure({ connectionId, bucket, prefixes: [...rowOf.keys()] });
      try {
        for (let batch = 0, done = false; !done && !controller.signal.aborted; batch += 1) {
          const told = await client.s3Search.measured({ id, batch }, { signal: controller.signal });
          for (const { prefix, error, ...size } of told.sizes) listing.setFolderSize(rowOf.get(prefix)!, { ...size, ...(error && { error }) });
          done = told.done;
        }
      } finally {
        void client.s3Search.end({ id });
      }
    })().catch((error: unknown) => {
      if (controller.signal.aborted) return;
      messages.error(toAppError(error));
      stop();
    });
  };
  useEffect(() => () => running.current?.abort(), [listing]);
  return { calculate, stop };
}
