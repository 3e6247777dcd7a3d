import { GetBucketVersioningCommand, HeadBucketCommand } from '@aws-sdk/client-s3';
import type { BucketFacts } from '../../../shared/contract/s3Tiers.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { s3Uri } from '../s3/keys.ts';

/** Where a bucket is and whether it keeps versions: what prices and warnings depend on. What may not be read is `unknown`. */
export async function bucketFacts(aws: AwsConnections, connectionId: string, bucket: string, abortSignal?: AbortSignal): Promise<BucketFacts> {
  const resource = s3Uri(bucket);
  const [region, versioning] = await Promise.all([
    aws.attempt({ connectionId, action: 's3:ListBucket', resource }, async ({ s3 }) => (await s3.send(new HeadBucketCommand({ Bucket: bucket }), { abortSignal })).BucketRegion).catch(() => undefined),
    aws
      .attempt({ connectionId, action: 's3:GetBucketVersioning', resource }, async ({ s3 }) => (await s3.send(new GetBucketVersioningCommand({ Bucket: bucket }), { abortSignal })).Status)
      .then((status) => (status === 'Enabled' ? 'enabled' : status === 'Suspended' ? 'suspended' : 'off') as BucketFacts['versioning'])
      .catch(() => 'unknown' as const),
  ]);
  return { region: region ?? aws.get(connectionId).region, versioning, billed: aws.isBilled(connectionId, 's3') };
}
