import { createHash } from 'node:crypto';
import { percentDecode, type Query, type RawRequest } from '../http/rawRequest.ts';

export const sha256Hex = (data: string | Uint8Array, encoding: 'utf8' | 'latin1' = 'utf8') =>
  createHash('sha256').update(typeof data === 'string' ? Buffer.from(data, encoding) : data).digest('hex');

/** SigV4's UriEncode: everything but A-Z a-z 0-9 - . _ ~ */
export const uriEncode = (text: string) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);

const canonicalPath = (rawPath: string) => rawPath.split('/').map((segment) => uriEncode(percentDecode(segment))).join('/');

function canonicalQuery(query: Query): string {
  return query
    .filter(([name]) => name !== 'X-Amz-Signature')
    .map(([name, value]) => [uriEncode(name), uriEncode(value)] as const)
    .sort(([a, av], [b, bv]) => (a === b ? (av < bv ? -1 : av > bv ? 1 : 0) : a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

/**
 * The canonical request of SigV4, one byte per character (header values may hold any byte).
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function canonicalRequest(request: RawRequest, signedHeaders: string[], payloadHash: string): string {
  const headers = signedHeaders.map((name) => `${name}:${(request.headers.get(name) ?? '').replace(/ +/g, ' ').trim()}\n`).join('');
  return [request.method, canonicalPath(request.rawPath), canonicalQuery(request.query), headers, signedHeaders.join(';'), payloadHash].join('\n');
}
