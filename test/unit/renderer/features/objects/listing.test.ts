import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../../shared/errors.ts';
import type { Client } from '../../../../../renderer/client.ts';
import { Listing } from '../../../../../renderer/features/objects/listing.ts';
import { listingView, selectedItems, visibleName } from '../../../../../renderer/features/objects/listingView.ts';

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
const names = (listing: Listing, rows: number[]) => rows.map((row) => listing.keys[row]);
const name = { column: 'name', descending: false } as const;

describe('a listing', () => {
  it('asks for page after page until the end', async () => {
    const listing = new Listing(answering(async ({ token }) => (token ? page(['p/c']) : page(['p/', 'p/b'], ['p/a/'], 'next'))), place);
    listing.run();
    await vi.waitUntil(() => listing.state === 'complete');
    expect(names(listing, listingView(listing, name, ''))).toEqual(['p/a/', 'p/b', 'p/c']);
  });

  it('FAULTS 6: keeps what it has when a page fails, is not complete, and goes on from there', async () => {
    let broken = true;
    const asked: (string | undefined)[] = [];
    const listing = new Listing(
      answering(async ({ token }) => {
        asked.push(token);
        if (!token) return page(['p/a'], [], 'next');
        if (broken) throw new AppError('Network', 'The answer was cut short.', { retryable: true });
        return page(['p/b']);
      }),
      place,
    );
    listing.run();
    await vi.waitUntil(() => listing.state === 'failed');
    expect(listing.keys).toEqual(['p/a']);
    broken = false;
    listing.run();
    await vi.waitUntil(() => listing.state === 'complete');
    expect(listing.keys).toEqual(['p/a', 'p/b']);
    expect(asked).toEqual([undefined, 'next', 'next']);
  });

  it('stops when it is told to and says that there is more', async () => {
    const listing = new Listing(answering(async ({ token }) => page([`p/${token ?? 0}`], [], String(Number(token ?? 0) + 1))), place);
    listing.subscribe(() => listing.keys.length > 3 && listing.state === 'listing' && listing.stop());
    listing.run();
    await vi.waitUntil(() => listing.state === 'stopped');
    expect(listing.keys.length).toBeGreaterThan(3);
  });
});

describe('its view', () => {
  const listed = async () => {
    const listing = new Listing(answering(async () => page(['p/bbb', 'p/c', 'p/dd'], ['p/x/', 'p/a/'])), place);
    listing.run();
    await vi.waitUntil(() => listing.state === 'complete');
    return listing;
  };

  it('sorts objects by a column, folders first', async () => {
    const listing = await listed();
    expect(names(listing, listingView(listing, { column: 'size', descending: false }, ''))).toEqual(['p/x/', 'p/a/', 'p/c', 'p/dd', 'p/bbb']);
    expect(names(listing, listingView(listing, { column: 'name', descending: true }, ''))).toEqual(['p/a/', 'p/x/', 'p/dd', 'p/c', 'p/bbb']);
  });

  it('filters by the name below the place, not by the place', async () => {
    const listing = await listed();
    expect(names(listing, listingView(listing, name, 'P'))).toEqual([]);
    expect(names(listing, listingView(listing, name, 'D'))).toEqual(['p/dd']);
  });

  it('tells folders and objects of a selection apart', async () => {
    const listing = await listed();
    expect(selectedItems(listing, [0, 2])).toEqual({ keys: ['p/bbb'], prefixes: ['p/x/'], bytes: 50 });
  });

  it('FAULTS 5: shows control characters instead of leaving them out', () => {
    expect(visibleName('a\nb\u0000c')).toBe('a␊b␀c');
  });
});
