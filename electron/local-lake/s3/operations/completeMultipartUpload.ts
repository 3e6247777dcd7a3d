import { checksumAlgorithms, checksumHeader, startChecksum } from '../../checksums/algorithms.ts';
import { combineCrc } from '../../checksums/combine.ts';
import { ServiceError } from '../../http/serviceError.ts';
import { ObjectStoreError, type ChecksumAlgorithm, type Checksums, type ObjectRecord, type PartRecord, type UploadRecord } from '../../objects/records.ts';
import { writeCondition } from '../conditions.ts';
import { header, quoted, type Operation, type S3Context } from '../context.ts';
import { versionHeaders } from '../objectVersion.ts';
import { slowXmlResponse } from '../slowResponse.ts';
import { children, childText, document, element, malformedXml, parseXml } from '../xml.ts';
import { uploadOf } from './multipartUpload.ts';

const MIN_PART = 5 * 2 ** 20;
/** 10,000 parts with their checksums. */
const MAX_BODY = 8 << 20;

interface NamedPart {
  partNumber: number;
  etag: string;
  checksums: Checksums;
}

function readParts(xml: string): NamedPart[] {
  const parts = children(parseXml(xml, 'CompleteMultipartUpload'), 'Part').map((part) => {
    const [number, etag] = [childText(part, 'PartNumber')?.trim(), childText(part, 'ETag')?.trim()];
    if (!number || !/^\d{1,5}$/.test(number) || !etag) throw malformedXml();
    const given = checksumAlgorithms.flatMap((a) => {
      const value = childText(part, `Checksum${a}`);
      return value === undefined ? [] : [[a, value]];
    });
    return { partNumber: Number(number), etag: etag.replace(/^"(.*)"$/, '$1'), checksums: Object.fromEntries(given) as Checksums };
  });
  if (parts.length === 0) throw malformedXml();
  return parts;
}

/** The stored parts that the request names, in its order; refuses what S3 refuses. */
function choose(named: NamedPart[], stored: PartRecord[], upload: UploadRecord): PartRecord[] {
  const byNumber = new Map(stored.map((part) => [part.partNumber, part]));
  const invalidPart = (message: string) => new ObjectStoreError('InvalidPart', message);
  if (named.some(({ partNumber }, index) => index > 0 && named[index - 1]!.partNumber >= partNumber)) {
    throw new ObjectStoreError('InvalidPartOrder', 'The list of parts was not in ascending order. Parts must be ordered by part number.');
  }
  const chosen = named.map(({ partNumber, etag, checksums }) => {
    const part = byNumber.get(partNumber);
    if (!part || part.etag !== etag) {
      throw invalidPart("One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.");
    }
    for (const [algorithm, value] of Object.entries(checksums) as [ChecksumAlgorithm, string][]) {
      if (part.checksums?.[algorithm] !== value) throw invalidPart(`The ${algorithm} checksum given for part ${partNumber} is not that of the part.`);
    }
    if (upload.checksumStated && upload.checksumType === 'COMPOSITE' && !(upload.checksumAlgorithm! in checksums)) {
      throw new ServiceError('InvalidRequest', `The upload was created using a ${upload.checksumAlgorithm!.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${partNumber} in the request.`, 400);
    }
    return part;
  });
  const small = chosen.slice(0, -1).find((part) => part.size < MIN_PART);
  if (small) {
    throw new ServiceError('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', 400, {
      ProposedSize: String(small.size), MinSizeAllowed: String(MIN_PART), PartNumber: String(small.partNumber), ETag: small.etag,
    });
  }
  return chosen;
}

/** The checksum of the whole: of its bytes (CRCs combine), or of the checksums of its parts, `-N` after it. */
async function wholeChecksum(upload: UploadRecord, parts: PartRecord[]): Promise<string> {
  const algorithm = upload.checksumAlgorithm!;
  const ofParts = parts.map(({ checksums, size }) => ({ checksum: checksums?.[algorithm] ?? '', size }));
  if (upload.checksumType === 'FULL_OBJECT') return combineCrc(algorithm, ofParts);
  const running = startChecksum(algorithm);
  for (const { checksum } of ofParts) running.update(Buffer.from(checksum, 'base64'));
  return `${await running.digest()}-${parts.length}`;
}

function assertWhole(context: S3Context, upload: UploadRecord, parts: PartRecord[], checksum: string): void {
  const given = header(context, checksumHeader(upload.checksumAlgorithm!));
  if (given !== undefined && given !== checksum && `${given}-${parts.length}` !== checksum) {
    throw new ServiceError('BadDigest', `The ${upload.checksumAlgorithm!} you specified did not match the calculated checksum.`, 400);
  }
  const size = header(context, 'x-amz-mp-object-size');
  const actual = parts.reduce((sum, part) => sum + part.size, 0);
  if (size !== undefined && Number(size) !== actual) {
    throw new ServiceError('InvalidRequest', `The provided 'x-amz-mp-object-size' header value ${size} does not match what was computed: ${actual}`, 400);
  }
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUpload: Operation = async (context) => {
  const { store, bucket, key, query, request, payload } = context;
  // The checksum header is that of the object here, not of this body.
  const named = readParts(await payload.text(MAX_BODY, { ofObject: true }));
  const result = (record: ObjectRecord) => ({ xml: completed(context, record), headers: versionHeaders(context, record) });
  let upload: UploadRecord;
  try {
    upload = await uploadOf(context);
  } catch (error) {
    // The answer to an earlier try may have been lost on its way: the same request again has the same answer.
    const record = await store.head(bucket, key);
    if (record?.uploadId === undefined || record.uploadId !== query.get('uploadId')) throw error;
    return slowXmlResponse(Promise.resolve(result(record)));
  }
  const chosen = choose(named, await store.uploads.parts(upload.uploadId), upload);
  const checksum = await wholeChecksum(upload, chosen);
  assertWhole(context, upload, chosen, checksum);
  const check = writeCondition(request, key);
  check?.(await store.head(bucket, key));
  const meta = { ...upload.meta, checksums: { [upload.checksumAlgorithm!]: checksum }, checksumType: upload.checksumType };
  return slowXmlResponse(store.uploads.complete(upload, chosen, meta, check).then(result));
};

function completed({ bucket, key, request }: S3Context, record: ObjectRecord): string {
  const host = request.headers.get('host') ?? 'localhost';
  return document('CompleteMultipartUploadResult', [
    element('Location', `http://${host}/${bucket}/${encodeURIComponent(key)}`),
    element('Bucket', bucket),
    element('Key', key),
    element('ETag', quoted(record.etag)),
    ...Object.entries(record.checksums ?? {}).map(([algorithm, value]) => element(`Checksum${algorithm}`, value)),
    element('ChecksumType', record.checksumType),
  ]);
}
