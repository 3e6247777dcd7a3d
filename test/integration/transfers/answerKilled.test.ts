import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import { startBackend } from '../../support/backend.ts';
import { proxiedLake } from '../../support/proxiedLake.ts';
import { ended, untilTransfer } from '../../support/transfers.ts';

test('kill -9 while the question is open, and again right after the answer: the question is still there, the answer still holds', async () => {
  const { proxy, s3, env } = await proxiedLake();
  await s3.send(new CreateBucketCommand({ Bucket: 'asked' }));
  const folder = await mkdtemp(path.join(tmpdir(), 'secchi-asked-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const tree = path.join(folder, 'tree');
  await mkdir(tree);
  const names = ['a', 'b', 'c', 'd', '.hidden'];
  for (const name of names) await writeFile(path.join(tree, name), `new ${name}`);
  for (const name of ['a', 'b', 'c']) await s3.send(new PutObjectCommand({ Bucket: 'asked', Key: `tree/${name}`, Body: `old ${name}` }));

  const dataDir = path.join(folder, 'data');
  let backend = await startBackend({ dataDir, env });
  const until = (reached: Parameters<typeof untilTransfer>[2]) => untilTransfer(() => backend.client.transfers.list(), id, reached);
  const { id: connectionId } = await backend.client.connections.create({ name: 'Proxied', kind: 'environment', region: 'us-east-1', endpoint: proxy.endpoint });
  await backend.client.connections.update({ id: connectionId, readOnly: false });
  const { grant } = await backend.client.app.grantPath({ path: tree, for: 'read' });
  const { id } = await backend.client.transfers.upload({ connectionId, bucket: 'asked', prefix: '', grants: [grant], propose: true });
  const asked = { state: 'needsAnswer', proposed: true, filesTotal: 5, conflicts: 3, survey: { hidden: 1 } };
  expect(await until(({ state }) => state === 'needsAnswer')).toMatchObject(asked);
  await backend.kill();

  backend = await startBackend({ dataDir, env });
  expect(await until(() => true)).toMatchObject(asked);
  const conflicts = await backend.client.transfers.conflicts({ id });
  expect(conflicts.map(({ key }) => key)).toEqual(['tree/a', 'tree/b', 'tree/c']);
  proxy.add({ when: ({ method }) => method === 'PUT', fault: { kind: 'delay', ms: 600_000 } });
  await backend.client.transfers.answer({ id, all: 'skip', some: [{ index: conflicts[1]!.index, choice: 'overwrite' }, { index: conflicts[2]!.index, choice: 'keepBoth' }], hidden: false });
  await backend.kill();

  proxy.clear();
  backend = await startBackend({ dataDir, env });
  onTestFinished(() => backend.stop());
  expect(await until((transfer) => ended(transfer) || transfer.state === 'needsAnswer')).toMatchObject({ state: 'done', filesDone: 3, filesSkipped: 1 });
  const text = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket: 'asked', Key }))).Body!.transformToString();
  expect(await Promise.all(['a', 'b', 'c', 'c (2)', 'd'].map((name) => text(`tree/${name}`)))).toEqual(['old a', 'new b', 'old c', 'new c', 'new d']);
  await expect(text('tree/.hidden')).rejects.toMatchObject({ name: 'NoSuchKey' });
});
