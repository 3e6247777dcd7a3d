import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, GetObjectCommand, ListObjectVersionsCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { startBackend, type TestBackend } from '../../support/backend.ts';
import type { SeenRequest } from '../../support/faultyProxy.ts';
import { proxiedLake } from '../../support/proxiedLake.ts';
import { ended, untilTransfer } from '../../support/transfers.ts';

test('FAULTS 12: kill -9 during an upload that overwrites, then during its undo, then during the emptying of the bucket: each goes on by itself', async () => {
  const { proxy, s3, env } = await proxiedLake();
  const at = { Bucket: 'crash' };
  await s3.send(new CreateBucketCommand(at));
  await s3.send(new PutBucketVersioningCommand({ ...at, VersioningConfiguration: { Status: 'Enabled' } }));
  const names = Array.from({ length: 30 }, (_, n) => `${n}.txt`);
  const folder = await mkdtemp(path.join(tmpdir(), 'secchi-undo-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const tree = path.join(folder, 'tree');
  await mkdir(tree);
  for (const name of names) {
    await s3.send(new PutObjectCommand({ ...at, Key: `tree/${name}`, Body: `old ${name}` }));
    await writeFile(path.join(tree, name), `new ${name}`);
  }
  const texts = () => Promise.all(names.map(async (name) => (await s3.send(new GetObjectCommand({ ...at, Key: `tree/${name}` }))).Body!.transformToString()));
  const versions = async () => {
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand(at));
    return Versions.length + DeleteMarkers.length;
  };

  const dataDir = path.join(folder, 'data');
  let backend: TestBackend = await startBackend({ dataDir, env });
  const { id: connectionId } = await backend.client.connections.create({ name: 'Proxied', kind: 'environment', region: 'us-east-1', endpoint: proxy.endpoint });
  await backend.client.connections.update({ id: connectionId, readOnly: false });
  /** Of the requests that match, the backend hears the answers of the first few; all are carried out. Then it is killed. */
  const deafAfter = async (few: number, all: number, matches: (request: SeenRequest) => boolean, start: () => Promise<{ id: string }>) => {
    let count = 0;
    proxy.add({ when: (request) => matches(request) && ++count > few, fault: { kind: 'stall', bytes: 0 } });
    const { id } = await start();
    await expect.poll(() => count, { timeout: 30_000 }).toBeGreaterThanOrEqual(all);
    await backend.kill();
    proxy.clear();
    backend = await startBackend({ dataDir, env });
    return untilTransfer(() => backend.client.transfers.list(), id, ended);
  };
  onTestFinished(() => backend.stop({ keepData: false }));

  const { grant } = await backend.client.app.grantPath({ path: tree, for: 'read' });
  const uploaded = await deafAfter(4, 12, ({ method }) => method === 'PUT', () => backend.client.transfers.upload({ connectionId, bucket: at.Bucket, prefix: '', grants: [grant], policy: 'overwrite' }));
  expect(uploaded).toMatchObject({ state: 'done', filesDone: 30, filesFailed: 0, replaced: 30, undoable: 30 });
  expect(await texts()).toEqual(names.map((name) => `new ${name}`));

  const isCopy = ({ method, headers }: SeenRequest) => method === 'PUT' && 'x-amz-copy-source' in headers;
  const undone = await deafAfter(4, 12, isCopy, () => backend.client.transfers.undo({ id: uploaded.id }));
  expect(undone).toMatchObject({ state: 'done', filesDone: 30, filesFailed: 0 });
  expect(await texts()).toEqual(names.map((name) => `old ${name}`));
  // What was, what was written over it, and its copy on top all stay.
  const all = await versions();
  expect(all).toBeGreaterThanOrEqual(90);

  const emptied = await deafAfter(0, 1, ({ method, url }) => method === 'POST' && /[?&]delete/.test(url), () => backend.client.transfers.emptyBucket({ connectionId, bucket: at.Bucket, confirm: at.Bucket }));
  expect(emptied).toMatchObject({ state: 'done', filesDone: all, filesTotal: all });
  expect(await versions()).toBe(0);
});
