import { header, httpDate, numberParameter, xmlResponse, type Operation, type S3Context } from '../context.ts';
import { invalidArgument } from '../errors.ts';
import { existing, versionHeaders } from '../objectVersion.ts';
import { document, element, type Xml } from '../xml.ts';
import { ownerOnly } from './bucketConfigurations.ts';
import type { Checksums, ObjectRecord } from '../../objects/records.ts';

const ATTRIBUTES = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'];
const PAGE = 1000;

const checksumElements = (checksums: Checksums | undefined) => Object.entries(checksums ?? {}).map(([algorithm, value]) => element(`Checksum${algorithm}`, value));

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html */
export const getObjectAttributes: Operation = async (context) => {
  const wanted = (header(context, 'x-amz-object-attributes') ?? '').split(',').map((name) => name.trim());
  const unknown = wanted.find((name) => !ATTRIBUTES.includes(name));
  if (unknown !== undefined) throw invalidArgument('Invalid attribute name specified.', 'x-amz-object-attributes', unknown);
  const record = await existing(context);
  const has = (name: string) => wanted.includes(name);
  return xmlResponse(
    document('GetObjectAttributesResponse', [
      has('ETag') ? element('ETag', record.etag) : undefined,
      has('Checksum') && record.checksums ? element('Checksum', [...checksumElements(record.checksums), element('ChecksumType', record.checksumType)]) : undefined,
      has('ObjectParts') ? await objectParts(context, record) : undefined,
      has('StorageClass') ? element('StorageClass', record.storageClass ?? 'STANDARD') : undefined,
      has('ObjectSize') ? element('ObjectSize', record.size) : undefined,
    ]),
    { 'last-modified': httpDate(record.lastModified), ...versionHeaders(context, record) },
  );
};

async function objectParts(context: S3Context, record: ObjectRecord): Promise<Xml | undefined> {
  const parts = await context.store.parts(record);
  if (!parts) return undefined;
  const number = (name: string, fallback: number) => numberParameter({ ...context, query: context.request.headers as Map<string, string> }, name, fallback, PAGE * 10);
  const marker = number('x-amz-part-number-marker', 0);
  const maxParts = Math.min(number('x-amz-max-parts', PAGE), PAGE);
  const rest = parts.filter(({ partNumber }) => partNumber > marker);
  const shown = rest.slice(0, maxParts);
  return element('ObjectParts', [
    element('PartsCount', parts.length),
    element('PartNumberMarker', marker),
    element('NextPartNumberMarker', shown.at(-1)?.partNumber ?? 0),
    element('MaxParts', maxParts),
    element('IsTruncated', rest.length > shown.length),
    // S3 lists single parts only where they have a checksum of their own.
    ...(record.checksumType === 'COMPOSITE' ? shown : []).map((part) =>
      element('Part', [element('PartNumber', part.partNumber), element('Size', part.size), ...checksumElements(part.checksums)]),
    ),
  ]);
}

export const getObjectAcl: Operation = async (context) => {
  await existing(context);
  return xmlResponse(document('AccessControlPolicy', ownerOnly(context)));
};
