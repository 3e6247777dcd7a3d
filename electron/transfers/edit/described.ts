import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import type { Described } from '../../../shared/objects/change.ts';
import type { HeaderName, Headers } from '../../../shared/objects/headers.ts';
import { decodeWords } from './mimeWords.ts';

const IN_HEAD = {
  contentType: 'ContentType',
  contentEncoding: 'ContentEncoding',
  contentDisposition: 'ContentDisposition',
  contentLanguage: 'ContentLanguage',
  cacheControl: 'CacheControl',
  // As it was stored, also where it is no date.
  expires: 'ExpiresString',
  websiteRedirect: 'WebsiteRedirectLocation',
} as const satisfies Record<HeaderName, keyof HeadObjectCommandOutput>;

/** The headers as they came, undecoded. */
export const headersOf = (head: HeadObjectCommandOutput): Headers =>
  Object.fromEntries(Object.entries(IN_HEAD).flatMap(([name, member]) => (head[member] === undefined ? [] : [[name, head[member]]])));

/** What people said of an object, as they read it. */
export const describedBy = (head: HeadObjectCommandOutput, tags: Record<string, string> | null): Described => ({
  headers: headersOf(head),
  metadata: Object.fromEntries(Object.entries(head.Metadata ?? {}).map(([name, value]) => [name, decodeWords(value)])),
  tags,
  lock: {
    mode: head.ObjectLockMode,
    until: head.ObjectLockRetainUntilDate?.toISOString(),
    legalHold: head.ObjectLockLegalHoldStatus === undefined ? undefined : head.ObjectLockLegalHoldStatus === 'ON',
  },
});

/** What tells one state of an object from another: its bytes, and when it was last written. */
export const seenIn = (head: HeadObjectCommandOutput): { etag: string; modified: string } => ({ etag: head.ETag ?? '', modified: head.LastModified?.toISOString() ?? '' });
