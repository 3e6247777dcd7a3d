import { notImplemented, ServiceError } from '../../http/serviceError.ts';
import { header, type S3Context } from '../context.ts';
import { invalidArgument } from '../errors.ts';
import { checkLifecycle, lifecycleMembers } from './lifecycle.ts';
import { OBJECT_LOCK } from '../objectLock.ts';
import { malformedXml } from '../xml.ts';
import { anything, days, list, many, one, oneOf, required, struct, text, textOf, yesOrNo, type Tree } from './shape.ts';

type Members = Parameters<typeof struct>[0];
export interface Configuration {
  /** The query parameter. */
  resource: string;
  /** Operations by their names in the service model. */
  get: string;
  put: string;
  delete?: string;
  root: string;
  members: Members;
  /** What GET answers where nothing was put: an error, or an empty configuration. */
  absent: { code: string; message: string } | Tree;
  /** Status of a PUT that succeeded; 200 without it. */
  putStatus?: number;
  /** Refuses what the schema lets through, and completes the configuration as S3 does. */
  check?: (tree: Tree, context: S3Context) => Tree;
  /** Headers that are part of the configuration, with their defaults. */
  headers?: Record<string, string>;
}

const oops = (code: string, message: string) => new ServiceError(code, message, 400);

export const simpleConfigurations: Configuration[] = [
  {
    resource: 'lifecycle', get: 'GetBucketLifecycleConfiguration', put: 'PutBucketLifecycleConfiguration', delete: 'DeleteBucketLifecycle',
    root: 'LifecycleConfiguration', members: lifecycleMembers, check: checkLifecycle,
    absent: { code: 'NoSuchLifecycleConfiguration', message: 'The lifecycle configuration does not exist' },
    headers: { 'x-amz-transition-default-minimum-object-size': 'all_storage_classes_128K' },
  },
  {
    resource: 'cors', get: 'GetBucketCors', put: 'PutBucketCors', delete: 'DeleteBucketCors', root: 'CORSConfiguration',
    members: {
      CORSRule: required(many(struct({
        ID: text(/^[\s\S]{0,255}$/), AllowedMethod: required(many(text())), AllowedOrigin: required(many(text())), AllowedHeader: many(text()), ExposeHeader: many(text()), MaxAgeSeconds: days,
      }))),
    },
    check: checkCors,
    absent: { code: 'NoSuchCORSConfiguration', message: 'The CORS configuration does not exist' },
  },
  {
    resource: 'tagging', get: 'GetBucketTagging', put: 'PutBucketTagging', delete: 'DeleteBucketTagging', root: 'Tagging', putStatus: 204,
    members: { TagSet: required(struct({ Tag: many(struct({ Key: required(text()), Value: required(text()) })) })) },
    check: checkBucketTags,
    absent: { code: 'NoSuchTagSet', message: 'The TagSet does not exist' },
  },
  {
    resource: 'encryption', get: 'GetBucketEncryption', put: 'PutBucketEncryption', delete: 'DeleteBucketEncryption', root: 'ServerSideEncryptionConfiguration',
    members: {
      Rule: required(struct({
        ApplyServerSideEncryptionByDefault: struct({ SSEAlgorithm: required(oneOf('AES256', 'aws:kms', 'aws:kms:dsse')), KMSMasterKeyID: text() }),
        BucketKeyEnabled: yesOrNo,
        BlockedEncryptionTypes: struct({ EncryptionType: many(text()) }),
      })),
    },
    check(tree) {
      const algorithm = textOf(one(one(tree, 'Rule')!, 'ApplyServerSideEncryptionByDefault'), 'SSEAlgorithm');
      if (algorithm !== undefined && algorithm !== 'AES256') throw notImplemented(`server-side encryption with ${algorithm}`);
      return tree;
    },
    // What every bucket has since January 2023.
    absent: { Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' }, BucketKeyEnabled: 'false' } },
  },
  {
    resource: 'publicAccessBlock', get: 'GetPublicAccessBlock', put: 'PutPublicAccessBlock', delete: 'DeletePublicAccessBlock', root: 'PublicAccessBlockConfiguration',
    members: { BlockPublicAcls: yesOrNo, IgnorePublicAcls: yesOrNo, BlockPublicPolicy: yesOrNo, RestrictPublicBuckets: yesOrNo },
    check: (tree) => ({ BlockPublicAcls: 'false', IgnorePublicAcls: 'false', BlockPublicPolicy: 'false', RestrictPublicBuckets: 'false', ...tree }),
    absent: { code: 'NoSuchPublicAccessBlockConfiguration', message: 'The public access block configuration was not found' },
  },
  {
    resource: 'ownershipControls', get: 'GetBucketOwnershipControls', put: 'PutBucketOwnershipControls', delete: 'DeleteBucketOwnershipControls', root: 'OwnershipControls',
    members: { Rule: required(struct({ ObjectOwnership: required(oneOf('BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter')) })) },
    absent: { code: 'OwnershipControlsNotFoundError', message: 'The bucket ownership controls were not found' },
  },
  {
    resource: 'logging', get: 'GetBucketLogging', put: 'PutBucketLogging', root: 'BucketLoggingStatus',
    members: {
      LoggingEnabled: struct({
        TargetBucket: required(text()), TargetPrefix: required(text()),
        TargetObjectKeyFormat: struct({ SimplePrefix: struct({}), PartitionedPrefix: struct({ PartitionDateSource: oneOf('EventTime', 'DeliveryTime') }) }),
      }),
    },
    check(tree, { store }) {
      const target = textOf(one(tree, 'LoggingEnabled'), 'TargetBucket');
      if (target !== undefined && !store.listBuckets().some(({ name }) => name === target)) throw oops('InvalidTargetBucketForLogging', 'The target bucket for logging does not exist');
      return tree;
    },
    absent: {},
  },
  {
    resource: 'notification', get: 'GetBucketNotificationConfiguration', put: 'PutBucketNotificationConfiguration', root: 'NotificationConfiguration',
    members: { EventBridgeConfiguration: struct({}), TopicConfiguration: many(anything), QueueConfiguration: many(anything), CloudFunctionConfiguration: many(anything) },
    check(tree) {
      // There is no topic, queue or function here that could be told.
      if (Object.keys(tree).some((name) => name !== 'EventBridgeConfiguration')) throw invalidArgument('Unable to validate the following destination configurations', 'NotificationConfiguration', '');
      return tree;
    },
    absent: {},
  },
  {
    resource: OBJECT_LOCK, get: 'GetObjectLockConfiguration', put: 'PutObjectLockConfiguration', root: 'ObjectLockConfiguration',
    members: {
      ObjectLockEnabled: required(oneOf('Enabled')),
      Rule: struct({ DefaultRetention: required(struct({ Mode: required(oneOf('GOVERNANCE', 'COMPLIANCE')), Days: days, Years: days })) }),
    },
    check(tree, { store, bucket }) {
      if (store.bucket(bucket).versioning !== 'Enabled') throw new ServiceError('InvalidBucketState', "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration", 409);
      const retention = tree.Rule && one(one(tree, 'Rule')!, 'DefaultRetention');
      if (retention && (retention.Days === undefined) === (retention.Years === undefined)) throw malformedXml();
      if (retention && Number(retention.Days ?? retention.Years) < 1) throw oops('InvalidArgument', 'Default retention period must be a positive integer value.');
      return tree;
    },
    absent: { code: 'ObjectLockConfigurationNotFoundError', message: 'Object Lock configuration does not exist for this bucket' },
  },
  {
    resource: 'requestPayment', get: 'GetBucketRequestPayment', put: 'PutBucketRequestPayment', root: 'RequestPaymentConfiguration',
    members: { Payer: required(oneOf('BucketOwner', 'Requester')) },
    absent: { Payer: 'BucketOwner' },
  },
  {
    resource: 'accelerate', get: 'GetBucketAccelerateConfiguration', put: 'PutBucketAccelerateConfiguration', root: 'AccelerateConfiguration',
    members: { Status: required(oneOf('Enabled', 'Suspended')) },
    check(tree, { bucket }) {
      if (bucket.includes('.')) throw oops('InvalidRequest', 'S3 Transfer Acceleration is not supported for buckets with periods (.) in their names');
      return tree;
    },
    absent: {},
  },
];

function checkCors(tree: Tree): Tree {
  const rules = list(tree, 'CORSRule');
  if (rules.length > 100) throw oops('MalformedXML', 'The XML you provided was not well-formed or did not validate against our published schema');
  for (const rule of rules) {
    const methods = list(rule, 'AllowedMethod') as unknown as string[];
    const unknown = methods.find((method) => !['GET', 'PUT', 'POST', 'DELETE', 'HEAD'].includes(method));
    if (unknown !== undefined) throw oops('InvalidRequest', `Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`);
    const wild = [...(list(rule, 'AllowedOrigin') as unknown as string[])].find((origin) => origin.split('*').length > 2);
    if (wild !== undefined) throw oops('InvalidRequest', `AllowedOrigin "${wild}" can not have more than one wildcard.`);
    const header = (list(rule, 'AllowedHeader') as unknown as string[]).find((name) => name.split('*').length > 2);
    if (header !== undefined) throw oops('InvalidRequest', `AllowedHeader "${header}" can not have more than one wildcard.`);
    const exposed = (list(rule, 'ExposeHeader') as unknown as string[]).find((name) => name.includes('*'));
    if (exposed !== undefined) throw oops('InvalidRequest', `ExposeHeader "${exposed}" contains wildcard. We currently do not support wildcard for ExposeHeader.`);
  }
  return tree;
}

function checkBucketTags(tree: Tree): Tree {
  const tags = list(one(tree, 'TagSet')!, 'Tag').map((tag) => [textOf(tag, 'Key')!, textOf(tag, 'Value')!] as const);
  if (tags.length > 50) throw oops('BadRequest', 'Bucket tag count cannot be greater than 50');
  for (const [key, value] of tags) {
    if (key.length === 0 || key.length > 128) throw oops('InvalidTag', 'The TagKey you have provided is invalid');
    if (key.startsWith('aws:')) throw oops('InvalidTag', 'System tags cannot be added/updated by requester');
    if (value.length > 256) throw oops('InvalidTag', 'The TagValue you have provided is invalid');
  }
  if (new Set(tags.map(([key]) => key)).size < tags.length) throw oops('InvalidTag', 'Cannot provide multiple Tags with the same key');
  return tree;
}

/** The values of the headers that belong to a configuration. */
export function configurationHeaders(configuration: Configuration, context: S3Context): Record<string, string> {
  return Object.fromEntries(Object.entries(configuration.headers ?? {}).map(([name, fallback]) => [name, header(context, name) ?? fallback]));
}
