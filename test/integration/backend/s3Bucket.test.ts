import { CreateBucketCommand, CreateMultipartUploadCommand, PutObjectCommand, S3Client, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Client } from '../../../renderer/client.ts';
import { presign } from '../../../electron/aws/presign.ts';
import type { BucketSection } from '../../../shared/contract/s3Bucket.ts';
import { startFaultyProxy, type FaultyProxy } from '../../support/faultyProxy.ts';
import { startInProcess, type InProcessBackend } from '../../support/inProcessBackend.ts';
import { startLake, type TestLake } from '../../support/lake.ts';
import { ended, untilTransfer } from '../../support/transfers.ts';

let lake: TestLake;
let proxy: FaultyProxy;
let backend: InProcessBackend;
let client: Client;
let s3: S3Client;
const bucket = 'whole';
const at = { connectionId: 'local', bucket };

beforeAll(async () => {
  lake = await startLake();
  proxy = await startFaultyProxy(lake.endpoint);
  backend = await startInProcess({ lake: { endpoint: proxy.endpoint, region: lake.region, ...lake.credentials } });
  ({ client } = await backend.connect());
  s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'team/a', Body: 'abc' }));
});
beforeEach(() => {
  proxy.clear();
  proxy.seen.length = 0;
});
afterAll(async () => {
  await backend?.stop();
  await proxy?.close();
  await lake?.stop();
});

const denied = (message = 'Access Denied') => ({ kind: 'answer' as const, status: 403, headers: { 'content-type': 'application/xml' }, body: `<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>${message}</Message></Error>` });
const read = (section: BucketSection) => client.s3Bucket.readSection({ ...at, section });

test('every section is read on its own: a denied one names its action, the others show', async () => {
  proxy.add({ when: ({ url }) => /[?&]policy(=|&|$)/.test(url), fault: denied() });
  expect(await read('policy')).toMatchObject({ state: 'denied', error: { code: 'AccessDenied', action: 's3:GetBucketPolicy', resource: 's3://whole/' } });
  expect(await read('tags')).toMatchObject({ state: 'unset' });
});

test('a server without a configuration says so, and its other sections show', async () => {
  proxy.add({ when: ({ url }) => url.includes('accelerate'), fault: { kind: 'answer', status: 501, headers: { 'content-type': 'application/xml' }, body: '<Error><Code>NotImplemented</Code><Message>no</Message></Error>' } });
  expect(await read('accelerate')).toMatchObject({ state: 'unsupported', error: { code: 'NotImplemented' } });
});

test('lifecycle rules come back as they were written, fields no form knows included', async () => {
  const value = { Rules: [{ ID: 'old', Status: 'Enabled', Filter: { And: { Prefix: 'logs/', Tags: [{ Key: 'a', Value: 'b' }], ObjectSizeGreaterThan: 1024 } }, Transitions: [{ Date: '2031-01-01T00:00:00.000Z', StorageClass: 'GLACIER' }], NoncurrentVersionExpiration: { NoncurrentDays: 30, NewerNoncurrentVersions: 3 } }] };
  const written = await client.s3Bucket.writeSection({ ...at, section: 'lifecycle', value, basedOn: (await read('lifecycle')).version });
  expect(written).toMatchObject({ state: 'set', value });
  await expect(client.s3Bucket.writeSection({ ...at, section: 'lifecycle', value: null, basedOn: 'an-older-one' })).rejects.toMatchObject({ code: 'Conflict' });
  expect(await client.s3Bucket.writeSection({ ...at, section: 'lifecycle', value: null, basedOn: written.version })).toMatchObject({ state: 'unset' });
});

test('least privilege: a prefix opens where neither the buckets nor the bucket’s root may be listed', async () => {
  proxy.add({ when: ({ url }) => url === '/' || url.startsWith('/?'), fault: denied() });
  proxy.add({ when: ({ url }) => /^\/whole\/?\?/.test(url) && !/prefix=team%2F/.test(url), fault: denied() });
  await expect(client.s3.buckets({ connectionId: 'local' })).rejects.toMatchObject({ code: 'AccessDenied', action: 's3:ListAllMyBuckets' });
  await expect(client.s3.list(at)).rejects.toMatchObject({ code: 'AccessDenied', action: 's3:ListBucket' });
  expect((await client.s3.list({ ...at, prefix: 'team/' })).keys).toEqual(['team/a']);
});

test('requester pays: once agreed to, requests about that bucket say so, and no others', async () => {
  await client.s3Bucket.setRequesterPays({ ...at, on: true });
  expect(await client.s3Bucket.requesterPays({ connectionId: 'local' })).toEqual([bucket]);
  await client.s3.list(at);
  await client.s3Objects.sheet({ ...at, key: 'team/a' });
  await client.s3.buckets({ connectionId: 'local' });
  expect(proxy.seen.filter(({ url }) => url.startsWith('/whole')).map(({ headers }) => headers['x-amz-request-payer'])).not.toContain(undefined);
  expect(proxy.seen.find(({ url }) => !url.startsWith('/whole'))?.headers['x-amz-request-payer']).toBeUndefined();
  await client.s3Bucket.setRequesterPays({ ...at, on: false });
  proxy.seen.length = 0;
  await client.s3.list(at);
  expect(proxy.seen[0]?.headers['x-amz-request-payer']).toBeUndefined();
});

test('FAULTS 13: an upload of a running transfer is marked and protected; an orphan is sized and aborted', async () => {
  const [own, orphan] = await Promise.all(['mine', 'orphan'].map(async (Key) => (await s3.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }))).UploadId!));
  await s3.send(new UploadPartCommand({ Bucket: bucket, Key: 'orphan', UploadId: orphan, PartNumber: 1, Body: 'x'.repeat(1000) }));
  const journal = backend.context.store.collection<unknown>('transfers');
  await journal.batch([
    { type: 'put', key: 't/one', value: { id: 'one', kind: 'upload', connectionId: 'local', bucket, prefix: '', state: 'paused' } },
    { type: 'put', key: 'f/one/000000000', value: { state: 'pending', key: 'mine', size: 1, uploadId: own } },
  ]);
  const { uploads } = await client.s3Bucket.uploads(at);
  expect(uploads.map(({ key, own: isOwn }) => [key, isOwn])).toEqual([['mine', true], ['orphan', false]]);
  expect(await client.s3Bucket.uploadSizes({ ...at, uploads })).toMatchObject({ sizes: [{ parts: 0, bytes: 0 }, { parts: 1, bytes: 1000 }] });
  await expect(client.s3Bucket.abortUploads({ ...at, uploads })).rejects.toMatchObject({ code: 'Conflict', message: expect.stringContaining('still running') });
  expect(await client.s3Bucket.abortUploads({ ...at, uploads: uploads.filter(({ own: isOwn }) => !isOwn) })).toEqual({ aborted: 1, failed: [] });
  expect((await client.s3Bucket.uploads(at)).uploads.map(({ key }) => key)).toEqual(['mine']);
});

test('a versioned bucket is counted, emptied for good, and deleted', async () => {
  const full = { connectionId: 'local', bucket: 'full-bucket' };
  expect(await client.s3Bucket.create({ ...full, versioning: true, objectLock: false, blockPublicAccess: true, tags: { a: 'b' } })).toEqual({ notDone: [] });
  for (const Body of ['one', 'two2']) await s3.send(new PutObjectCommand({ Bucket: full.bucket, Key: 'k', Body }));
  expect(await client.s3Bucket.contents(full)).toMatchObject({ objects: 1, noncurrent: 1, bytes: 7, complete: true });
  await expect(client.s3.deleteBucket(full)).rejects.toMatchObject({ awsCode: 'BucketNotEmpty' });
  const { id } = await client.transfers.emptyBucket({ ...full, confirm: full.bucket });
  expect(await untilTransfer(() => client.transfers.list(), id, ended)).toMatchObject({ state: 'done', filesDone: 2 });
  await client.s3.deleteBucket(full);
});

test('USERS 10: signed addresses work without credentials, with their true end; nothing of them is logged', async () => {
  const put = await client.s3Bucket.presign({ ...at, method: 'PUT', objects: [{ key: 'signed/é+ &.txt' }], expiresIn: 600, contentType: 'text/plain' });
  expect((await fetch(put.urls[0]!.url, { method: 'PUT', body: 'hello', headers: { 'content-type': 'text/plain' } })).status).toBe(200);
  expect((await fetch(put.urls[0]!.url, { method: 'PUT', body: 'hello', headers: { 'content-type': 'text/html' } })).status).toBe(403);
  const get = await client.s3Bucket.presign({ ...at, method: 'GET', objects: [{ key: 'signed/é+ &.txt' }, { key: 'team/a' }], expiresIn: 600, contentDisposition: 'attachment; filename="x.txt"' });
  const answer = await fetch(get.urls[0]!.url);
  expect([await answer.text(), answer.headers.get('content-disposition')]).toEqual(['hello', 'attachment; filename="x.txt"']);
  expect(get.limitedBy).toBe('wanted');
  expect(Math.abs(Date.parse(get.expiresAt) - Date.now() - 600_000)).toBeLessThan(30_000);
  expect(await backend.logged()).not.toContain('X-Amz-Signature');
});

test('USERS 10: credentials that end before the wanted time are the true end', async () => {
  const soon = new Date(Date.now() + 60_000);
  const short = new S3Client({ ...lake.clientConfig, credentials: { ...lake.credentials, expiration: soon } });
  expect(await presign(short, { method: 'GET', bucket, objects: [{ key: 'team/a' }], expiresIn: 3600 })).toMatchObject({ expiresAt: soon, limitedBy: 'credentials' });
});

test('a read-only connection writes nothing', async () => {
  await client.connections.update({ id: 'local', readOnly: true });
  const writes = [
    () => client.s3Bucket.writeSection({ ...at, section: 'tags', value: { TagSet: [] }, basedOn: 'x' }),
    () => client.s3Bucket.create({ ...at, versioning: false, objectLock: false, blockPublicAccess: false, tags: {} }),
    () => client.s3Bucket.abortUploads({ ...at, uploads: [{ key: 'mine', uploadId: 'x' }] }),
    () => client.transfers.emptyBucket({ ...at, confirm: bucket }),
    () => client.s3Bucket.presign({ ...at, method: 'PUT', objects: [{ key: 'k' }], expiresIn: 60 }),
  ];
  for (const write of writes) await expect(write()).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
  expect(proxy.seen).toEqual([]);
});
