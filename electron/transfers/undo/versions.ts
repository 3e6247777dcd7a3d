import { ListObjectVersionsCommand, type DeleteMarkerEntry, type ObjectVersion } from '@aws-sdk/client-s3';
import { decodeKey } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import { request } from '../requests.ts';

/** What was left a while ago is among the newest of its key. */
const NEWEST = 100;

/** The newest versions and delete markers of one key, each newest first. AccessDenied where versions may not be listed. */
export async function newestVersions(job: Job, bucket: string, key: string): Promise<{ versions: ObjectVersion[]; markers: DeleteMarkerEntry[] }> {
  const command = new ListObjectVersionsCommand({ Bucket: bucket, Prefix: key, MaxKeys: NEWEST, EncodingType: 'url' });
  const { Versions = [], DeleteMarkers = [], EncodingType } = await request(job, { action: 's3:ListBucketVersions', key, bucket }, ({ s3, signal }) => s3.send(command, { abortSignal: signal }));
  // Keys that begin with this one come after it.
  const isThis = ({ Key = '' }: { Key?: string | undefined }) => (EncodingType === 'url' ? decodeKey(Key) : Key) === key;
  return { versions: Versions.filter(isThis), markers: DeleteMarkers.filter(isThis) };
}
