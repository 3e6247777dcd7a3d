import { ServiceError } from '../../http/serviceError.ts';
import type { ListPage } from '../../objects/listing.ts';
import type { ObjectRecord } from '../../objects/records.ts';
import { restoreState } from '../archive.ts';
import { header, isoDate, numberParameter, xmlResponse, type Operation, type S3Context } from '../context.ts';
import { invalidArgument } from '../errors.ts';
import { encodeKey } from '../urlEncoding.ts';
import { document, element, escapeXml } from '../xml.ts';

const PAGE = 1000;
const EMPTY: ListPage = { entries: [], truncated: false };

/** Keys as they are, or percent-encoded where the request asks for it. */
export function keyEncoder(context: S3Context): (key: string) => string {
  const type = context.query.get('encoding-type');
  if (type === undefined) return (key) => key;
  if (type !== 'url') throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', type);
  return encodeKey;
}

export const ownerElement = ({ owner }: S3Context) => element('Owner', [element('ID', owner.id), element('DisplayName', owner.displayName)]);

/**
 * What a listing says of one object. Written as text at once: a page has a thousand of them, and making an element of
 * each value costs more than reading the index.
 */
export function objectXml(context: S3Context, record: ObjectRecord, encode: (key: string) => string, withOwner: boolean): string {
  const checksums = Object.keys(record.checksums ?? {}).map((algorithm) => `<ChecksumAlgorithm>${algorithm}</ChecksumAlgorithm>`).join('');
  const checksumType = checksums && `<ChecksumType>${record.checksumType ?? 'FULL_OBJECT'}</ChecksumType>`;
  return `<Key>${escapeXml(encode(record.key))}</Key><LastModified>${isoDate(record.lastModified)}</LastModified><ETag>&quot;${record.etag}&quot;</ETag>${checksums}${checksumType}<Size>${record.size}</Size><StorageClass>${record.storageClass ?? 'STANDARD'}</StorageClass>${restoreXml(context, record)}${withOwner ? ownerElement(context)!.xml : ''}`;
}

/** Told only where it is asked for. */
function restoreXml(context: S3Context, record: ObjectRecord): string {
  if (record.restore === undefined || !/\bRestoreStatus\b/i.test(header(context, 'x-amz-optional-object-attributes') ?? '')) return '';
  const state = restoreState(record);
  if (!state) return '';
  const expiry = state === 'restored' ? `<RestoreExpiryDate>${isoDate(record.restore.expiresAt)}</RestoreExpiryDate>` : '';
  return `<RestoreStatus><IsRestoreInProgress>${state === 'ongoing'}</IsRestoreInProgress>${expiry}</RestoreStatus>`;
}

async function page(context: S3Context, startAfter: string | undefined) {
  const prefix = context.query.get('prefix') ?? '';
  const delimiter = context.query.get('delimiter') ?? '';
  const maxKeys = numberParameter(context, 'max-keys', PAGE, PAGE);
  const encode = keyEncoder(context);
  const { store, bucket } = context;
  store.bucket(bucket);
  const found = maxKeys === 0 ? EMPTY : await store.list(bucket, { prefix, delimiter, limit: maxKeys, ...(startAfter ? { startAfter } : {}) });
  const common = [
    element('Name', bucket),
    element('Prefix', encode(prefix)),
    delimiter ? element('Delimiter', encode(delimiter)) : undefined,
    element('MaxKeys', maxKeys),
    context.query.has('encoding-type') ? element('EncodingType', 'url') : undefined,
    element('IsTruncated', found.truncated),
  ];
  const prefixes = found.entries.map((e) => ('commonPrefix' in e ? element('CommonPrefixes', [element('Prefix', encode(e.commonPrefix))]) : undefined));
  const objects = found.entries.flatMap((e) => ('object' in e ? [e.object] : []));
  return { found, common, prefixes, objects, encode, delimiter };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const listObjectsV1: Operation = async (context) => {
  const marker = context.query.get('marker') ?? '';
  const { found, common, prefixes, objects, encode, delimiter } = await page(context, marker);
  return xmlResponse(
    document('ListBucketResult', [
      ...common,
      element('Marker', encode(marker)),
      // Without a delimiter clients go on from the last key themselves.
      found.truncated && delimiter && found.next !== undefined ? element('NextMarker', encode(found.next)) : undefined,
      { xml: objects.map((record) => `<Contents>${objectXml(context, record, encode, true)}</Contents>`).join('') },
      ...prefixes,
    ]),
  );
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2: Operation = async (context) => {
  const token = context.query.get('continuation-token');
  const startAfter = context.query.get('start-after');
  const { found, common, prefixes, objects, encode } = await page(context, token === undefined ? startAfter : readToken(token));
  const withOwner = context.query.get('fetch-owner') === 'true';
  return xmlResponse(
    document('ListBucketResult', [
      ...common,
      element('KeyCount', found.entries.length),
      element('ContinuationToken', token),
      found.truncated && found.next !== undefined ? element('NextContinuationToken', writeToken(found.next)) : undefined,
      startAfter === undefined ? undefined : element('StartAfter', encode(startAfter)),
      { xml: objects.map((record) => `<Contents>${objectXml(context, record, encode, withOwner)}</Contents>`).join('') },
      ...prefixes,
    ]),
  );
};

/** Tokens are opaque to clients; the mark tells ours from made-up ones. */
const MARK = 'n1:';
const writeToken = (next: string) => Buffer.from(MARK + next).toString('base64url');
function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (!text.startsWith(MARK)) throw new ServiceError('InvalidArgument', 'The continuation token provided is incorrect', 400, { ArgumentName: 'continuation-token' });
  return text.slice(MARK.length);
}
