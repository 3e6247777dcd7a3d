import { checksumAlgorithms, startChecksum } from '../../checksums/algorithms.ts';
import { ServiceError } from '../../http/serviceError.ts';
import type { ChecksumAlgorithm, ObjectMeta, ObjectRecord } from '../../objects/records.ts';
import { writeCondition } from '../conditions.ts';
import { header, isoDate, quoted, xmlResponse, type Operation, type S3Context } from '../context.ts';
import { assertCopySource, copySourceOf, noSource, sourceHeaders, sourceRecord } from '../copySource.ts';
import { invalidArgument } from '../errors.ts';
import { metaFromHeaders, refuseUnsupported } from '../objectHeaders.ts';
import { lockFromHeaders } from '../objectLock.ts';
import { versionHeaders } from '../objectVersion.ts';
import { parseRange } from '../range.ts';
import { document, element } from '../xml.ts';
import { partNumberOf, uploadOf } from './multipartUpload.ts';

/** S3's limit of a copy in one request: 5 GiB. */
const MAX_COPY = 5 * 2 ** 30;

function directive(context: S3Context, name: string): 'COPY' | 'REPLACE' {
  const value = header(context, name) ?? 'COPY';
  if (value !== 'COPY' && value !== 'REPLACE') throw invalidArgument(`Unknown ${name === 'x-amz-metadata-directive' ? 'metadata' : 'tagging'} directive.`, name, value);
  return value;
}

function wantedAlgorithm(context: S3Context): ChecksumAlgorithm | undefined {
  const name = header(context, 'x-amz-checksum-algorithm');
  const algorithm = checksumAlgorithms.find((a) => a === name?.toUpperCase());
  if (name !== undefined && !algorithm) throw new ServiceError('InvalidRequest', 'Checksum algorithm provided is unsupported.', 400);
  return algorithm;
}

const checksumElements = ({ checksums }: Pick<ObjectMeta, 'checksums'>) => Object.entries(checksums ?? {}).map(([algorithm, value]) => element(`Checksum${algorithm}`, value));

/**
 * The copy names the same immutable bytes: no byte is moved, and ETag and parts stay those of the source.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html
 */
export const copyObject: Operation = async (context) => {
  const { store, bucket, key, request } = context;
  refuseUnsupported(request);
  store.bucket(bucket);
  const source = copySourceOf(context);
  const stated = metaFromHeaders(request);
  const lock = lockFromHeaders(context);
  const [metadata, tagging] = [directive(context, 'x-amz-metadata-directive'), directive(context, 'x-amz-tagging-directive')];
  const algorithm = wantedAlgorithm(context);
  const onItself = source.bucket === bucket && source.key === key && source.versionId === undefined;
  if (onItself && metadata === 'COPY' && tagging === 'COPY' && !header(context, 'x-amz-storage-class') && !header(context, 'x-amz-website-redirect-location') && !algorithm) {
    throw new ServiceError('InvalidRequest', "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.", 400);
  }
  const check = writeCondition(request, key);
  let sourceVersion: Record<string, string> = {};
  const copied = await store.share(source, async (record, take) => {
    assertCopySource(context, record);
    sourceVersion = sourceHeaders(context, source, record);
    if (record.size > MAX_COPY) throw new ServiceError('InvalidRequest', `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_COPY}`, 400);
    const sums = algorithm && record.checksums?.[algorithm] === undefined ? { checksums: await compute(context, record, algorithm), checksumType: 'FULL_OBJECT' as const } : {};
    const meta: ObjectMeta = {
      ...(metadata === 'COPY' ? described(record) : described(stated)),
      ...facts(record),
      ...lock,
      ...sums,
      storageClass: stated.storageClass,
      websiteRedirectLocation: stated.websiteRedirectLocation,
      tags: tagging === 'COPY' ? record.tags : stated.tags,
    };
    return store.commit(bucket, key, take(), meta, { check, etag: record.etag });
  });
  if (!copied) throw noSource(source);
  return xmlResponse(document('CopyObjectResult', [element('ETag', quoted(copied.etag)), element('LastModified', isoDate(copied.lastModified)), ...checksumElements(copied), element('ChecksumType', copied.checksumType)]), { ...versionHeaders(context, copied), ...sourceVersion });
};

/** What people say of an object, … */
const described = ({ contentType, cacheControl, contentDisposition, contentEncoding, contentLanguage, expires, userMetadata }: ObjectMeta): ObjectMeta => ({
  contentType, cacheControl, contentDisposition, contentEncoding, contentLanguage, expires, userMetadata,
});
/** … and what is so because of its bytes. */
const facts = ({ checksums, checksumType, partsCount }: ObjectRecord): ObjectMeta => ({ checksums, checksumType, partsCount });

async function compute({ store }: S3Context, record: ObjectRecord, algorithm: ChecksumAlgorithm) {
  const running = startChecksum(algorithm);
  for await (const bytes of await store.open(record)) running.update(bytes as Uint8Array);
  return { [algorithm]: await running.digest() };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy: Operation = async (context) => {
  const { store, request } = context;
  refuseUnsupported(request);
  const partNumber = partNumberOf(context);
  const upload = await uploadOf(context);
  const source = copySourceOf(context);
  // Held by the open file from the first byte on; until then nothing may be removed.
  const release = store.pin();
  try {
    const record = await sourceRecord(context, source);
    const text = header(context, 'x-amz-copy-source-range');
    const bad = () => invalidArgument('The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy', 'x-amz-copy-source-range', text ?? '');
    if (text !== undefined && !/^bytes=\d+-\d+$/.test(text)) throw bad();
    const last = Number(text?.split('-')[1] ?? record.size - 1);
    if (text !== undefined && last >= record.size) throw invalidArgument(`Range specified is not valid for source object of size: ${record.size}`, 'x-amz-copy-source-range', text);
    const range = parseRange(text, record.size);
    if (text !== undefined && !range) throw bad();
    const { first, last: end } = range ?? { first: 0, last: record.size - 1 };
    if (end - first + 1 > MAX_COPY) throw new ServiceError('InvalidRequest', `The specified copy source is larger than the maximum allowable size for a copy source: ${MAX_COPY}`, 400);

    const algorithm = upload.checksumAlgorithm!;
    const running = startChecksum(algorithm);
    const bytes = async function* () {
      if (end < first) return;
      for await (const chunk of await store.open(record, { first, last: end })) {
        running.update(chunk as Uint8Array);
        yield chunk as Uint8Array;
      }
    };
    const staged = await store.stage(bytes());
    const part = await store.uploads.putPart(upload, partNumber, staged, { [algorithm]: await running.digest() });
    return xmlResponse(document('CopyPartResult', [element('ETag', quoted(part.etag)), element('LastModified', isoDate(part.lastModified)), ...(upload.checksumStated ? checksumElements(part) : [])]), sourceHeaders(context, source, record));
  } finally {
    release();
  }
};
