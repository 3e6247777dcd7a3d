import type { AwsConnections } from '../../aws/types.ts';
import { listAll } from '../../listing/listAll.ts';
import type { KeyPage } from '../../listing/types.ts';

/** An object large enough that its footer tells more than its size. */
export interface LargeObject {
  bucket: string;
  key: string;
  /** Bytes. */
  size: number;
  etag: string;
}

/** What is stored at some places. */
export interface Stored {
  bytes: number;
  objects: number;
  /** Objects that are counted in `bytes`, too. */
  large: LargeObject[];
  /** What `bytes` holds beyond the sizes: pieces of split objects that are read twice. */
  overlap: number;
  complete: boolean;
}

/** Places listed one by one up to this many; more are listed by what they have in common. */
const ONE_BY_ONE = 200;
const AT_ONCE = 12;
/** Pages of 1,000 objects that one estimate lists. */
const MOST_PAGES = 500;
export const LARGE = 3 * 1024 ** 2;
const MOST_LARGE = 400;
/** An engine's workers share a large object in pieces of at least this size … */
const SPLIT = 32 * 1024 ** 2;
/** … and may read past a piece's end, or its file's tail anew. */
const PAST_THE_END = 64 * 1024;

/** Bytes that are read of an object of a size beside its own. */
export const overlapOf = (size: number): number => (size <= LARGE ? 0 : Math.ceil(size / SPLIT) * PAST_THE_END);

/** Objects that hold rows: not hidden by `_` or `.`, not empty. `below` is the key after the place. */
const isData = (below: string, size: number): boolean => size > 0 && !below.split('/').some((name) => name.startsWith('_') || name.startsWith('.'));

export interface Budget {
  pages: number;
}
export const newBudget = (): Budget => ({ pages: MOST_PAGES });

interface Place {
  bucket: string;
  prefix: string;
}

/** `s3://bucket/prefix/` in parts; undefined for anything else. */
export function placeOf(location: string): Place | undefined {
  const [, bucket, key = ''] = /^s3[an]?:\/\/([^/]+)\/?(.*)$/s.exec(location) ?? [];
  return bucket === undefined ? undefined : { bucket, prefix: key === '' || key.endsWith('/') ? key : `${key}/` };
}

/**
 * Counts what is stored at places (one that is named twice counts twice); `report` hears of it as it grows. Within the
 * budget: where that ends, `complete` is false.
 */
export async function countStored(
  aws: AwsConnections,
  { connectionId, places, everything = false }: { connectionId: string; places: Place[]; everything?: boolean },
  { budget, signal, report }: { budget: Budget; signal: AbortSignal; report(stored: Stored): void },
): Promise<Stored> {
  const stored: Stored = { bytes: 0, objects: 0, large: [], overlap: 0, complete: true };
  const times = new Map<string, number>();
  for (const { bucket, prefix } of places) times.set(`${bucket}/${prefix}`, (times.get(`${bucket}/${prefix}`) ?? 0) + 1);

  const add = (bucket: string, page: KeyPage, of: (key: string) => { below: string; times: number } | undefined) => {
    page.keys.forEach((key, i) => {
      const found = of(key);
      const size = page.sizes[i]!;
      if (!found || (everything ? size === 0 : !isData(found.below, size))) return;
      stored.objects += found.times;
      stored.bytes += found.times * (size + overlapOf(size));
      stored.overlap += found.times * overlapOf(size);
      if (size > LARGE && found.times === 1 && stored.large.length < MOST_LARGE) stored.large.push({ bucket, key, size, etag: page.etags[i]! });
    });
    report(stored);
  };
  const list = async (place: Place, of: (key: string) => { below: string; times: number } | undefined) => {
    if (budget.pages <= 0) return void (stored.complete = false);
    for await (const page of listAll(aws, { connectionId, ...place, ordered: false, signal })) {
      budget.pages -= 1;
      add(place.bucket, page, of);
      if (budget.pages <= 0) return void (stored.complete = false);
    }
  };

  if (times.size <= ONE_BY_ONE) {
    const waiting = [...times];
    const work = async () => {
      for (let next = waiting.shift(); next; next = waiting.shift()) {
        signal.throwIfAborted();
        const [at, count] = next;
        const bucket = at.slice(0, at.indexOf('/'));
        const prefix = at.slice(bucket.length + 1);
        await list({ bucket, prefix }, (key) => ({ below: key.slice(prefix.length), times: count }));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return stored;
  }
  for (const [bucket, prefix] of commonPrefixes(places)) {
    await list({ bucket, prefix }, (key) => {
      // A place inside another is read for both.
      let found: { below: string; times: number } | undefined;
      for (let end = key.lastIndexOf('/'); end >= 0; end = end === 0 ? -1 : key.lastIndexOf('/', end - 1)) {
        const count = times.get(`${bucket}/${key.slice(0, end + 1)}`);
        if (count === undefined) continue;
        const below = key.slice(end + 1);
        found = { below: found?.below ?? below, times: (found?.times ?? 0) + count };
      }
      return found;
    });
  }
  return stored;
}

function commonPrefixes(places: Place[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { bucket, prefix } of places) {
    const before = found.get(bucket);
    if (before === undefined) found.set(bucket, prefix);
    else {
      let end = 0;
      while (end < before.length && before[end] === prefix[end]) end += 1;
      found.set(bucket, before.slice(0, before.lastIndexOf('/', end - 1) + 1));
    }
  }
  return found;
}
