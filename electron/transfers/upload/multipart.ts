import { crc32 } from 'node:zlib';
import {
  AbortMultipartUploadCommand,
  CreateMultipartUploadCommand,
  HeadObjectCommand,
  ListPartsCommand,
  UploadPartCommand,
  type Part,
} from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { bodyChecksum, modeOf, uploadChecksum } from '../checksumMode.ts';
import { completeUpload, isMadeOf } from '../completing.ts';
import { combineAll, crc32ToBase64 } from '../crc32.ts';
import { withHeaders, type ExactHeaders } from '../edit/exactHeaders.ts';
import type { Job } from '../job.ts';
import { Semaphore } from '../limiter.ts';
import type { FileRecord, PartRecord } from '../records.ts';
import type { Written } from '../overwrites.ts';
import { request } from '../requests.ts';
import type { Condition } from '../tiering/parts.ts';
import { beginUpload, dropLostUploads } from './beginUpload.ts';
import { bodyOf } from './body.ts';
import { contentTypeOf } from './contentType.ts';
import { withPartMemory } from './partMemory.ts';
import { partSizeFor, partsOf } from './partSize.ts';
import type { WriteOptions } from './putObject.ts';
import type { Source } from './source.ts';

type Parts = Map<number, PartRecord>;

/**
 * A large file in parts, several at a time. The UploadId is journalled before the first part is sent and every part
 * when S3 has confirmed it; an upload the journal knows goes on where ListParts says it is.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html
 *
 * Conflict where the source changes meanwhile: the upload is aborted and nothing is published.
 */
export async function uploadInParts(job: Job, index: number, file: FileRecord, source: Source, { condition = {}, headers = {} }: WriteOptions = {}): Promise<Written> {
  if (file.uploadId && (file.size !== source.size || file.mtimeMs !== source.mtimeMs)) await abandon(job, index, file);
  file.size = source.size;
  file.mtimeMs = source.mtimeMs;
  await dropLostUploads(job, index, file);
  const kept = file.uploadId ? await confirmedParts(job, index, file, source) : undefined;
  if (kept && 'completed' in kept) {
    job.moved(source.size);
    return kept.completed;
  }
  const parts = kept ?? (await create(job, index, file, source, headers));
  for (const part of parts.values()) job.moved(part.size);
  source.check?.resume([...partsOf(file.size, file.partSize!)].filter(({ number }) => parts.has(number)), (offset, length) => source.read(offset, length));

  try {
    await sendMissing(job, index, file, source, parts);
    await source.assertUnchanged();
    await source.check?.finish([...parts].sort(([a], [b]) => a - b).map(([, part]) => part));
  } catch (error) {
    source.check?.fail(error);
    if (error instanceof AppError && (error.code === 'Conflict' || (source.check && error.code === 'ChecksumMismatch'))) await abandon(job, index, file);
    throw error;
  }
  return { versionId: await completeUpload(job, completion(job, file, parts, condition)) };
}

async function create(job: Job, index: number, file: FileRecord, source: Source, headers: ExactHeaders): Promise<Parts> {
  file.partSize = source.partSize ?? partSizeFor(file.size);
  const { key } = file;
  await beginUpload(job, index, file, async () => {
    let tries = 0;
    const made = await request(job, { action: 's3:PutObject', key }, ({ s3, signal }) => {
      tries += 1;
      return s3.send(
        withHeaders(new CreateMultipartUploadCommand({ Bucket: job.record.bucket, Key: key, ContentType: contentTypeOf(key), ...uploadChecksum(modeOf(job)) }), headers),
        { abortSignal: signal },
      );
    });
    // Endpoints that do not know checksums of whole objects (older MinIO, Ceph) leave this out.
    file.fullObjectChecksum = made.ChecksumType === 'FULL_OBJECT';
    return { uploadId: made.UploadId!, repeated: tries > 1 || (made.$metadata.attempts ?? 1) > 1 };
  });
  return new Map();
}

/**
 * Parts S3 has, of the size they should have, and with the ETag we were told or (its answer was lost in the crash) the
 * checksum of the source's bytes. `undefined`: the upload is gone and must
 * start again; `completed`: it is gone because it was completed before the crash.
 */
async function confirmedParts(job: Job, index: number, file: FileRecord, source: Source): Promise<Parts | undefined | { completed: Written }> {
  const { key, uploadId, partSize } = file;
  const journalled = await job.journal.parts(job.record.id, index);
  const listed: Part[] = [];
  try {
    for (let marker: string | undefined, more = true; more; ) {
      const page = await request(job, { action: 's3:ListMultipartUploadParts', key }, ({ s3, signal }) =>
        s3.send(new ListPartsCommand({ Bucket: job.record.bucket, Key: key, UploadId: uploadId, PartNumberMarker: marker }), { abortSignal: signal }),
      );
      listed.push(...(page.Parts ?? []));
      marker = page.NextPartNumberMarker;
      more = page.IsTruncated === true && marker !== undefined;
    }
  } catch (error) {
    if (!isNoSuchUpload(error)) throw error;
    const completed = await published(job, file, journalled);
    if (completed) return { completed };
    await forget(job, index, file);
    return undefined;
  }
  const there = new Map(listed.map((part) => [part.PartNumber!, part]));
  const parts: Parts = new Map();
  for (const { number, offset, length } of partsOf(file.size, partSize!)) {
    const part = there.get(number);
    if (!part || part.Size !== length) continue;
    const known = journalled.get(number) ?? (await recognise(source, part, offset, length));
    if (known && known.etag === part.ETag) parts.set(number, known);
  }
  return parts;
}

/** A part nobody told us of is ours where its checksum is that of the source's bytes. */
async function recognise(source: Source, part: Part, offset: number, length: number): Promise<PartRecord | undefined> {
  if (!part.ChecksumCRC32) return undefined;
  const bytes = await source.read(offset, length);
  const crc = crc32(bytes);
  return crc32ToBase64(crc) === part.ChecksumCRC32 ? { etag: part.ETag, size: length, crc32: crc, source: await source.check?.sumOf(bytes) } : undefined;
}

async function sendMissing(job: Job, index: number, file: FileRecord, source: Source, parts: Parts): Promise<void> {
  // The first failure stops the parts that have not begun; those under way end by themselves.
  const width = new Semaphore(job.tuning.pieces);
  let failure: unknown;
  const work: Promise<void>[] = [];
  for (const part of partsOf(file.size, file.partSize!)) {
    if (parts.has(part.number)) continue;
    work.push(
      width.run(async () => {
        if (failure) return;
        try {
          await job.memory.run(() => withPartMemory(file.partSize!, (memory) => sendPart(job, index, file, source, parts, part, memory)), part.length);
        } catch (error) {
          failure ??= error;
          source.check?.fail(error); // whoever waits for this part waits for nothing
        }
      }),
    );
  }
  await Promise.all(work);
  if (failure) throw failure;
}

/** Whether S3 took it with the first request: of one that was repeated, an earlier try may still hold the memory. */
async function sendPart(job: Job, index: number, file: FileRecord, source: Source, parts: Parts, part: { number: number; offset: number; length: number }, memory: () => Buffer): Promise<boolean> {
  const bytes = await source.read(part.offset, part.length, memory);
  await source.assertUnchanged();
  const crc = crc32(bytes);
  await source.check?.took(part.offset, bytes);
  const told = await source.check?.sumOf(bytes);
  const checksum = bodyChecksum(modeOf(job), bytes, crc);
  let tries = 0;
  const answer = await request(job, { action: 's3:PutObject', key: file.key }, async ({ s3, signal, touch }) => {
    tries += 1;
    let sent = 0;
    const taken = (count: number) => {
      sent += count;
      job.moved(count);
      touch();
    };
    const Body = bodyOf(bytes, job.bandwidth.up, { taken, touch });
    try {
      return await s3.send(
        new UploadPartCommand({
          Bucket: job.record.bucket,
          Key: file.key,
          UploadId: file.uploadId,
          PartNumber: part.number,
          Body,
          ContentLength: bytes.length,
          ...checksum,
        }),
        { abortSignal: signal },
      );
    } catch (error) {
      job.moved(-sent);
      throw error;
    }
  });
  const record: PartRecord = { etag: answer.ETag, size: part.length, crc32: crc, source: told };
  parts.set(part.number, record);
  await job.journal.putPart(job.record.id, index, part.number, record);
  return tries === 1 && (answer.$metadata.attempts ?? 1) === 1;
}

/** The completion of the upload, as far as its parts are known. */
function completion(job: Job, file: FileRecord, parts: Parts, condition: Condition = {}) {
  const ordered = [...parts].sort(([a], [b]) => a - b);
  const checked = ['full', 'parts'].includes(modeOf(job));
  const whole = file.fullObjectChecksum
    ? { ChecksumCRC32: crc32ToBase64(combineAll(ordered.map(([, part]) => part))), ChecksumType: 'FULL_OBJECT' as const, MpuObjectSize: file.size }
    : {};
  const Parts = ordered.map(([PartNumber, part]) => ({ PartNumber, ETag: part.etag, ...(checked && { ChecksumCRC32: crc32ToBase64(part.crc32) }) }));
  return { Bucket: job.record.bucket, Key: file.key, UploadId: file.uploadId!, MultipartUpload: { Parts }, ...whole, ...condition };
}

/** The object at the key, where it is the one these parts make. */
async function published(job: Job, file: FileRecord, parts: Parts): Promise<Written | undefined> {
  if (parts.size !== Math.ceil(file.size / file.partSize!)) return undefined;
  try {
    const head = await request(job, { action: 's3:GetObject', key: file.key }, ({ s3, signal }) =>
      s3.send(new HeadObjectCommand({ Bucket: job.record.bucket, Key: file.key, ChecksumMode: 'ENABLED' }), { abortSignal: signal }),
    );
    return isMadeOf(head, completion(job, file, parts)) ? { versionId: head.VersionId } : undefined;
  } catch (error) {
    if (error instanceof AppError && ['NotFound', 'AccessDenied'].includes(error.code)) return undefined;
    throw error;
  }
}

/** Gives an upload up for good: S3 drops its parts, the journal its record. */
export async function abandon(job: Job, index: number, file: FileRecord): Promise<void> {
  const { key, uploadId } = file;
  if (!uploadId) return;
  await dropLostUploads(job, index, file);
  try {
    await request(job, { action: 's3:AbortMultipartUpload', key }, ({ s3, signal }) =>
      s3.send(new AbortMultipartUploadCommand({ Bucket: job.record.bucket, Key: key, UploadId: uploadId }), { abortSignal: signal }),
    );
  } catch (error) {
    if (!isNoSuchUpload(error)) throw error;
  }
  await forget(job, index, file);
}

async function forget(job: Job, index: number, file: FileRecord): Promise<void> {
  delete file.uploadId;
  delete file.partSize;
  delete file.fullObjectChecksum;
  await job.journal.dropParts(job.record.id, index);
  await job.journal.putFile(job.record.id, index, file);
}

const isNoSuchUpload = (error: unknown): boolean => error instanceof AppError && error.awsCode === 'NoSuchUpload';
