import type { FileHandle } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { AppError } from '../../../shared/errors.ts';
import type { Sink } from '../../aws/leanConnection.ts';
import { readObject, type ObjectHeaders } from '../../aws/readObject.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import { localError } from '../localError.ts';
import type { FileRecord, PartRecord } from '../records.ts';
import { request } from '../requests.ts';

/** Bytes [offset, offset+length) of an object; `whole` asks without a Range header. */
export interface Range {
  offset: number;
  length: number;
  whole: boolean;
}

/**
 * Reads one range of an object into memory, whatever it takes: a body that is cut short is asked for again. Conflict
 * (awsCode PreconditionFailed) where the object is no longer the one with the file's ETag.
 */
export async function fetchRange(job: Job, { key, etag }: FileRecord, range: Range, into: Buffer): Promise<{ part: PartRecord; headers: ObjectHeaders }> {
  const { offset, length, whole } = range;
  const bucket = job.bandwidth.down;
  return request(job, { action: 's3:GetObject', key }, async ({ s3, leanS3, signal, touch }) => {
    let got = 0;
    let crc = 0;
    const startOver = () => {
      job.moved(-got);
      got = crc = 0;
    };
    const sink: Sink = {
      space(left) {
        if (got >= length) throw longer(job, key, range);
        // All at once where nothing limits it; else in pieces that the limit lets pass smoothly.
        return into.subarray(got, Math.min(length, got + Math.min(left, bucket.limit === null ? left : bucket.slice)));
      },
      took(count) {
        touch();
        crc = crc32(into.subarray(got, got + count), crc);
        got += count;
        job.moved(count);
        return bucket.take(count, touch);
      },
    };
    const accept = (headers: ObjectHeaders): Sink => {
      startOver();
      const announced = Number(headers['content-length'] ?? length);
      if (announced > length) throw longer(job, key, range);
      return sink;
    };
    const wanted = { bucket: job.record.bucket, key, ifMatch: etag, wantsChecksum: whole, range: whole ? undefined : { first: offset, last: offset + length - 1 } };
    try {
      const headers = await readObject({ s3, leanS3 }, wanted, signal, accept);
      if (got < length) throw shorter(job, key, range, got);
      return { part: { size: got, crc32: crc }, headers };
    } catch (error) {
      startOver();
      throw mismatch(error, s3Uri(job.record.bucket, key));
    }
  });
}

/** Writes all of `bytes` at a place of the file. */
export async function writeAt(handle: FileHandle, bytes: Buffer, position: number, name: string): Promise<void> {
  try {
    for (let done = 0; done < bytes.length; ) done += (await handle.write(bytes, done, bytes.length - done, position + done)).bytesWritten;
  } catch (error) {
    throw localError(error, name, 'write');
  }
}

const shorter = (job: Job, key: string, { offset, length }: Range, got: number) =>
  new AppError('Network', `${s3Uri(job.record.bucket, key)} ended after ${got} of ${length} bytes from ${offset}.`, { retryable: true });

const longer = (job: Job, key: string, { length }: Range) =>
  new AppError('Conflict', `${s3Uri(job.record.bucket, key)} sent more than the ${length} bytes asked for.`, {
    detail: 'The endpoint does not honour ranges, or the object was replaced.',
    awsCode: 'PreconditionFailed',
  });

/** The SDK checks whole bodies that come with a checksum itself. */
const mismatch = (error: unknown, resource: string): unknown =>
  error instanceof Error && !(error instanceof AppError) && /checksum mismatch/i.test(error.message) ? checksumMismatch(resource, error.message) : error;

export const checksumMismatch = (resource: string, detail: string): AppError =>
  new AppError('ChecksumMismatch', `The bytes of ${resource} that arrived are not the ones that were stored.`, {
    detail: `${detail} Nothing was written over. Retry; if it happens again, the object or the way to it is damaged.`,
    resource,
  });
