import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  CopyObjectCommand, CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand, DeleteObjectsCommand, DeleteObjectTaggingCommand, GetBucketAclCommand,
  GetBucketLocationCommand, GetBucketPolicyCommand, GetBucketVersioningCommand, GetObjectAclCommand, GetObjectAttributesCommand, GetObjectCommand, GetObjectTaggingCommand,
  HeadBucketCommand, HeadObjectCommand, ListBucketsCommand, ListObjectsCommand, ListObjectsV2Command, ListObjectVersionsCommand, PutBucketWebsiteCommand, PutObjectCommand,
  PutObjectTaggingCommand, S3Client, type ChecksumAlgorithm,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLake, type TestLake } from '../../support/lake.ts';
import { checkAgainstModel, type ModelCheck } from '../../support/s3Model.ts';

let lake: TestLake;
let s3: S3Client;
let check: ModelCheck;
const Bucket = 'things';

beforeAll(async () => {
  lake = await startLake();
  s3 = new S3Client({ ...lake.clientConfig, maxAttempts: 1 });
  check = checkAgainstModel(s3);
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  s3?.destroy();
  await lake?.stop();
  expect(check.findings, 'answers the service model does not know').toEqual([]);
});

const put = (Key: string, Body: string | Buffer = 'x', more: object = {}) => s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }));
const text = async (Key: string, more: object = {}) => (await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body!.transformToString();
const fails = (name: string, status?: number) => expect.objectContaining({ name, ...(status ? { $metadata: expect.objectContaining({ httpStatusCode: status }) } : {}) });

it('creates, lists, heads and deletes buckets, and keeps one that is not empty', async () => {
  await s3.send(new CreateBucketCommand({ Bucket: 'second.bucket-2' }));
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({ Prefix: 'second' }));
  expect(Buckets.map((b) => b.Name)).toEqual(['second.bucket-2']);
  expect((await s3.send(new HeadBucketCommand({ Bucket: 'second.bucket-2' }))).BucketRegion).toBe('us-east-1');
  expect((await s3.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBeUndefined();
  await s3.send(new PutObjectCommand({ Bucket: 'second.bucket-2', Key: 'k', Body: '' }));
  await expect(s3.send(new DeleteBucketCommand({ Bucket: 'second.bucket-2' }))).rejects.toEqual(fails('BucketNotEmpty', 409));
  await s3.send(new DeleteObjectCommand({ Bucket: 'second.bucket-2', Key: 'k' }));
  await s3.send(new DeleteBucketCommand({ Bucket: 'second.bucket-2' }));
  await expect(s3.send(new HeadBucketCommand({ Bucket: 'second.bucket-2' }))).rejects.toEqual(fails('NotFound', 404));
  await expect(s3.send(new ListObjectsV2Command({ Bucket: 'second.bucket-2' }))).rejects.toEqual(fails('NoSuchBucket', 404));
  for (const bad of ['Ab', 'a', 'UPPER', 'a..b', '1.2.3.4', 'x'.repeat(64)]) {
    await expect(s3.send(new CreateBucketCommand({ Bucket: bad }))).rejects.toEqual(fails('InvalidBucketName', 400));
  }
  await expect(s3.send(new CreateBucketCommand({ Bucket: 'elsewhere', CreateBucketConfiguration: { LocationConstraint: 'eu-west-1' } }))).rejects.toEqual(fails('IllegalLocationConstraintException', 400));
});

it('answers what was never configured as AWS does, and refuses to configure it by name', async () => {
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
  expect((await s3.send(new GetBucketAclCommand({ Bucket }))).Grants).toHaveLength(1);
  await expect(s3.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toEqual(fails('NoSuchBucketPolicy', 404));
  const website = s3.send(new PutBucketWebsiteCommand({ Bucket, WebsiteConfiguration: { IndexDocument: { Suffix: 'index.html' } } }));
  await expect(website).rejects.toEqual(expect.objectContaining({ name: 'NotImplemented', message: expect.stringContaining('website') }));
  await expect(put('sse', 'x', { ServerSideEncryption: 'aws:kms' })).rejects.toEqual(fails('NotImplemented', 501));
});

it('FAULTS 5: keys of any UTF-8 come back exactly, in byte order', async () => {
  const bucket = 'hostile';
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const keys = ['..', '../x', 'a/../../x', '/', '//', 'a//b', 'a', 'a/', 'a/b', '+', '%', '%2F', '%41', '&', ' ', 'a b', '?x=1', '#', "'()*!~", '\u00e9', 'e\u0301', '😀', '\u{ffff}', '\uffee', '\u0001\u0007\t\n\r\u001f', '<xml>&amp;', '"', '\\', '.', 'CON', 'a:b', 'z'.repeat(1024)];
  for (const Key of keys) {
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: `<${Key}>` }));
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key }));
    expect(await Body!.transformToString()).toBe(`<${Key}>`);
  }
  const listed = (await s3.send(new ListObjectsV2Command({ Bucket: bucket, EncodingType: 'url' }))).Contents!.map((c) => decodeURIComponent(c.Key!.replaceAll('+', ' ')));
  expect(listed).toEqual(keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
  await expect(s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'z'.repeat(1025), Body: '' }))).rejects.toEqual(fails('KeyTooLongError', 400));
  await expect(s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'é'.repeat(513), Body: '' }))).rejects.toEqual(fails('KeyTooLongError', 400));
  const { Deleted } = await s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }));
  expect(Deleted).toHaveLength(keys.length);
  await s3.send(new DeleteBucketCommand({ Bucket: bucket }));
});

it('lists by prefix, delimiter, marker and pages, V1 and V2', async () => {
  const bucket = 'listing';
  await s3.send(new CreateBucketCommand({ Bucket: bucket }));
  const keys = ['a', 'b/1', 'b/2', 'b/c/3', 'c', 'd/', 'd/x', 'e'];
  for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: Key }));
  const v2 = async (more: object) => s3.send(new ListObjectsV2Command({ Bucket: bucket, ...more }));
  const shape = (r: { Contents?: { Key?: string }[]; CommonPrefixes?: { Prefix?: string }[] }) => [(r.Contents ?? []).map((c) => c.Key), (r.CommonPrefixes ?? []).map((c) => c.Prefix)];
  expect(shape(await v2({ Delimiter: '/' }))).toEqual([['a', 'c', 'e'], ['b/', 'd/']]);
  expect(shape(await v2({ Delimiter: '/', Prefix: 'b/' }))).toEqual([['b/1', 'b/2'], ['b/c/']]);
  expect(shape(await v2({ Delimiter: '/', Prefix: 'b' }))).toEqual([[], ['b/']]);
  expect(shape(await v2({ Prefix: 'nothing' }))).toEqual([[], []]);
  expect(shape(await v2({ StartAfter: 'b/2' }))).toEqual([['b/c/3', 'c', 'd/', 'd/x', 'e'], []]);
  expect(shape(await v2({ StartAfter: 'b/2', Prefix: 'c' }))).toEqual([['c'], []]);
  expect(await v2({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false });
  for (const Delimiter of [undefined, '/', 'b']) {
    const seen: unknown[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page = await v2({ MaxKeys: 1, Delimiter, ContinuationToken });
      seen.push(...(page.Contents ?? []).map((c) => c.Key), ...(page.CommonPrefixes ?? []).map((c) => c.Prefix));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken);
    const whole = shape(await v2({ Delimiter })).flat().sort();
    expect(seen.sort()).toEqual(whole);
  }
  const marked: unknown[] = [];
  let Marker: string | undefined;
  do {
    const page: { Contents?: { Key?: string }[]; CommonPrefixes?: { Prefix?: string }[]; NextMarker?: string } = await s3.send(new ListObjectsCommand({ Bucket: bucket, MaxKeys: 2, Delimiter: '/', Marker }));
    marked.push(...shape(page).flat());
    Marker = page.NextMarker;
  } while (Marker);
  expect(marked.sort()).toEqual(['a', 'b/', 'c', 'd/', 'e']);
  expect((await v2({ FetchOwner: true })).Contents![0]!.Owner).toMatchObject({ ID: expect.any(String) });
  await expect(v2({ ContinuationToken: 'made up' })).rejects.toEqual(fails('InvalidArgument', 400));
  await expect(v2({ MaxKeys: -1 })).rejects.toEqual(fails('InvalidArgument', 400));
  const versions = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, MaxKeys: 3 }));
  expect(versions.Versions!.map((v) => [v.Key, v.VersionId, v.IsLatest])).toEqual([['a', 'null', true], ['b/1', 'null', true], ['b/2', 'null', true]]);
});

it('gives ranges as asked: first, middle, suffix, beyond the end; 416 outside', async () => {
  await put('range', '0123456789', { ContentType: 'text/plain' });
  expect(await text('range', { Range: 'bytes=0-0' })).toBe('0');
  expect(await text('range', { Range: 'bytes=3-5' })).toBe('345');
  expect(await text('range', { Range: 'bytes=7-' })).toBe('789');
  expect(await text('range', { Range: 'bytes=-3' })).toBe('789');
  expect(await text('range', { Range: 'bytes=-30' })).toBe('0123456789');
  expect(await text('range', { Range: 'bytes=5-100' })).toBe('56789');
  expect(await text('range', { Range: 'bytes=0-1,3-4' })).toBe('0123456789');
  expect(await text('range', { Range: 'lines=1-2' })).toBe('0123456789');
  const part = await s3.send(new GetObjectCommand({ Bucket, Key: 'range', Range: 'bytes=2-3' }));
  expect(part).toMatchObject({ ContentRange: 'bytes 2-3/10', ContentLength: 2, $metadata: { httpStatusCode: 206 } });
  await part.Body!.transformToString();
  await expect(text('range', { Range: 'bytes=10-' })).rejects.toEqual(fails('InvalidRange', 416));
  await expect(text('range', { Range: 'bytes=-0' })).rejects.toEqual(fails('InvalidRange', 416));
  await put('empty', '');
  expect(await text('empty')).toBe('');
  await expect(text('empty', { Range: 'bytes=0-' })).rejects.toEqual(fails('InvalidRange', 416));
});

it('honours the conditions of reads and writes', async () => {
  const { ETag } = await put('cond', 'one');
  const past = new Date(Date.now() - 60_000);
  const future = new Date(Date.now() + 60_000);
  expect(await text('cond', { IfMatch: ETag })).toBe('one');
  expect(await text('cond', { IfModifiedSince: past })).toBe('one');
  expect(await text('cond', { IfMatch: ETag, IfUnmodifiedSince: past })).toBe('one');
  await expect(text('cond', { IfMatch: '"other"' })).rejects.toEqual(fails('PreconditionFailed', 412));
  await expect(text('cond', { IfUnmodifiedSince: past })).rejects.toEqual(fails('PreconditionFailed', 412));
  await expect(text('cond', { IfNoneMatch: ETag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  await expect(text('cond', { IfModifiedSince: future })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
  await expect(put('cond', 'two', { IfNoneMatch: '*' })).rejects.toEqual(fails('PreconditionFailed', 412));
  await expect(put('cond', 'two', { IfMatch: '"other"' })).rejects.toEqual(fails('PreconditionFailed', 412));
  await expect(put('cond-absent', 'two', { IfMatch: ETag })).rejects.toEqual(fails('NoSuchKey', 404));
  await put('cond', 'two', { IfMatch: ETag });
  expect(await text('cond')).toBe('two');
  // Of many that race to create one key exactly one wins.
  const racers = await Promise.allSettled(Array.from({ length: 12 }, (_, i) => put('race', String(i), { IfNoneMatch: '*' })));
  expect(racers.filter((r) => r.status === 'fulfilled')).toHaveLength(1);
});

it('keeps what is said about an object: headers, metadata, tags, storage class; overrides them for one answer', async () => {
  const said = { ContentType: 'text/csv', CacheControl: 'no-cache', ContentDisposition: 'attachment; filename="a.csv"', ContentEncoding: 'gzip', ContentLanguage: 'ko', Metadata: { owner: 'you', empty: '', 'two-words': 'a  b' }, StorageClass: 'STANDARD_IA' as const, WebsiteRedirectLocation: '/elsewhere' };
  await put('meta', 'x', { ...said, Tagging: 'a=1&b%20c=%26' });
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'meta' }));
  expect(head).toMatchObject({ ...said, ContentLength: 1 });
  expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'meta' }))).TagSet).toEqual([{ Key: 'a', Value: '1' }, { Key: 'b c', Value: '&' }]);
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'meta', ResponseContentType: 'text/plain', ResponseContentDisposition: 'inline' }));
  expect(got).toMatchObject({ ContentType: 'text/plain', ContentDisposition: 'inline', TagCount: 2 });
  await got.Body!.transformToString();
  await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'meta', Tagging: { TagSet: [{ Key: 'z', Value: '' }] } }));
  expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'meta' }))).TagSet).toEqual([{ Key: 'z', Value: '' }]);
  const eleven = Array.from({ length: 11 }, (_, i) => ({ Key: `k${i}`, Value: 'v' }));
  await expect(s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'meta', Tagging: { TagSet: eleven } }))).rejects.toEqual(fails('BadRequest', 400));
  await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'meta' }));
  expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'meta' }))).TagSet).toEqual([]);
  expect((await s3.send(new GetObjectAclCommand({ Bucket, Key: 'meta' }))).Grants).toHaveLength(1);
  await expect(put('bad', 'x', { StorageClass: 'NO_SUCH' })).rejects.toEqual(fails('InvalidStorageClass', 400));
  await expect(put('bad', 'x', { Metadata: { big: 'x'.repeat(2048) } })).rejects.toEqual(fails('MetadataTooLarge', 400));
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'bad' }))).rejects.toEqual(fails('NotFound', 404));
});

it('copies with or without what is said about the source; the copy outlives it', async () => {
  const { ETag } = await put('src/ü +&.txt', 'content', { ContentType: 'text/plain', Metadata: { a: '1' }, Tagging: 't=1' });
  const CopySource = encodeURIComponent(`${Bucket}/src/ü +&.txt`);
  const copy = (Key: string, more: object = {}) => s3.send(new CopyObjectCommand({ Bucket, Key, CopySource, ...more }));
  const { CopyObjectResult } = await copy('dst');
  expect(CopyObjectResult!.ETag).toBe(ETag);
  await copy('dst-replaced', { MetadataDirective: 'REPLACE', ContentType: 'text/html', Metadata: { b: '2' }, TaggingDirective: 'REPLACE', Tagging: 'u=2', StorageClass: 'ONEZONE_IA' });
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'src/ü +&.txt' }));
  expect(await text('dst')).toBe('content');
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'dst' }))).toMatchObject({ ContentType: 'text/plain', Metadata: { a: '1' }, TagCount: 1 });
  expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'dst' }))).TagSet).toEqual([{ Key: 't', Value: '1' }]);
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'dst-replaced' }))).toMatchObject({ ContentType: 'text/html', Metadata: { b: '2' }, StorageClass: 'ONEZONE_IA' });
  await expect(copy('dst2')).rejects.toEqual(fails('NoSuchKey', 404));
  const self = { Bucket, Key: 'dst', CopySource: `${Bucket}/dst` };
  await expect(s3.send(new CopyObjectCommand(self))).rejects.toEqual(fails('InvalidRequest', 400));
  await s3.send(new CopyObjectCommand({ ...self, MetadataDirective: 'REPLACE', Metadata: { new: 'yes' } }));
  expect(await text('dst')).toBe('content');
  await expect(s3.send(new CopyObjectCommand({ ...self, Key: 'n', CopySourceIfMatch: '"no"' }))).rejects.toEqual(fails('PreconditionFailed', 412));
  await expect(s3.send(new CopyObjectCommand({ ...self, Key: 'n', CopySourceIfNoneMatch: ETag }))).rejects.toEqual(fails('PreconditionFailed', 412));
});

it.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as ChecksumAlgorithm[])('verifies, stores and returns %s checksums', async (ChecksumAlgorithm) => {
  const body = randomBytes(300_000);
  const member = `Checksum${ChecksumAlgorithm}` as 'ChecksumCRC32';
  const stored = await put('sum', body, { ChecksumAlgorithm });
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'sum', ChecksumMode: 'ENABLED' }));
  expect(head[member]).toBe(stored[member]);
  expect(head[member]).toBeTruthy();
  await put('sum-stream', Readable.from([body.subarray(0, 100_000), body.subarray(100_000)]) as never, { ChecksumAlgorithm, ContentLength: body.length });
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'sum-stream', ChecksumMode: 'ENABLED' }));
  expect(Buffer.from(await got.Body!.transformToByteArray()).equals(body)).toBe(true); // the SDK checks the sum itself
  const attributes = await s3.send(new GetObjectAttributesCommand({ Bucket, Key: 'sum', ObjectAttributes: ['Checksum', 'ETag', 'ObjectSize', 'StorageClass', 'ObjectParts'] }));
  expect(attributes).toMatchObject({ ObjectSize: body.length, StorageClass: 'STANDARD', Checksum: { [member]: stored[member], ChecksumType: 'FULL_OBJECT' } });
  const wrong = Buffer.alloc(Buffer.from(stored[member]!, 'base64').length).toString('base64');
  await expect(put('sum-wrong', body, { [member]: wrong })).rejects.toEqual(fails('BadDigest', 400));
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'sum-wrong' }))).rejects.toEqual(fails('NotFound', 404));
});

it('refuses a body that is not what Content-MD5 says', async () => {
  await expect(put('md5', 'x', { ContentMD5: Buffer.alloc(16).toString('base64') })).rejects.toEqual(fails('BadDigest', 400));
  await expect(put('md5', 'x', { ContentMD5: 'short' })).rejects.toEqual(fails('InvalidDigest', 400));
});

it('deletes many at once, tells what failed, and deletes what is not there', async () => {
  await put('many/1');
  const { ETag } = await put('many/2');
  const result = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'many/1' }, { Key: 'many/absent' }, { Key: 'many/2', ETag: '"no"' }, { Key: 'many/3', VersionId: 'x' }] } }));
  expect(result.Deleted!.map((d) => d.Key)).toEqual(['many/1', 'many/absent']);
  expect(result.Errors!.map((e) => [e.Key, e.Code])).toEqual([['many/2', 'PreconditionFailed'], ['many/3', 'NoSuchVersion']]);
  const quiet = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Quiet: true, Objects: [{ Key: 'many/2', ETag }] } }));
  expect(quiet.Deleted).toBeUndefined();
  expect((await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'many/' }))).KeyCount).toBe(0);
});
