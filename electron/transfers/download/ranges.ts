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

/** How far the bytes of one row of requests have come. All in bytes of the object. */
export interface Span {
  /** The byte that comes next. */
  at: number;
  /** All before this are wanted. It may come nearer while they come. */
  readonly end: number;
  /** Where the present checksum ends; `reached` is called there and begins the next one. */
  until: number;
  /** Of the bytes since the last `until`. */
  crc32: number;
  /** Before the head of an answer, when it is there, and with every piece of the body. */
  asked?(): void;
  answered?(): void;
  took?(count: number): void;
  /** May give a promise until which nothing more is read. */
  reached?(): Promise<unknown> | undefined;
}

/** Bytes that are read and summed up at once: few enough that they are still in the processor's own cache. */
const PIECE = 128 * 1024;
/** After so many bytes an answer that was cut short was worth its request, which then does not count as a failed try. */
const WORTH = 1024 * 1024;
/** What is still wanted is there, though more is on its way. */
const ENOUGH = new Error('The rest is not wanted any more.');

/**
 * Fetches the bytes of a span, whatever it takes: a body that is cut short or stalls is asked for again from the byte that
 * did not come. Conflict (awsCode PreconditionFailed) where the object is no longer the one with the file's ETag. The
 * headers are those of the first answer. `whole`: the span is the object, and the answer shall bring its checksum.
 */
export async function fetchSpan(job: Job, { key, etag }: FileRecord, span: Span, taker: Taker, whole = false): Promise<ObjectHeaders | undefined> {
  const bucket = job.bandwidth.down;
  let first: ObjectHeaders | undefined;
  let room: Promise<unknown> | undefined;
  do {
    await request(job, { action: 's3:GetObject', key }, async ({ s3, leanS3, signal, touch }) => {
      await room;
      const [begin, asked] = [span.at, span.end];
      if (asked <= begin && !whole) return; // nobody wants it any more
      const wanted = { bucket: job.record.bucket, key, ifMatch: etag, wantsChecksum: whole, range: whole && begin === 0 ? undefined : { first: begin, last: asked - 1 } };
      let space: Buffer = Buffer.alloc(0);
      const sink: Sink = {
        space(left) {
          if (span.at >= asked) throw longer(job, key, asked - begin);
          // A limit lets small pieces pass smoothly.
          space = taker.space().subarray(0, Math.min(left, span.until - span.at, bucket.limit === null ? PIECE : bucket.slice));
          return space;
        },
        took(count) {
          touch();
          span.crc32 = crc32(space.subarray(0, count), span.crc32);
          span.at += count;
          job.moved(count);
          span.took?.(count);
          room = taker.took(count);
          if (span.at === span.until) room = span.reached?.() ?? room;
          if (span.at >= span.end && span.at < asked) throw ENOUGH;
          const wait = bucket.take(count, touch);
          return room && wait ? Promise.all([room, wait]) : (room ?? wait);
        },
      };
      const accept = (headers: ObjectHeaders): Sink => {
        signal.throwIfAborted();
        if (Number(headers['content-length'] ?? 0) > asked - begin) throw longer(job, key, asked - begin);
        first ??= headers;
        span.answered?.();
        return sink;
      };
      try {
        span.asked?.();
        const headers = await readObject({ s3, leanS3 }, wanted, signal, accept);
        first ??= headers;
        if (span.at < asked) throw shorter(job, key, asked - begin, span.at - begin);
      } catch (error) {
        if (error === ENOUGH) return;
        const told = mismatch(error, s3Uri(job.record.bucket, key));
        const isCut = !(told instanceof AppError) || told.code === 'Network';
        if (isCut && !job.signal.aborted && span.at - begin >= WORTH) return;
        throw told;
      }
    });
  } while (span.at < span.end);
  return first;
}

/** Fetches one range of an object. */
export async function fetchRange(job: Job, file: FileRecord, { offset, length, whole }: Range, taker: Taker): Promise<{ part: PartRecord; headers: ObjectHeaders }> {
  const span: Span = { at: offset, end: offset + length, until: offset + length, crc32: 0 };
  const headers = await fetchSpan(job, file, span, taker, whole);
  await taker.end();
  return { part: { size: length, crc32: span.crc32 }, headers: headers! };
}

const shorter = (job: Job, key: string, asked: number, got: number) =>
  new AppError('Network', `${s3Uri(job.record.bucket, key)} ended after ${got} of ${asked} bytes asked for.`, { retryable: true });

const longer = (job: Job, key: string, asked: number) =>
  new AppError('Conflict', `${s3Uri(job.record.bucket, key)} sent more than the ${asked} bytes asked for.`, {
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
