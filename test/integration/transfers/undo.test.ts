import { DeleteObjectCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { s3VersionsHandlers } from '../../../electron/services/s3Versions/index.ts';
import { BUCKET, ended, startTransferLab, type TransferLab } from '../../support/transfers.ts';

let lab: TransferLab;
const at = { connectionId: 'local', bucket: BUCKET };
beforeAll(async () => void (lab = await startTransferLab()));
afterAll(() => lab.close());

/** Made anew: a restart of the lab has another context. */
const versions = () => s3VersionsHandlers(lab.backend.context);
const remove = async (keys: string[], prefixes: string[] = []) => lab.until((await lab.handlers.delete({ input: { ...at, keys, prefixes } })).id, ended);
const list = (key: string) => versions().list({ input: { ...at, prefix: '', key, max: 1000 } });
const text = async (key: string) => Buffer.from(await lab.bytes(key)).toString();

test('a bucket that keeps no versions: the delete says that nothing can be undone', async () => {
  await lab.put('plain', 'x');
  const done = await remove(['plain']);
  expect(done).toMatchObject({ state: 'done', filesDone: 1 });
  expect(done.undoable).toBeUndefined();
  await expect(lab.handlers.undo({ input: { id: done.id } })).rejects.toMatchObject({ code: 'BadInput' });
});

test('a delete in a versioned bucket is taken back; what was written again since stays and is named', async () => {
  await lab.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: 'Enabled' } }));
  for (const key of ['v/a', 'v/b', 'v/c +%한', 'v/c +%한글']) await lab.put(key, key);
  const done = await remove(['v/a'], ['v/']);
  expect(await lab.keys('v/')).toEqual([]);
  expect(done.undoable).toBeGreaterThanOrEqual(4);
  await lab.put('v/b', 'new');

  const undo = await lab.until((await lab.handlers.undo({ input: { id: done.id } })).id, ended);
  expect(undo).toMatchObject({ kind: 'undo', state: 'failed', filesFailed: 1, error: { code: 'Conflict', message: expect.stringContaining('v/b') } });
  expect(await lab.keys('v/')).toEqual(['v/a', 'v/b', 'v/c +%한', 'v/c +%한글']);
  expect([await text('v/a'), await text('v/b'), await text('v/c +%한')]).toEqual(['v/a', 'new', 'v/c +%한']);
  await expect(lab.handlers.undo({ input: { id: done.id } })).rejects.toMatchObject({ code: 'Conflict' });
});

test('an undo that was stopped in the middle goes on after a restart', async () => {
  const keys = Array.from({ length: 40 }, (_, n) => `many/${n}`);
  await Promise.all(keys.map((key) => lab.put(key, key)));
  const done = await remove([], ['many/']);
  let deletes = 0;
  lab.proxy.add({ when: ({ method, url }) => method === 'DELETE' && url.includes('versionId') && ++deletes > 10, fault: { kind: 'delay', ms: 600_000 } });
  const { id } = await lab.handlers.undo({ input: { id: done.id } });
  await lab.until(id, ({ filesDone }) => filesDone >= 5 && deletes > 10);
  lab.proxy.clear();
  await lab.restart();
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 40, filesFailed: 0 });
  expect((await lab.keys('many/')).length).toBe(40);
});

test('versions are listed newest first with their delete markers, and only of the wanted key', async () => {
  for (const body of ['one', 'two']) await lab.put('list/key', body);
  await lab.put('list/key2', 'other');
  await lab.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'list/key' }));
  const page = await list('list/key');
  expect(page.keys).toEqual(['list/key', 'list/key', 'list/key']);
  expect({ latest: page.latest, markers: page.markers, sizes: page.sizes, next: page.next }).toEqual({ latest: [true, false, false], markers: [true, false, false], sizes: [0, 3, 3], next: undefined });
  const below = await versions().list({ input: { ...at, prefix: 'list/', max: 2 } });
  expect(below.keys).toEqual(['list/key', 'list/key']);
  const rest = await versions().list({ input: { ...at, prefix: 'list/', max: 1000, ...below.next } });
  expect([...below.versionIds, ...rest.versionIds].length).toBe(new Set([...below.versionIds, ...rest.versionIds]).size);
  expect(rest.keys).toEqual(['list/key', 'list/key2']);
});

test('an old version is made current with its metadata, and one version is deleted for good', async () => {
  await lab.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'old', Body: 'first', ContentType: 'text/x-first', Metadata: { who: 'me' } }));
  await lab.put('old', 'second');
  const [second, first] = (await list('old')).versionIds as [string, string];
  await versions().restore({ input: { ...at, key: 'old', versionId: first } });
  expect(await text('old')).toBe('first');
  expect((await list('old')).keys.length).toBe(3);
  expect(await versions().remove({ input: { ...at, versions: [{ key: 'old', versionId: second }] } })).toEqual({ removed: 1, refused: [] });
  expect((await list('old')).versionIds).not.toContain(second);
  const { url, fileName } = await versions().download({ input: { ...at, key: 'old', versionId: first } });
  expect(fileName).toBe('old');
  expect(await (await fetch(lab.backend.ticketOrigin + url)).text()).toBe('first');
});
