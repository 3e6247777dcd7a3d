import { CreateMultipartUploadCommand, HeadObjectCommand, PutObjectCommand, UploadPartCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../renderer/client.ts';
import type { BucketSection } from '../../shared/contract/s3Bucket.ts';
import { startInProcess, type InProcessBackend } from '../support/inProcessBackend.ts';
import { startMoto } from '../support/moto.ts';
import { missing } from '../support/peers.ts';
import { ended, untilTransfer } from '../support/transfers.ts';

const reason = missing('moto_server', ['--help']);

describe.skipIf(reason)(reason ?? 'buckets on moto_server', () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let backend: InProcessBackend;
  let client: Client;
  let connectionId: string;
  let s3: S3Client;
  const bucket = 'configured';
  const plain = { versioning: false, objectLock: false, blockPublicAccess: false, tags: {} };

  beforeAll(async () => {
    [moto, backend] = await Promise.all([startMoto(), startInProcess()]);
    ({ client } = await backend.connect());
    ({ id: connectionId } = await client.connections.create({ name: 'moto', kind: 'keys', region: 'eu-west-1', endpoint: moto.endpoint, accessKeyId: 'AKIAMOTO', secretAccessKey: 'secret' }));
    await client.connections.update({ id: connectionId, readOnly: false });
    ({ s3 } = await backend.context.aws.clients(connectionId));
    expect(await client.s3Bucket.create({ connectionId, bucket, versioning: true, objectLock: false, blockPublicAccess: true, tags: { team: 'ä' } })).toEqual({ notDone: [] });
  });
  afterAll(async () => {
    await backend?.stop();
    moto?.stop();
  });
  const read = (section: BucketSection) => client.s3Bucket.readSection({ connectionId, bucket, section });
  const write = async (section: BucketSection, value: unknown) => client.s3Bucket.writeSection({ connectionId, bucket, section, value, basedOn: (await read(section)).version });

  it('a new bucket has the settings it was created with', async () => {
    expect(await read('versioning')).toMatchObject({ state: 'set', value: { Status: 'Enabled' } });
    expect(await read('publicAccess')).toMatchObject({ state: 'set', value: { BlockPublicAcls: true, RestrictPublicBuckets: true } });
    expect(await read('tags')).toMatchObject({ state: 'set', value: { TagSet: [{ Key: 'team', Value: 'ä' }] } });
    expect(await client.s3Bucket.summary({ connectionId, bucket })).toMatchObject({ region: 'eu-west-1' });
  });

  it('what was never configured is unset, not an error', async () => {
    for (const section of ['policy', 'cors', 'logging', 'replication', 'notifications', 'objectLock', 'accelerate', 'website', 'lifecycle'] as const) {
      expect(await read(section), section).toMatchObject({ state: 'unset' });
    }
  });

  it('writes and removes the parts that can be edited, exactly', async () => {
    await client.s3Bucket.create({ connectionId, bucket: 'logs-of-configured', ...plain });
    const values: [BucketSection, object][] = [
      ['cors', { CORSRules: [{ ID: 'one', AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['https://example.com'], AllowedHeaders: ['*'], ExposeHeaders: ['ETag'], MaxAgeSeconds: 60 }] }],
      ['policy', { Version: '2012-10-17', Statement: [{ Sid: 'Read', Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::123456789012:root' }, Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` }] }],
      ['encryption', { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'arn:aws:kms:eu-west-1:123456789012:key/k' }, BucketKeyEnabled: true }] }],
      ['tags', { TagSet: [{ Key: 'cost', Value: '1' }, { Key: 'team', Value: 'b' }] }],
      ['lifecycle', { Rules: [{ ID: 'logs', Status: 'Enabled', Filter: { And: { Prefix: 'logs/', Tags: [{ Key: 'a', Value: 'b' }] } }, Transitions: [{ Days: 90, StorageClass: 'GLACIER' }], Expiration: { Days: 400 }, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }] }],
    ];
    for (const [section, value] of values) {
      const written = await write(section, value);
      expect(written, section).toMatchObject({ state: 'set', value });
      expect(await write(section, null), section).toMatchObject({ state: 'unset' });
    }
  });

  it('refuses to overwrite what someone else changed meanwhile', async () => {
    const before = await read('tags');
    await write('tags', { TagSet: [{ Key: 'by', Value: 'another' }] });
    const mine = { connectionId, bucket, section: 'tags' as const, value: { TagSet: [{ Key: 'by', Value: 'me' }] }, basedOn: before.version };
    await expect(client.s3Bucket.writeSection(mine)).rejects.toMatchObject({ code: 'Conflict', message: expect.stringContaining('changed by someone else') });
    expect(await read('tags')).toMatchObject({ value: { TagSet: [{ Key: 'by', Value: 'another' }] } });
  });

  it('FAULTS 13: finds orphaned uploads page by page, sizes and aborts them', async () => {
    await client.s3Bucket.create({ connectionId, bucket: 'orphans', ...plain });
    const at = { connectionId, bucket: 'orphans' };
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket: 'orphans', Key: 'a b/ü' }));
    await s3.send(new UploadPartCommand({ Bucket: 'orphans', Key: 'a b/ü', UploadId, PartNumber: 1, Body: 'x'.repeat(1000) }));
    await s3.send(new UploadPartCommand({ Bucket: 'orphans', Key: 'a b/ü', UploadId, PartNumber: 3, Body: 'y' }));
    const { uploads } = await client.s3Bucket.uploads(at);
    expect(uploads).toMatchObject([{ key: 'a b/ü', uploadId: UploadId, own: false }]);
    expect(await client.s3Bucket.uploadSizes({ ...at, uploads })).toMatchObject({ sizes: [{ parts: 2, bytes: 1001 }] });
    expect(await client.s3Bucket.abortUploads({ ...at, uploads })).toEqual({ aborted: 1, failed: [] });
    expect((await client.s3Bucket.uploads(at)).uploads).toEqual([]);
  });

  it('counts what keeps a versioned bucket from being deleted, and empties it for good', async () => {
    const at = { connectionId, bucket: 'full' };
    await client.s3Bucket.create({ ...at, ...plain, versioning: true });
    for (const body of ['one', 'two2']) await s3.send(new PutObjectCommand({ Bucket: 'full', Key: 'k', Body: body }));
    await client.s3.list(at);
    expect(await client.s3Bucket.contents(at)).toMatchObject({ objects: 1, noncurrent: 1, bytes: 7, complete: true });
    await expect(client.s3.deleteBucket(at)).rejects.toMatchObject({ awsCode: 'BucketNotEmpty' });
    const { id } = await client.transfers.emptyBucket({ ...at, confirm: at.bucket });
    expect(await untilTransfer(() => client.transfers.list(), id, ended)).toMatchObject({ state: 'done', filesDone: 2 });
    await client.s3.deleteBucket(at);
    await expect(client.s3Bucket.contents(at)).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('signed addresses read and write without credentials', async () => {
    const at = { connectionId, bucket, expiresIn: 3600 };
    const put = await client.s3Bucket.presign({ ...at, method: 'PUT', objects: [{ key: 'signed/é+ &.txt' }], contentType: 'text/plain' });
    expect((await fetch(put.urls[0]!.url, { method: 'PUT', body: 'hello', headers: { 'content-type': 'text/plain' } })).status).toBe(200);
    expect((await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'signed/é+ &.txt' }))).ContentType).toBe('text/plain');
    const get = await client.s3Bucket.presign({ ...at, method: 'GET', objects: [{ key: 'signed/é+ &.txt' }], contentDisposition: 'attachment; filename="x.txt"' });
    expect(await (await fetch(get.urls[0]!.url)).text()).toBe('hello');
    expect(new URL(get.urls[0]!.url).searchParams.get('response-content-disposition')).toBe('attachment; filename="x.txt"');
    expect(get.limitedBy).toBe('wanted');
    expect(await backend.logged()).not.toContain('X-Amz-Signature=');
  });
});
