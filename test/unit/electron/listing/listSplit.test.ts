import { describe, expect, it } from 'vitest';
import { compareKeys, countUpTo } from '../../../../electron/listing/keyOrder.ts';
import { listSplit } from '../../../../electron/listing/listSplit.ts';
import type { AnsweredPage, PageStart, ReadPage } from '../../../../electron/listing/types.ts';
import { AppError } from '../../../../shared/errors.ts';

/** The same numbers for the same seed, so that a failure can be seen again. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

const pick = <T>(next: () => number, from: readonly T[]): T => from[Math.floor(next() * from.length)]!;

/** Kinds of buckets people have, and some nobody should. */
const KINDS: Record<string, (next: () => number) => string> = {
  numbered: (next) => `part-${String(Math.floor(next() * 1e6)).padStart(7, '0')}.parquet`,
  partitioned: (next) => `year=${2000 + Math.floor(next() * 25)}/month=${Math.floor(next() * 12)}/${Math.floor(next() * 1e5).toString(36)}`,
  hexadecimal: (next) => Math.floor(next() * 2 ** 32).toString(16).padStart(8, '0'),
  'one deep branch': (next) => `${'a/'.repeat(Math.floor(next() * 200))}${Math.floor(next() * 10)}`,
  unicode: (next) => Array.from({ length: 1 + Math.floor(next() * 5) }, () => pick(next, ['a', 'é', 'é', '한', '글', '\u{1F600}', '\u{10FFFF}', '', '\u0000', '\n', '/', '//', '￿', '+', '%'])).join(''),
  'two letters': (next) => Array.from({ length: 1 + Math.floor(next() * 14) }, () => pick(next, ['a', 'b'])).join(''),
  'ends of guesses': (next) => `${pick(next, ['a', 'm', 'z', 'part-5', '0'])}${'\u{10FFFF}'.repeat(Math.floor(next() * 4))}${pick(next, ['', 'x', '0', '5'])}${Math.floor(next() * 40)}`,
  'long and alike': (next) => `${'k'.repeat(1000)}${Math.floor(next() * 5000)}`,
};

interface Store {
  keys: string[];
  read: ReadPage;
  asked: number;
  mostAtOnce: number;
}

/** A store that answers in any order, `size` keys a page. */
function store(keys: Iterable<string>, size: number, next: () => number): Store {
  const sorted = [...new Set(keys)].sort(compareKeys);
  let under = 0;
  const it: Store = {
    keys: sorted,
    asked: 0,
    mostAtOnce: 0,
    async read({ startAfter, token }: PageStart, signal): Promise<AnsweredPage> {
      it.asked += 1;
      it.mostAtOnce = Math.max(it.mostAtOnce, ++under);
      for (let turns = Math.floor(next() * 4); turns >= 0; turns -= 1) await new Promise(setImmediate);
      under -= 1;
      if (signal.aborted) throw new AppError('Cancelled', 'stopped');
      const from = token !== undefined ? Number(token) : startAfter === undefined ? 0 : countUpTo(sorted, startAfter);
      return page(sorted.slice(from, from + size), from + size < sorted.length ? String(from + size) : undefined);
    },
  };
  return it;
}

const page = (keys: string[], nextToken?: string): AnsweredPage => ({
  keys,
  sizes: keys.map((key) => key.length),
  modified: keys.map(() => 0),
  storageClasses: keys.map(() => 'STANDARD'),
  etags: keys.map(() => ''),
  nextToken,
});

async function all(options: Parameters<typeof listSplit>[0]): Promise<string[]> {
  const keys: string[] = [];
  for await (const { keys: some, sizes } of listSplit(options)) {
    expect(sizes).toEqual(some.map((key) => key.length));
    keys.push(...some);
  }
  return keys;
}

describe('a listing by several readers', () => {
  for (const [kind, key] of Object.entries(KINDS)) {
    it(`lists every key once, whatever order answers come in: ${kind}`, async () => {
      for (let seed = 1; seed <= 8; seed += 1) {
        const next = random(seed * 7919);
        const count = pick(next, [0, 1, 9, 10, 11, 120, 700]);
        const of = store(Array.from({ length: count }, () => key(next)), 10, next);
        const unordered = await all({ prefix: '', read: of.read });
        expect(unordered.toSorted(compareKeys), `seed ${seed}`).toEqual(of.keys);
        expect(await all({ prefix: '', read: of.read, ordered: true }), `seed ${seed}, in order`).toEqual(of.keys);
      }
    });
  }

  it('stays below its prefix', async () => {
    const next = random(5);
    const below = store(Array.from({ length: 500 }, () => `p/${KINDS.partitioned!(next)}`), 10, next);
    const points: (string | undefined)[] = [];
    await all({ prefix: 'p/', read: (start, signal) => (points.push(start.startAfter), below.read(start, signal)) });
    expect(points.filter((point) => point !== undefined && !point.startsWith('p/'))).toEqual([]);
  });

  it('reads in parallel where there is much, with few requests more than one reader needs', async () => {
    const next = random(11);
    const of = store(Array.from({ length: 200_000 }, (_, n) => `part-${String(n).padStart(7, '0')}`), 1000, next);
    await all({ prefix: '', read: of.read });
    expect(of.mostAtOnce).toBeGreaterThan(12);
    expect(of.asked).toBeLessThan(300);
  });

  it('asks once for what fits one page', async () => {
    const of = store(['a', 'b'], 10, random(1));
    await all({ prefix: '', read: of.read });
    expect(of.asked).toBe(1);
  });

  it('asks for no more than the reader takes', async () => {
    const of = store(Array.from({ length: 5000 }, (_, n) => `k${String(n).padStart(5, '0')}`), 10, random(3));
    const pages = listSplit({ prefix: '', read: of.read });
    await pages.next();
    for (let turn = 0; turn < 300; turn += 1) await new Promise(setImmediate);
    expect(of.asked).toBeLessThan(70);
    await pages.return(undefined);
  });

  it('lists one page after the other from a store in another order, and from one that knows no StartAfter', async () => {
    const keys = Array.from({ length: 95 }, (_, n) => `k${(n * 37) % 95}`);
    const sorted = Array.from({ length: 95 }, (_, n) => `k${String(n).padStart(3, '0')}`);
    for (const listed of [keys, sorted]) {
      const read: ReadPage = async ({ token }) => {
        await new Promise(setImmediate);
        const from = Number(token ?? 0);
        return page(listed.slice(from, from + 10), from + 10 < listed.length ? String(from + 10) : undefined);
      };
      expect(await all({ prefix: '', read })).toEqual(listed);
    }
  });

  it('goes on when only splitting fails, and fails with what a page fails with', async () => {
    const of = store(Array.from({ length: 400 }, (_, n) => `k${n}`), 10, random(4));
    const refusing: ReadPage = (start, signal) => (start.startAfter === undefined ? of.read(start, signal) : Promise.reject(new AppError('BadInput', 'No StartAfter here.')));
    expect(await all({ prefix: '', read: refusing })).toEqual(of.keys);
    let left = 5;
    const breaking: ReadPage = (start, signal) => (left-- > 0 ? of.read(start, signal) : Promise.reject(new AppError('Network', 'Gone.')));
    await expect(all({ prefix: '', read: breaking })).rejects.toThrow('Gone.');
  });

  it('stops with its signal', async () => {
    const of = store(Array.from({ length: 4000 }, (_, n) => `k${n}`), 10, random(4));
    const stop = new AbortController();
    const pages = listSplit({ prefix: '', read: of.read, signal: stop.signal });
    await pages.next();
    stop.abort();
    await expect((async () => { for await (const _ of pages); })()).rejects.toMatchObject({ code: 'Cancelled' });
  });
});
