import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import { AppError } from '../../shared/errors.ts';
import type { AwsConnections } from '../aws/types.ts';
import { diskFull } from './publish.ts';

const PART_BYTES = 8 * 1024 * 1024;
/** Parts on their way at once. */
const PARALLEL = 4;
const ATTEMPTS = 5;

export interface ObjectSource {
  connectionId: string;
  bucket: string;
  key: string;
}

export interface ReadOptions {
  /** Where parts are written; whoever takes one deletes it. */
  dir: string;
  signal: AbortSignal;
  /** Takes the parts in order. Reading goes at most a few parts ahead of it. */
  onPart(part: string, about: { first: boolean; last: boolean; total: number }): Promise<void>;
  onProgress(bytesLoaded: number, bytesTotal: number): void;
  /** A body from which nothing comes for this long is given up and asked for again, ms. */
  stallAfter?: number;
  partBytes?: number;
}

interface Opened {
  total: number;
  etag: string | undefined;
}

/** Reads a body to its end; aborting ends it with an error. */
function collect(body: Readable, signal: AbortSignal, onChunk: (chunk: Buffer) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const leave = () => body.destroy(new Error('Nobody waits for it any more.'));
    signal.addEventListener('abort', leave, { once: true });
    body.on('data', onChunk);
    body.once('error', reject);
    body.once('end', resolve);
    body.once('close', () => {
      signal.removeEventListener('abort', leave);
      // A socket that closes early may say so by nothing else.
      reject(new AppError('Network', 'The answer ended too early.', { retryable: true }));
    });
    if (signal.aborted) leave();
  });
}

/** `bytes 0-99/1234` → 1234. */
const totalOf = (range: string | undefined): number => Number(/\/(\d+)$/.exec(range ?? '')?.[1] ?? Number.NaN);

/**
 * Reads one object by parallel ranges, all of the same version (If-Match). A part that comes short, stalls or fails is
 * read again (FAULTS 7, 18, 19). Conflict where the object is replaced meanwhile.
 */
export async function readObject(aws: AwsConnections, source: ObjectSource, options: ReadOptions): Promise<void> {
  const { dir, signal, onPart, onProgress, stallAfter = 15_000, partBytes = PART_BYTES } = options;
  const { connectionId, bucket, key } = source;
  const about = { connectionId, action: 's3:GetObject', resource: `s3://${bucket}/${key}` };
  let loaded = 0;
  let opened: Opened | undefined;
  const gone = new AbortController();
  // Used again and again: a new buffer for each part would keep the garbage collector busier than the download.
  const buffers: Buffer[] = [];
  const leave = AbortSignal.any([signal, gone.signal]);

  const request = (range: string | undefined, abortSignal: AbortSignal): Promise<GetObjectCommandOutput> =>
    aws.attempt(about, ({ s3 }) => s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: range, IfMatch: opened?.etag }), { abortSignal }));

  async function fetchOnce(index: number, part: string, onOpen?: (is: Opened) => void): Promise<void> {
    const start = index * partBytes;
    const stalled = new AbortController();
    let timer = setTimeout(() => stalled.abort(), stallAfter);
    let got = 0;
    const bytes = buffers.pop() ?? Buffer.allocUnsafeSlow(partBytes);
    try {
      const answer = await request(`bytes=${start}-${start + partBytes - 1}`, AbortSignal.any([leave, stalled.signal]));
      opened ??= { total: answer.ContentRange ? totalOf(answer.ContentRange) : (answer.ContentLength ?? 0), etag: answer.ETag };
      onOpen?.(opened);
      const wanted = Math.min(partBytes, opened.total - start);
      const alive = AbortSignal.any([leave, stalled.signal]);
      // One write of the whole part: thousands of small ones cost more than the download.
      await collect(answer.Body as Readable, alive, (chunk) => {
        clearTimeout(timer);
        timer = setTimeout(() => stalled.abort(), stallAfter);
        if (got + chunk.length <= wanted) chunk.copy(bytes, got);
        got += chunk.length;
        loaded += chunk.length;
        onProgress(loaded, opened!.total);
      });
      if (got !== wanted) throw new AppError('Network', `${about.resource} came short: ${got} of ${wanted} bytes.`, { retryable: true });
      await writeFile(part, bytes.subarray(0, wanted));
    } catch (error) {
      loaded -= got;
      if (leave.aborted) throw new AppError('Cancelled', `Reading ${about.resource} was cancelled.`);
      if (stalled.signal.aborted) throw new AppError('Timeout', `${about.resource} stopped coming.`, { retryable: true, cause: error });
      if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw diskFull(dir, opened?.total ?? partBytes, error);
      throw error instanceof AppError ? error : aws.toAppError(error, about);
    } finally {
      clearTimeout(timer);
      buffers.push(bytes);
    }
  }

  async function fetchPart(index: number, onOpen?: (is: Opened) => void): Promise<string> {
    const part = path.join(dir, `part-${String(index).padStart(6, '0')}`);
    for (let attempt = 1; ; attempt++) {
      try {
        await fetchOnce(index, part, onOpen);
        return part;
      } catch (error) {
        await rm(part, { force: true });
        const again = error instanceof AppError && (error.retryable || error.code === 'Network' || error.code === 'Timeout' || error.code === 'Throttled');
        if (!again || attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt * (0.5 + Math.random())));
      }
    }
  }

  const reading: Promise<string>[] = [];
  const begin = (index: number, onOpen?: (is: Opened) => void) => {
    const part = fetchPart(index, onOpen);
    part.catch(() => undefined); // heard of where it is awaited
    reading[index] = part;
  };
  try {
    // The first answer's headers tell the size; the other parts start while its body still comes.
    const { total } = await new Promise<Opened>((resolve, reject) => {
      begin(0, resolve);
      reading[0]!.catch(reject);
    });
    const parts = Math.max(1, Math.ceil(total / partBytes));
    for (let index = 0; index < parts; index++) {
      for (let ahead = reading.length; ahead < Math.min(parts, index + PARALLEL); ahead++) begin(ahead);
      await onPart(await reading[index]!, { first: index === 0, last: index === parts - 1, total });
    }
  } finally {
    gone.abort();
    await Promise.allSettled(reading);
  }
}
