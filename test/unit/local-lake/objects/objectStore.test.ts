import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ObjectStore } from '../../../../electron/local-lake/objects/objectStore.ts';

let dir: string;
let store: ObjectStore;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'secchi-objects-'));
  store = await ObjectStore.open(dir);
  await store.createBucket('b', 'us-east-1');
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const blobs = async () => (await readdir(path.join(dir, 'blobs'), { recursive: true })).filter((name) => path.basename(name).length === 32);
const put = (key: string, text = key) => store.put('b', key, Buffer.from(text));

/** What a listing must be, computed from all keys. */
function expectedListing(keys: string[], prefix: string, delimiter: string, startAfter: string): string[] {
  const ordered = [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
  const found: string[] = [];
  for (const key of ordered) {
    if (!key.startsWith(prefix) || Buffer.compare(Buffer.from(key), Buffer.from(startAfter)) <= 0) continue;
    const end = delimiter ? key.indexOf(delimiter, prefix.length) : -1;
    const entry = end < 0 ? key : `${key.slice(0, end + delimiter.length)}…`;
    if (entry === `${startAfter}…`) continue;
    if (found.at(-1) !== entry) found.push(entry);
  }
  return found;
}

it('lists any keys by prefix, delimiter and pages as a full sort would', async () => {
  const pieces = ['a', 'b', '/', '//', '\0', '\u00e9', '\u{1f600}', '\uffee', '-', 'aa'];
  let state = 7;
  const random = (n: number) => (state = (state * 48_271) % 2_147_483_647) % n;
  const keys = [...new Set(Array.from({ length: 300 }, () => Array.from({ length: 1 + random(5) }, () => pieces[random(pieces.length)]).join('')))];
  await Promise.all(keys.map((key) => put(key)));
  for (let round = 0; round < 150; round++) {
    const key = keys[random(keys.length)]!;
    const prefix = key.slice(0, random(3));
    if (/[\ud800-\udbff]$/.test(prefix)) continue; // half a character is no prefix anybody can send
    const delimiter = ['', '/', 'a', '//'][random(4)]!;
    const limit = 1 + random(20);
    let startAfter = random(2) ? '' : keys[random(keys.length)]!;
    const wanted = expectedListing(keys, prefix, delimiter, startAfter);
    const seen: string[] = [];
    for (;;) {
      const page = await store.list('b', { prefix, delimiter, startAfter, limit });
      expect(page.entries.length).toBeLessThanOrEqual(limit);
      seen.push(...page.entries.map((e) => ('object' in e ? e.object.key : `${e.commonPrefix}…`)));
      if (!page.truncated) break;
      startAfter = page.next!;
    }
    expect(seen, JSON.stringify({ prefix, delimiter, limit })).toEqual(wanted);
  }
});

it('replacing and deleting objects removes their bytes; copies keep what they share', async () => {
  await put('one', '1');
  await put('one', '2');
  expect(await blobs()).toHaveLength(1);
  await store.share({ bucket: 'b', key: 'one' }, (record, take) => store.commit('b', 'copy', take(), record));
  await store.delete('b', 'one');
  expect(await blobs()).toHaveLength(1);
  expect((await store.head('b', 'copy'))!.size).toBe(1);
  await store.delete('b', 'copy');
  await expect.poll(blobs).toHaveLength(0);
});

it('keeps bytes that are gone from the index until those who began reading before are done', async () => {
  await put('read');
  const release = store.pin();
  const record = (await store.head('b', 'read'))!;
  await put('read', 'new');
  await store.delete('b', 'read');
  expect(await blobs()).toContain(path.join(record.blob.slice(0, 2), record.blob));
  release();
  await expect.poll(blobs).toHaveLength(0);
});

it('a source that fails in the middle leaves nothing', async () => {
  async function* failing() {
    yield Buffer.from('half');
    throw new Error('connection lost');
  }
  await expect(store.put('b', 'half', failing())).rejects.toThrow('connection lost');
  expect(await store.head('b', 'half')).toBeUndefined();
  expect(await blobs()).toHaveLength(0);
});

it('takes over a finished file without copying it', async () => {
  const file = path.join(dir, 'result.csv');
  await writeFile(file, '"a"\n');
  const record = await store.putFile('b', 'results/1.csv', file, { contentType: 'text/csv' });
  expect(record).toMatchObject({ size: 4, contentType: 'text/csv' });
  expect(record.etag).toMatch(/^[0-9a-f]{32}$/);
  await expect(readdir(dir)).resolves.not.toContain('result.csv');
});

it('sweeps at the start what an interrupted write left, and nothing else', async () => {
  await put('kept');
  const [kept] = await blobs();
  await store.close();
  const leftover = path.join('ab', 'ab'.padEnd(32, '0'));
  await writeFile(path.join(dir, 'blobs', leftover), 'half');
  store = await ObjectStore.open(dir);
  await expect.poll(blobs).toEqual([kept]);
  expect((await store.list('b', { limit: 10 })).entries).toHaveLength(1);
});

it('a second opener is told that the folder is taken', async () => {
  await expect(ObjectStore.open(dir)).rejects.toMatchObject({ code: 'Conflict', message: expect.stringContaining(dir) });
});

it('a bucket cannot go while an object is being written into it', async () => {
  const results = await Promise.allSettled([put('late'), store.deleteBucket('b')]);
  const there = store.listBuckets().length === 1;
  // Either the object is in the bucket and the bucket stayed, or the bucket went and the write was refused.
  expect(results.map((r) => r.status)).toEqual(there ? ['fulfilled', 'rejected'] : ['rejected', 'fulfilled']);
});

it('deleting a bucket while its uploads are completed and aborted ends, one way or the other', async () => {
  for (let round = 0; round < 10; round++) {
    const bucket = `b${round}`;
    await store.createBucket(bucket, 'us-east-1');
    const [one, two] = [await store.uploads.create(bucket, 'k', {}, {}), await store.uploads.create(bucket, 'l', {}, {})];
    const part = await store.uploads.putPart(one, 1, await store.stage([Buffer.from('x')]), {});
    await Promise.allSettled([store.uploads.complete(one, [part], {}, undefined), store.deleteBucket(bucket), store.uploads.abort(bucket, 'l', two.uploadId)]);
    const there = store.listBuckets().some(({ name }) => name === bucket);
    if (there) expect(await store.head(bucket, 'k')).toMatchObject({ size: 1 });
    else await store.createBucket(bucket, 'us-east-1');
    expect(await store.uploads.list(bucket, { prefix: '', limit: 10 })).toEqual([]);
  }
});
