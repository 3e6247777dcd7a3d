const arn = (bucket: string, path = '') => `arn:aws:s3:::${bucket}${path}`;

/** Actions on keys; the others are on the bucket itself. */
const onObjects = /^s3:(Get|Put|Delete|Restore|Abort|List)(Object|MultipartUpload)/;

/**
 * The least an administrator has to grant: listing and reading below a prefix, and the action that was denied.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/example-policies-s3.html
 */
export function leastPolicy({ bucket, prefix = '', action }: { bucket: string; prefix?: string; action?: string | undefined }): object {
  const statements: object[] = [
    {
      Sid: 'ListBelowPrefix',
      Effect: 'Allow',
      Action: 's3:ListBucket',
      Resource: arn(bucket),
      ...(prefix && { Condition: { StringLike: { 's3:prefix': [prefix, `${prefix}*`] } } }),
    },
    { Sid: 'ReadBelowPrefix', Effect: 'Allow', Action: 's3:GetObject', Resource: arn(bucket, `/${prefix}*`) },
  ];
  if (action === 's3:ListAllMyBuckets') statements.push({ Sid: 'ListBuckets', Effect: 'Allow', Action: action, Resource: '*' });
  else if (action && action !== 's3:ListBucket' && action !== 's3:GetObject') {
    statements.push({ Sid: 'Denied', Effect: 'Allow', Action: action, Resource: onObjects.test(action) ? arn(bucket, `/${prefix}*`) : arn(bucket) });
  }
  return { Version: '2012-10-17', Statement: statements };
}
