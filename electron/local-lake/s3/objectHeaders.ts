import { checksumHeader } from '../checksums/algorithms.ts';
import type { RawRequest } from '../http/rawRequest.ts';
import { notImplemented, ServiceError } from '../http/serviceError.ts';
import type { ChecksumAlgorithm, ObjectMeta, ObjectRecord } from '../objects/records.ts';
import { httpDate, quoted } from './context.ts';
import { OWNER_ONLY } from './operations/acl.ts';
import { STORAGE_CLASSES } from './storageClasses.ts';
import { parseTagHeader } from './tags.ts';

/** Headers stored as they come and given back as they are. */
const STORED = {
  contentType: 'content-type',
  cacheControl: 'cache-control',
  contentDisposition: 'content-disposition',
  contentEncoding: 'content-encoding',
  contentLanguage: 'content-language',
  expires: 'expires',
  websiteRedirectLocation: 'x-amz-website-redirect-location',
} as const satisfies Partial<Record<keyof ObjectMeta, string>>;

const MAX_USER_METADATA = 2048;
const USER = 'x-amz-meta-';

/** Headers that would change what is stored in a way the lake does not do; a value it does by nature is let through. */
const UNSUPPORTED: [prefix: string, what: string, harmless?: string[]][] = [
  ['x-amz-server-side-encryption', 'server-side encryption', ['AES256']],
  ['x-amz-grant-', 'access control lists'],
  ['x-amz-acl', 'access control lists', OWNER_ONLY],
  ['x-amz-write-offset-bytes', 'appending to objects'],
];

export function refuseUnsupported(request: RawRequest): void {
  for (const [name, value] of request.headers) {
    const found = UNSUPPORTED.find(([prefix, , harmless]) => name.startsWith(prefix) && !harmless?.includes(value));
    if (found) throw notImplemented(`${found[1]} (${name})`);
  }
}

/** What the headers of a PutObject, CopyObject or CreateMultipartUpload say about the object. */
export function metaFromHeaders(request: RawRequest): ObjectMeta {
  const meta: ObjectMeta = {};
  for (const [member, name] of Object.entries(STORED) as [keyof typeof STORED, string][]) {
    const value = request.headers.get(name);
    if (value !== undefined && value !== '') meta[member] = value;
  }
  // aws-chunked is how the body travelled, not what it is.
  const encoding = meta.contentEncoding?.split(',').map((e) => e.trim()).filter((e) => e !== 'aws-chunked').join(',');
  if (meta.contentEncoding !== undefined) meta.contentEncoding = encoding || undefined;
  meta.contentType ??= 'binary/octet-stream';

  const user = [...request.headers].filter(([name]) => name.startsWith(USER)).map(([name, value]) => [name.slice(USER.length), value] as const);
  const size = user.reduce((sum, [name, value]) => sum + name.length + value.length, 0);
  if (size > MAX_USER_METADATA) {
    throw new ServiceError('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', 400, { Size: String(size), MaxSizeAllowed: String(MAX_USER_METADATA) });
  }
  if (user.length > 0) meta.userMetadata = Object.fromEntries(user);

  const storageClass = request.headers.get('x-amz-storage-class');
  if (storageClass !== undefined && !STORAGE_CLASSES.includes(storageClass)) throw new ServiceError('InvalidStorageClass', 'The storage class you specified is not valid', 400);
  if (storageClass !== undefined && storageClass !== 'STANDARD') meta.storageClass = storageClass;
  const tagging = request.headers.get('x-amz-tagging');
  if (tagging) meta.tags = parseTagHeader(tagging);
  return meta;
}

export function checksumHeaders(record: Pick<ObjectMeta, 'checksums' | 'checksumType'>): Record<string, string> {
  const entries = Object.entries(record.checksums ?? {}) as [ChecksumAlgorithm, string][];
  if (entries.length === 0) return {};
  return { ...Object.fromEntries(entries.map(([a, value]) => [checksumHeader(a), value])), 'x-amz-checksum-type': record.checksumType ?? 'FULL_OBJECT' };
}

/** What GetObject and HeadObject say of an object, without its length. */
export function headersOf(record: ObjectRecord, withChecksums: boolean): Record<string, string | undefined> {
  const headers: Record<string, string | undefined> = {
    etag: quoted(record.etag),
    'last-modified': httpDate(record.lastModified),
    'accept-ranges': 'bytes',
    'x-amz-storage-class': record.storageClass,
    'x-amz-tagging-count': record.tags && Object.keys(record.tags).length > 0 ? String(Object.keys(record.tags).length) : undefined,
  };
  for (const [member, name] of Object.entries(STORED) as [keyof typeof STORED, string][]) headers[name] = record[member];
  for (const [name, value] of Object.entries(record.userMetadata ?? {})) headers[USER + name] = value;
  return withChecksums ? { ...headers, ...checksumHeaders(record) } : headers;
}
