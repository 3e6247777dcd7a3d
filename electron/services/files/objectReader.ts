import { GetObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';

export interface ObjectAt {
  connectionId: string;
  bucket: string;
  key: string;
}

const BLOCK = 64 * 1024;

/** Reads ranges of one object, all of the same version of it, and counts what that took. */
export class ObjectReader {
  readonly resource: string;
  bytesRead = 0;
  ranges = 0;
  /** Bytes of the whole object; known after the first read. */
  size = 0;
  private etag: string | undefined;
  private readonly kept: { start: number; bytes: Uint8Array }[] = [];

  constructor(
    private readonly aws: AwsConnections,
    private readonly at: ObjectAt,
    private readonly signal?: AbortSignal,
  ) {
    this.resource = `s3://${at.bucket}/${at.key}`;
  }

  /** The first bytes, at most `length`; fewer where the object is shorter. */
  async head(length: number): Promise<Uint8Array> {
    try {
      return await this.fetch(0, length);
    } catch (error) {
      // An empty object has no range to give.
      if (error instanceof AppError && error.awsCode === 'InvalidRange') return new Uint8Array();
      throw error;
    }
  }

  /** Bytes [start, end), from what is here already where possible. */
  async read(start: number, end: number): Promise<Uint8Array> {
    const here = this.kept.find((piece) => piece.start <= start && start + (end - start) <= piece.start + piece.bytes.length);
    if (here) return here.bytes.subarray(start - here.start, end - here.start);
    // Neighbouring small reads share a request.
    const from = start;
    const to = Math.min(this.size, Math.max(end, start + BLOCK));
    const overlap = this.kept.find((piece) => piece.start <= from && from < piece.start + piece.bytes.length);
    if (!overlap) return (await this.fetch(from, to)).subarray(0, end - start);
    const rest = await this.fetch(overlap.start + overlap.bytes.length, to);
    return Buffer.concat([overlap.bytes.subarray(from - overlap.start), rest]).subarray(0, end - start);
  }

  private async fetch(start: number, end: number): Promise<Uint8Array> {
    const { bucket, key, connectionId } = this.at;
    const bytes = await this.aws.attempt({ connectionId, action: 's3:GetObject', resource: this.resource }, async ({ s3 }) => {
      const answer = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key, Range: `bytes=${start}-${end - 1}`, IfMatch: this.etag }), { abortSignal: this.signal });
      this.etag ??= answer.ETag;
      this.size = Number(/\/(\d+)$/.exec(answer.ContentRange ?? '')?.[1] ?? answer.ContentLength ?? 0);
      const limited = answer.ContentRange === undefined && (answer.ContentLength ?? 0) > end - start;
      if (limited) throw new AppError('NotImplemented', `The endpoint does not give ranges of ${this.resource}.`);
      return answer.Body!.transformToByteArray();
    });
    this.bytesRead += bytes.length;
    this.ranges += 1;
    this.kept.push({ start, bytes });
    return bytes;
  }
}
