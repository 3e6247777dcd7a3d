import { checksumAlgorithms } from '../../checksums/algorithms.ts';
import { canCombine } from '../../checksums/combine.ts';
import { ServiceError } from '../../http/serviceError.ts';
import type { ChecksumAlgorithm, UploadRecord } from '../../objects/records.ts';
import { header, isoDate, numberParameter, quoted, xmlResponse, type Operation, type S3Context } from '../context.ts';
import { invalidArgument } from '../errors.ts';
import { checksumHeaders, metaFromHeaders, refuseUnsupported } from '../objectHeaders.ts';
import { lockFromHeaders } from '../objectLock.ts';
import { document, element } from '../xml.ts';
import { keyEncoder } from './listObjects.ts';
import { assertBodySize, DEFAULT_CHECKSUM } from './putObject.ts';

const MAX_PARTS = 10_000;
const PAGE = 1000;

/** The upload `?uploadId=` names; NoSuchUpload where there is none. */
export const uploadOf = ({ store, bucket, key, query }: S3Context): Promise<UploadRecord> => store.uploads.get(bucket, key, query.get('uploadId') ?? '');

export function partNumberOf({ query }: S3Context): number {
  const text = query.get('partNumber') ?? '';
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > MAX_PARTS) throw invalidArgument('Part number must be an integer between 1 and 10000, inclusive', 'partNumber', text);
  return number;
}

/** Which checksum an upload has, and whether it is of the object or of its parts' checksums. */
function checksumOfUpload(context: S3Context): Pick<UploadRecord, 'checksumAlgorithm' | 'checksumType' | 'checksumStated'> {
  const stated = header(context, 'x-amz-checksum-algorithm')?.toUpperCase();
  const type = header(context, 'x-amz-checksum-type')?.toUpperCase();
  if (stated === undefined) {
    if (type !== undefined) throw new ServiceError('InvalidRequest', 'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.', 400);
    return { checksumAlgorithm: DEFAULT_CHECKSUM, checksumType: 'FULL_OBJECT' };
  }
  const algorithm = checksumAlgorithms.find((a) => a === stated);
  if (!algorithm) throw new ServiceError('InvalidRequest', 'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]', 400);
  const usual = algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
  if (type !== undefined && type !== usual && !(type === 'FULL_OBJECT' && canCombine(algorithm))) {
    throw new ServiceError('InvalidRequest', `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`, 400);
  }
  return { checksumAlgorithm: algorithm, checksumType: (type as UploadRecord['checksumType']) ?? usual, checksumStated: true };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload: Operation = async (context) => {
  const { store, bucket, key, request } = context;
  refuseUnsupported(request);
  const checksum = checksumOfUpload(context);
  const upload = await store.uploads.create(bucket, key, { ...metaFromHeaders(request), ...lockFromHeaders(context) }, checksum);
  const headers: Record<string, string> = checksum.checksumStated ? { 'x-amz-checksum-algorithm': checksum.checksumAlgorithm!, 'x-amz-checksum-type': checksum.checksumType! } : {};
  const content = [element('Bucket', bucket), element('Key', key), element('UploadId', upload.uploadId)];
  return xmlResponse(document('InitiateMultipartUploadResult', content), headers);
};

/** A part must be of the algorithm the upload was created with, where that was stated. */
function assertAlgorithm(upload: UploadRecord, given: ChecksumAlgorithm | undefined): void {
  if (!upload.checksumStated || given === undefined || given === upload.checksumAlgorithm) return;
  throw new ServiceError('InvalidRequest', `Checksum Type mismatch occurred, expected checksum Type: ${upload.checksumAlgorithm!.toLowerCase()}, actual checksum Type: ${given.toLowerCase()}`, 400);
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart: Operation = async (context) => {
  const { store, payload, request } = context;
  refuseUnsupported(request);
  const partNumber = partNumberOf(context);
  assertBodySize(context);
  const upload = await uploadOf(context);
  assertAlgorithm(upload, payload.algorithm);
  const staged = await store.stage(payload.bytes(upload.checksumAlgorithm));
  const part = await store.uploads.putPart(upload, partNumber, staged, payload.checksums);
  const shown = payload.algorithm ?? (upload.checksumStated ? upload.checksumAlgorithm : undefined);
  const { 'x-amz-checksum-type': _, ...checksums } = shown ? checksumHeaders({ checksums: { [shown]: part.checksums?.[shown] } }) : {};
  return { status: 200, headers: { etag: quoted(part.etag), ...checksums } };
};

export const abortMultipartUpload: Operation = async ({ store, bucket, key, query }) => {
  await store.uploads.abort(bucket, key, query.get('uploadId') ?? '');
  return { status: 204 };
};

const identity = ({ owner }: S3Context) => ['Initiator', 'Owner'].map((role) => element(role, [element('ID', owner.id), element('DisplayName', owner.displayName)]));
const checksumElements = (upload: UploadRecord) =>
  upload.checksumStated ? [element('ChecksumAlgorithm', upload.checksumAlgorithm), element('ChecksumType', upload.checksumType)] : [];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts: Operation = async (context) => {
  const { store, bucket, key } = context;
  const upload = await uploadOf(context);
  const marker = numberParameter(context, 'part-number-marker', 0, MAX_PARTS);
  const maxParts = numberParameter(context, 'max-parts', PAGE, PAGE);
  const found = await store.uploads.parts(upload.uploadId, { after: marker, limit: maxParts + 1 });
  const shown = found.slice(0, maxParts);
  const algorithm = upload.checksumAlgorithm!;
  return xmlResponse(
    document('ListPartsResult', [
      element('Bucket', bucket),
      element('Key', key),
      element('UploadId', upload.uploadId),
      ...identity(context),
      element('StorageClass', upload.meta.storageClass ?? 'STANDARD'),
      element('PartNumberMarker', marker),
      element('NextPartNumberMarker', shown.at(-1)?.partNumber ?? 0),
      element('MaxParts', maxParts),
      element('IsTruncated', found.length > maxParts),
      ...checksumElements(upload),
      ...shown.map((part) =>
        element('Part', [
          element('PartNumber', part.partNumber),
          element('LastModified', isoDate(part.lastModified)),
          element('ETag', quoted(part.etag)),
          element('Size', part.size),
          upload.checksumStated ? element(`Checksum${algorithm}`, part.checksums?.[algorithm]) : undefined,
        ]),
      ),
    ]),
  );
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads: Operation = async (context) => {
  const { store, bucket, query } = context;
  const encode = keyEncoder(context);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const [keyMarker, uploadMarker] = [query.get('key-marker') ?? '', query.get('upload-id-marker') ?? ''];
  const maxUploads = numberParameter(context, 'max-uploads', PAGE, PAGE);
  const entries: ({ upload: UploadRecord } | { commonPrefix: string })[] = [];
  let position = { afterKey: keyMarker, afterUpload: uploadMarker };
  let truncated = false;
  // Unfinished uploads are few: those below a common prefix are passed over one by one.
  scan: for (;;) {
    const batch = await store.uploads.list(bucket, { prefix, ...position, limit: PAGE });
    for (const upload of batch) {
      position = { afterKey: upload.key, afterUpload: upload.uploadId };
      const end = delimiter ? upload.key.indexOf(delimiter, prefix.length) : -1;
      const commonPrefix = end < 0 ? undefined : upload.key.slice(0, end + delimiter.length);
      const last = entries.at(-1);
      if (commonPrefix !== undefined && (commonPrefix === keyMarker || (last && 'commonPrefix' in last && last.commonPrefix === commonPrefix))) continue;
      if (entries.length === maxUploads) {
        truncated = maxUploads > 0;
        break scan;
      }
      entries.push(commonPrefix === undefined ? { upload } : { commonPrefix });
    }
    if (batch.length < PAGE) break;
  }
  const last = entries.at(-1);
  return xmlResponse(
    document('ListMultipartUploadsResult', [
      element('Bucket', bucket),
      element('KeyMarker', encode(keyMarker)),
      element('UploadIdMarker', uploadMarker),
      truncated && last ? element('NextKeyMarker', encode('upload' in last ? last.upload.key : last.commonPrefix)) : undefined,
      truncated && last && 'upload' in last ? element('NextUploadIdMarker', last.upload.uploadId) : undefined,
      delimiter ? element('Delimiter', encode(delimiter)) : undefined,
      element('Prefix', encode(prefix)),
      query.has('encoding-type') ? element('EncodingType', 'url') : undefined,
      element('MaxUploads', maxUploads),
      element('IsTruncated', truncated),
      ...entries.map((entry) =>
        'commonPrefix' in entry
          ? element('CommonPrefixes', [element('Prefix', encode(entry.commonPrefix))])
          : element('Upload', [
              element('Key', encode(entry.upload.key)),
              element('UploadId', entry.upload.uploadId),
              ...identity(context),
              element('StorageClass', entry.upload.meta.storageClass ?? 'STANDARD'),
              element('Initiated', isoDate(entry.upload.initiated)),
              ...checksumElements(entry.upload),
            ]),
      ),
    ]),
  );
};
