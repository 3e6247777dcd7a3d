import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { objectKey, refKey } from '../../../../electron/local-lake/objects/indexKeys.ts';
import { ObjectStore } from '../../../../electron/local-lake/objects/objectStore.ts';
import type { ObjectRecord } from '../../../../electron/local-lake/objects/records.ts';

let dir: string;
let store: ObjectStore;
const whole = randomBytes(700_001);
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'secchi-segments-'));
  store = await ObjectStore.open(dir);
  await store.createBucket('b', 'us-east-1');
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const blobs = async () => (await readdir(path.join(dir, 'blobs'), { recursive: true })).filter((name) => path.basename(name).length === 32);
async function bytesOf(record: ObjectRecord, range?: { first: number; last: number }): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await store.open(record, range)) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}
async function upload(key: string): Promise<ObjectRecord> {
  const made = await store.uploads.create('b', key, {}, {});
  const parts = [];
  for (const [i, from] of [0, 300_000, 600_000].entries()) parts.push(await store.uploads.putPart(made, i + 1, await store.stage([whole.subarray(from, from + 300_000)]), {}));
  return store.uploads.complete(made, parts, {}, undefined);
}

it('an object uploaded in parts is read across them, any range of it', async () => {
  const record = await upload('k');
  expect(await blobs()).toHaveLength(3);
  expect((await bytesOf(record)).equals(whole)).toBe(true);
  for (const [first, last] of [[0, 0], [299_999, 300_000], [299_999, 600_001], [600_000, 700_000], [700_000, 700_000], [5, 299_999]] as const) {
    expect((await bytesOf(record, { first, last })).equals(whole.subarray(first, last + 1)), `${first}-${last}`).toBe(true);
  }
});

it('is put together in one file for those who need one, and stays what it was', async () => {
  const record = await upload('k');
  const paths = await Promise.all([store.file(record), store.file(record)]);
  expect((await readFile(paths[0]!)).equals(whole)).toBe(true);
  await expect.poll(blobs).toHaveLength(1);
  expect((await bytesOf(record, { first: 299_999, last: 600_000 })).equals(whole.subarray(299_999, 600_001))).toBe(true);
  expect(await store.parts(record)).toMatchObject([{ size: 300_000 }, { size: 300_000 }, { size: 100_001 }]);
});

it('copies share its parts, a reader keeps them, and the last of them takes them along', async () => {
  const record = await upload('k');
  await store.share({ bucket: 'b', key: 'k' }, (source, take) => store.commit('b', 'copy', take(), { partsCount: source.partsCount }));
  await store.delete('b', 'k');
  const copy = (await store.head('b', 'copy'))!;
  expect((await bytesOf(copy)).equals(whole)).toBe(true);
  const reading = await store.open(record);
  await store.delete('b', 'copy');
  const chunks: Buffer[] = [];
  for await (const chunk of reading) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).equals(whole)).toBe(true);
  await expect.poll(blobs).toHaveLength(0);
});

it('a crash between the deletion of the object and that of its parts leaves nothing after the next start', async () => {
  const record = await upload('gone');
  await upload('kept');
  const indexKey = objectKey('b', 'gone');
  await store.db.batch([{ type: 'del', key: indexKey }, { type: 'del', key: refKey(record.blob, indexKey) }]);
  await store.close();
  store = await ObjectStore.open(dir);
  await expect.poll(blobs).toHaveLength(3);
  expect((await bytesOf((await store.head('b', 'kept'))!)).equals(whole)).toBe(true);
});
