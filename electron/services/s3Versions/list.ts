import { ListObjectVersionsCommand, type DeleteMarkerEntry, type ObjectVersion } from '@aws-sdk/client-s3';
import type { VersionPage } from '../../../shared/contract/s3Versions.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { decodeKey, s3Uri } from '../s3/keys.ts';

export interface VersionsInput {
  connectionId: string;
  bucket: string;
  prefix: string;
  key?: string | undefined;
  keyMarker?: string | undefined;
  versionIdMarker?: string | undefined;
  max: number;
}

interface Entry {
  key: string;
  bytes: Buffer;
  marker: boolean;
  of: ObjectVersion & DeleteMarkerEntry;
}

const time = (entry: Entry): number => entry.of.LastModified?.getTime() ?? 0;
/** S3's order: keys by their UTF-8 bytes, the current version first, then the newest. */
const inOrder = (a: Entry, b: Entry): number => Buffer.compare(a.bytes, b.bytes) || Number(b.of.IsLatest ?? false) - Number(a.of.IsLatest ?? false) || time(b) - time(a);

/**
 * One page of ListObjectVersions; the SDK gives versions and delete markers apart, here they are in one order again.
 * A page that came incomplete throws (FAULTS 6). https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html
 */
export async function listVersions(aws: AwsConnections, input: VersionsInput, abortSignal?: AbortSignal): Promise<VersionPage> {
  const { connectionId, bucket, key, keyMarker, versionIdMarker, max } = input;
  const prefix = key ?? input.prefix;
  const resource = s3Uri(bucket, prefix);
  const answer = await aws.attempt({ connectionId, action: 's3:ListBucketVersions', resource }, ({ s3 }) =>
    s3.send(
      new ListObjectVersionsCommand({
        Bucket: bucket,
        Prefix: prefix,
        Delimiter: key === undefined ? '/' : undefined,
        KeyMarker: keyMarker,
        VersionIdMarker: versionIdMarker,
        MaxKeys: max,
        EncodingType: 'url',
      }),
      { abortSignal },
    ),
  );
  if (answer.IsTruncated === undefined || (answer.IsTruncated && answer.NextKeyMarker === undefined)) {
    throw new AppError('Network', `The listing of versions of ${resource} came incomplete.`, { detail: 'Nothing was taken for the end of it. Try again.', retryable: true, resource });
  }
  const decode = answer.EncodingType === 'url' ? decodeKey : (text: string) => text;
  const entry = (marker: boolean) => (of: ObjectVersion & DeleteMarkerEntry): Entry => {
    const name = decode(of.Key ?? '');
    return { key: name, bytes: Buffer.from(name), marker, of };
  };
  const all = [...(answer.Versions ?? []).map(entry(false)), ...(answer.DeleteMarkers ?? []).map(entry(true))].sort(inOrder);
  // Keys that begin with the wanted one come after it: the first of them ends it.
  const wanted = key === undefined ? all : all.filter((one) => one.key === key);
  const more = answer.IsTruncated && wanted.length === all.length;
  return {
    prefixes: (answer.CommonPrefixes ?? []).map(({ Prefix = '' }) => decode(Prefix)),
    keys: wanted.map((one) => one.key),
    versionIds: wanted.map(({ of }) => of.VersionId ?? 'null'),
    latest: wanted.map(({ of }) => of.IsLatest ?? false),
    markers: wanted.map(({ marker }) => marker),
    sizes: wanted.map(({ of }) => of.Size ?? 0),
    modified: wanted.map(({ of }) => of.LastModified?.toISOString() ?? ''),
    storageClasses: wanted.map(({ of, marker }) => (marker ? '' : (of.StorageClass ?? 'STANDARD'))),
    etags: wanted.map(({ of }) => of.ETag ?? ''),
    ...(more && { next: { keyMarker: decode(answer.NextKeyMarker!), versionIdMarker: answer.NextVersionIdMarker } }),
  };
}
