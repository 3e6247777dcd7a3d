import { createHash } from 'node:crypto';
import { ServiceError } from '../http/serviceError.ts';
import { sha256Hex } from './canonicalRequest.ts';
import { sameSignature, scopeText, signature, type CredentialScope } from './signingKey.ts';

export interface ChunkedForm {
  /** Chunks carry signatures that continue from the request's. */
  signed: boolean;
  /** Trailing headers follow the last chunk. */
  trailer: boolean;
}
interface Seed {
  scope: CredentialScope;
  date: string;
  signature: string;
  key: Buffer;
}

const EMPTY_HASH = sha256Hex('');
const MAX_LINE = 16 * 1024;
const incomplete = (message: string) => new ServiceError('IncompleteBody', message, 400);
const malformed = (message: string) => new ServiceError('InvalidRequest', message, 400);

/**
 * The bytes within an `aws-chunked` body. Each chunk's signature is checked when the chunk has passed, so the reader
 * may keep nothing before the end. `onTrailer` is called with the trailing headers before the end.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html
 */
export async function* decodeAwsChunked(
  source: AsyncIterable<Uint8Array>,
  form: ChunkedForm,
  seed: Seed,
  onTrailer: (headers: Map<string, string>) => void,
): AsyncGenerator<Uint8Array> {
  const reader = new LineReader(source);
  let previous = seed.signature;
  const check = (kind: 'PAYLOAD' | 'TRAILER', rest: string[], given: string | undefined) => {
    const expected = signature(seed.key, [`AWS4-HMAC-SHA256-${kind}`, seed.date, scopeText(seed.scope), previous, ...rest].join('\n'));
    if (!given || !sameSignature(expected, given)) {
      throw new ServiceError('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.', 403);
    }
    previous = expected;
  };

  for (;;) {
    const header = /^([0-9a-fA-F]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/.exec(await reader.line());
    if (!header) throw malformed('A chunk of the aws-chunked body has no valid size.');
    const size = parseInt(header[1]!, 16);
    const hash = form.signed ? createHash('sha256') : undefined;
    for await (const bytes of reader.take(size)) {
      hash?.update(bytes);
      yield bytes;
    }
    if (hash) check('PAYLOAD', [EMPTY_HASH, hash.digest('hex')], header[2]);
    if (size === 0) break;
    if ((await reader.line()) !== '') throw malformed('A chunk of the aws-chunked body is longer than its stated size.');
  }

  const trailer = new Map<string, string>();
  for (let line = await reader.line(true); line !== ''; line = await reader.line(true)) {
    const colon = line.indexOf(':');
    if (colon <= 0) throw malformed('A trailing header of the aws-chunked body is not of the form name:value.');
    trailer.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  if (!form.trailer && trailer.size > 0) throw malformed('The body has trailing headers that x-amz-content-sha256 does not announce.');
  if (form.trailer) {
    const given = trailer.get('x-amz-trailer-signature');
    trailer.delete('x-amz-trailer-signature');
    if (form.signed) check('TRAILER', [sha256Hex([...trailer].map(([name, value]) => `${name}:${value}\n`).join(''))], given);
    onTrailer(trailer);
  }
  await reader.end();
}

/** Lines and counted bytes, alternately, out of a stream of buffers. */
class LineReader {
  private readonly chunks: AsyncIterator<Uint8Array>;
  private rest: Uint8Array = Buffer.alloc(0);

  constructor(source: AsyncIterable<Uint8Array>) {
    this.chunks = source[Symbol.asyncIterator]();
  }

  /** Up to CRLF (or LF), without it. Where the body may end here, its end counts as an empty line. */
  async line(mayEnd = false): Promise<string> {
    for (;;) {
      const end = this.rest.indexOf(10);
      if (end >= 0) {
        const line = Buffer.from(this.rest.subarray(0, end)).toString('latin1').replace(/\r$/, '');
        this.rest = this.rest.subarray(end + 1);
        return line;
      }
      if (this.rest.length > MAX_LINE) throw malformed('A line of the aws-chunked body is too long.');
      const more = await this.chunks.next();
      if (more.done) {
        if (mayEnd && this.rest.length === 0) return '';
        throw incomplete('The aws-chunked body ended before its last chunk.');
      }
      this.rest = this.rest.length === 0 ? more.value : Buffer.concat([this.rest, more.value]);
    }
  }

  async *take(size: number): AsyncGenerator<Uint8Array> {
    for (let left = size; left > 0; ) {
      if (this.rest.length === 0) {
        const more = await this.chunks.next();
        if (more.done) throw incomplete('The aws-chunked body ended within a chunk.');
        this.rest = more.value;
      }
      const bytes = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(bytes.length);
      left -= bytes.length;
      if (bytes.length > 0) yield bytes;
    }
  }

  async end(): Promise<void> {
    for (;;) {
      if (Buffer.from(this.rest).some((byte) => byte !== 10 && byte !== 13)) throw malformed('Bytes follow the end of the aws-chunked body.');
      const more = await this.chunks.next();
      if (more.done) return;
      this.rest = more.value;
    }
  }
}
