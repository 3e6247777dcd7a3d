import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openStore, type Store } from '../../../../electron/storage/store.ts';

let dir: string;
let store: Store;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'secchi-store-'));
  store = await openStore(dir);
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const all = async <T>(entries: AsyncIterable<[string, T]>) => {
  const list: [string, T][] = [];
  for await (const entry of entries) list.push(entry);
  return list;
};

test('collections are apart, whatever their names and keys', async () => {
  await store.collection('a').put('k', 1);
  await store.collection('ab').put('k', 2);
  expect(await store.collection('a').get('k')).toBe(1);
  expect(await store.collection('b').get('k')).toBeUndefined();
  expect(await all(store.collection('a').entries())).toEqual([['k', 1]]);
});

test('entries come in order, bounded, backwards and limited', async () => {
  const records = store.collection<number>('n');
  await records.batch(['b', 'a', 'd', 'c'].map((key, value) => ({ type: 'put' as const, key, value })));
  expect((await all(records.entries())).map(([key]) => key)).toEqual(['a', 'b', 'c', 'd']);
  expect((await all(records.entries({ gt: 'a', lt: 'd', reverse: true, limit: 1 }))).map(([key]) => key)).toEqual(['c']);
});

test('what was put is there after it is opened again, what was deleted is not', async () => {
  const records = store.collection<{ text: string }>('r');
  await records.put('kept', { text: '한글 \u0000' });
  await records.put('gone', { text: '' });
  await records.delete('gone');
  await store.close();
  store = await openStore(dir);
  expect(await store.collection('r').get('kept')).toEqual({ text: '한글 \u0000' });
  expect(await store.collection('r').get('gone')).toBeUndefined();
});

test('FAULTS 27: a second opener is told who has it', async () => {
  await expect(openStore(dir)).rejects.toMatchObject({ code: 'Conflict', message: expect.stringContaining(dir) });
});
