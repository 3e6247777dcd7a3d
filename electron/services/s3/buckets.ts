import { DeleteBucketCommand, ListBucketsCommand } from '@aws-sdk/client-s3';
import type { Bucket } from '../../../shared/contract/s3.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { s3Uri } from './keys.ts';

/** All buckets, with their regions where S3 tells them. https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html */
export function listBuckets(aws: AwsConnections, connectionId: string, abortSignal?: AbortSignal): Promise<Bucket[]> {
  const about = { connectionId, action: 's3:ListAllMyBuckets', resource: `the buckets of “${aws.get(connectionId).name}”` };
  return aws.attempt(about, async ({ s3 }) => {
    const buckets: Bucket[] = [];
    let token: string | undefined;
    do {
      const page = await s3.send(new ListBucketsCommand({ MaxBuckets: 1000, ContinuationToken: token }), { abortSignal });
      for (const { Name, CreationDate, BucketRegion } of page.Buckets ?? []) {
        if (Name) buckets.push({ name: Name, createdAt: CreationDate?.toISOString(), region: BucketRegion });
      }
      token = page.ContinuationToken;
    } while (token);
    return buckets;
  });
}

export function deleteBucket(aws: AwsConnections, connectionId: string, bucket: string): Promise<unknown> {
  aws.assertWritable(connectionId, `delete bucket ${bucket}`);
  return aws.attempt({ connectionId, action: 's3:DeleteBucket', resource: s3Uri(bucket) }, ({ s3 }) => s3.send(new DeleteBucketCommand({ Bucket: bucket })));
}
