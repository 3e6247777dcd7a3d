import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import { localError } from '../localError.ts';
import { checksumHeaders, type Checksums } from './checksum.ts';
import type { FileRecord, PartRecord } from '../records.ts';
import { request } from '../requests.ts';

/** Bytes [offset, offset+length) of an object; `whole` asks without a Range header. */
export interface Range {
  offset: number;
  length: number;
  whole: boolean;
}

/**
 * Writes one range of an object at its place in the file, whatever it takes: a body that is cut short is asked for
 * again. Conflict (awsCode PreconditionFailed) where the object is no longer the one with the file's ETag.
 */
export async function fetchRange(job: Job, file: FileRecord, handle: FileHandle, range: Range): Promise<{ part: PartRecord; answer: Checksums }> {
  const { key, etag } = file;
  const Range = range.whole ? undefined : `bytes=${range.offset}-${range.offset + range.length - 1}`;
  return request(job, { action: 's3:GetObject', key }, async ({ s3, leanS3, signal, touch }) => {
    const headers = { ...(Range ? { range: Range } : {}), ...(etag ? { 'if-match': etag } : {}), ...(range.whole ? { 'x-amz-checksum-mode': 'ENABLED' } : {}) };
    const lean = await leanS3.send({ method: 'GET', bucket: job.record.bucket, key, headers, signal });
    const told = lean
      ? undefined
      : await s3.send(new GetObjectCommand({ Bucket: job.record.bucket, Key: key, Range, IfMatch: etag || undefined, ChecksumMode: range.whole ? 'ENABLED' : undefined }), { abortSignal: signal });
    const body = lean?.body ?? (told!.Body as Readable);
    const answer = lean ? checksumHeaders(lean.headers) : told!;
    const onAbort = () => body.destroy(new Error('given up'));
    signal.addEventListener('abort', onAbort, { once: true });
    let written = 0;
    let crc = 0;
    try {
      for await (const chunk of body as AsyncIterable<Buffer>) {
        touch();
        const wait = job.bandwidth.down.take(chunk.length, touch);
        if (wait) await wait;
        if (written + chunk.length > range.length) throw longer(job, key, range);
        await writeAll(handle, chunk, range.offset + written, file.relativePath ?? key);
        crc = crc32(chunk, crc);
        written += chunk.length;
        job.moved(chunk.length);
      }
      if (written < range.length) throw shorter(job, key, range, written);
    } catch (error) {
      job.moved(-written);
      throw mismatch(error, s3Uri(job.record.bucket, key));
    } finally {
      signal.removeEventListener('abort', onAbort);
      if (!body.readableEnded) body.destroy(); // a body read to its end gives its socket back
    }
    return { part: { size: written, crc32: crc }, answer };
  });
}

async function writeAll(handle: FileHandle, bytes: Buffer, position: number, name: string): Promise<void> {
  try {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
  } catch (error) {
    throw localError(error, name, 'write');
  }
}

export const shorter = (job: Job, key: string, { offset, length }: Range, got: number) =>
  new AppError('Network', `${s3Uri(job.record.bucket, key)} ended after ${got} of ${length} bytes from ${offset}.`, { retryable: true });

export const longer = (job: Job, key: string, { length }: Range) =>
  new AppError('Conflict', `${s3Uri(job.record.bucket, key)} sent more than the ${length} bytes asked for.`, {
    detail: 'The endpoint does not honour ranges, or the object was replaced.',
    awsCode: 'PreconditionFailed',
  });

/** The SDK checks whole bodies that come with a checksum itself. */
export const mismatch = (error: unknown, resource: string): unknown =>
  error instanceof Error && !(error instanceof AppError) && /checksum mismatch/i.test(error.message) ? checksumMismatch(resource, error.message) : error;

export const checksumMismatch = (resource: string, detail: string): AppError =>
  new AppError('ChecksumMismatch', `The bytes of ${resource} that arrived are not the ones that were stored.`, {
    detail: `${detail} Nothing was written over. Retry; if it happens again, the object or the way to it is damaged.`,
    resource,
  });
