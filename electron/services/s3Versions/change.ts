import { CopyObjectCommand, DeleteObjectsCommand, HeadObjectCommand, type StorageClass } from '@aws-sdk/client-s3';
import type { ObjectVersion } from '../../../shared/contract/s3Versions.ts';
import { AppError, type AppErrorData } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { copySource, keptByHand } from '../../transfers/tiering/copySource.ts';
import { s3Uri } from '../s3/keys.ts';

/** What one CopyObject takes. https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
const WHOLE_COPY = 5 * 1024 ** 3;

type One = ObjectVersion & { connectionId: string; bucket: string };

/** Copies a version on top of its key, with its metadata, tags and class. The version itself stays. */
export async function restoreVersion(aws: AwsConnections, { connectionId, bucket, key, versionId }: One, abortSignal?: AbortSignal): Promise<{ versionId?: string | undefined }> {
  const resource = `${s3Uri(bucket, key)} (version ${versionId})`;
  aws.assertWritable(connectionId, `restore ${resource}`);
  const at = { Bucket: bucket, Key: key };
  const head = await aws.attempt({ connectionId, action: 's3:GetObjectVersion', resource }, ({ s3 }) => s3.send(new HeadObjectCommand({ ...at, VersionId: versionId }), { abortSignal }));
  if ((head.ContentLength ?? 0) > WHOLE_COPY) {
    throw new AppError('NotImplemented', `${resource} is over 5 GiB and cannot be restored in one copy.`, { detail: 'It is restored by a transfer, in parts.', resource });
  }
  // The lock of an old version is not the lock of a new one.
  const { ObjectLockMode: _mode, ObjectLockRetainUntilDate: _until, ObjectLockLegalHoldStatus: _hold, ...kept } = keptByHand(head);
  const answer = await aws.attempt({ connectionId, action: 's3:PutObject', resource }, ({ s3 }) =>
    s3.send(
      new CopyObjectCommand({
        ...at,
        ...kept,
        CopySource: copySource(bucket, key, versionId),
        StorageClass: head.StorageClass as StorageClass | undefined,
        MetadataDirective: 'COPY',
        TaggingDirective: 'COPY',
      }),
      { abortSignal },
    ),
  );
  return { versionId: answer.VersionId };
}

/** Removes versions and delete markers for good, a thousand at most. */
export async function removeVersions(
  aws: AwsConnections,
  { connectionId, bucket, versions }: { connectionId: string; bucket: string; versions: ObjectVersion[] },
  abortSignal?: AbortSignal,
): Promise<{ removed: number; refused: (ObjectVersion & { error: AppErrorData })[] }> {
  const resource = s3Uri(bucket, versions.length === 1 ? versions[0]!.key : undefined);
  aws.assertWritable(connectionId, `delete ${versions.length === 1 ? `a version of ${resource}` : `${versions.length} versions in ${resource}`}`);
  const { Errors = [] } = await aws.attempt({ connectionId, action: 's3:DeleteObjectVersion', resource }, ({ s3 }) =>
    s3.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: versions.map(({ key, versionId }) => ({ Key: key, VersionId: versionId })), Quiet: true } }), { abortSignal }),
  );
  const refused = Errors.map(({ Key = '', VersionId = '', Code = 'unknown', Message = 'no reason given' }) => {
    const version = `${s3Uri(bucket, Key)} (version ${VersionId})`;
    const error = new AppError(Code === 'AccessDenied' ? 'AccessDenied' : 'Internal', `${version} was not deleted: ${Message}`, {
      detail: Code === 'AccessDenied' ? 'Ask for s3:DeleteObjectVersion on it; an object lock or a legal hold may forbid it.' : undefined,
      action: 's3:DeleteObjectVersion',
      resource: version,
      awsCode: Code,
    });
    return { key: Key, versionId: VersionId, error: error.toData() };
  });
  return { removed: versions.length - refused.length, refused };
}
