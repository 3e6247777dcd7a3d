import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, GetObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { startBackend } from '../../support/backend.ts';
import type { SeenRequest } from '../../support/faultyProxy.ts';
import { proxiedLake } from '../../support/proxiedLake.ts';
import { ended, sha256, untilTransfer } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
const SMALL = 40;

test('FAULTS 12: kill -9 of the backend, three times, in the middle of a copy to another connection: it goes on by itself, nothing the target confirmed is sent again', async () => {
  const { proxy, s3, env } = await proxiedLake();
  await s3.send(new CreateBucketCommand({ Bucket: 'target' }));
  const dir = await mkdtemp(path.join(tmpdir(), 'secchi-across-killed-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const tree = path.join(dir, 'tree');
  await mkdir(tree);
  const files = new Map<string, Buffer>([['large.bin', randomBytes(41 * MIB)], ...Array.from({ length: SMALL }, (_, n): [string, Buffer] => [`small-${n}`, randomBytes(2000 + n)])]);
  for (const [name, bytes] of files) await writeFile(path.join(tree, name), bytes);

  const dataDir = path.join(dir, 'data');
  let backend = await startBackend({ dataDir, env });
  onTestFinished(() => backend.stop());
  const list = () => backend.client.transfers.list();
  const { id: target } = await backend.client.connections.create({ name: 'Target', kind: 'environment', region: 'us-east-1', endpoint: proxy.endpoint });
  await backend.client.connections.update({ id: target, readOnly: false });
  await backend.client.s3Bucket.create({ connectionId: 'local', bucket: 'source', versioning: false, objectLock: false, blockPublicAccess: false, tags: {} });
  const { grant } = await backend.client.app.grantPath({ path: tree, for: 'read' });
  const up = await backend.client.transfers.upload({ connectionId: 'local', bucket: 'source', prefix: '', grants: [grant], policy: 'overwrite' });
  expect(await untilTransfer(list, up.id, ended)).toMatchObject({ state: 'done' });

  const isPart = ({ method, url }: SeenRequest) => method === 'PUT' && url.includes('partNumber=');
  const isWrite = ({ method }: SeenRequest) => method === 'PUT';
  const { id } = await backend.client.transfers.copy({ connectionId: 'local', bucket: 'source', keys: [], prefixes: ['tree/'], basePrefix: '', toConnectionId: target, toBucket: 'target', policy: 'overwrite' });
  for (const writes of [4, 16, 30]) {
    proxy.clear();
    proxy.add({ when: (request) => isWrite(request) && proxy.seen.filter((one) => isWrite(one) && one.answered === 200).length >= writes, fault: { kind: 'delay', ms: 600_000 } });
    await untilTransfer(list, id, () => proxy.seen.filter((one) => isWrite(one) && one.answered === 200).length >= writes);
    await backend.kill();
    backend = await startBackend({ dataDir, env });
  }
  proxy.clear();
  expect(await untilTransfer(list, id, ended)).toMatchObject({ state: 'done', filesDone: SMALL + 1, filesFailed: 0 });
  const parts = proxy.seen.filter((request) => isPart(request) && request.answered === 200).map(({ url }) => new URL(url, 'http://x').searchParams.get('partNumber'));
  expect(parts).toEqual([...new Set(parts)]); // an answer that got lost in a kill is not among them, nor is its part sent again
  expect((await s3.send(new ListObjectsV2Command({ Bucket: 'target' }))).KeyCount).toBe(SMALL + 1);
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket: 'target' }))).Uploads ?? []).toEqual([]);
  for (const [name, bytes] of files) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'target', Key: `tree/${name}` }));
    expect(sha256(await Body!.transformToByteArray()), name).toBe(sha256(bytes));
  }
}, 180_000);
