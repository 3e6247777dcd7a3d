import { ServiceError } from '../http/serviceError.ts';
import type { ObjectRecord } from '../objects/records.ts';
import { isVersionId, versionIdOf } from '../objects/versions.ts';
import { httpDate, type S3Context } from './context.ts';
import { invalidArgument, noSuchKey } from './errors.ts';

export const noSuchVersion = (key: string, versionId: string) => new ServiceError('NoSuchVersion', 'The specified version does not exist.', 404, { Key: key, VersionId: versionId });

/** `?versionId=`, or undefined; InvalidArgument where no version can have that id. */
export function wantedVersion({ query }: Pick<S3Context, 'query'>): string | undefined {
  const versionId = query.get('versionId');
  if (versionId !== undefined && !isVersionId(versionId)) throw invalidArgument('Invalid version id specified', 'versionId', versionId);
  return versionId;
}

/** `x-amz-version-id`, in buckets that have or had versioning. */
export function versionHeaders(context: Pick<S3Context, 'store' | 'bucket'>, record: ObjectRecord): Record<string, string> {
  return context.store.bucket(context.bucket).versioning === undefined ? {} : { 'x-amz-version-id': versionIdOf(record) };
}

/** The version a request is about: the one it names, or the current one. NoSuchKey, NoSuchVersion or, of a delete marker, MethodNotAllowed. */
export async function existing(context: S3Context): Promise<ObjectRecord> {
  const { store, bucket, key } = context;
  const versionId = wantedVersion(context);
  if (versionId === undefined) {
    const record = await store.head(bucket, key);
    if (record) return record;
    throw await gone(context);
  }
  const record = await store.version(bucket, key, versionId);
  if (!record) throw noSuchVersion(key, versionId);
  assertNoMarker(record);
  return record;
}

/** The same of a record that was looked up in another way. */
export function assertVersion({ key, query }: S3Context, record: ObjectRecord | undefined): ObjectRecord {
  const versionId = query.get('versionId');
  if (!record) throw versionId === undefined ? noSuchKey(key) : noSuchVersion(key, versionId);
  assertNoMarker(record);
  return record;
}

function assertNoMarker(record: ObjectRecord): void {
  if (!record.deleteMarker) return;
  const headers = { allow: 'DELETE', 'last-modified': httpDate(record.lastModified), 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionIdOf(record) };
  throw new ServiceError('MethodNotAllowed', 'The specified method is not allowed against this resource.', 405, { Method: 'GET', ResourceType: 'DeleteMarker' }, headers);
}

/** NoSuchKey, which tells where a delete marker is the reason. */
async function gone({ store, bucket, key }: S3Context): Promise<ServiceError> {
  const latest = store.bucket(bucket).versioning === undefined ? undefined : await store.latest(bucket, key);
  return noSuchKey(key, latest?.deleteMarker ? { 'x-amz-delete-marker': 'true', 'x-amz-version-id': versionIdOf(latest) } : {});
}
