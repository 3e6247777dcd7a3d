import type { ObjectRecord } from '../../objects/records.ts';
import { isVersionId, versionIdOf } from '../../objects/versions.ts';
import { isoDate, numberParameter, xmlResponse, type Operation, type S3Context } from '../context.ts';
import { invalidArgument } from '../errors.ts';
import { document, element, escapeXml } from '../xml.ts';
import { keyEncoder, objectXml, ownerElement } from './listObjects.ts';

const PAGE = 1000;

function markerXml(context: S3Context, record: ObjectRecord, encode: (key: string) => string): string {
  return `<Key>${escapeXml(encode(record.key))}</Key><LastModified>${isoDate(record.lastModified)}</LastModified>${ownerElement(context)!.xml}`;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html */
export const listObjectVersions: Operation = async (context) => {
  const { store, bucket, query } = context;
  const [prefix, delimiter, keyMarker, versionIdMarker] = ['prefix', 'delimiter', 'key-marker', 'version-id-marker'].map((name) => query.get(name) ?? '') as [string, string, string, string];
  if (versionIdMarker && !keyMarker) throw invalidArgument('A version-id marker cannot be specified without a key marker.', 'version-id-marker', versionIdMarker);
  if (versionIdMarker && !isVersionId(versionIdMarker)) throw invalidArgument('Invalid version id specified', 'version-id-marker', versionIdMarker);
  const maxKeys = numberParameter(context, 'max-keys', PAGE, PAGE);
  const encode = keyEncoder(context);
  store.bucket(bucket);
  const { entries, truncated } = maxKeys === 0 ? { entries: [], truncated: false } : await store.listVersions(bucket, { prefix, delimiter, keyMarker, versionIdMarker, limit: maxKeys });
  const last = entries.at(-1);
  return xmlResponse(
    document('ListVersionsResult', [
      element('Name', bucket),
      element('Prefix', encode(prefix)),
      delimiter ? element('Delimiter', encode(delimiter)) : undefined,
      element('KeyMarker', encode(keyMarker)),
      element('VersionIdMarker', versionIdMarker),
      truncated && last ? element('NextKeyMarker', encode('version' in last ? last.version.key : last.commonPrefix)) : undefined,
      truncated && last && 'version' in last ? element('NextVersionIdMarker', versionIdOf(last.version)) : undefined,
      element('MaxKeys', maxKeys),
      query.has('encoding-type') ? element('EncodingType', 'url') : undefined,
      element('IsTruncated', truncated),
      {
        xml: entries
          .map((entry) => {
            if ('commonPrefix' in entry) return '';
            const { version, isLatest } = entry;
            const name = version.deleteMarker ? 'DeleteMarker' : 'Version';
            const content = version.deleteMarker ? markerXml(context, version, encode) : objectXml(context, version, encode, true);
            return `<${name}>${content}<VersionId>${versionIdOf(version)}</VersionId><IsLatest>${isLatest}</IsLatest></${name}>`;
          })
          .join(''),
      },
      ...entries.map((entry) => ('commonPrefix' in entry ? element('CommonPrefixes', [element('Prefix', encode(entry.commonPrefix))]) : undefined)),
    ]),
  );
};
