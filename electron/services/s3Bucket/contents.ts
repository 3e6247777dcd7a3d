import { DeleteObjectsCommand, ListObjectVersionsCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
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
  versionId: string;
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
    const entries = (answer.Contents ?? []).map(({ Key = '', Size = 0 }): Entry => ({ key: decode(Key), versionId: 'null', bytes: Size, what: 'object' }));
    return { entries, next: answer.IsTruncated ? entries.at(-1) : undefined };
  };
  const versions = async (s3: S3Client) => {
    const answer = await s3.send(new ListObjectVersionsCommand({ Bucket: bucket, KeyMarker: after?.key, VersionIdMarker: after?.versionId, EncodingType: 'url' }), { abortSignal });
    const decode = answer.EncodingType === 'url' ? decodeKey : (key: string) => key;
    const entries: Entry[] = [
      ...(answer.Versions ?? []).map(({ Key = '', VersionId = 'null', Size = 0, IsLatest }): Entry => ({ key: decode(Key), versionId: VersionId, bytes: Size, what: IsLatest ? 'object' : 'noncurrent' })),
      ...(answer.DeleteMarkers ?? []).map(({ Key = '', VersionId = 'null' }): Entry => ({ key: decode(Key), versionId: VersionId, bytes: 0, what: 'deleteMarker' })),
    ];
    return { entries, next: answer.IsTruncated && answer.NextKeyMarker ? { key: decode(answer.NextKeyMarker), versionId: answer.NextVersionIdMarker } : undefined };
  };
  const resource = s3Uri(bucket);
  try {
    return { ...(await aws.attempt({ connectionId, action: 's3:ListBucketVersions', resource }, ({ s3 }) => versions(s3))), versioned: true };
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'NotImplemented') throw error;
    return { ...(await aws.attempt({ connectionId, action: 's3:ListBucket', resource }, ({ s3 }) => objects(s3))), versioned: false };
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

/** Deletes the first page of what is there, every version and delete marker of it, for good. */
export async function emptyPage(context: BackendContext, place: Place) {
  const { connectionId, bucket } = place;
  const { aws } = context;
  aws.assertWritable(connectionId, `empty bucket ${bucket}`);
  const { entries, next, versioned } = await page(context, place);
  if (entries.length === 0) return { deleted: 0, more: false, failed: [] };
  const action = versioned ? 's3:DeleteObjectVersion' : 's3:DeleteObject';
  const { Errors = [] } = await aws.attempt({ connectionId, action, resource: s3Uri(bucket) }, ({ s3 }) =>
    s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: entries.map(({ key, versionId }) => (versioned ? { Key: key, VersionId: versionId } : { Key: key })), Quiet: true } })),
  );
  const failed = Errors.map(({ Key: key = '', Code, Message }) => ({
    key,
    error: new AppError(Code === 'AccessDenied' ? 'AccessDenied' : 'Conflict', `${s3Uri(bucket, key)} was not deleted: ${Message ?? Code ?? 'no reason given'}.`, {
      detail: 'A bucket policy, an object lock or a legal hold may forbid it.',
      action,
      resource: s3Uri(bucket, key),
      awsCode: Code,
    }).toData(),
  }));
  const deleted = entries.length - failed.length;
  // A page of which nothing could be deleted would come again for ever.
  return { deleted, more: next !== undefined && deleted > 0, failed };
}
