import { ServiceError } from '../../http/serviceError.ts';
import type { ChecksumAlgorithm } from '../../objects/records.ts';
import { assertKey } from '../../objects/indexKeys.ts';
import { writeCondition } from '../conditions.ts';
import { quoted, type Operation, type S3Context } from '../context.ts';
import { checksumHeaders, metaFromHeaders, refuseUnsupported } from '../objectHeaders.ts';
import { lockFromHeaders } from '../objectLock.ts';
import { versionHeaders } from '../objectVersion.ts';

/** S3's limit of one PutObject or UploadPart: 5 GiB. */
const MAX_SINGLE = 5 * 2 ** 30;
/** What S3 computes itself where the request names no checksum. */
export const DEFAULT_CHECKSUM: ChecksumAlgorithm = 'CRC64NVME';

export function assertBodySize(context: S3Context): void {
  const { length } = context.payload;
  if (length === undefined) throw new ServiceError('MissingContentLength', 'You must provide the Content-Length HTTP header.', 411);
  if (length > MAX_SINGLE) {
    throw new ServiceError('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', 400, { ProposedSize: String(length), MaxSizeAllowed: String(MAX_SINGLE) });
  }
}

export const putObject: Operation = async (context) => {
  const { store, bucket, key, payload, request } = context;
  refuseUnsupported(request);
  assertBodySize(context);
  assertKey(key);
  store.bucket(bucket);
  const meta = { ...metaFromHeaders(request), ...lockFromHeaders(context) };
  const check = writeCondition(request, key);
  // A refusal that can be told now spares the upload; it is looked at again when the object is named.
  check?.(await store.head(bucket, key));
  const staged = await store.stage(payload.bytes(payload.algorithm ? undefined : DEFAULT_CHECKSUM));
  const described = { ...meta, checksums: payload.checksums, checksumType: 'FULL_OBJECT' as const };
  const record = await store.commit(bucket, key, staged, described, { check });
  return { status: 200, headers: { etag: quoted(record.etag), ...checksumHeaders(record), ...versionHeaders(context, record) } };
};
