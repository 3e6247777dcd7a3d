import { CreateBucketCommand, GetObjectTaggingCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { NO_CHANGE } from '../../../shared/objects/change.ts';
import { startBackend } from '../../support/backend.ts';
import { proxiedLake } from '../../support/proxiedLake.ts';
import { ended, untilTransfer } from '../../support/transfers.ts';

test('FAULTS 12: kill -9 of the backend during an edit: it goes on by itself, knows its own copies, and writes no object twice', async () => {
  const { proxy, s3, env } = await proxiedLake();
  const at = { Bucket: 'crash' };
  await s3.send(new CreateBucketCommand(at));
  const keys = Array.from({ length: 8 }, (_, n) => `k${n}`);
  for (const Key of keys) await s3.send(new PutObjectCommand({ ...at, Key, Body: Key, Metadata: { kept: Key }, Tagging: 'kept=yes' }));

  let backend = await startBackend({ env });
  const { dataDir } = backend;
  const { id: connectionId } = await backend.client.connections.create({ name: 'Proxied', kind: 'environment', region: 'us-east-1', endpoint: proxy.endpoint });
  await backend.client.connections.update({ id: connectionId, readOnly: false });
  const looked = await backend.client.s3Objects.facts({ connectionId, bucket: at.Bucket, keys });
  const objects = looked.flatMap((one) => ('facts' in one ? [{ key: one.facts.key, seen: { etag: one.facts.etag, modified: one.facts.modified } }] : []));

  // All copies are made; of most the backend never hears. A later date tells them from what was looked at.
  await expect.poll(() => Date.now(), { timeout: 3000 }).toBeGreaterThan(Math.max(...objects.map(({ seen }) => Date.parse(seen.modified))) + 1000);
  let copies = 0;
  proxy.add({ when: ({ method, headers }) => method === 'PUT' && headers['x-amz-copy-source'] !== undefined && ++copies > 3, fault: { kind: 'stall', bytes: 0 } });
  const { id } = await backend.client.transfers.edit({ connectionId, bucket: at.Bucket, objects, change: { ...NO_CHANGE, headers: { cacheControl: 'no-store' }, tags: { added: 'yes' } } });
  await vi.waitFor(async () => {
    expect((await backend.client.transfers.list())[0]!.filesDone).toBe(3);
    for (const Key of keys) expect((await s3.send(new HeadObjectCommand({ ...at, Key }))).CacheControl).toBe('no-store');
  }, 10_000);
  await backend.kill();

  proxy.clear();
  const from = proxy.seen.length;
  backend = await startBackend({ dataDir, env });
  onTestFinished(() => backend.stop({ keepData: false }));
  expect(await untilTransfer(() => backend.client.transfers.list(), id, ended)).toMatchObject({ state: 'done', filesTotal: 8, filesDone: 8, filesFailed: 0 });
  expect(proxy.seen.slice(from).filter(({ method }) => method === 'PUT')).toEqual([]);
  for (const Key of keys) {
    expect(await s3.send(new HeadObjectCommand({ ...at, Key }))).toMatchObject({ CacheControl: 'no-store', Metadata: { kept: Key } });
    expect((await s3.send(new GetObjectTaggingCommand({ ...at, Key }))).TagSet).toEqual([{ Key: 'kept', Value: 'yes' }, { Key: 'added', Value: 'yes' }]);
  }
});
