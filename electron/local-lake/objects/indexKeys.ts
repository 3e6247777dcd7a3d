import { ObjectStoreError } from './records.ts';

/**
 * Keys of the ordered index. They are bytes, so that objects come in UTF-8 byte order as S3 lists them.
 *
 *   b/<bucket>                         a bucket
 *   o/<bucket> 0 <key>                 an object
 *   m/<bucket> 0 <key> 0 <upload id>   a multipart upload
 *   p/<upload id>/<part number>        a part of it
 *   q/<blob>                           the parts a blob was put together from
 *   x/<blob>/<index key>               who names the blob (a copy shares the bytes of its source)
 */
const NUL = Buffer.of(0);
const text = (value: string) => Buffer.from(value, 'utf8');

export const bucketKey = (bucket: string) => text(`b/${bucket}`);
export const bucketRange = { gte: text('b/'), lt: text('b0') };
export const objectsOf = (bucket: string) => Buffer.concat([text(`o/${bucket}`), NUL]);
export const objectKey = (bucket: string, key: string) => Buffer.concat([objectsOf(bucket), text(key)]);
export const uploadsOf = (bucket: string) => Buffer.concat([text(`m/${bucket}`), NUL]);
export const uploadKey = (bucket: string, key: string, uploadId: string) => Buffer.concat([uploadsOf(bucket), text(key), NUL, text(uploadId)]);
export const partsOf = (uploadId: string) => text(`p/${uploadId}/`);
export const partKey = (uploadId: string, partNumber: number) => text(`p/${uploadId}/${String(partNumber).padStart(5, '0')}`);
export const partListKey = (blob: string) => text(`q/${blob}`);
export const refsOf = (blob: string) => text(`x/${blob}/`);
export const refKey = (blob: string, owner: Buffer) => Buffer.concat([refsOf(blob), owner]);
export const refsUnder = (fanOut: string) => text(`x/${fanOut}`);
export const blobOfRef = (ref: Buffer) => ref.toString('latin1', 2, ref.indexOf(0x2f, 2));

/** The first byte string that is after everything starting with `prefix` (0xFF occurs in no UTF-8 text). */
export const after = (prefix: Buffer) => Buffer.concat([prefix, Buffer.of(0xff)]);

/** S3 allows 1,024 bytes of UTF-8. */
export function assertKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes === 0) throw new ObjectStoreError('InvalidArgument', 'An object key must have at least one byte.');
  if (bytes > 1024) throw new ObjectStoreError('KeyTooLongError', 'Your key is too long');
}
