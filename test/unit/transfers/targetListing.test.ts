import { expect, test } from 'vitest';
import { justBefore, TargetListing } from '../../../electron/transfers/upload/targetListing.ts';
import { compareKeys } from '../../../electron/listing/keyOrder.ts';
import { AppError } from '../../../shared/errors.ts';

/** A bucket that answers `most` keys at a time, and what it was asked. */
function bucket(keys: string[], most: number) {
  const sorted = [...keys].sort(compareKeys);
  const asked: string[] = [];
  const listing = new TargetListing(
    async (startAfter) => {
      asked.push(startAfter);
      const behind = sorted.filter((key) => compareKeys(key, startAfter) > 0);
      const page = behind.slice(0, most);
      return { page: { keys: page, sizes: page.map((key) => key.length), modified: page.map(() => 0), etags: page.map((key) => `"${key}"`), storageClasses: [] }, isLast: behind.length <= most };
    },
    () => undefined,
  );
  return { listing, asked };
}
const numbered = (count: number, name = 'p/') => Array.from({ length: count }, (_, n) => `${name}${String(n).padStart(5, '0')}`);

test('a folder that is all there is listed once, page by page; every key is found', async () => {
  const keys = numbered(1000);
  const { listing, asked } = bucket(keys, 100);
  for (const key of keys) expect(await listing.there(key)).toMatchObject({ size: key.length, etag: `"${key}"` });
  expect(asked.length).toBeLessThanOrEqual(11);
});

test('an empty target is asked once, whatever is uploaded', async () => {
  const { listing, asked } = bucket(['before'], 100);
  for (const key of numbered(500)) expect(await listing.there(key)).toBeUndefined();
  expect(asked).toHaveLength(1);
});

test('a few files in a huge prefix leap over the rest', async () => {
  const keys = numbered(20_000);
  const { listing, asked } = bucket(keys, 100);
  expect(await listing.there('p/00007')).toBeDefined();
  expect(await listing.there('p/10000x')).toBeUndefined();
  expect(await listing.there('p/19999')).toBeDefined();
  expect(asked.length).toBeLessThanOrEqual(4);
});

test('keys in any order, and any characters, are found', async () => {
  const keys = ['a', 'a/', 'a/b', 'a!', 'é', 'e\u0301', '\u0001', '😀', '\ud7ff', '\ue000x', 'z'.repeat(1024), ' '];
  const { listing } = bucket(keys, 2);
  for (const key of [...keys, ...[...keys].reverse()]) expect(await listing.there(key), JSON.stringify(key)).toBeDefined();
  expect(await listing.there('b')).toBeUndefined();
});

test.each(['a', 'ab0', 'a/', '\u0001', 'x😀', 'x\ue000', '!', '"', 'k'.repeat(1024)])('justBefore %j sorts before it', (key) => {
  expect(compareKeys(justBefore(key), key)).toBeLessThan(0);
});

test('where listing is denied nothing is known, and nothing more is asked', async () => {
  let asked = 0;
  let told = 0;
  const listing = new TargetListing(
    () => {
      asked += 1;
      return Promise.reject(new AppError('AccessDenied', 'no'));
    },
    () => void (told += 1),
  );
  expect([await listing.there('a'), await listing.there('b')]).toEqual([undefined, undefined]);
  expect([asked, told]).toEqual([1, 1]);
});
