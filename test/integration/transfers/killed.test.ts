import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, GetObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command, ListPartsCommand } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test, vi } from 'vitest';
import { startBackend } from '../../support/backend.ts';
import { proxiedLake } from '../../support/proxiedLake.ts';
import { ended, sha256, untilTransfer } from '../../support/transfers.ts';

const MIB = 1024 * 1024;

test('FAULTS 12: kill -9 of the backend during an upload: it goes on by itself; no confirmed part and no finished file is sent again', async () => {
  const { proxy, s3, env } = await proxiedLake();
  await s3.send(new CreateBucketCommand({ Bucket: 'crash' }));
  const folder = await mkdtemp(path.join(tmpdir(), 'secchi-killed-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const tree = path.join(folder, 'tree');
  await mkdir(tree);
  const big = randomBytes(40 * MIB);
  await writeFile(path.join(tree, 'big.bin'), big);
  for (let n = 0; n < 20; n += 1) await writeFile(path.join(tree, `small-${n}`), `${n}`);

  const dataDir = path.join(folder, 'data');
  let backend = await startBackend({ dataDir, env });
  const { id: connectionId } = await backend.client.connections.create({ name: 'Proxied', kind: 'environment', region: 'us-east-1', endpoint: proxy.endpoint });
  await backend.client.connections.update({ id: connectionId, readOnly: false });

  // The small files and two parts get through, then nothing does.
  let parts = 0;
  const isPart = (url: string) => url.includes('partNumber=');
  proxy.add({ when: ({ url }) => isPart(url) && ++parts > 2, fault: { kind: 'delay', ms: 600_000 } });
  const { grant } = await backend.client.app.grantPath({ path: tree, for: 'read' });
  const { id } = await backend.client.transfers.upload({ connectionId, bucket: 'crash', prefix: '', grants: [grant] });
  const confirmed = await vi.waitFor(async () => {
    const uploads = (await s3.send(new ListMultipartUploadsCommand({ Bucket: 'crash' }))).Uploads ?? [];
    const { Parts = [] } = await s3.send(new ListPartsCommand({ Bucket: 'crash', Key: 'tree/big.bin', UploadId: uploads[0]!.UploadId }));
    expect(Parts).toHaveLength(2);
    const [transfer] = await backend.client.transfers.list();
    expect(transfer!.filesDone).toBe(20);
    return Parts.map((part) => part.PartNumber!);
  }, 30_000);
  await backend.kill();

  proxy.clear();
  const from = proxy.seen.length;
  backend = await startBackend({ dataDir, env });
  onTestFinished(() => backend.stop());
  expect(await untilTransfer(() => backend.client.transfers.list(), id, ended)).toMatchObject({ state: 'done', filesTotal: 21, filesDone: 21, filesFailed: 0 });
  const sent = proxy.seen.slice(from).filter(({ method }) => method === 'PUT');
  expect(sent.every(({ url }) => isPart(url))).toBe(true);
  expect(sent.map(({ url }) => Number(/partNumber=(\d+)/.exec(url)![1])).sort()).toEqual([1, 2, 3, 4, 5].filter((part) => !confirmed.includes(part)));
  expect(((await s3.send(new ListObjectsV2Command({ Bucket: 'crash' }))).Contents ?? []).length).toBe(21);
  const object = await s3.send(new GetObjectCommand({ Bucket: 'crash', Key: 'tree/big.bin' }));
  expect(sha256(await object.Body!.transformToByteArray())).toBe(sha256(big));
});
