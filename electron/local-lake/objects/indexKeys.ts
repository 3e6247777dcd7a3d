import { ObjectStoreError } from './records.ts';

/**
 * Keys of the ordered index. They are bytes, so that objects come in UTF-8 byte order as S3 lists them.
 *
 *   b/<bucket>                         a bucket
 *   o/<bucket> 0 <key>                 the current version of an object, where that is no delete marker
 *   v/<bucket> 0 <key'> 0 0 <order>    every other version and every delete marker, the newest first (see versions.ts);
 *                                      in key' a byte 0 is written 0 FF, so that keys stay in order
 *   m/<bucket> 0 <key> 0 <upload id>   a multipart upload
 *   p/<upload id>/<part number>        a part of it
 *   q/<blob>                           the parts a blob was put together from, or consists of (see segments.ts)
 *   x/<blob>/<index key>               who names the blob (a copy shares the bytes of its source)
 */
const NUL = Buffer.of(0);
const text = (value: string) => Buffer.from(value, 'utf8');

export const bucketKey = (bucket: string) => text(`b/${bucket}`);
export const bucketRange = { gte: text('b/'), lt: text('b0') };
export const objectsOf = (bucket: string) => Buffer.concat([text(`o/${bucket}`), NUL]);
export const objectKey = (bucket: string, key: string) => Buffer.concat([objectsOf(bucket), text(key)]);
export const versionsOf = (bucket: string) => Buffer.concat([text(`v/${bucket}`), NUL]);
/** Where the versions of all keys that start with `prefix` are. */
export const versionsUnder = (bucket: string, prefix: string | Buffer) => Buffer.concat([versionsOf(bucket), escapeNul(Buffer.from(prefix))]);
export const versionsOfKey = (bucket: string, key: string) => Buffer.concat([versionsUnder(bucket, key), NUL, NUL]);
export const versionKey = (bucket: string, key: string, order: string) => Buffer.concat([versionsOfKey(bucket, key), text(order)]);
/** The key and the order that a version's index key is made of. */
export function readVersionKey(indexKey: Buffer, bucket: string): { key: string; order: string } {
  const from = versionsOf(bucket).length;
  const end = indexKey.indexOf(Buffer.of(0, 0), from);
  return { key: indexKey.toString('latin1', from, end).includes('\0') ? unescapeNul(indexKey.subarray(from, end)) : indexKey.toString('utf8', from, end), order: indexKey.toString('latin1', end + 2) };
}
export const uploadsOf = (bucket: string) => Buffer.concat([text(`m/${bucket}`), NUL]);
export const uploadKey = (bucket: string, key: string, uploadId: string) => Buffer.concat([uploadsOf(bucket), text(key), NUL, text(uploadId)]);
export const partsOf = (uploadId: string) => text(`p/${uploadId}/`);
export const partKey = (uploadId: string, partNumber: number) => text(`p/${uploadId}/${String(partNumber).padStart(5, '0')}`);
export const partListKey = (blob: string) => text(`q/${blob}`);
export const partLists = { gte: text('q/'), lt: text('q0') };
export const blobOfPartList = (key: Buffer) => key.toString('latin1', 2);
export const refsOf = (blob: string) => text(`x/${blob}/`);
export const refKey = (blob: string, owner: Buffer) => Buffer.concat([refsOf(blob), owner]);
export const refsUnder = (fanOut: string) => text(`x/${fanOut}`);
export const blobOfRef = (ref: Buffer) => ref.toString('latin1', 2, ref.indexOf(0x2f, 2));

function escapeNul(key: Buffer): Buffer {
  return key.includes(0) ? Buffer.from(key.toString('latin1').replaceAll('\0', '\0\xff'), 'latin1') : key;
}
const unescapeNul = (key: Buffer) => Buffer.from(key.toString('latin1').replaceAll('\0\xff', '\0'), 'latin1').toString('utf8');

/** The first byte string that is after everything starting with `prefix` (0xFF occurs in no UTF-8 text). */
export const after = (prefix: Buffer) => Buffer.concat([prefix, Buffer.of(0xff)]);

/** S3 allows 1,024 bytes of UTF-8. */
export function assertKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes === 0) throw new ObjectStoreError('InvalidArgument', 'An object key must have at least one byte.');
  if (bytes > 1024) throw new ObjectStoreError('KeyTooLongError', 'Your key is too long');
}
