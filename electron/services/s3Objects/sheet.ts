import { GetObjectAclCommand, GetObjectAttributesCommand, GetObjectLockConfigurationCommand } from '@aws-sdk/client-s3';
import type { ObjectSheet } from '../../../shared/contract/s3Objects.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { grantedBeyondOwner } from '../../transfers/edit/acl.ts';
import { s3Uri } from '../s3/keys.ts';
import { checksumsIn, isUntold, objectFacts, type ObjectAt } from './facts.ts';

/** The facts, and what only more requests tell: parts, grants, whether the bucket has Object Lock. */
export async function objectSheet(aws: AwsConnections, at: ObjectAt, abortSignal?: AbortSignal): Promise<ObjectSheet> {
  const [facts, parts, acl, lockable] = await Promise.all([objectFacts(aws, at, abortSignal), readParts(aws, at, abortSignal), readAcl(aws, at, abortSignal), readLockable(aws, at, abortSignal)]);
  return { ...facts, parts, acl, lockable };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html. A missing object is told by HeadObject. */
async function readParts(aws: AwsConnections, { connectionId, bucket, key, versionId }: ObjectAt, abortSignal?: AbortSignal): Promise<ObjectSheet['parts']> {
  const command = new GetObjectAttributesCommand({ Bucket: bucket, Key: key, VersionId: versionId, ObjectAttributes: ['ObjectParts'], MaxParts: 1000 });
  const found = await aws.attempt({ connectionId, action: 's3:GetObjectAttributes', resource: s3Uri(bucket, key) }, ({ s3 }) => s3.send(command, { abortSignal })).catch(() => undefined);
  const { TotalPartsCount: count, Parts = [] } = found?.ObjectParts ?? {};
  if (!count) return null;
  return { count, list: Parts.map((part) => ({ number: part.PartNumber ?? 0, size: part.Size ?? 0, checksum: Object.values(checksumsIn(part))[0] })) };
}

async function readAcl(aws: AwsConnections, { connectionId, bucket, key, versionId }: ObjectAt, abortSignal?: AbortSignal): Promise<ObjectSheet['acl']> {
  try {
    const acl = await aws.attempt({ connectionId, action: 's3:GetObjectAcl', resource: s3Uri(bucket, key) }, ({ s3 }) => s3.send(new GetObjectAclCommand({ Bucket: bucket, Key: key, VersionId: versionId }), { abortSignal }));
    return grantedBeyondOwner(acl) ? 'granted' : 'owner';
  } catch {
    return 'unreadable';
  }
}

async function readLockable(aws: AwsConnections, { connectionId, bucket }: ObjectAt, abortSignal?: AbortSignal): Promise<ObjectSheet['lockable']> {
  try {
    const { ObjectLockConfiguration } = await aws.attempt({ connectionId, action: 's3:GetBucketObjectLockConfiguration', resource: s3Uri(bucket) }, ({ s3 }) =>
      s3.send(new GetObjectLockConfigurationCommand({ Bucket: bucket }), { abortSignal }),
    );
    return ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled' ? 'yes' : 'no';
  } catch (error) {
    const never = error instanceof AppError && (error.code === 'NotImplemented' || error.awsCode === 'ObjectLockConfigurationNotFoundError');
    return never || !isUntold(error) ? 'no' : 'unknown';
  }
}
