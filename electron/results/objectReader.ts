import { AppError } from '../../shared/errors.ts';
import type { Sink } from '../aws/leanConnection.ts';
import { readObject as readObjectOnce, type ObjectHeaders } from '../aws/readObject.ts';
import type { AwsConnections } from '../aws/types.ts';

/** Small enough to be in the processor's cache from the socket to the file; the first ones come early. */
const PART_BYTES = 2 * 1024 * 1024;
/** Parts on their way at once. */
const PARALLEL = 6;
const ATTEMPTS = 5;

export interface ObjectSource {
  connectionId: string;
  bucket: string;
  key: string;
}

export interface ReadOptions {
  signal: AbortSignal;
  /** Takes the parts in order, each good until this resolves. Reading goes at most a few parts ahead of it. */
  onPart(bytes: Buffer, about: { first: boolean; last: boolean; total: number }): Promise<void>;
  onProgress(bytesLoaded: number, bytesTotal: number): void;
  /** A body from which nothing comes for this long is given up and asked for again, ms. */
  stallAfter?: number;
  partBytes?: number;
}

interface Opened {
  total: number;
  etag: string | undefined;
}

/** `bytes 0-99/1234` → 1234. */
const totalOf = (headers: ObjectHeaders): number => Number(/\/(\d+)$/.exec(headers['content-range'] ?? '')?.[1] ?? headers['content-length'] ?? Number.NaN);

/**
 * Reads one object by parallel ranges, all of the same version (If-Match). A part that comes short, stalls or fails is
 * read again (FAULTS 7, 18, 19). Conflict where the object is replaced meanwhile.
 */
export async function readObject(aws: AwsConnections, source: ObjectSource, options: ReadOptions): Promise<void> {
  const { signal, onPart, onProgress, stallAfter = 15_000, partBytes = PART_BYTES } = options;
  const { connectionId, bucket, key } = source;
  const about = { connectionId, action: 's3:GetObject', resource: `s3://${bucket}/${key}` };
  let loaded = 0;
  let opened: Opened | undefined;
  const gone = new AbortController();
  // Used again and again: memory that is new for each part costs more than the download.
  const buffers: Buffer[] = [];
  const leave = AbortSignal.any([signal, gone.signal]);

  async function fetchOnce(index: number, bytes: Buffer, onOpen?: (is: Opened) => void): Promise<number> {
    const first = index * partBytes;
    const stalled = new AbortController();
    const timer = setTimeout(() => stalled.abort(), stallAfter);
    let got = 0;
    let wanted = 0;
    const sink: Sink = {
      space: (left) => bytes.subarray(got, Math.min(wanted, got + left)),
      took(count) {
        timer.refresh();
        got += count;
        loaded += count;
        onProgress(loaded, opened!.total);
        return undefined;
      },
    };
    try {
      await aws.attempt(about, (clients) =>
        readObjectOnce(clients, { bucket, key, range: { first, last: first + partBytes - 1 }, ifMatch: opened?.etag }, AbortSignal.any([leave, stalled.signal]), (headers) => {
          opened ??= { total: totalOf(headers), etag: headers.etag };
          onOpen?.(opened);
          wanted = Math.min(partBytes, opened.total - first);
          if (Number(headers['content-length']) !== wanted) throw new AppError('Network', `${about.resource}: ${headers['content-length']} bytes are announced where ${wanted} were asked for.`, { retryable: true });
          loaded -= got;
          got = 0;
          return sink;
        }),
      );
      if (got !== wanted) throw new AppError('Network', `${about.resource} came short: ${got} of ${wanted} bytes.`, { retryable: true });
      return wanted;
    } catch (error) {
      loaded -= got;
      if (leave.aborted) throw new AppError('Cancelled', `Reading ${about.resource} was cancelled.`);
      if (stalled.signal.aborted) throw new AppError('Timeout', `${about.resource} stopped coming.`, { retryable: true, cause: error });
      throw error instanceof AppError ? error : aws.toAppError(error, about);
    } finally {
      clearTimeout(timer);
    }
  }

  async function fetchPart(index: number, onOpen?: (is: Opened) => void): Promise<Buffer> {
    const bytes = buffers.pop() ?? Buffer.allocUnsafeSlow(partBytes);
    for (let attempt = 1; ; attempt++) {
      try {
        return bytes.subarray(0, await fetchOnce(index, bytes, onOpen));
      } catch (error) {
        const again = error instanceof AppError && (error.retryable || error.code === 'Network' || error.code === 'Timeout' || error.code === 'Throttled');
        if (!again || attempt === ATTEMPTS) throw error;
        await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt * (0.5 + Math.random())));
      }
    }
  }

  const reading: Promise<Buffer>[] = [];
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
      const bytes = await reading[index]!;
      delete reading[index];
      await onPart(bytes, { first: index === 0, last: index === parts - 1, total });
      buffers.push(Buffer.from(bytes.buffer, 0, partBytes));
    }
  } finally {
    gone.abort();
    await Promise.allSettled(reading);
  }
}
