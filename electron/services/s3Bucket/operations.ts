import * as s3 from '@aws-sdk/client-s3';
import type { S3Client } from '@aws-sdk/client-s3';
import type { BucketSection } from '../../../shared/contract/s3Bucket.ts';

/** Values as they cross the contract: the API's own output, without what describes the answer. */
type Json = Record<string, unknown>;

/** How one part of a bucket's configuration is read and written. */
export interface SectionOperations {
  read: { action: string; send(client: S3Client, bucket: string, abortSignal?: AbortSignal): Promise<unknown> };
  /** AWS's error names that mean "never configured". */
  unset?: string[];
  /** True for an answer that means the same. */
  isUnset?(value: Json): boolean;
  /** Absent: shown only. */
  write?: { action: string; put(client: S3Client, bucket: string, value: Json): Promise<unknown>; remove?(client: S3Client, bucket: string): Promise<unknown> };
}

const isEmpty = (value: Json) => Object.values(value).every((part) => part === undefined || (Array.isArray(part) && part.length === 0));
const noStatus = (value: Json) => !value.Status;

/**
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_Operations_Amazon_Simple_Storage_Service.html; the IAM actions as in
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 */
export const operations: Record<BucketSection, SectionOperations> = {
  versioning: {
    read: { action: 's3:GetBucketVersioning', send: (c, Bucket, abortSignal) => c.send(new s3.GetBucketVersioningCommand({ Bucket }), { abortSignal }) },
    isUnset: noStatus,
    write: { action: 's3:PutBucketVersioning', put: (c, Bucket, { Status }) => c.send(new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: Status as 'Enabled' } })) },
  },
  encryption: {
    read: {
      action: 's3:GetEncryptionConfiguration',
      send: async (c, Bucket, abortSignal) => (await c.send(new s3.GetBucketEncryptionCommand({ Bucket }), { abortSignal })).ServerSideEncryptionConfiguration,
    },
    unset: ['ServerSideEncryptionConfigurationNotFoundError'],
    write: {
      action: 's3:PutEncryptionConfiguration',
      put: (c, Bucket, value) => c.send(new s3.PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: value as never })),
      remove: (c, Bucket) => c.send(new s3.DeleteBucketEncryptionCommand({ Bucket })),
    },
  },
  policy: {
    read: {
      action: 's3:GetBucketPolicy',
      send: async (c, Bucket, abortSignal) => JSON.parse((await c.send(new s3.GetBucketPolicyCommand({ Bucket }), { abortSignal })).Policy ?? '{}') as unknown,
    },
    unset: ['NoSuchBucketPolicy'],
    write: {
      action: 's3:PutBucketPolicy',
      put: (c, Bucket, value) => c.send(new s3.PutBucketPolicyCommand({ Bucket, Policy: JSON.stringify(value) })),
      remove: (c, Bucket) => c.send(new s3.DeleteBucketPolicyCommand({ Bucket })),
    },
  },
  policyStatus: {
    read: { action: 's3:GetBucketPolicyStatus', send: async (c, Bucket, abortSignal) => (await c.send(new s3.GetBucketPolicyStatusCommand({ Bucket }), { abortSignal })).PolicyStatus },
    unset: ['NoSuchBucketPolicy'],
  },
  publicAccess: {
    read: {
      action: 's3:GetBucketPublicAccessBlock',
      send: async (c, Bucket, abortSignal) => (await c.send(new s3.GetPublicAccessBlockCommand({ Bucket }), { abortSignal })).PublicAccessBlockConfiguration,
    },
    unset: ['NoSuchPublicAccessBlockConfiguration'],
    write: {
      action: 's3:PutBucketPublicAccessBlock',
      put: (c, Bucket, value) => c.send(new s3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: value })),
      remove: (c, Bucket) => c.send(new s3.DeletePublicAccessBlockCommand({ Bucket })),
    },
  },
  ownership: {
    read: { action: 's3:GetBucketOwnershipControls', send: async (c, Bucket, abortSignal) => (await c.send(new s3.GetBucketOwnershipControlsCommand({ Bucket }), { abortSignal })).OwnershipControls },
    unset: ['OwnershipControlsNotFoundError'],
  },
  acl: { read: { action: 's3:GetBucketAcl', send: (c, Bucket, abortSignal) => c.send(new s3.GetBucketAclCommand({ Bucket }), { abortSignal }) } },
  cors: {
    read: { action: 's3:GetBucketCORS', send: (c, Bucket, abortSignal) => c.send(new s3.GetBucketCorsCommand({ Bucket }), { abortSignal }) },
    unset: ['NoSuchCORSConfiguration'],
    write: {
      action: 's3:PutBucketCORS',
      put: (c, Bucket, value) => c.send(new s3.PutBucketCorsCommand({ Bucket, CORSConfiguration: value as never })),
      remove: (c, Bucket) => c.send(new s3.DeleteBucketCorsCommand({ Bucket })),
    },
  },
  tags: {
    read: { action: 's3:GetBucketTagging', send: (c, Bucket, abortSignal) => c.send(new s3.GetBucketTaggingCommand({ Bucket }), { abortSignal }) },
    unset: ['NoSuchTagSet', 'NoSuchTagSetError'],
    isUnset: isEmpty,
    write: {
      action: 's3:PutBucketTagging',
      put: (c, Bucket, value) => c.send(new s3.PutBucketTaggingCommand({ Bucket, Tagging: value as never })),
      remove: (c, Bucket) => c.send(new s3.DeleteBucketTaggingCommand({ Bucket })),
    },
  },
  logging: {
    read: { action: 's3:GetBucketLogging', send: (c, Bucket, abortSignal) => c.send(new s3.GetBucketLoggingCommand({ Bucket }), { abortSignal }) },
    isUnset: (value) => !value.LoggingEnabled,
    write: {
      action: 's3:PutBucketLogging',
      put: (c, Bucket, value) => c.send(new s3.PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: value })),
      remove: (c, Bucket) => c.send(new s3.PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} })),
    },
  },
  replication: {
    read: {
      action: 's3:GetReplicationConfiguration',
      send: async (c, Bucket, abortSignal) => (await c.send(new s3.GetBucketReplicationCommand({ Bucket }), { abortSignal })).ReplicationConfiguration,
    },
    unset: ['ReplicationConfigurationNotFoundError'],
  },
  notifications: {
    read: { action: 's3:GetBucketNotification', send: (c, Bucket, abortSignal) => c.send(new s3.GetBucketNotificationConfigurationCommand({ Bucket }), { abortSignal }) },
    isUnset: isEmpty,
  },
  objectLock: {
    read: {
      action: 's3:GetBucketObjectLockConfiguration',
      send: async (c, Bucket, abortSignal) => (await c.send(new s3.GetObjectLockConfigurationCommand({ Bucket }), { abortSignal })).ObjectLockConfiguration,
    },
    unset: ['ObjectLockConfigurationNotFoundError'],
  },
  accelerate: {
    read: { action: 's3:GetAccelerateConfiguration', send: (c, Bucket, abortSignal) => c.send(new s3.GetBucketAccelerateConfigurationCommand({ Bucket }), { abortSignal }) },
    isUnset: noStatus,
  },
  requestPayment: {
    read: { action: 's3:GetBucketRequestPayment', send: (c, Bucket, abortSignal) => c.send(new s3.GetBucketRequestPaymentCommand({ Bucket }), { abortSignal }) },
    isUnset: ({ Payer }) => Payer !== 'Requester',
    write: {
      action: 's3:PutBucketRequestPayment',
      put: (c, Bucket, { Payer }) => c.send(new s3.PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: Payer as 'Requester' } })),
    },
  },
  website: {
    read: { action: 's3:GetBucketWebsite', send: (c, Bucket, abortSignal) => c.send(new s3.GetBucketWebsiteCommand({ Bucket }), { abortSignal }) },
    unset: ['NoSuchWebsiteConfiguration'],
  },
  lifecycle: {
    read: { action: 's3:GetLifecycleConfiguration', send: (c, Bucket, abortSignal) => c.send(new s3.GetBucketLifecycleConfigurationCommand({ Bucket }), { abortSignal }) },
    unset: ['NoSuchLifecycleConfiguration'],
    write: {
      action: 's3:PutLifecycleConfiguration',
      put: (c, Bucket, { TransitionDefaultMinimumObjectSize, ...value }) =>
        c.send(new s3.PutBucketLifecycleConfigurationCommand({ Bucket, TransitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize as never, LifecycleConfiguration: withDates(value) as never })),
      remove: (c, Bucket) => c.send(new s3.DeleteBucketLifecycleCommand({ Bucket })),
    },
  },
};

/** JSON has no dates; the SDK wants `Date` in the two places where a lifecycle rule has one. */
function withDates(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withDates);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, name === 'Date' && typeof part === 'string' ? new Date(part) : withDates(part)]));
}
