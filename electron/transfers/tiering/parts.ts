import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  GetObjectTaggingCommand,
  UploadPartCopyCommand,
  type CopyPartResult,
  type HeadObjectCommandOutput,
  type StorageClass,
} from '@aws-sdk/client-s3';
import PQueue from 'p-queue';
import { COPY_PART } from '../../../shared/prices/cost.ts';
import { AppError } from '../../../shared/errors.ts';
import { completeUpload } from '../completing.ts';
import type { Job } from '../job.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';
import { beginUpload, dropLostUploads } from '../upload/beginUpload.ts';
import { MAX_PARTS, partsOf } from '../upload/partSize.ts';
import { copySource, keptByHand, keptHeaders } from './copySource.ts';

const AT_ONCE = 6;

/** What must be at the key for the copy to be published. */
export type Condition = { IfMatch?: string | undefined; IfNoneMatch?: '*' };

/** Where the copy is not made onto its source. */
export interface OtherTarget {
  source?: { bucket: string; key: string; versionId?: string | undefined };
  condition?: Condition;
  /** Throws where the condition does not hold; asked where the store knows no conditions. */
  look?(): Promise<void>;
}

/**
 * Copies an object over 5 GiB onto itself part by part. The upload's id is journalled before the first part, each part
 * when S3 has confirmed it: a repeat goes on where it was. `create` answers with the id of a new upload that is given all
 * the object is to have, as parts carry bytes only. Answers with the version made, where versions are kept.
 */
export async function copyInParts(job: Job, index: number, file: FileRecord, head: HeadObjectCommandOutput, create: () => Promise<string>, other: OtherTarget = {}): Promise<string | undefined> {
  try {
    return await copyParts(job, index, file, head, create, other);
  } catch (error) {
    // Somebody aborted the upload (a lifecycle rule): a retry begins anew.
    if (error instanceof AppError && error.awsCode === 'NoSuchUpload') await forgetParts(job, index, file);
    throw error;
  }
}

async function copyParts(job: Job, index: number, file: FileRecord, head: HeadObjectCommandOutput, create: () => Promise<string>, other: OtherTarget): Promise<string | undefined> {
  const { journal, record, tuning } = job;
  const { source = { bucket: record.bucket, key: file.key, versionId: undefined }, condition = { IfMatch: head.ETag } } = other;
  const size = head.ContentLength ?? 0;
  const at = { Bucket: record.bucket, Key: file.key };
  // The object was replaced since an earlier try: its parts are of no use.
  if (file.uploadId && file.etag !== head.ETag) await abortParts(job, index, file);
  await dropLostUploads(job, index, file);
  if (!file.uploadId) {
    file.etag = head.ETag;
    file.partSize = Math.max(Math.min(COPY_PART, tuning.wholeCopy), Math.ceil(size / MAX_PARTS));
    await beginUpload(job, index, file, async () => ({ uploadId: await create() }));
  }
  const uploadId = file.uploadId!;
  const have = await journal.parts(record.id, index);
  const queue = new PQueue({ concurrency: AT_ONCE });
  await queue.addAll(
    [...partsOf(size, file.partSize!)].map(({ number, offset, length }) => async () => {
      if (have.has(number) || job.signal.aborted) return;
      const command = new UploadPartCopyCommand({
        ...at,
        UploadId: uploadId,
        PartNumber: number,
        CopySource: copySource(source.bucket, source.key, source.versionId),
        CopySourceRange: `bytes=${offset}-${offset + length - 1}`,
        CopySourceIfMatch: head.ETag,
      });
      const { CopyPartResult } = await request(job, { action: 's3:PutObject', key: file.key, stall: tuning.patientStall }, ({ s3, signal }) => s3.send(command, { abortSignal: signal }));
      const part = { etag: CopyPartResult?.ETag, size: length, crc32: 0, checksums: checksumsOf(CopyPartResult) };
      have.set(number, part);
      await journal.putPart(record.id, index, number, part);
    }),
  );
  const Parts = [...have].sort(([a], [b]) => a - b).map(([PartNumber, { etag: ETag, checksums }]) => ({ PartNumber, ETag, ...checksums }));
  const complete = (conditions: Condition) => completeUpload(job, { ...at, UploadId: uploadId, MultipartUpload: { Parts }, ...conditions }, other.source ? undefined : head.LastModified);
  return complete(condition).catch(async (error: unknown) => {
    if (!(error instanceof AppError && error.code === 'NotImplemented')) throw error;
    await other.look?.();
    return complete({});
  });
}

/** A new upload of the object in another class. */
export async function createInClass(job: Job, { key }: FileRecord, head: HeadObjectCommandOutput, to: string, source: OtherTarget['source'] = { bucket: job.record.bucket, key }): Promise<string> {
  const at = { Bucket: job.record.bucket, Key: key };
  // Unlike CopyObject this takes nothing over: tags that cannot be read would be lost, so that failure stops it.
  const { TagSet = [] } = head.TagCount
    ? await request(job, { action: source.versionId === undefined ? 's3:GetObjectTagging' : 's3:GetObjectVersionTagging', bucket: source.bucket, key: source.key }, ({ s3, signal }) => s3.send(new GetObjectTaggingCommand({ Bucket: source.bucket, Key: source.key, VersionId: source.versionId }), { abortSignal: signal }))
    : {};
  const Tagging = TagSet.length > 0 ? new URLSearchParams(TagSet.map(({ Key = '', Value = '' }) => [Key, Value])).toString() : undefined;
  const { UploadId } = await request(job, { action: 's3:PutObject', key }, ({ s3, signal }) =>
    s3.send(new CreateMultipartUploadCommand({ ...at, ...keptByHand(head), ...keptHeaders(head), Tagging, StorageClass: to as StorageClass }), { abortSignal: signal }),
  );
  return UploadId!;
}

/** A part's own checksums, which the completion of an upload with an algorithm repeats. */
const checksumsOf = (part: CopyPartResult | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(part ?? {}).flatMap(([name, value]) => (name.startsWith('Checksum') && typeof value === 'string' ? [[name, value]] : [])));

/** Takes back the parts of a copy that was not finished. */
export async function abortParts(job: Job, index: number, file: FileRecord): Promise<void> {
  const { uploadId: UploadId } = file;
  if (!UploadId) return;
  await dropLostUploads(job, index, file);
  await request(job, { action: 's3:AbortMultipartUpload', key: file.key }, ({ s3, signal }) =>
    s3.send(new AbortMultipartUploadCommand({ Bucket: job.record.bucket, Key: file.key, UploadId }), { abortSignal: signal }),
  ).catch((error: unknown) => {
    if (!(error instanceof AppError && error.code === 'NotFound')) throw error;
  });
  await forgetParts(job, index, file);
}

async function forgetParts(job: Job, index: number, file: FileRecord): Promise<void> {
  delete file.uploadId;
  delete file.etag;
  await job.journal.dropParts(job.record.id, index);
  await job.journal.putFile(job.record.id, index, file);
}
