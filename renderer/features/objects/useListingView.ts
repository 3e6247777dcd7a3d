import { useEffect, useMemo, useRef, useState } from 'react';
import type { Listing } from './listing.ts';
import { isAsListed, viewNow, viewSteps, type Sort } from './listingView.ts';
import type { View } from './rowSelection.ts';
import { inSlices } from './sliced.ts';

/** Up to so many rows are sorted and filtered while drawing. */
const AT_ONCE = 3_000;
/** While rows keep coming, a long list is put in order again after so many times what it took. */
const REST = 4;

interface Made {
  view: View;
  listing: Listing;
  sort: Sort;
  filter: string;
}

/**
 * The rows to show, in order. Of a long list the last order stays on screen while the next is made, a few ms at a time;
 * `busy` says so.
 */
export function useListingView(listing: Listing, version: number, sort: Sort, filter: string): { view: View; busy: boolean } {
  const [made, setMade] = useState<Made | null>(null);
  const quick = listing.length <= AT_ONCE || isAsListed(listing, sort, filter);
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the version is what changes in the listing
  const now = useMemo(() => (quick ? viewNow(listing, sort, filter) : null), [quick, listing, version, sort, filter]);
  const work = useRef<{ sort: Sort; filter: string; listing: Listing; until: number; again: boolean } | null>(null);

  useEffect(() => {
    if (quick) {
      work.current = null;
      return;
    }
    const running = work.current;
    if (running && running.listing === listing && running.sort === sort && running.filter === filter) {
      running.again = true;
      return;
    }
    const mine = (work.current = { sort, filter, listing, until: 0, again: false });
    const isCancelled = () => work.current !== mine;
    const make = async () => {
      const begun = performance.now();
      mine.again = false;
      const view = await inSlices(viewSteps(listing, sort, filter), isCancelled);
      if (!view || isCancelled()) return;
      setMade({ view, listing, sort, filter });
      const rest = Math.max(80, REST * (performance.now() - begun));
      setTimeout(() => {
        if (isCancelled()) return;
        if (mine.again) void make();
        else work.current = null;
      }, rest);
    };
    void make();
  }, [quick, listing, version, sort, filter]);
  useEffect(() => () => void (work.current = null), []);

  if (now) return { view: now, busy: false };
  const isCurrent = made?.listing === listing;
  return { view: isCurrent ? made.view : EMPTY, busy: !isCurrent || made.sort !== sort || made.filter !== filter };
}

const EMPTY: View = new Uint32Array(0);
