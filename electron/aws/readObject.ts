import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { GetObjectCommand, type GetObjectCommandOutput } from '@aws-sdk/client-s3';
import type { Sink } from './leanConnection.ts';
import type { AwsClients } from './types.ts';

export interface ObjectRead {
  bucket: string;
  key: string;
  /** First and last byte; all of it where it is left out. */
  range?: { first: number; last: number } | undefined;
  /** The ETag it must have. */
  ifMatch?: string | undefined;
  /** The answer shall tell the checksum S3 keeps. */
  wantsChecksum?: boolean;
}

/** What the answer's headers say; names in lower case. */
export type ObjectHeaders = IncomingHttpHeaders;

/**
 * GetObject into memory of the caller. Usually by the lean way; whatever is unusual about the answer, the SDK knows. The
 * sink is made when the headers are there; `accept` may be called again, for an answer that starts anew.
 */
export async function readObject({ s3, leanS3 }: Pick<AwsClients, 's3' | 'leanS3'>, read: ObjectRead, signal: AbortSignal, accept: (headers: ObjectHeaders) => Sink): Promise<ObjectHeaders> {
  const { bucket, key, ifMatch, wantsChecksum } = read;
  const range = read.range && `bytes=${read.range.first}-${read.range.last}`;
  const headers = { ...(range ? { range } : {}), ...(ifMatch ? { 'if-match': ifMatch } : {}), ...(wantsChecksum ? { 'x-amz-checksum-mode': 'ENABLED' } : {}) };
  const lean = await leanS3.get({ bucket, key, headers, signal }, (head) => accept(head.headers));
  if (lean) return lean;
  const answer = await s3.send(
    new GetObjectCommand({ Bucket: bucket, Key: key, Range: range, IfMatch: ifMatch || undefined, ChecksumMode: wantsChecksum ? 'ENABLED' : undefined }),
    { abortSignal: signal },
  );
  const told = headersOf(answer);
  await pour(answer.Body as Readable, accept(told), signal);
  return told;
}

function headersOf(answer: GetObjectCommandOutput): ObjectHeaders {
  const headers: Record<string, string | undefined> = {
    'content-length': answer.ContentLength?.toString(),
    'content-range': answer.ContentRange,
    etag: answer.ETag,
    'x-amz-checksum-type': answer.ChecksumType,
    'x-amz-server-side-encryption': answer.ServerSideEncryption,
    'x-amz-server-side-encryption-customer-algorithm': answer.SSECustomerAlgorithm,
  };
  for (const algorithm of ['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const) headers[`x-amz-checksum-${algorithm.toLowerCase()}`] = answer[`Checksum${algorithm}`];
  return headers;
}

async function pour(body: Readable, sink: Sink, signal: AbortSignal): Promise<void> {
  const onAbort = () => body.destroy(new Error('given up'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      for (let at = 0; at < chunk.length; ) {
        const space = sink.space(chunk.length - at);
        const piece = chunk.subarray(at, at + space.length);
        space.set(piece);
        at += piece.length;
        const wait = sink.took(piece.length);
        if (wait) await wait;
      }
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    if (!body.readableEnded) body.destroy(); // a body read to its end gives its socket back
  }
}
