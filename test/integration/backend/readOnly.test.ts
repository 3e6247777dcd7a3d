import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PLAIN_BUCKET } from '../../support/buckets.ts';
import { keysConnection, startBackend, type TestBackend } from '../../support/backend.ts';
import { startLake, type TestLake } from '../../support/lake.ts';

let backend: TestBackend;
let lake: TestLake;
let s3: S3Client;
let connectionId: string;
let dir: string;
const bucket = 'guarded';

beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'secchi-read-only-'));
  await writeFile(path.join(dir, 'file'), 'x');
  [backend, lake] = await Promise.all([startBackend(), startLake()]);
  s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'kept', Body: 'abc' }));
  connectionId = await keysConnection(backend, lake);
});
afterAll(async () => {
  await Promise.all([backend?.stop(), lake?.stop()]);
  await rm(dir, { recursive: true, force: true });
});

const run = (sql: string) => backend.client.runs.start({ connectionId, sql, outputLocation: `s3://${bucket}/results/`, clientToken: randomUUID() });

test('a new connection refuses every write of the contract, SQL included, and names it', async () => {
  const { s3: buckets, catalog, transfers, app } = backend.client;
  const { grant } = await app.grantPath({ path: path.join(dir, 'file'), for: 'read' });
  const files = [{ relativePath: 'f', size: 1, lastModified: 0 }];
  const { kind, folder } = await backend.client.sync.folder({ grant: (await app.grantPath({ path: dir, for: 'folder' })).grant });
  const plan = await backend.client.sync.plan({ from: { kind, folder }, to: { kind: 'bucket', connectionId, bucket, prefix: 'synced/' }, options: {} });
  for await (const { state } of await backend.client.sync.watch({ id: plan.id })) expect(['planning', 'complete']).toContain(state);
  const writes: [string, () => Promise<unknown>][] = [
    ['createBucket', () => backend.client.s3Bucket.create({ connectionId, bucket: 'another', ...PLAIN_BUCKET })],
    ['deleteBucket', () => buckets.deleteBucket({ connectionId, bucket })],
    ['emptyBucket', () => transfers.emptyBucket({ connectionId, bucket, confirm: bucket })],
    ['createFolder', () => buckets.createFolder({ connectionId, bucket, prefix: 'f/' })],
    ['createDatabase', () => catalog.createDatabase({ connectionId, database: 'd' })],
    ['upload', () => transfers.upload({ connectionId, bucket, prefix: '', grants: [grant] })],
    ['browserUpload', () => transfers.browserUpload({ connectionId, bucket, prefix: '', files })],
    ['sync', () => transfers.sync({ planId: plan.id })],
    ['delete', () => transfers.delete({ connectionId, bucket, keys: ['kept'], prefixes: [] })],
    ...[
      'CREATE DATABASE d',
      'DROP TABLE t',
      'INSERT INTO t VALUES (1)',
      'CREATE TABLE t AS SELECT 1 a',
      "UNLOAD (SELECT 1) TO 's3://guarded/out/' WITH (format = 'PARQUET')",
      'MSCK REPAIR TABLE t',
      '/* SELECT */ DELETE FROM t',
      "EXPLAIN ANALYZE INSERT INTO t VALUES (1)",
      'this is not even SQL',
    ].map((sql): [string, () => Promise<unknown>] => [sql, () => run(sql)]),
  ];
  for (const [name, write] of writes) {
    await expect(write(), name).rejects.toMatchObject({ code: 'ReadOnlyConnection', message: expect.stringContaining('“Another lake” is read-only') });
  }
  expect((await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).Contents?.map(({ Key }) => Key)).toEqual(['kept']);
  expect(await backend.client.transfers.list()).toEqual([]);
});

test('reading is allowed, a query’s own result included', async () => {
  const started = await run('SELECT 1 AS one');
  let state = started.state;
  for await (const now of await backend.client.runs.watch({ id: started.id })) state = now.state;
  expect(state).toBe('succeeded');
});
