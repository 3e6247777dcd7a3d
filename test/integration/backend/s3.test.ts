import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, PutObjectTaggingCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PLAIN_BUCKET } from '../../support/buckets.ts';
import { keysConnection, startBackend, type TestBackend } from '../../support/backend.ts';
import { startLake, type TestLake } from '../../support/lake.ts';

let backend: TestBackend;
let lake: TestLake;
let s3: S3Client;
let connectionId: string;
const bucket = 'lake-one';

beforeAll(async () => {
  [backend, lake] = await Promise.all([startBackend(), startLake()]);
  s3 = new S3Client(lake.clientConfig);
  connectionId = await keysConnection(backend, lake);
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
});
afterAll(async () => {
  await Promise.all([backend?.stop(), lake?.stop()]);
});

const put = (Key: string, Body = 'x') => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));

test('FAULTS 5: hostile keys go through list and head, exactly', async () => {
  const keys = [' lead', 'a b+c%20&d', '100%/é/e\u0301', '//double//', 'tab\tnl\nbell\u0007', '🪣/🧊', '../up', 'q?a=1#f', 'x'.repeat(1000)];
  for (const key of keys) await put(`hostile/${key}`);
  const page = await backend.client.s3.list({ connectionId, bucket, prefix: 'hostile/', delimiter: '' });
  expect([...page.keys].sort()).toEqual(keys.map((key) => `hostile/${key}`).sort());
  for (const key of page.keys) expect(await backend.client.s3Objects.sheet({ connectionId, bucket, key })).toMatchObject({ key, size: 1 });
});

test('pages are columns, folders are prefixes, and a token leads on without a gap', async () => {
  for (let i = 0; i < 7; i++) await put(`pages/${i}`, 'y'.repeat(i + 1));
  await put('pages/sub/deep');
  const first = await backend.client.s3.list({ connectionId, bucket, prefix: 'pages/', max: 3 });
  expect(first.keys).toEqual(['pages/0', 'pages/1', 'pages/2']);
  expect(first.sizes).toEqual([1, 2, 3]);
  const second = await backend.client.s3.list({ connectionId, bucket, prefix: 'pages/', token: first.nextToken });
  expect([...second.keys, ...second.prefixes]).toEqual(['pages/3', 'pages/4', 'pages/5', 'pages/6', 'pages/sub/']);
  expect(second.nextToken).toBeUndefined();
});

test('details show headers, metadata, tags and checksum', async () => {
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'd', Body: 'abc', ContentType: 'text/plain', Metadata: { who: 'me' }, ChecksumAlgorithm: 'SHA256' }));
  await s3.send(new PutObjectTaggingCommand({ Bucket: bucket, Key: 'd', Tagging: { TagSet: [{ Key: 'team', Value: 'ä' }] } }));
  expect(await backend.client.s3Objects.sheet({ connectionId, bucket, key: 'd' })).toMatchObject({
    size: 3,
    headers: { contentType: 'text/plain' },
    metadata: { who: 'me' },
    tags: { team: 'ä' },
    checksums: { SHA256: 'ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=' },
  });
});

test('count adds up objects and bytes below prefixes, and of single keys', async () => {
  for (let i = 0; i < 5; i++) await put(`count/a/${i}`, 'zz');
  await put('count/b', 'zzz');
  expect(await backend.client.s3.count({ connectionId, bucket, prefixes: ['count/a/'], keys: ['count/b'] })).toEqual({ objects: 6, bytes: 13, complete: true });
});

describe('a read-only connection', () => {
  test('refuses every write before it is sent, by name; allowed, it writes', async () => {
    const { s3: writes, connections } = backend.client;
    const acts = [
      () => backend.client.s3Bucket.create({ connectionId, bucket: 'new-bucket', ...PLAIN_BUCKET }),
      () => writes.createFolder({ connectionId, bucket, prefix: 'folder/' }),
      () => writes.deleteBucket({ connectionId, bucket: 'new-bucket' }),
    ];
    for (const act of acts) await expect(act()).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
    expect((await writes.buckets({ connectionId })).map(({ name }) => name)).not.toContain('new-bucket');
    await connections.update({ id: connectionId, readOnly: false });
    for (const act of acts) await act();
    expect((await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'folder/' }))).ContentLength).toBe(0);
    await expect(writes.deleteBucket({ connectionId, bucket })).rejects.toMatchObject({ code: 'Conflict', awsCode: 'BucketNotEmpty' });
    await expect(writes.createFolder({ connectionId, bucket, prefix: 'no-slash' })).rejects.toMatchObject({ code: 'BadInput' });
    await connections.update({ id: connectionId, readOnly: true });
  });
});

test('what is not there, and what is no bucket, is told', async () => {
  await expect(backend.client.s3.list({ connectionId, bucket: 'not-there' })).rejects.toMatchObject({ code: 'NotFound', awsCode: 'NoSuchBucket', resource: 's3://not-there/' });
  await expect(backend.client.s3Objects.sheet({ connectionId, bucket, key: 'nope' })).rejects.toMatchObject({ code: 'NotFound' });
});

test('keys that the endpoint does not know are told as such', async () => {
  const { id } = await backend.client.connections.create({ name: 'Wrong', kind: 'keys', region: lake.region, endpoint: lake.endpoint, accessKeyId: 'AKIAWRONG', secretAccessKey: 'x' });
  await expect(backend.client.connections.identity({ connectionId: id })).rejects.toMatchObject({ code: 'CredentialsMissing', message: expect.stringContaining('“Wrong”') });
});
