import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput } from '@aws-sdk/client-s3';
import type { AwsConnections } from '../../aws/types.ts';
import { s3Uri } from '../s3/keys.ts';

/** Noncurrent versions below prefixes: they are stored and charged too. */
export async function countNoncurrent(
  aws: AwsConnections,
  { connectionId, bucket, prefixes }: { connectionId: string; bucket: string; prefixes: string[] },
  abortSignal: AbortSignal,
): Promise<{ objects: number; bytes: number }> {
  const total = { objects: 0, bytes: 0 };
  for (const prefix of prefixes) {
    let at: { KeyMarker?: string | undefined; VersionIdMarker?: string | undefined } | undefined = {};
    while (at) {
      const markers: object = at;
      const page: ListObjectVersionsCommandOutput = await aws.attempt({ connectionId, action: 's3:ListBucketVersions', resource: s3Uri(bucket, prefix) }, ({ s3 }) =>
        s3.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: prefix, ...markers }), { abortSignal }),
      );
      for (const { IsLatest, Size = 0 } of page.Versions ?? []) {
        if (IsLatest) continue;
        total.objects += 1;
        total.bytes += Size;
      }
      at = page.IsTruncated ? { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker } : undefined;
    }
  }
  return total;
}
