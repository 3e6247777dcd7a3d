import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import {
  AbortMultipartUploadCommand, CompleteMultipartUploadCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteBucketCommand, GetObjectAttributesCommand, GetObjectCommand,
  HeadObjectCommand, ListMultipartUploadsCommand, ListPartsCommand, PutObjectCommand, S3Client, UploadPartCommand, UploadPartCopyCommand, type CompletedPart,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLake, type TestLake } from '../../support/lake.ts';
import { checkAgainstModel, type ModelCheck } from '../../support/s3Model.ts';

let lake: TestLake;
let s3: S3Client;
let check: ModelCheck;
const Bucket = 'parts';
const MiB = 2 ** 20;
const first = randomBytes(5 * MiB);
const second = randomBytes(5 * MiB);
const tail = randomBytes(1234);
const whole = Buffer.concat([first, second, tail]);

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

const md5 = (bytes: Buffer) => createHash('md5').update(bytes).digest();
const etagOf = (...parts: Buffer[]) => `"${md5(Buffer.concat(parts.map(md5))).toString('hex')}-${parts.length}"`;
const fails = (name: string, status?: number) => expect.objectContaining({ name, ...(status ? { $metadata: expect.objectContaining({ httpStatusCode: status }) } : {}) });
const base64Crc32 = (bytes: Buffer) => {
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(crc32(bytes));
  return sum.toString('base64');
};
const read = async (Key: string, more: object = {}) => Buffer.from(await (await s3.send(new GetObjectCommand({ Bucket, Key, ...more }))).Body!.transformToByteArray());

async function begin(Key: string, more: object = {}) {
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key, ...more }));
  const where = { Bucket, Key, UploadId: UploadId! };
  return {
    where,
    part: async (PartNumber: number, Body: Buffer, sum: object = {}): Promise<CompletedPart> => {
      const { ETag, ChecksumCRC32, ChecksumCRC32C, ChecksumCRC64NVME, ChecksumSHA256 } = await s3.send(new UploadPartCommand({ ...where, PartNumber, Body, ...sum }));
      return { PartNumber, ETag, ChecksumCRC32, ChecksumCRC32C, ChecksumCRC64NVME, ChecksumSHA256 };
    },
    complete: (Parts: CompletedPart[], more2: object = {}) => s3.send(new CompleteMultipartUploadCommand({ ...where, MultipartUpload: { Parts }, ...more2 })),
  };
}

it('puts parts together in order, whatever order they came in, with the ETag S3 would give', async () => {
  const upload = await begin('whole', { ContentType: 'text/x', Metadata: { a: 'b' }, StorageClass: 'STANDARD_IA', Tagging: 'k=v' });
  const three = await upload.part(7, tail);
  await upload.part(1, randomBytes(5 * MiB));
  const one = await upload.part(1, first); // replaces the earlier one
  const two = await upload.part(3, second);
  const listed = await s3.send(new ListPartsCommand({ ...upload.where, MaxParts: 2 }));
  expect(listed.Parts!.map((p) => [p.PartNumber, p.Size, p.ETag])).toEqual([[1, first.length, one.ETag], [3, second.length, two.ETag]]);
  expect(listed).toMatchObject({ IsTruncated: true, NextPartNumberMarker: '3', StorageClass: 'STANDARD_IA' });
  const done = await upload.complete([one, two, three]);
  expect(done.ETag).toBe(etagOf(first, second, tail));
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'whole' }))).toMatchObject({ ETag: done.ETag, ContentType: 'text/x', Metadata: { a: 'b' }, StorageClass: 'STANDARD_IA', ContentLength: whole.length });
  expect((await read('whole')).equals(whole)).toBe(true);
  expect((await read('whole', { Range: `bytes=${5 * MiB - 2}-${5 * MiB + 1}` })).equals(whole.subarray(5 * MiB - 2, 5 * MiB + 2))).toBe(true);
  expect((await read('whole', { PartNumber: 3 })).equals(second)).toBe(true);
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'whole', PartNumber: 7 }))).toMatchObject({ ContentLength: tail.length, PartsCount: 3 });
  await expect(s3.send(new GetObjectCommand({ Bucket, Key: 'whole', PartNumber: 2 }))).rejects.toEqual(fails('InvalidPartNumber', 416));
  const again = await upload.complete([one, two, three]); // the first answer may have been lost
  expect(again.ETag).toBe(done.ETag);
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
});

it('one part is an object of parts too', async () => {
  const upload = await begin('one');
  const part = await upload.part(1, tail);
  expect((await upload.complete([part])).ETag).toBe(etagOf(tail));
  expect((await read('one')).equals(tail)).toBe(true);
});

it.each([
  ['CRC32', 'FULL_OBJECT'],
  ['CRC32C', 'FULL_OBJECT'],
  ['CRC64NVME', 'FULL_OBJECT'],
  ['CRC32', 'COMPOSITE'],
  ['SHA256', 'COMPOSITE'],
] as const)('has the %s checksum of the %s', async (ChecksumAlgorithm, ChecksumType) => {
  const key = `sum-${ChecksumAlgorithm}-${ChecksumType}`;
  const member = `Checksum${ChecksumAlgorithm}` as 'ChecksumCRC32';
  const upload = await begin(key, { ChecksumAlgorithm, ChecksumType });
  const parts = [await upload.part(1, first, { ChecksumAlgorithm }), await upload.part(2, tail, { ChecksumAlgorithm })];
  const done = await upload.complete(parts);
  await s3.send(new PutObjectCommand({ Bucket, Key: `${key}-plain`, Body: Buffer.concat([first, tail]), ChecksumAlgorithm }));
  const plain = await s3.send(new HeadObjectCommand({ Bucket, Key: `${key}-plain`, ChecksumMode: 'ENABLED' }));
  if (ChecksumType === 'FULL_OBJECT') expect(done[member]).toBe(plain[member]);
  else expect(done[member]).toMatch(/^[A-Za-z0-9+/]+=*-2$/);
  expect(done.ChecksumType).toBe(ChecksumType);
  if (ChecksumAlgorithm === 'CRC32' && ChecksumType === 'COMPOSITE') {
    const joined = Buffer.concat([first, tail].map((b) => Buffer.from(base64Crc32(b), 'base64')));
    expect(done.ChecksumCRC32).toBe(`${base64Crc32(joined)}-2`);
  }
  const attributes = await s3.send(new GetObjectAttributesCommand({ Bucket, Key: key, ObjectAttributes: ['ObjectParts', 'Checksum'] }));
  expect(attributes.ObjectParts).toMatchObject({ TotalPartsCount: 2 });
  expect(attributes.Checksum).toMatchObject({ [member]: done[member] });
});

it('refuses what S3 refuses: parts in the wrong order, unknown, too small, of another upload', async () => {
  const upload = await begin('refused');
  const one = await upload.part(1, first);
  const small = await upload.part(2, tail);
  const three = await upload.part(3, tail);
  await expect(upload.complete([small, one])).rejects.toEqual(fails('InvalidPartOrder', 400));
  await expect(upload.complete([one, { ...three, PartNumber: 9 }])).rejects.toEqual(fails('InvalidPart', 400));
  await expect(upload.complete([{ ...one, ETag: '"0123"' }])).rejects.toEqual(fails('InvalidPart', 400));
  await expect(upload.complete([one, small, three])).rejects.toEqual(fails('EntityTooSmall', 400));
  await expect(upload.complete([])).rejects.toEqual(fails('MalformedXML', 400));
  await expect(upload.part(0, tail)).rejects.toEqual(fails('InvalidArgument', 400));
  await expect(upload.part(10_001, tail)).rejects.toEqual(fails('InvalidArgument', 400));
  await s3.send(new PutObjectCommand({ Bucket, Key: 'refused', Body: 'earlier' }));
  await expect(upload.complete([one, three], { IfNoneMatch: '*' })).rejects.toEqual(fails('PreconditionFailed', 412));
  await expect(s3.send(new ListPartsCommand({ ...upload.where, UploadId: 'made-up' }))).rejects.toEqual(fails('NoSuchUpload', 404));
  expect((await upload.complete([one, three])).ETag).toBe(etagOf(first, tail));
});

it('FAULTS 13: an aborted upload leaves nothing; unfinished ones can be listed', async () => {
  const uploads = [await begin('x/1'), await begin('x/1'), await begin('x/y/2'), await begin('z')];
  const listed = await s3.send(new ListMultipartUploadsCommand({ Bucket }));
  expect(listed.Uploads!.map((u) => u.Key)).toEqual(['x/1', 'x/1', 'x/y/2', 'z']);
  const grouped = await s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: 'x/', Delimiter: '/' }));
  expect([grouped.Uploads!.length, grouped.CommonPrefixes]).toEqual([2, [{ Prefix: 'x/y/' }]]);
  const seen: unknown[] = [];
  let marker: { KeyMarker?: string; UploadIdMarker?: string } | undefined = {};
  while (marker) {
    const page: { Uploads?: { UploadId?: string }[]; IsTruncated?: boolean; NextKeyMarker?: string; NextUploadIdMarker?: string } = await s3.send(new ListMultipartUploadsCommand({ Bucket, MaxUploads: 1, ...marker }));
    seen.push(...(page.Uploads ?? []).map((u) => u.UploadId));
    marker = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker } : undefined;
  }
  expect(new Set(seen)).toEqual(new Set(uploads.map((u) => u.where.UploadId)));
  await uploads[0]!.part(1, tail);
  for (const { where } of uploads) await s3.send(new AbortMultipartUploadCommand(where));
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads).toBeUndefined();
  await expect(uploads[0]!.part(2, tail)).rejects.toEqual(fails('NoSuchUpload', 404));
  await expect(s3.send(new AbortMultipartUploadCommand(uploads[0]!.where))).rejects.toEqual(fails('NoSuchUpload', 404));
});

it('copies parts out of other objects, whole or by range', async () => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'source', Body: whole }));
  const upload = await begin('copied');
  const copy = async (PartNumber: number, CopySourceRange?: string) => {
    const { CopyPartResult } = await s3.send(new UploadPartCopyCommand({ ...upload.where, PartNumber, CopySource: `${Bucket}/source`, CopySourceRange }));
    return { PartNumber, ETag: CopyPartResult!.ETag };
  };
  const parts = [await copy(1), await copy(2, `bytes=${10 * MiB}-${whole.length - 1}`)];
  await expect(copy(3, `bytes=0-${whole.length}`)).rejects.toEqual(fails('InvalidArgument', 400));
  await expect(copy(3, 'bytes=5-')).rejects.toEqual(fails('InvalidArgument', 400));
  expect((await upload.complete(parts)).ETag).toBe(etagOf(whole, tail));
  expect((await read('copied')).equals(Buffer.concat([whole, tail]))).toBe(true);
});

it('an unfinished upload does not keep a bucket', async () => {
  await s3.send(new CreateBucketCommand({ Bucket: 'going' }));
  await s3.send(new CreateMultipartUploadCommand({ Bucket: 'going', Key: 'k' }));
  await s3.send(new DeleteBucketCommand({ Bucket: 'going' }));
  await s3.send(new CreateBucketCommand({ Bucket: 'going' }));
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket: 'going' }))).Uploads).toBeUndefined();
});
