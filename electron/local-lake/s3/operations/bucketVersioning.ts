import { ServiceError } from '../../http/serviceError.ts';
import { header, xmlResponse, type Operation } from '../context.ts';
import { hasLock } from '../objectLock.ts';
import { childText, document, element, malformedXml, parseXml } from '../xml.ts';

export const getBucketVersioning: Operation = async ({ store, bucket }) =>
  xmlResponse(document('VersioningConfiguration', [element('Status', store.bucket(bucket).versioning)]));

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html */
export const putBucketVersioning: Operation = async (context) => {
  const { store, bucket, payload } = context;
  store.bucket(bucket);
  const root = parseXml(await payload.text(), 'VersioningConfiguration');
  const status = childText(root, 'Status');
  if (status !== 'Enabled' && status !== 'Suspended') throw malformedXml();
  const mfaDelete = childText(root, 'MfaDelete');
  if (mfaDelete === 'Enabled' || header(context, 'x-amz-mfa') !== undefined) throw new ServiceError('NotImplemented', 'The local lake does not implement MFA delete.', 501);
  if (mfaDelete !== undefined && mfaDelete !== 'Disabled') throw malformedXml();
  if (status === 'Suspended' && hasLock(store.bucket(bucket))) {
    throw new ServiceError('InvalidBucketState', 'An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.', 409);
  }
  await store.updateBucket(bucket, (before) => ({ ...before, versioning: status }));
  return { status: 200 };
};
