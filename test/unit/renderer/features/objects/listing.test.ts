import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../../shared/errors.ts';
import type { Client } from '../../../../../renderer/client.ts';
import { Listing } from '../../../../../renderer/features/objects/listing.ts';
import { folderSource } from '../../../../../renderer/features/objects/folderSource.ts';
import { viewNow, visibleName, type Sort } from '../../../../../renderer/features/objects/listingView.ts';
import { RowSet } from '../../../../../renderer/features/objects/rowSet.ts';
import { selectedItems } from '../../../../../renderer/features/objects/selectedItems.ts';

const place = { connectionId: 'local', bucket: 'b', prefix: 'p/' };
const page = (keys: string[], prefixes: string[] = [], nextToken?: string) => ({
  keys,
  prefixes,
  sizes: keys.map((key) => key.length * 10),
  modified: keys.map((_, index) => `2026-01-0${9 - index}`),
  storageClasses: keys.map(() => 'STANDARD'),
  etags: keys.map(() => ''),
  nextToken,
});
const answering = (list: (input: { token?: string }) => Promise<ReturnType<typeof page>>) => ({ s3: { list } }) as unknown as Client;
const names = (listing: Listing, rows: Iterable<number>) => Array.from(rows, (row) => listing.key(row));
const listed = (listing: Listing) => names(listing, Array(listing.length).keys());
const listingFrom = (client: Client) => new Listing(place, folderSource(client, place));
const name = { column: 'name', descending: false } as const;

describe('a listing', () => {
  it('asks for page after page until the end', async () => {
    const listing = listingFrom(answering(async ({ token }) => (token ? page(['p/c']) : page(['p/', 'p/b'], ['p/a/'], 'next'))));
    listing.run();
    await vi.waitUntil(() => listing.state === 'complete');
    expect(names(listing, viewNow(listing, name, ''))).toEqual(['p/a/', 'p/b', 'p/c']);
  });

  it('FAULTS 6: keeps what it has when a page fails, is not complete, and goes on from there', async () => {
    let broken = true;
    const asked: (string | undefined)[] = [];
    const listing = listingFrom(
      answering(async ({ token }) => {
        asked.push(token);
        if (!token) return page(['p/a'], [], 'next');
        if (broken) throw new AppError('Network', 'The answer was cut short.', { retryable: true });
        return page(['p/b']);
      }),
    );
    listing.run();
    await vi.waitUntil(() => listing.state === 'failed');
    expect(listed(listing)).toEqual(['p/a']);
    broken = false;
    listing.run();
    await vi.waitUntil(() => listing.state === 'complete');
    expect(listed(listing)).toEqual(['p/a', 'p/b']);
    expect(asked).toEqual([undefined, 'next', 'next']);
  });

  it('stops when it is told to and says that there is more', async () => {
    const listing = listingFrom(answering(async ({ token }) => page([`p/${token ?? 0}`], [], String(Number(token ?? 0) + 1))));
    listing.subscribe(() => listing.length > 3 && listing.state === 'listing' && listing.stop());
    listing.run();
    await vi.waitUntil(() => listing.state === 'stopped');
    expect(listing.length).toBeGreaterThan(3);
  });
});

describe('its view', () => {
  const complete = async () => {
    const listing = listingFrom(answering(async () => page(['p/bbb', 'p/c', 'p/dd'], ['p/x/', 'p/a/'])));
    listing.run();
    await vi.waitUntil(() => listing.state === 'complete');
    return listing;
  };

  it('sorts objects by a column, folders first', async () => {
    const listing = await complete();
    expect(names(listing, viewNow(listing, { column: 'size', descending: false }, ''))).toEqual(['p/x/', 'p/a/', 'p/c', 'p/dd', 'p/bbb']);
    expect(names(listing, viewNow(listing, { column: 'name', descending: true }, ''))).toEqual(['p/a/', 'p/x/', 'p/dd', 'p/c', 'p/bbb']);
  });

  it('filters by the name below the place, not by the place', async () => {
    const listing = await complete();
    expect(names(listing, viewNow(listing, name, 'P'))).toEqual([]);
    expect(names(listing, viewNow(listing, name, 'D'))).toEqual(['p/dd']);
  });

  it('tells folders and objects of a selection apart', async () => {
    const listing = await complete();
    expect(selectedItems(listing, RowSet.of([0, 2]))).toEqual({ archived: [], keys: ['p/bbb'], prefixes: ['p/x/'], bytes: 50 });
  });

  it('FAULTS 5: shows control characters instead of leaving them out', () => {
    expect(visibleName('a\nb\u0000c')).toBe('a␊b␀c');
  });
});

describe('a long list', () => {
  const random = (seed: number) => () => (seed = (seed * 1664525 + 1013904223) % 2 ** 32) / 2 ** 32;
  const next = random(3);
  const classes = ['STANDARD', 'GLACIER', 'STANDARD_IA'];
  const rows = Array.from({ length: 20_000 }, (_, n) => ({ key: `p/${String(n).padStart(6, '0')}-${['Å', 'a', 'A', '한글', '-'][n % 5]}`, size: Math.floor(next() * 1000), day: 1 + Math.floor(next() * 28), storageClass: classes[Math.floor(next() * 3)]! }));
  const source = () => {
    let given = false;
    return {
      ordered: true,
      next: async () => {
        if (given) return undefined;
        given = true;
        return {
          prefixes: [],
          keys: rows.map(({ key }) => key),
          sizes: rows.map(({ size }) => size),
          modified: rows.map(({ day }) => `2026-02-${String(day).padStart(2, '0')}T00:00:00.000Z`),
          storageClasses: rows.map(({ storageClass }) => storageClass),
          etags: rows.map(({ size }) => `"${size}"`),
        };
      },
    };
  };
  const filled = async () => {
    const listing = new Listing(place, source());
    listing.run();
    await vi.waitUntil(() => listing.state === 'complete');
    return listing;
  };

  it('is sorted by every column, equal ones in the order of their names', async () => {
    const listing = await filled();
    const values: Record<string, (row: (typeof rows)[number]) => string | number> = { size: ({ size }) => size, modified: ({ day }) => day, storageClass: ({ storageClass }) => storageClass, etag: ({ size }) => String(size) };
    for (const [column, value] of Object.entries(values)) {
      const expected = rows.toSorted((a, b) => (value(a) < value(b) ? -1 : value(a) > value(b) ? 1 : 0)).map(({ key }) => key);
      for (const descending of [false, true]) {
        const shown = names(listing, viewNow(listing, { column, descending } as Sort, ''));
        expect(shown.length).toBe(rows.length);
        expect(shown, column).toEqual(descending ? expected.toReversed() : expected);
      }
    }
  });

  it('is filtered whatever the capitals, in any script', async () => {
    const listing = await filled();
    for (const text of ['99', '-a', 'å', '한', '-', 'nothing', '0199']) {
      const expected = rows.filter(({ key }) => key.slice(2).toLowerCase().includes(text)).map(({ key }) => key);
      expect(names(listing, viewNow(listing, name, text.toUpperCase()))).toEqual(expected);
    }
  });

  it('finds a row by its key, and gives it back as it came', async () => {
    const listing = await filled();
    expect(listing.rowOf(rows[12_345]!.key)).toBe(12_345);
    expect(listing.rowOf('p/none')).toBe(-1);
    expect(listed(listing)).toEqual(rows.map(({ key }) => key));
  });

  it('gives a large selection as keys when they are read', async () => {
    const listing = await filled();
    const { keys, bytes } = selectedItems(listing, RowSet.of(Array.from(rows.keys())));
    expect(keys.length).toBe(rows.length);
    expect(bytes).toBe(rows.reduce((sum, { size }) => sum + size, 0));
    expect(JSON.parse(JSON.stringify(keys))).toEqual(rows.map(({ key }) => key));
    expect([...keys].length).toBe(rows.length);
  });
});
