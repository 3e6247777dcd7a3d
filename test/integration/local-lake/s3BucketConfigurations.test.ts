import {
  CreateBucketCommand, DeleteBucketCorsCommand, DeleteBucketLifecycleCommand, DeleteBucketPolicyCommand, DeleteBucketTaggingCommand, GetBucketAccelerateConfigurationCommand, GetBucketCorsCommand,
  GetBucketEncryptionCommand, GetBucketLifecycleConfigurationCommand, GetBucketLoggingCommand, GetBucketNotificationConfigurationCommand, GetBucketOwnershipControlsCommand, GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand, GetBucketReplicationCommand, GetBucketRequestPaymentCommand, GetBucketTaggingCommand, GetPublicAccessBlockCommand, ListBucketInventoryConfigurationsCommand,
  ListBucketIntelligentTieringConfigurationsCommand, PutBucketAclCommand, PutBucketCorsCommand, PutBucketEncryptionCommand, PutBucketLifecycleConfigurationCommand, PutBucketLoggingCommand,
  PutBucketNotificationConfigurationCommand, PutBucketOwnershipControlsCommand, PutBucketPolicyCommand, PutBucketReplicationCommand, PutBucketRequestPaymentCommand, PutBucketTaggingCommand,
  PutPublicAccessBlockCommand, S3Client, type LifecycleRule,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startLake, type TestLake } from '../../support/lake.ts';
import { checkAgainstModel, type ModelCheck } from '../../support/s3Model.ts';

let lake: TestLake;
let s3: S3Client;
let check: ModelCheck;
const Bucket = 'configured';
beforeAll(async () => {
  lake = await startLake();
  s3 = new S3Client({ ...lake.clientConfig, maxAttempts: 1 });
  check = checkAgainstModel(s3);
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  s3?.destroy();
  await lake?.stop();
  expect(check.findings, 'answers the service model does not know').toEqual([]);
});

const fails = (name: string, status?: number) => expect.objectContaining({ name, ...(status ? { $metadata: expect.objectContaining({ httpStatusCode: status }) } : {}) });
const putRules = (...Rules: Partial<LifecycleRule>[]) =>
  s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: Rules.map((rule) => ({ Status: 'Enabled', Filter: { Prefix: '' }, ...rule }) as LifecycleRule) } }));

it('keeps lifecycle rules as they were put, and refuses what S3 refuses', async () => {
  await expect(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).rejects.toEqual(fails('NoSuchLifecycleConfiguration', 404));
  const Rules: LifecycleRule[] = [
    { ID: 'tiers', Status: 'Enabled', Filter: { And: { Prefix: 'logs/', Tags: [{ Key: 'a', Value: '<&>' }], ObjectSizeGreaterThan: 1024 } }, Transitions: [{ Days: 30, StorageClass: 'STANDARD_IA' }, { Days: 90, StorageClass: 'GLACIER' }], Expiration: { Days: 365 } },
    { ID: 'old versions', Status: 'Disabled', Filter: { Prefix: '' }, NoncurrentVersionExpiration: { NoncurrentDays: 7, NewerNoncurrentVersions: 3 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 2 } },
  ];
  await s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules }, TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' }));
  expect(await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).toMatchObject({ Rules, TransitionDefaultMinimumObjectSize: 'varies_by_storage_class' });
  await expect(putRules({})).rejects.toEqual(fails('InvalidRequest', 400));
  await expect(putRules({ Expiration: { Days: 0 } })).rejects.toEqual(fails('InvalidArgument', 400));
  await expect(putRules({ Transitions: [{ Days: 1, StorageClass: 'STANDARD_IA' }] })).rejects.toEqual(fails('InvalidArgument', 400));
  await expect(putRules({ Transitions: [{ Days: 60, StorageClass: 'GLACIER' }], Expiration: { Days: 60 } })).rejects.toEqual(fails('InvalidArgument', 400));
  await expect(putRules({ Expiration: { Date: new Date('2030-01-01T01:00:00Z') } })).rejects.toEqual(fails('InvalidArgument', 400));
  await expect(putRules({ ID: 'x', Expiration: { Days: 1 } }, { ID: 'x', Expiration: { Days: 1 } })).rejects.toEqual(fails('InvalidArgument', 400));
  await expect(putRules({ Filter: { Tag: { Key: 'a', Value: 'b' } }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } })).rejects.toEqual(fails('InvalidRequest', 400));
  await expect(putRules({ Status: 'On' as never, Expiration: { Days: 1 } })).rejects.toEqual(fails('MalformedXML', 400));
  expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toHaveLength(2);
  await putRules({ Expiration: { ExpiredObjectDeleteMarker: true } });
  expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toMatchObject([{ ID: expect.stringMatching(/.{20}/), Expiration: { ExpiredObjectDeleteMarker: true } }]);
  await s3.send(new DeleteBucketLifecycleCommand({ Bucket }));
  await expect(s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).rejects.toEqual(fails('NoSuchLifecycleConfiguration', 404));
});

it('keeps CORS rules and bucket tags', async () => {
  await expect(s3.send(new GetBucketCorsCommand({ Bucket }))).rejects.toEqual(fails('NoSuchCORSConfiguration', 404));
  const CORSRules = [{ AllowedMethods: ['GET', 'PUT'], AllowedOrigins: ['https://*.example.org'], AllowedHeaders: ['*'], ExposeHeaders: ['ETag'], MaxAgeSeconds: 300 }, { AllowedMethods: ['GET'], AllowedOrigins: ['*'] }];
  await s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules } }));
  expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules).toEqual(CORSRules);
  await expect(s3.send(new PutBucketCorsCommand({ Bucket, CORSConfiguration: { CORSRules: [{ AllowedMethods: ['PATCH'], AllowedOrigins: ['*'] }] } }))).rejects.toEqual(fails('InvalidRequest', 400));
  await s3.send(new DeleteBucketCorsCommand({ Bucket }));
  await expect(s3.send(new GetBucketCorsCommand({ Bucket }))).rejects.toEqual(fails('NoSuchCORSConfiguration', 404));

  await expect(s3.send(new GetBucketTaggingCommand({ Bucket }))).rejects.toEqual(fails('NoSuchTagSet', 404));
  const TagSet = Array.from({ length: 50 }, (_, i) => ({ Key: `k${i}`, Value: i ? ` spaced "${i}" ` : '' }));
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toEqual(TagSet);
  await expect(s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet: [...TagSet, { Key: 'one too many', Value: '' }] } }))).rejects.toEqual(fails('BadRequest', 400));
  await s3.send(new DeleteBucketTaggingCommand({ Bucket }));
});

it('keeps a bucket policy, says whether it is public, and refuses what is none', async () => {
  await expect(s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).rejects.toEqual(fails('NoSuchBucketPolicy', 404));
  const policy = (Resource: string, Principal: unknown = '*') => JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal, Action: 's3:GetObject', Resource }] });
  const put = (Policy: string) => s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  await put(policy(`arn:aws:s3:::${Bucket}/*`));
  expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toBe(policy(`arn:aws:s3:::${Bucket}/*`));
  expect((await s3.send(new GetBucketPolicyStatusCommand({ Bucket }))).PolicyStatus).toEqual({ IsPublic: true });
  for (const bad of ['{', '[]', '{}', policy('arn:aws:s3:::another/*')]) await expect(put(bad)).rejects.toEqual(fails('MalformedPolicy', 400));
  await s3.send(new PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { BlockPublicPolicy: true } }));
  expect((await s3.send(new GetPublicAccessBlockCommand({ Bucket }))).PublicAccessBlockConfiguration).toEqual({ BlockPublicAcls: false, IgnorePublicAcls: false, BlockPublicPolicy: true, RestrictPublicBuckets: false });
  await expect(put(policy(`arn:aws:s3:::${Bucket}/*`))).rejects.toEqual(fails('AccessDenied', 403));
  await put(policy(`arn:aws:s3:::${Bucket}/*`, { AWS: 'arn:aws:iam::000000000000:root' }));
  await s3.send(new DeleteBucketPolicyCommand({ Bucket }));
});

it('keeps encryption, ownership, logging, request payment and notifications as far as it can honour them', async () => {
  expect((await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration!.Rules![0]!.ApplyServerSideEncryptionByDefault).toEqual({ SSEAlgorithm: 'AES256' });
  const encrypt = (SSEAlgorithm: 'AES256' | 'aws:kms') => s3.send(new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules: [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm } }] } }));
  await encrypt('AES256');
  await expect(encrypt('aws:kms')).rejects.toEqual(fails('NotImplemented', 501));
  await expect(s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))).rejects.toEqual(fails('OwnershipControlsNotFoundError', 404));
  await s3.send(new PutBucketOwnershipControlsCommand({ Bucket, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] } }));
  expect((await s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))).OwnershipControls!.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
  const log = (TargetBucket: string) => s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: { LoggingEnabled: { TargetBucket, TargetPrefix: 'log/' } } }));
  await expect(log('nowhere')).rejects.toEqual(fails('InvalidTargetBucketForLogging', 400));
  await log(Bucket);
  expect((await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toEqual({ TargetBucket: Bucket, TargetPrefix: 'log/' });
  await s3.send(new PutBucketLoggingCommand({ Bucket, BucketLoggingStatus: {} }));
  expect((await s3.send(new GetBucketLoggingCommand({ Bucket }))).LoggingEnabled).toBeUndefined();
  expect((await s3.send(new GetBucketRequestPaymentCommand({ Bucket }))).Payer).toBe('BucketOwner');
  await s3.send(new PutBucketRequestPaymentCommand({ Bucket, RequestPaymentConfiguration: { Payer: 'Requester' } }));
  expect((await s3.send(new GetBucketRequestPaymentCommand({ Bucket }))).Payer).toBe('Requester');
  const notify = (NotificationConfiguration: object) => s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));
  await notify({ EventBridgeConfiguration: {} });
  expect((await s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }))).EventBridgeConfiguration).toBeDefined();
  await expect(notify({ QueueConfigurations: [{ QueueArn: 'arn:aws:sqs:us-east-1:000000000000:q', Events: ['s3:ObjectCreated:*'] }] })).rejects.toEqual(fails('InvalidArgument', 400));
  expect((await s3.send(new GetBucketAccelerateConfigurationCommand({ Bucket }))).Status).toBeUndefined();
});

it('says plainly what it cannot honour', async () => {
  await s3.send(new PutBucketAclCommand({ Bucket, ACL: 'private' }));
  await expect(s3.send(new PutBucketAclCommand({ Bucket, ACL: 'public-read' }))).rejects.toEqual(fails('AccessControlListNotSupported', 400));
  await expect(s3.send(new GetBucketReplicationCommand({ Bucket }))).rejects.toEqual(fails('ReplicationConfigurationNotFoundError', 404));
  const replicate = s3.send(new PutBucketReplicationCommand({ Bucket, ReplicationConfiguration: { Role: 'r', Rules: [{ Status: 'Enabled', Destination: { Bucket: 'b' } }] } }));
  await expect(replicate).rejects.toEqual(expect.objectContaining({ name: 'NotImplemented', message: expect.stringContaining('replication') }));
  expect((await s3.send(new ListBucketInventoryConfigurationsCommand({ Bucket }))).IsTruncated).toBe(false);
  expect((await s3.send(new ListBucketIntelligentTieringConfigurationsCommand({ Bucket }))).IsTruncated).toBe(false);
  await expect(s3.send(new GetBucketCorsCommand({ Bucket: 'no-such-bucket' }))).rejects.toEqual(fails('NoSuchBucket', 404));
});
