import {
  CompleteMultipartUploadCommand, CopyObjectCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteBucketCommand, DeleteObjectCommand, DeleteObjectsCommand,
  DeleteObjectTaggingCommand, GetBucketVersioningCommand, GetObjectAttributesCommand, GetObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, ListObjectsV2Command,
  ListObjectVersionsCommand, PutBucketVersioningCommand, PutObjectCommand, PutObjectTaggingCommand, S3Client, UploadPartCommand, UploadPartCopyCommand,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLake, type TestLake } from '../../support/lake.ts';
import { sendRaw, signedRequest } from '../../support/rawS3.ts';
import { checkAgainstModel, type ModelCheck } from '../../support/s3Model.ts';

let lake: TestLake;
let s3: S3Client;
let check: ModelCheck;
beforeAll(async () => {
  lake = await startLake();
  s3 = new S3Client({ ...lake.clientConfig, maxAttempts: 1 });
  check = checkAgainstModel(s3);
});
afterAll(async () => {
  s3?.destroy();
  await lake?.stop();
  expect(check.findings, 'answers the service model does not know').toEqual([]);
});

const fails = (name: string, status?: number) => expect.objectContaining({ name, ...(status ? { $metadata: expect.objectContaining({ httpStatusCode: status }) } : {}) });
const switchTo = (Bucket: string, Status: 'Enabled' | 'Suspended') => s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
const helpers = (Bucket: string) => ({
  Bucket,
  put: async (Key: string, Body: string, more: object = {}) => (await s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }))).VersionId!,
  text: async (Key: string, VersionId?: string) => (await s3.send(new GetObjectCommand({ Bucket, Key, VersionId }))).Body!.transformToString(),
  versions: async (more: object = {}) => s3.send(new ListObjectVersionsCommand({ Bucket, ...more })),
});
async function versioned(Bucket: string) {
  await s3.send(new CreateBucketCommand({ Bucket }));
  await switchTo(Bucket, 'Enabled');
  return helpers(Bucket);
}

it('keeps every version and hides a deleted object behind its marker', async () => {
  const { Bucket, put, text, versions } = await versioned('kept');
  expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
  const [one, two] = [await put('k', 'one', { Tagging: 'n=1' }), await put('k', 'two')];
  expect(one).not.toBe(two);
  expect([await text('k'), await text('k', one), await text('k', two)]).toEqual(['two', 'one', 'two']);

  const marker = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  expect(marker).toMatchObject({ DeleteMarker: true, VersionId: expect.any(String) });
  const raw = await sendRaw(lake, await signedRequest(lake, 'GET', `/${Bucket}/k`));
  expect([raw.status, raw.code, /x-amz-delete-marker: true/i.test(raw.headers), raw.headers.includes(marker.VersionId!)]).toEqual([404, 'NoSuchKey', true, true]);
  const ofMarker = await sendRaw(lake, await signedRequest(lake, 'GET', `/${Bucket}/k?versionId=${marker.VersionId}`));
  expect([ofMarker.status, ofMarker.code, /x-amz-delete-marker: true/i.test(ofMarker.headers), /allow: DELETE/i.test(ofMarker.headers)]).toEqual([405, 'MethodNotAllowed', true, true]);
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'k', VersionId: marker.VersionId }))).rejects.toMatchObject({ $metadata: { httpStatusCode: 405 } });
  expect((await s3.send(new ListObjectsV2Command({ Bucket }))).KeyCount).toBe(0);
  expect(await text('k', two)).toBe('two');

  const listed = await versions();
  expect(listed.Versions!.map((v) => [v.VersionId, v.IsLatest])).toEqual([[two, false], [one, false]]);
  expect(listed.DeleteMarkers!.map((v) => [v.VersionId, v.IsLatest])).toEqual([[marker.VersionId, true]]);

  // Removing the marker brings the object back.
  expect(await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: marker.VersionId }))).toMatchObject({ DeleteMarker: true, VersionId: marker.VersionId });
  expect(await text('k')).toBe('two');
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: two }));
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({ VersionId: one, ContentLength: 3 });
  await expect(text('k', two)).rejects.toEqual(fails('NoSuchVersion', 404));
  await expect(text('k', 'made-up')).rejects.toEqual(fails('InvalidArgument', 400));
  await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toEqual(fails('BucketNotEmpty', 409));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: one }));
  await s3.send(new DeleteBucketCommand({ Bucket }));
});

it('suspended: the version null is written over, those of before stay', async () => {
  const Bucket = 'suspended';
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'before' }));
  const { put, text, versions } = helpers(Bucket);
  await switchTo(Bucket, 'Enabled');
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'k' }))).VersionId).toBe('null');
  const named = await put('k', 'named');
  await switchTo(Bucket, 'Suspended');
  expect(await put('k', 'after')).toBe('null');
  expect([await text('k'), await text('k', 'null'), await text('k', named)]).toEqual(['after', 'after', 'named']);
  expect(await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))).toMatchObject({ DeleteMarker: true, VersionId: 'null' });
  expect((await versions()).Versions!.map((v) => v.VersionId)).toEqual([named]);
  expect((await versions()).DeleteMarkers!.map((v) => v.VersionId)).toEqual(['null']);
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k', VersionId: 'null' }));
  expect(await text('k')).toBe('named');
});

it('copies, parts, tags and attributes name the version they are about', async () => {
  const { Bucket, put, text } = await versioned('named');
  const [one, two] = [await put('k', 'one'), await put('k', 'two')];
  const copy = await s3.send(new CopyObjectCommand({ Bucket, Key: 'k', CopySource: `${Bucket}/k?versionId=${one}` }));
  expect(copy).toMatchObject({ CopySourceVersionId: one, VersionId: expect.any(String) });
  expect([await text('k'), await text('k', two)]).toEqual(['one', 'two']);

  await s3.send(new PutObjectTaggingCommand({ Bucket, Key: 'k', VersionId: two, Tagging: { TagSet: [{ Key: 'of', Value: 'two' }] } }));
  expect(await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k', VersionId: two }))).toMatchObject({ VersionId: two, TagSet: [{ Key: 'of', Value: 'two' }] });
  expect((await s3.send(new GetObjectTaggingCommand({ Bucket, Key: 'k' }))).TagSet).toEqual([]);
  expect((await s3.send(new DeleteObjectTaggingCommand({ Bucket, Key: 'k', VersionId: two }))).VersionId).toBe(two);
  expect(await s3.send(new GetObjectAttributesCommand({ Bucket, Key: 'k', VersionId: two, ObjectAttributes: ['ObjectSize'] }))).toMatchObject({ VersionId: two, ObjectSize: 3 });

  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'k' }));
  const where = { Bucket, Key: 'k', UploadId };
  const part = await s3.send(new UploadPartCopyCommand({ ...where, PartNumber: 1, CopySource: `${Bucket}/k?versionId=${two}` }));
  expect(part.CopySourceVersionId).toBe(two);
  const last = await s3.send(new UploadPartCommand({ ...where, PartNumber: 2, Body: '!' }));
  await expect(s3.send(new CompleteMultipartUploadCommand({ ...where, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: part.CopyPartResult!.ETag }, { PartNumber: 2, ETag: last.ETag }] } }))).rejects.toEqual(fails('EntityTooSmall', 400));
  const done = await s3.send(new CompleteMultipartUploadCommand({ ...where, MultipartUpload: { Parts: [{ PartNumber: 1, ETag: part.CopyPartResult!.ETag }] } }));
  expect(await text('k', done.VersionId)).toBe('two');

  const marker = await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }));
  await expect(s3.send(new CopyObjectCommand({ Bucket, Key: 'x', CopySource: `${Bucket}/k` }))).rejects.toEqual(fails('NoSuchKey', 404));
  await expect(s3.send(new CopyObjectCommand({ Bucket, Key: 'x', CopySource: `${Bucket}/k?versionId=${marker.VersionId}` }))).rejects.toEqual(fails('InvalidRequest', 400));
});

it('FAULTS 5: lists versions by prefix, delimiter and pages, whatever the keys', async () => {
  const { Bucket, put, versions } = await versioned('paged');
  const keys = ['a', 'a/1', 'a/2', 'b &<', '\u00e9', '\u0001', '😀'];
  for (const key of keys) for (const body of ['1', '2']) await put(key, body);
  await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a/1' }, { Key: 'none' }] } }));
  const seen: string[] = [];
  let marker: { KeyMarker?: string; VersionIdMarker?: string } = {};
  for (;;) {
    const page = await versions({ MaxKeys: 3, EncodingType: 'url', ...marker });
    seen.push(...[...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map((v) => v.VersionId!));
    if (!page.IsTruncated) break;
    marker = { KeyMarker: decodeURIComponent(page.NextKeyMarker!.replaceAll('+', ' ')), VersionIdMarker: page.NextVersionIdMarker };
  }
  expect(seen).toHaveLength(keys.length * 2 + 2);
  expect(new Set(seen).size).toBe(seen.length);
  const level = await versions({ Delimiter: '/' });
  expect(level.CommonPrefixes!.map((p) => p.Prefix)).toEqual(['a/']);
  expect((await versions({ Prefix: 'a/' })).Versions).toHaveLength(4);
  await expect(versions({ VersionIdMarker: 'null' })).rejects.toEqual(fails('InvalidArgument', 400));
});

it('DeleteObjects says which markers it made and which versions it removed', async () => {
  const { Bucket, put } = await versioned('many');
  const [one, two] = [await put('k', '1'), await put('k', '2')];
  const { Deleted = [], Errors = [] } = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'k', VersionId: one }, { Key: 'k' }, { Key: 'gone' }, { Key: 'k', VersionId: 'bad' }] } }));
  expect(Deleted).toEqual([{ Key: 'k', VersionId: one }, { Key: 'k', DeleteMarker: true, DeleteMarkerVersionId: expect.any(String) }, { Key: 'gone', DeleteMarker: true, DeleteMarkerVersionId: expect.any(String) }]);
  expect(Errors).toMatchObject([{ Key: 'k', VersionId: 'bad', Code: 'NoSuchVersion' }]);
  const again = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [...Deleted.slice(1).map((d) => ({ Key: d.Key!, VersionId: d.DeleteMarkerVersionId })), { Key: 'k', VersionId: two }] } }));
  expect(again.Deleted!.map((d) => d.DeleteMarker ?? false)).toEqual([true, true, false]);
  await s3.send(new DeleteBucketCommand({ Bucket }));
});

it('FAULTS 12: versions and markers are all there after kill -9', async () => {
  const { Bucket, put } = await versioned('killed');
  const ids = [await put('k', '1'), await put('k', '2'), (await s3.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))).VersionId!];
  await lake.kill();
  const { dataDir } = lake;
  const again = await startLake({ dataDir });
  const reader = new S3Client({ ...again.clientConfig, maxAttempts: 1 });
  const { Versions, DeleteMarkers } = await reader.send(new ListObjectVersionsCommand({ Bucket }));
  expect([...DeleteMarkers!, ...Versions!].map((v) => v.VersionId)).toEqual(ids.reverse());
  reader.destroy();
  lake = { ...again, dataDir, stop: again.stop };
});
