import type { Readable } from 'node:stream';
import type { Payload } from '../auth/payload.ts';
import type { RawRequest } from '../http/rawRequest.ts';
import { ServiceError } from '../http/serviceError.ts';
import type { ObjectStore } from '../objects/objectStore.ts';
import type { StoredBytes } from '../objects/storedBytes.ts';

/** One authenticated S3 request: what every operation is given. */
export interface S3Context {
  store: ObjectStore;
  request: RawRequest;
  query: ReadonlyMap<string, string>;
  /** Empty for ListBuckets. */
  bucket: string;
  /** Empty for operations on buckets. */
  key: string;
  payload: Payload;
  region: string;
  owner: { id: string; displayName: string };
}

export interface S3Response {
  status: number;
  headers?: Record<string, string | undefined>;
  /** XML text, or exactly content-length bytes of an object, or a stream. */
  body?: string | StoredBytes | Readable;
}
export type Operation = (context: S3Context) => Promise<S3Response>;

export const xmlResponse = (xml: string, headers: Record<string, string> = {}): S3Response => ({
  status: 200,
  headers: { 'content-type': 'application/xml', ...headers },
  body: xml,
});

export const header = (context: { request: RawRequest }, name: string): string | undefined => context.request.headers.get(name);

/** A whole number out of the query; InvalidArgument otherwise. */
export function numberParameter(context: S3Context, name: string, fallback: number, most: number): number {
  const text = context.query.get(name);
  if (text === undefined || text === '') return fallback;
  if (!/^\d{1,10}$/.test(text) || Number(text) > 2 ** 31 - 1) {
    throw new ServiceError('InvalidArgument', `Argument ${name} must be an integer between 0 and 2147483647`, 400, { ArgumentName: name, ArgumentValue: text });
  }
  return Math.min(Number(text), most);
}

export const quoted = (etag: string) => `"${etag}"`;
export const isoDate = (ms: number) => new Date(ms).toISOString();
/** HTTP dates have whole seconds. */
export const httpDate = (ms: number) => new Date(ms).toUTCString();
