import { ServiceError } from '../../http/serviceError.ts';
import { xmlResponse, type Operation, type S3Context } from '../context.ts';
import { document, element, type Xml } from '../xml.ts';

interface Configuration {
  name: string;
  /** The query parameter. */
  resource: string;
  run: Operation;
}

/** What AWS answers of a bucket on which the thing was never configured: nothing can be configured here. */
const never = (name: string, resource: string, code: string, message: string): Configuration => ({
  name,
  resource,
  run: async ({ store, bucket }) => {
    store.bucket(bucket);
    throw new ServiceError(code, message, 404, { BucketName: bucket });
  },
});
const constant = (name: string, resource: string, root: string, content: (context: S3Context) => (Xml | undefined)[]): Configuration => ({
  name,
  resource,
  run: async (context) => {
    context.store.bucket(context.bucket);
    return xmlResponse(document(root, content(context)));
  },
});

/** The owner may do everything, as on a bucket with access control lists switched off. */
export const ownerOnly = ({ owner }: S3Context): (Xml | undefined)[] => {
  const who = [element('ID', owner.id), element('DisplayName', owner.displayName)].map((e) => e!.xml).join('');
  const grantee = { xml: `<Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser">${who}</Grantee>` };
  return [element('Owner', { xml: who }), element('AccessControlList', [element('Grant', [grantee, element('Permission', 'FULL_CONTROL')])])];
};

export const bucketConfigurations: Configuration[] = [
  constant('GetBucketAcl', 'acl', 'AccessControlPolicy', ownerOnly),
  constant('GetBucketLogging', 'logging', 'BucketLoggingStatus', () => []),
  constant('GetBucketAccelerateConfiguration', 'accelerate', 'AccelerateConfiguration', () => []),
  constant('GetBucketNotificationConfiguration', 'notification', 'NotificationConfiguration', () => []),
  constant('GetBucketRequestPayment', 'requestPayment', 'RequestPaymentConfiguration', () => [element('Payer', 'BucketOwner')]),
  never('GetBucketPolicy', 'policy', 'NoSuchBucketPolicy', 'The bucket policy does not exist'),
  never('GetBucketPolicyStatus', 'policyStatus', 'NoSuchBucketPolicy', 'The bucket policy does not exist'),
  never('GetBucketCors', 'cors', 'NoSuchCORSConfiguration', 'The CORS configuration does not exist'),
  never('GetBucketLifecycleConfiguration', 'lifecycle', 'NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist'),
  never('GetBucketTagging', 'tagging', 'NoSuchTagSet', 'The TagSet does not exist'),
  never('GetBucketWebsite', 'website', 'NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration'),
  never('GetBucketReplication', 'replication', 'ReplicationConfigurationNotFoundError', 'The replication configuration was not found'),
  never('GetBucketEncryption', 'encryption', 'ServerSideEncryptionConfigurationNotFoundError', 'The server side encryption configuration was not found'),
  never('GetPublicAccessBlock', 'publicAccessBlock', 'NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found'),
  never('GetBucketOwnershipControls', 'ownershipControls', 'OwnershipControlsNotFoundError', 'The bucket ownership controls were not found'),
  never('GetObjectLockConfiguration', 'object-lock', 'ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist for this bucket'),
];
