import type { Readable } from 'node:stream';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';

export interface ObjectAt {
  connectionId: string;
  bucket: string;
  key: string;
  versionId?: string | undefined;
}

/** Neighbouring small reads share a request. */
const BLOCK = 64 * 1024;
/** Bytes kept of one object, so that looking again costs nothing. */
const MOST_KEPT = 24 * 1024 * 1024;
/** Bytes one request of the page may read. */
export const BUDGET = 48 * 1024 * 1024;
const ATTEMPTS = 3;

/** Reads ranges of one object, all of the same version of it, and counts what that took. */
export class ObjectReader {
  readonly resource: string;
  bytesRead = 0;
  ranges = 0;
  /** Bytes of the whole object; known after the first read. */
  size = 0;
  contentEncoding: string | undefined;
  private etag: string | undefined;
  private readonly kept: { start: number; bytes: Uint8Array }[] = [];

  constructor(
    private readonly aws: AwsConnections,
    private readonly at: ObjectAt,
    /** A body from which nothing comes for this long is given up and asked for again, ms (FAULTS 19). */
    private readonly stallAfter = 15_000,
  ) {
    this.resource = `s3://${at.bucket}/${at.key}`;
  }

  /** The first bytes, at most `length`; fewer where the object is shorter. */
  async head(length: number, signal?: AbortSignal): Promise<Uint8Array> {
    if (this.size > 0) return this.read(0, Math.min(length, this.size), signal, true);
    try {
      return await this.fetch(0, length, signal);
    } catch (error) {
      // An empty object has no range to give.
      if (error instanceof AppError && error.awsCode === 'InvalidRange') return new Uint8Array();
      throw error;
    }
  }

  /** Bytes [start, end), from what is here already where possible. BadInput beyond the budget; Conflict where the object was replaced. */
  async read(start: number, end: number, signal?: AbortSignal, exactly = false): Promise<Uint8Array> {
    if (start >= end) return new Uint8Array();
    const here = this.kept.find((piece) => piece.start <= start && end <= piece.start + piece.bytes.length);
    if (here) return here.bytes.subarray(start - here.start, end - here.start);
    const to = Math.min(this.size, exactly ? end : Math.max(end, start + BLOCK));
    const overlap = this.kept.find((piece) => piece.start <= start && start < piece.start + piece.bytes.length);
    if (!overlap) return (await this.fetch(start, to, signal)).subarray(0, end - start);
    const rest = await this.fetch(overlap.start + overlap.bytes.length, to, signal);
    return Buffer.concat([overlap.bytes.subarray(start - overlap.start), rest]).subarray(0, end - start);
  }

  private async fetch(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.fetchOnce(start, end, signal);
      } catch (error) {
        if (signal?.aborted) throw new AppError('Cancelled', `Reading ${this.resource} was cancelled.`);
        // A body that was cut (FAULTS 7) or stalled is asked for again; what the SDK retries itself does not come here.
        if (attempt === ATTEMPTS || !(error instanceof AppError && (error.code === 'Network' || error.code === 'Timeout'))) throw error;
      }
    }
  }

  private async fetchOnce(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    const { bucket, key, connectionId, versionId } = this.at;
    const stalled = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => stalled.abort(), this.stallAfter);
    };
    const abortSignal = signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal;
    const bytes = await this.aws
      .attempt({ connectionId, action: versionId ? 's3:GetObjectVersion' : 's3:GetObject', resource: this.resource }, async ({ s3 }) => {
        const request = new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, Range: `bytes=${start}-${end - 1}`, IfMatch: this.etag });
        const answer = await s3.send(request, { abortSignal });
        this.etag ??= answer.ETag;
        this.contentEncoding = answer.ContentEncoding;
        this.size = Number(/\/(\d+)$/.exec(answer.ContentRange ?? '')?.[1] ?? answer.ContentLength ?? 0);
        const body = answer.Body as Readable;
        if (answer.ContentRange === undefined && (answer.ContentLength ?? 0) > end - start) {
          body.destroy();
          throw new AppError('NotImplemented', `The endpoint does not give ranges of ${this.resource}.`);
        }
        return collect(body, Math.min(end, this.size) - start, abortSignal, alive);
      })
      .catch((error: unknown) => {
        throw stalled.signal.aborted && !signal?.aborted ? new AppError('Timeout', `${this.resource} stopped coming.`, { retryable: true, resource: this.resource, cause: error }) : error;
      })
      .finally(() => clearTimeout(timer));
    this.bytesRead += bytes.length;
    this.ranges += 1;
    this.kept.push({ start, bytes });
    for (let held = this.kept.reduce((sum, piece) => sum + piece.bytes.length, 0); held > MOST_KEPT && this.kept.length > 1; ) held -= this.kept.shift()!.bytes.length;
    return bytes;
  }
}

/** One request's reads: its budget, its cancel. */
export function boundedReads(reader: ObjectReader, signal: AbortSignal | undefined, budget = BUDGET): (start: number, end: number, exactly?: boolean) => Promise<Uint8Array> {
  const before = reader.bytesRead;
  return (start, end, exactly) => {
    if (reader.bytesRead - before + (end - start) > budget) {
      return Promise.reject(
        new AppError('BadInput', `Showing ${reader.resource} would read more than ${budget / 1024 / 1024} MiB of it.`, { detail: 'A preview reads no more. Download it, or query it.', resource: reader.resource }),
      );
    }
    return reader.read(start, end, signal, exactly);
  };
}

/** A body to its end; Network where it is shorter than its headers said. */
async function collect(body: Readable, wanted: number, signal: AbortSignal, onChunk: () => void): Promise<Buffer> {
  const leave = () => body.destroy(new Error('Nobody waits for it any more.'));
  signal.addEventListener('abort', leave, { once: true });
  const chunks: Buffer[] = [];
  let length = 0;
  const short = () => new AppError('Network', `The answer came short: ${length} of ${wanted} bytes.`, { retryable: true });
  try {
    if (signal.aborted) leave();
    onChunk();
    for await (const chunk of body as AsyncIterable<Buffer>) {
      onChunk();
      chunks.push(chunk);
      length += chunk.length;
    }
  } catch (error) {
    if (signal.aborted) throw error;
    throw short();
  } finally {
    signal.removeEventListener('abort', leave);
  }
  if (length !== wanted) throw short();
  return chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
}
