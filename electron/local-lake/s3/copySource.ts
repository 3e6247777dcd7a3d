import { ServiceError } from '../http/serviceError.ts';
import type { ObjectRecord } from '../objects/records.ts';
import { isVersionId, versionIdOf } from '../objects/versions.ts';
import { assertReadable } from './archive.ts';
import { copySourceCondition } from './conditions.ts';
import { header, type S3Context } from './context.ts';
import { invalidArgument, noSuchKey } from './errors.ts';
import { noSuchVersion } from './objectVersion.ts';

export interface CopySource {
  bucket: string;
  key: string;
  versionId?: string;
}

/** `x-amz-copy-source`: `bucket/key` or `/bucket/key`, percent-encoded, perhaps with `?versionId=…`. */
export function copySourceOf(context: S3Context): CopySource {
  const text = header(context, 'x-amz-copy-source') ?? '';
  const invalid = (message: string) => invalidArgument(message, 'x-amz-copy-source', text);
  const [source = '', versionId] = text.split('?versionId=');
  if (versionId !== undefined && !isVersionId(versionId)) throw invalid('Invalid version id specified');
  let path: string;
  try {
    path = decodeURIComponent(source).replace(/^\//, '');
  } catch {
    throw invalid('Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  }
  const slash = path.indexOf('/');
  if (slash <= 0 || slash === path.length - 1) throw invalid('Copy Source must mention the source bucket and key: sourcebucket/sourcekey');
  return { bucket: path.slice(0, slash), key: path.slice(slash + 1), versionId };
}

/** The source's record, its conditions checked. */
export async function sourceRecord(context: S3Context, source: CopySource): Promise<ObjectRecord> {
  const { store } = context;
  const record = source.versionId === undefined ? await store.head(source.bucket, source.key) : await store.version(source.bucket, source.key, source.versionId);
  if (!record) throw noSource(source);
  assertCopySource(context, record);
  return record;
}

export const noSource = ({ key, versionId }: CopySource) => (versionId === undefined ? noSuchKey(key) : noSuchVersion(key, versionId));

/** A delete marker cannot be copied, and the conditions of the request must hold. */
export function assertCopySource(context: S3Context, record: ObjectRecord): void {
  if (record.deleteMarker) throw new ServiceError('InvalidRequest', 'The source of a copy request may not specifically refer to a delete marker by version id.', 400);
  copySourceCondition(context.request, record);
  assertReadable(record, "Operation is not valid for the source object's storage class");
}

/** Which version was copied, where its bucket has or had versioning. */
export function sourceHeaders({ store }: S3Context, source: CopySource, record: ObjectRecord): Record<string, string> {
  return store.bucket(source.bucket).versioning === undefined ? {} : { 'x-amz-copy-source-version-id': versionIdOf(record) };
}
