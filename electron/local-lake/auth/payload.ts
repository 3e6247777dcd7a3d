import { createHash, type Hash } from 'node:crypto';
import { checksumAlgorithms, checksumHeader, checksumSize, startChecksum } from '../checksums/algorithms.ts';
import type { RawRequest } from '../http/rawRequest.ts';
import { notImplemented, ServiceError } from '../http/serviceError.ts';
import type { ChecksumAlgorithm } from '../objects/records.ts';
import { decodeAwsChunked, type ChunkedForm } from './awsChunked.ts';
import type { Signed } from './sigV4.ts';

const STREAMING: Record<string, ChunkedForm> = {
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { signed: true, trailer: false },
  'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { signed: true, trailer: true },
  'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { signed: false, trailer: true },
};

/** What the signature says of the body; where its chunks are signed, what their signatures continue from. */
export type SignedBody = Signed | { payloadHash: 'UNSIGNED-PAYLOAD' };

interface BodyKind {
  /** The checksum header is that of an object the request is about, not of this body (CompleteMultipartUpload). */
  ofObject?: boolean;
}

/**
 * The body of an S3 request: decoded, and checked against everything the request says of it (length, signature of the
 * hash or of the chunks, Content-MD5, x-amz-checksum-*). Reading to the end without an error means all of it held.
 */
export class Payload {
  /** Bytes of the body itself, where the request tells. */
  readonly length: number | undefined;
  /** The algorithm the request gives a checksum of, in a header or a trailer. */
  readonly algorithm: ChecksumAlgorithm | undefined;
  /** After the end: the checksums that were verified or asked for, base64. */
  readonly checksums: Partial<Record<ChecksumAlgorithm, string>> = {};
  private readonly source: () => AsyncIterable<Uint8Array>;
  private readonly request: RawRequest;
  private readonly signed: SignedBody;
  private readonly form: ChunkedForm | undefined;

  constructor(request: RawRequest, signed: SignedBody, source: () => AsyncIterable<Uint8Array>) {
    this.request = request;
    this.signed = signed;
    this.source = source;
    this.form = STREAMING[signed.payloadHash];
    if (!this.form) {
      if (signed.payloadHash.startsWith('STREAMING-')) throw notImplemented(`the payload form ${signed.payloadHash}`);
      if (signed.payloadHash !== 'UNSIGNED-PAYLOAD' && !/^[0-9a-f]{64}$/i.test(signed.payloadHash)) {
        throw new ServiceError('InvalidRequest', 'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER or a valid sha256 value.', 400);
      }
    }
    this.length = this.statedLength();
    this.algorithm = this.statedAlgorithm();
  }

  /** The bytes; `alsoCompute` names a checksum to compute besides the one the request gives. */
  async *bytes(alsoCompute?: ChecksumAlgorithm, { ofObject = false }: BodyKind = {}): AsyncGenerator<Uint8Array> {
    const running = [...new Set([ofObject ? undefined : this.algorithm, alsoCompute])].flatMap((algorithm) => (algorithm ? [{ algorithm, checksum: startChecksum(algorithm) }] : []));
    const md5Header = this.contentMd5();
    const md5 = md5Header === undefined ? undefined : createHash('md5');
    const sha256: Hash | undefined = this.form || this.signed.payloadHash === 'UNSIGNED-PAYLOAD' ? undefined : createHash('sha256');
    let trailer = new Map<string, string>();
    const raw = this.source();
    const decoded = this.form ? decodeAwsChunked(raw, this.form, this.signed as Signed, (headers) => (trailer = headers)) : raw;
    let length = 0;
    for await (const bytes of decoded) {
      length += bytes.length;
      if (this.length !== undefined && length > this.length) throw this.incomplete();
      for (const { checksum } of running) checksum.update(bytes);
      md5?.update(bytes);
      sha256?.update(bytes);
      yield bytes;
    }
    if (this.length !== undefined && length !== this.length) throw this.incomplete();
    const digest = sha256?.digest('hex');
    if (digest !== undefined && digest !== this.signed.payloadHash.toLowerCase()) {
      throw new ServiceError('XAmzContentSHA256Mismatch', "The provided 'x-amz-content-sha256' header does not match what was computed.", 400, {
        ClientComputedContentSHA256: this.signed.payloadHash,
        S3ComputedContentSHA256: digest,
      });
    }
    if (md5 && md5.digest('base64') !== md5Header) throw new ServiceError('BadDigest', 'The Content-MD5 you specified did not match what we received.', 400);
    for (const { algorithm, checksum } of running) this.settle(algorithm, await checksum.digest(), trailer);
  }

  /** The whole body as text, for the XML operations. */
  async text(limit = 2 << 20, kind: BodyKind = {}): Promise<string> {
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const bytes of this.bytes(undefined, kind)) {
      if ((size += bytes.length) > limit) throw new ServiceError('MaxMessageLengthExceeded', 'Your request was too big.', 400);
      chunks.push(bytes);
    }
    return Buffer.concat(chunks).toString('utf8');
  }

  private settle(algorithm: ChecksumAlgorithm, computed: string, trailer: Map<string, string>): void {
    if (this.algorithm === algorithm) {
      const name = checksumHeader(algorithm);
      const given = this.request.headers.get(name) ?? trailer.get(name);
      if (given === undefined) throw new ServiceError('MalformedTrailerError', 'The request contained trailing data that was not well-formed or did not conform to our published schema.', 400);
      if (Buffer.from(given, 'base64').length !== checksumSize[algorithm]) throw new ServiceError('InvalidRequest', `Value for ${name} header is invalid.`, 400);
      if (given !== computed) throw new ServiceError('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`, 400);
    }
    this.checksums[algorithm] = computed;
  }

  private incomplete() {
    return new ServiceError('IncompleteBody', 'You did not provide the number of bytes specified by the Content-Length HTTP header', 400);
  }

  private statedLength(): number | undefined {
    const stated = this.request.headers.get(this.form ? 'x-amz-decoded-content-length' : 'content-length');
    if (stated === undefined) {
      if (this.form) throw new ServiceError('MissingContentLength', 'You must provide the x-amz-decoded-content-length HTTP header.', 411);
      return undefined;
    }
    if (!/^\d{1,15}$/.test(stated)) throw new ServiceError('InvalidArgument', 'The stated length of the body is not a number.', 400);
    return Number(stated);
  }

  private statedAlgorithm(): ChecksumAlgorithm | undefined {
    const trailers = (this.request.headers.get('x-amz-trailer') ?? '').toLowerCase().split(',').map((name) => name.trim());
    const given = checksumAlgorithms.filter((a) => this.request.headers.has(checksumHeader(a)) || trailers.includes(checksumHeader(a)));
    const others = [...this.request.headers.keys(), ...trailers].find((name) => /^x-amz-checksum-(sha512|md5|xxhash\d+)$/.test(name));
    if (others) throw notImplemented(`the checksum algorithm of ${others}`);
    if (given.length > 1) throw new ServiceError('InvalidRequest', 'Expecting a single x-amz-checksum- header. Multiple checksum Types are not allowed.', 400);
    return given[0];
  }

  private contentMd5(): string | undefined {
    const given = this.request.headers.get('content-md5');
    if (given !== undefined && Buffer.from(given, 'base64').length !== 16) throw new ServiceError('InvalidDigest', 'The Content-MD5 you specified was invalid.', 400);
    return given;
  }
}
