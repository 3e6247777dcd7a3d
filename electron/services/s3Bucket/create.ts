import { CreateBucketCommand, PutBucketTaggingCommand, PutBucketVersioningCommand, PutPublicAccessBlockCommand, type BucketLocationConstraint, type S3Client } from '@aws-sdk/client-s3';
import { AppError, type AppErrorData } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { s3Uri } from '../s3/keys.ts';

export interface BucketWish {
  connectionId: string;
  bucket: string;
  region?: string | undefined;
  versioning: boolean;
  objectLock: boolean;
  blockPublicAccess: boolean;
  tags: Record<string, string>;
}
type Setting = 'versioning' | 'publicAccess' | 'tags';

/**
 * Creates a bucket, then makes its settings, each with a request of its own; the bucket stays where one of them fails.
 * us-east-1 must not be named as a constraint. Object lock switches versioning on by itself.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html
 */
export async function createBucket(aws: AwsConnections, wish: BucketWish): Promise<{ notDone: { setting: Setting; error: AppErrorData }[] }> {
  const { connectionId, bucket } = wish;
  const resource = s3Uri(bucket);
  aws.assertWritable(connectionId, `create bucket ${bucket}`);
  await aws.attempt({ connectionId, action: 's3:CreateBucket', resource }, async ({ s3 }) => {
    const region = wish.region ?? (await s3.config.region());
    const constraint = region === 'us-east-1' ? undefined : { LocationConstraint: region as BucketLocationConstraint };
    return s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: constraint, ...(wish.objectLock && { ObjectLockEnabledForBucket: true }) }));
  });
  const notDone: { setting: Setting; error: AppErrorData }[] = [];
  const make = async (setting: Setting, action: string, send: (s3: S3Client) => Promise<unknown>) => {
    try {
      await aws.attempt({ connectionId, action, resource }, ({ s3 }) => send(s3));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      notDone.push({ setting, error: error.toData() });
    }
  };
  if (wish.versioning && !wish.objectLock) {
    await make('versioning', 's3:PutBucketVersioning', (s3) => s3.send(new PutBucketVersioningCommand({ Bucket: bucket, VersioningConfiguration: { Status: 'Enabled' } })));
  }
  if (wish.blockPublicAccess) {
    const PublicAccessBlockConfiguration = { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true };
    await make('publicAccess', 's3:PutBucketPublicAccessBlock', (s3) => s3.send(new PutPublicAccessBlockCommand({ Bucket: bucket, PublicAccessBlockConfiguration })));
  }
  const TagSet = Object.entries(wish.tags).map(([Key, Value]) => ({ Key, Value }));
  if (TagSet.length > 0) await make('tags', 's3:PutBucketTagging', (s3) => s3.send(new PutBucketTaggingCommand({ Bucket: bucket, Tagging: { TagSet } })));
  return { notDone };
}
