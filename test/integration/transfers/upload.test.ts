import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { transfersHandlers } from '../../../electron/services/transfers/index.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { startLake, type TestLake } from '../../support/lake.ts';
import { ended, quick, untilTransfer } from '../../support/transfers.ts';

let lake: TestLake;
let backend: TestContext;
let s3: S3Client;
let folder: string;
let service: ReturnType<typeof transfersHandlers>;

beforeAll(async () => {
  lake = await startLake();
  s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'bucket' }));
  backend = await testContext({ endpoint: lake.endpoint, region: lake.region, ...lake.credentials });
  service = transfersHandlers(backend.context, quick);
  folder = await mkdtemp(path.join(tmpdir(), 'secchi-upload-'));
});
afterAll(async () => {
  await service.close();
  await backend.close();
  await lake.stop();
  await rm(folder, { recursive: true, force: true });
});

const upload = async (at: string, prefix: string) => {
  const { grant } = await backend.context.grants.grant(at, 'read');
  const { id } = await service.handlers.upload({ input: { connectionId: 'local', bucket: 'bucket', prefix, grants: [grant] } });
  return untilTransfer(service.handlers, id, ended);
};
const keysBelow = async (prefix: string) => ((await s3.send(new ListObjectsV2Command({ Bucket: 'bucket', Prefix: prefix }))).Contents ?? []).map((object) => object.Key!);
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

test('a folder arrives whole: nested, hidden and empty files; links that lead outside are refused by name', async () => {
  const tree = path.join(folder, 'tree');
  await mkdir(path.join(tree, 'deep/er'), { recursive: true });
  await writeFile(path.join(tree, 'a.csv'), 'x,y\n1,2\n');
  await writeFile(path.join(tree, '.hidden'), 'h');
  await writeFile(path.join(tree, 'deep/er/empty'), '');
  await writeFile(path.join(folder, 'secret'), 'outside');
  await symlink(path.join(folder, 'secret'), path.join(tree, 'leak'));
  await symlink('a.csv', path.join(tree, 'inside.csv'));

  const transfer = await upload(tree, 'in/');
  expect(transfer).toMatchObject({ state: 'failed', filesTotal: 5, filesDone: 4, filesFailed: 1, error: { code: 'BadInput', resource: path.join(tree, 'leak') } });
  expect(await keysBelow('in/')).toEqual(['in/tree/.hidden', 'in/tree/a.csv', 'in/tree/deep/er/empty', 'in/tree/inside.csv']);
});

test('a file of many parts is one object with a checksum over the whole', async () => {
  const bytes = randomBytes(40 * 1024 * 1024 + 7);
  await writeFile(path.join(folder, 'big.bin'), bytes);
  const transfer = await upload(path.join(folder, 'big.bin'), 'parts/');
  expect(transfer).toMatchObject({ state: 'done', filesDone: 1, bytesDone: bytes.length, bytesTotal: bytes.length, error: undefined });
  const object = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'parts/big.bin', ChecksumMode: 'ENABLED' }));
  expect(object.ChecksumType).toBe('FULL_OBJECT');
  expect(sha(await object.Body!.transformToByteArray())).toBe(sha(bytes));
});
