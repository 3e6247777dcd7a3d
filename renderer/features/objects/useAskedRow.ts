import { useEffect, useRef } from 'react';
import type { Listing } from './listing.ts';

/** Tells the row of a key as soon as it is listed; every row is looked at once. */
export function useAskedRow(listing: Listing, version: number, key: string | undefined, found: (row: number) => void): void {
  const looked = useRef<{ listing: Listing; key: string; to: number } | null>(null);
  useEffect(() => {
    if (key === undefined) return;
    const at = looked.current?.listing === listing && looked.current.key === key ? looked.current.to : 0;
    const row = listing.rowOf(key, at);
    looked.current = { listing, key, to: listing.length };
    if (row >= 0) found(row);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- what is done when it is found is not what makes one look
  }, [listing, version, key]);
}
