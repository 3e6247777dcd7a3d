import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { VersionEntry } from '../../../../electron/local-lake/objects/listVersions.ts';
import { ObjectStore } from '../../../../electron/local-lake/objects/objectStore.ts';
import { versionIdOf } from '../../../../electron/local-lake/objects/versions.ts';

let dir: string;
let store: ObjectStore;
beforeEach(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'secchi-versions-'));
  store = await ObjectStore.open(dir);
  await store.createBucket('b', 'us-east-1');
});
afterEach(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const versioning = (status: 'Enabled' | 'Suspended') => store.updateBucket('b', (bucket) => ({ ...bucket, versioning: status }));
const blobs = async () => (await readdir(path.join(dir, 'blobs'), { recursive: true })).filter((name) => path.basename(name).length === 32);

/** What S3's documentation says of the versions of a key, in a list from the newest to the oldest. */
class Model {
  readonly keys = new Map<string, { id: string; marker: boolean }[]>();
  of(key: string) {
    const versions = this.keys.get(key) ?? [];
    this.keys.set(key, versions);
    return versions;
  }
  add(key: string, id: string, marker: boolean) {
    this.remove(key, id === 'null' ? 'null' : '');
    this.of(key).unshift({ id, marker });
  }
  remove(key: string, id: string) {
    this.keys.set(key, this.of(key).filter((v) => v.id !== id));
  }
  list(): string[] {
    const sorted = [...this.keys].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
    return sorted.flatMap(([key, versions]) => versions.map(({ id, marker }, i) => row(key, id, marker, i === 0)));
  }
}
const row = (key: string, id: string, marker: boolean, latest: boolean) => JSON.stringify([key, id, marker, latest]);
const shape = (entry: VersionEntry) => ('commonPrefix' in entry ? entry.commonPrefix : row(entry.version.key, versionIdOf(entry.version), entry.version.deleteMarker ?? false, entry.isLatest));

async function all(options: { limit: number; delimiter?: string; prefix?: string }): Promise<string[]> {
  const seen: string[] = [];
  let marker: { keyMarker?: string; versionIdMarker?: string } = {};
  for (;;) {
    const { entries, truncated } = await store.listVersions('b', { ...options, ...marker });
    expect(entries.length).toBeLessThanOrEqual(options.limit);
    seen.push(...entries.map(shape));
    if (!truncated) return seen;
    const last = entries.at(-1)!;
    marker = 'version' in last ? { keyMarker: last.version.key, versionIdMarker: versionIdOf(last.version) } : { keyMarker: last.commonPrefix };
  }
}

it('any sequence of puts, deletes and removals leaves the versions S3 describes, listed in any pages', async () => {
  let state = 11;
  const random = (n: number) => (state = (state * 48_271) % 2_147_483_647) % n;
  const keys = ['a', 'a/b', 'a\0b', 'a\0', '\u00e9', '\uffee', '\u{1f600}', 'b/1', 'b/2'];
  const model = new Model();
  let status: 'Enabled' | 'Suspended' | undefined;
  for (let step = 0; step < 400; step++) {
    if (step === 40 || step === 250) await versioning((status = 'Enabled'));
    if (step === 160) await versioning((status = 'Suspended'));
    const key = keys[random(keys.length)]!;
    const versions = model.of(key);
    const choice = random(10);
    if (choice < 5) {
      const made = await store.put('b', key, Buffer.from(String(step)));
      if (status === undefined) model.keys.set(key, [{ id: 'null', marker: false }]);
      else model.add(key, versionIdOf(made), false);
    } else if (choice < 7 && status) {
      const { marker } = await store.delete('b', key);
      model.add(key, versionIdOf(marker!), true);
    } else if (choice < 7) {
      await store.delete('b', key);
      model.keys.set(key, []);
    } else if (versions.length > 0) {
      const { id } = versions[random(versions.length)]!;
      await store.deleteMany('b', [{ key, versionId: id }]);
      model.remove(key, id);
    }
    const top = model.of(key)[0];
    const head = await store.head('b', key);
    expect(head && versionIdOf(head), `step ${step}`).toBe(top && !top.marker ? top.id : undefined);
  }
  expect(model.list().length).toBeGreaterThan(60);
  for (const limit of [1, 2, 7, 1000]) expect(await all({ limit })).toEqual(model.list());
  expect(await all({ limit: 2, prefix: 'a\0' })).toEqual(model.list().filter((r) => r.startsWith('["a\\u0000')));
  expect(new Set(await all({ limit: 2, delimiter: '/', prefix: '' }))).toEqual(new Set([...model.list().filter((r) => !/^\["(a|b)\//.test(r)), 'a/', 'b/']));
  // Deleting everything, version by version in one go, leaves no index entry and no byte.
  const wanted = [...model.keys].flatMap(([key, versions]) => versions.map(({ id }) => ({ key, versionId: id })));
  expect((await store.deleteMany('b', wanted)).every(({ error }) => error === undefined)).toBe(true);
  await store.deleteBucket('b');
  await expect.poll(blobs).toHaveLength(0);
});

it('objects of before versioning are the version null, and stay readable above and below later ones', async () => {
  await store.put('b', 'old', Buffer.from('1'));
  await versioning('Enabled');
  const later = await store.put('b', 'old', Buffer.from('22'));
  expect((await store.version('b', 'old', 'null'))!.size).toBe(1);
  await store.delete('b', 'old', { versionId: versionIdOf(later) });
  expect((await store.head('b', 'old'))!.size).toBe(1);
  const copied = await store.share({ bucket: 'b', key: 'old', versionId: 'null' }, (record, take) => store.commit('b', 'old', take(), { contentType: record.contentType }));
  await store.delete('b', 'old', { versionId: 'null' });
  expect(await store.head('b', 'old')).toMatchObject({ versionId: copied!.versionId, size: 1 });
  expect(await blobs()).toHaveLength(1);
  await expect(store.deleteBucket('b')).rejects.toMatchObject({ code: 'BucketNotEmpty' });
});
