import { ListObjectVersionsCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import type { BackendContext } from '../../context.ts';
import { decodeKey, s3Uri } from '../s3/keys.ts';
import { listUploads } from './uploads.ts';

interface Place {
  connectionId: string;
  bucket: string;
}
interface Entry {
  key: string;
  bytes: number;
  what: 'object' | 'noncurrent' | 'deleteMarker';
}

/** Pages of 1,000 counted before it says "at least". */
const MOST_PAGES = 50;

/** Versions are a permission, and on some stores a feature, of their own: without it the objects are what there is. */
async function page({ aws }: BackendContext, { connectionId, bucket }: Place, after?: { key: string; versionId?: string | undefined }, abortSignal?: AbortSignal) {
  const objects = async (s3: S3Client): Promise<{ entries: Entry[]; next?: { key: string } | undefined }> => {
    const answer = await s3.send(new ListObjectsV2Command({ Bucket: bucket, StartAfter: after?.key, EncodingType: 'url' }), { abortSignal });
    const decode = answer.EncodingType === 'url' ? decodeKey : (key: string) => key;
    const entries = (answer.Contents ?? []).map(({ Key = '', Size = 0 }): Entry => ({ key: decode(Key), bytes: Size, what: 'object' }));
    return { entries, next: answer.IsTruncated ? entries.at(-1) : undefined };
  };
  const versions = async (s3: S3Client) => {
    const answer = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, KeyMarker: after?.key, VersionIdMarker: after?.versionId, EncodingType: 'url' }), { abortSignal });
    const decode = answer.EncodingType === 'url' ? decodeKey : (key: string) => key;
    const entries: Entry[] = [
      ...(answer.Versions ?? []).map(({ Key = '', Size = 0, IsLatest }): Entry => ({ key: decode(Key), bytes: Size, what: IsLatest ? 'object' : 'noncurrent' })),
      ...(answer.DeleteMarkers ?? []).map(({ Key = '' }): Entry => ({ key: decode(Key), bytes: 0, what: 'deleteMarker' })),
    ];
    return { entries, next: answer.IsTruncated && answer.NextKeyMarker ? { key: decode(answer.NextKeyMarker), versionId: answer.NextVersionIdMarker } : undefined };
  };
  const resource = s3Uri(bucket);
  try {
    return await aws.attempt({ connectionId, action: 's3:ListBucketVersions', resource }, ({ s3 }) => versions(s3));
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NotImplemented') throw error;
    return aws.attempt({ connectionId, action: 's3:ListBucket', resource }, ({ s3 }) => objects(s3));
  }
}

/** What keeps a bucket from being deleted. */
export async function bucketContents(context: BackendContext, place: Place, signal?: AbortSignal) {
  const total = { objects: 0, noncurrent: 0, deleteMarkers: 0, uploads: 0, bytes: 0, complete: true };
  let after: { key: string; versionId?: string | undefined } | undefined;
  for (let pages = 0; ; pages += 1) {
    const { entries, next } = await page(context, place, after, signal);
    for (const { what, bytes } of entries) {
      total.bytes += bytes;
      if (what === 'object') total.objects += 1;
      else if (what === 'noncurrent') total.noncurrent += 1;
      else total.deleteMarkers += 1;
    }
    if (!next) break;
    after = next;
    if (pages + 1 < MOST_PAGES) continue;
    total.complete = false;
    break;
  }
  try {
    const { uploads, next } = await listUploads(context, { ...place, prefix: '' }, signal);
    total.uploads = uploads.length;
    if (next) total.complete = false;
  } catch (error) {
    // Uploads do not keep a bucket from being deleted everywhere; the objects are known.
    if (!(error instanceof AppError) || (error.code !== 'NotImplemented' && error.code !== 'AccessDenied')) throw error;
  }
  return total;
}
