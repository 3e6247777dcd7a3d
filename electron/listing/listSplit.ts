import { setMaxListeners } from 'node:events';
import { AppError } from '../../shared/errors.ts';
import { Segments, type Segment } from './segments.ts';
import type { AnsweredPage, KeyPage, PageStart, ReadPage } from './types.ts';

export interface SplitOptions {
  prefix: string;
  read: ReadPage;
  /** Pages in the keys' order. Default: as they come, which holds fewer in memory. */
  ordered?: boolean;
  /** Requests under way at a time. */
  atOnce?: number;
  signal?: AbortSignal | undefined;
}

const AT_ONCE = 16;
/** Keys of a page that may come to nothing: enough to see how keys go on there. */
const TRIAL = 200;
/** Pages that wait for the reader: beyond, only who is first in order goes on. */
const WAITING = 32;
const WAITING_ORDERED = 64;

/**
 * Every object below a prefix, once: listed by several readers, each in a part of the key space that is divided further
 * while it is listed (ListObjectsV2 with StartAfter). One page's worth of keys, or a store that does not list in byte
 * order, is listed by one. Reading is pulled: nothing is asked for that the consumer has no room for.
 *
 * Fails with what a page failed with; Unavailable where the store's order proves wrong in the middle.
 */
export async function* listSplit({ prefix, read, ordered = false, atOnce = AT_ONCE, signal }: SplitOptions): AsyncGenerator<KeyPage> {
  const segments = new Segments(prefix);
  const stop = new AbortController();
  setMaxListeners(0, stop.signal); // one a request under way
  const onAbort = () => stop.abort(signal?.reason);
  if (signal?.aborted) onAbort();
  signal?.addEventListener('abort', onAbort, { once: true });
  let running = 0;
  let failure: { error: unknown } | undefined;
  let wake = () => undefined as void;

  const ask = (start: PageStart, then: (page: AnsweredPage) => void, failed: (error: unknown) => void) => {
    running += 1;
    read(start, stop.signal)
      .then(then)
      .catch(failed)
      .finally(() => {
        running -= 1;
        if (!failure && !stop.signal.aborted) schedule();
        wake();
      });
  };
  const fail = (error: unknown) => void (failure ??= { error });
  const goOn = (segment: Segment) => {
    segment.isBusy = true;
    const start = segment.token === undefined ? { startAfter: segment.cursor || undefined } : { token: segment.token };
    ask(
      start,
      (page) => {
        segment.isBusy = false;
        if (!segments.take(segment, page)) throw outOfOrder(prefix);
      },
      fail,
    );
  };
  const trySplit = (): boolean => {
    const next = segments.nextSplit(running);
    if (!next) return false;
    const { segment, point } = next;
    ask(
      { startAfter: point, max: TRIAL },
      (page) => segments.split(segment, point, page),
      () => {
        // Whoever reads the segment meets what is wrong, and says it; here it means one reader less.
        segments.giveUp(segment, point);
        segments.canSplit = false;
      },
    );
    return true;
  };
  const schedule = () => {
    const waiting = segments.list.reduce((sum, { ready }) => sum + ready.length, 0);
    const hasRoom = waiting + running < (ordered ? WAITING_ORDERED : WAITING);
    for (const segment of segments.list) {
      if (running >= atOnce) return;
      if (segment.isBusy || segment.isDone) continue;
      if (!hasRoom && (segment !== segments.list[0] || segment.ready.length > 0)) continue;
      goOn(segment);
    }
    while (hasRoom && running < atOnce && trySplit());
  };

  try {
    for (;;) {
      if (stop.signal.aborted) throw new AppError('Cancelled', 'The listing was stopped.');
      if (failure) throw failure.error;
      const woken = new Promise<void>((resolve) => (wake = resolve));
      schedule();
      const from = ordered ? segments.list.slice(0, 1) : [...segments.list];
      let given = false;
      for (const segment of from) {
        for (let page = segment.ready.shift(); page; page = segment.ready.shift()) {
          given = true;
          yield page;
        }
        if (segment.isDone && !segment.isBusy) {
          segments.drop(segment);
          given = true;
        }
      }
      if (segments.list.length === 0) return;
      if (!given) await woken;
    }
  } finally {
    signal?.removeEventListener('abort', onAbort);
    stop.abort();
  }
}

const outOfOrder = (prefix: string) =>
  new AppError('Unavailable', `The keys below “${prefix}” are not listed in the order of their bytes.`, { detail: 'The store was asked for parts of the listing that it does not keep apart. List the folders below one by one.' });
