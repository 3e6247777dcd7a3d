import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { SyncPlace, SyncPlan } from '../../../shared/contract/sync.ts';
import { startBackend, type TestBackend } from '../../support/backend.ts';
import { proxiedLake } from '../../support/proxiedLake.ts';
import { KINDS } from '../../support/syncLab.ts';
import { ended, untilTransfer } from '../../support/transfers.ts';

const FILES = 60;
const OPTIONS: SyncPlan['options'] = { compare: 'time', include: [], exclude: [], hidden: true, folders: true };

async function planned({ client }: TestBackend, from: SyncPlace, to: SyncPlace): Promise<SyncPlan> {
  const { id } = await client.sync.plan({ from, to, options: OPTIONS });
  return vi.waitFor(async () => {
    for await (const plan of await client.sync.watch({ id })) if (plan.state === 'complete') return plan;
    throw new Error('The plan did not become complete.');
  }, 30_000);
}

test('FAULTS 12: kill -9 of the backend in the middle of a sync: it goes on by itself, the deletes included, and then all is the same', async () => {
  const { proxy, s3, env } = await proxiedLake();
  await s3.send(new CreateBucketCommand({ Bucket: 'crash' }));
  const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: 'crash', Key, Body }));
  for (let n = 0; n < 5; n += 1) await put(`up/gone-${n}`, 'old');
  const dir = await mkdtemp(path.join(tmpdir(), 'secchi-sync-killed-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const [tree, back] = [path.join(dir, 'tree'), path.join(dir, 'back')];
  for (const folder of [tree, back]) await mkdir(folder);
  for (let n = 0; n < FILES; n += 1) {
    const at = path.join(tree, `file-${String(n).padStart(2, '0')}`);
    await writeFile(at, `content of ${n}`);
    await utimes(at, 1_700_000_000, 1_700_000_000 + n / 7);
  }

  const dataDir = path.join(dir, 'data');
  let backend = await startBackend({ dataDir, env });
  const { id: connectionId } = await backend.client.connections.create({ name: 'Proxied', kind: 'environment', region: 'us-east-1', endpoint: proxy.endpoint });
  await backend.client.connections.update({ id: connectionId, readOnly: false });
  const place = async (folder: string): Promise<SyncPlace> => {
    const { kind, folder: name } = await backend.client.sync.folder({ grant: (await backend.client.app.grantPath({ path: folder, for: 'folder' })).grant });
    return { kind, folder: name };
  };
  const bucket: SyncPlace = { kind: 'bucket', connectionId, bucket: 'crash', prefix: 'up/' };
  const [from, to] = [await place(tree), await place(back)];

  /** Starts it, kills the backend once some files went through and others wait, and starts the backend again. */
  const runKilled = async (plan: SyncPlan, isHeld: (request: { method: string; url: string }) => boolean, deletes?: number) => {
    let through = 0;
    proxy.add({ when: (request) => isHeld(request) && ++through > 20, fault: { kind: 'delay', ms: 600_000 } });
    const { id } = await backend.client.transfers.sync({ planId: plan.id, deleteGone: deletes !== undefined, confirmDeletes: deletes });
    await untilTransfer(() => backend.client.transfers.list(), id, ({ filesDone }) => filesDone >= 15);
    await backend.kill();
    proxy.clear();
    backend = await startBackend({ dataDir, env });
    return untilTransfer(() => backend.client.transfers.list(), id, ended);
  };
  onTestFinished(() => backend.stop());

  const up = await planned(backend, from, bucket);
  expect(up.sums).toMatchObject({ new: { files: FILES }, gone: { files: 5 } });
  expect(await runKilled(up, ({ method }) => method === 'PUT', 5)).toMatchObject({ state: 'done', filesTotal: FILES + 5, filesDone: FILES + 5, filesFailed: 0 });
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: 'crash' }));
  expect(Contents.map(({ Key }) => Key)).toHaveLength(FILES);
  expect(await (await s3.send(new GetObjectCommand({ Bucket: 'crash', Key: 'up/file-59' }))).Body!.transformToString()).toBe('content of 59');
  const after = await planned(backend, from, bucket);
  expect(KINDS.map((kind) => after.sums[kind].files)).toEqual([0, 0, 0, FILES, 0]);

  const down = await planned(backend, bucket, to);
  expect(await runKilled(down, ({ method, url }) => method === 'GET' && url.includes('up/file-'))).toMatchObject({ state: 'done', filesDone: FILES, filesFailed: 0 });
  expect(await readFile(path.join(back, 'file-59'), 'utf8')).toBe('content of 59');
  const again = await planned(backend, bucket, to);
  expect(KINDS.map((kind) => again.sums[kind].files)).toEqual([0, 0, 0, FILES, 0]);
}, 180_000);
