import { crc32 } from 'node:zlib';
import { AppError } from '../../../shared/errors.ts';
import type { Sink } from '../../aws/leanConnection.ts';
import { readObject, type ObjectHeaders } from '../../aws/readObject.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import type { FileRecord, PartRecord } from '../records.ts';
import { request } from '../requests.ts';
import type { Taker } from './taker.ts';

/** Bytes [offset, offset+length) of an object; `whole` asks without a Range header. */
export interface Range {
  offset: number;
  length: number;
  whole: boolean;
}

/** Bytes that are read and summed up at once: few enough that they are still in the processor's own cache. */
const PIECE = 128 * 1024;

/**
 * Fetches one range of an object, whatever it takes: a body that is cut short is asked for again. Conflict (awsCode
 * PreconditionFailed) where the object is no longer the one with the file's ETag.
 */
export async function fetchRange(job: Job, { key, etag }: FileRecord, range: Range, taker: Taker): Promise<{ part: PartRecord; headers: ObjectHeaders }> {
  const { offset, length, whole } = range;
  const bucket = job.bandwidth.down;
  const wanted = { bucket: job.record.bucket, key, ifMatch: etag, wantsChecksum: whole, range: whole ? undefined : { first: offset, last: offset + length - 1 } };
  return request(job, { action: 's3:GetObject', key }, async ({ s3, leanS3, signal, touch }) => {
    await taker.restart();
    let got = 0;
    let crc = 0;
    let space: Buffer = Buffer.alloc(0);
    const sink: Sink = {
      space(left) {
        if (got >= length) throw longer(job, key, range);
        // A limit lets small pieces pass smoothly.
        space = taker.space().subarray(0, Math.min(left, length - got, bucket.limit === null ? PIECE : bucket.slice));
        return space;
      },
      took(count) {
        touch();
        crc = crc32(space.subarray(0, count), crc);
        got += count;
        job.moved(count);
        const full = taker.took(count);
        const wait = bucket.take(count, touch);
        return full && wait ? Promise.all([full, wait]) : (full ?? wait);
      },
    };
    const accept = (headers: ObjectHeaders): Sink => {
      if (Number(headers['content-length'] ?? length) > length) throw longer(job, key, range);
      return sink;
    };
    try {
      const headers = await readObject({ s3, leanS3 }, wanted, signal, accept);
      if (got < length) throw shorter(job, key, range, got);
      await taker.end();
      return { part: { size: got, crc32: crc }, headers };
    } catch (error) {
      job.moved(-got);
      throw mismatch(error, s3Uri(job.record.bucket, key));
    }
  });
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
