import type { BucketSection } from '../../../shared/contract/s3Bucket.ts';

const starts: Partial<Record<BucketSection, { value: unknown; removable: boolean }>> = {
  versioning: { value: { Status: 'Enabled' }, removable: false },
  encryption: { value: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] }, removable: true },
  policy: { value: { Version: '2012-10-17', Statement: [] }, removable: true },
  publicAccess: { value: { BlockPublicAcls: true, IgnorePublicAcls: true, BlockPublicPolicy: true, RestrictPublicBuckets: true }, removable: true },
  cors: { value: { CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://'] }] }, removable: true },
  tags: { value: { TagSet: [{ Key: '', Value: '' }] }, removable: true },
  logging: { value: { LoggingEnabled: { TargetBucket: '', TargetPrefix: '' } }, removable: true },
  requestPayment: { value: { Payer: 'Requester' }, removable: false },
  lifecycle: { value: { Rules: [{ ID: 'rule-1', Status: 'Enabled', Filter: { Prefix: '' }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }] }, removable: true },
};

/** What the editor of a part starts with where it is not configured, and whether it can be removed; undefined: shown only. */
export const startOf = (section: BucketSection) => starts[section];
