import { ServiceError } from '../../http/serviceError.ts';
import { isoDate, numberParameter, xmlResponse, type Operation } from '../context.ts';
import { refuseUnsupported } from '../objectHeaders.ts';
import { LOCK_ENABLED, OBJECT_LOCK } from '../objectLock.ts';
import { childText, document, element, parseXml } from '../xml.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function assertBucketName(name: string): void {
  const valid = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name) && !/\.\.|\.-|-\.|^\d+\.\d+\.\d+\.\d+$|^xn--|-s3alias$/.test(name);
  if (!valid) throw new ServiceError('InvalidBucketName', 'The specified bucket is not valid.', 400, { BucketName: name });
}

export const listBuckets: Operation = async (context) => {
  const { store, owner, query, region } = context;
  const limit = numberParameter(context, 'max-buckets', 10_000, 10_000);
  const prefix = query.get('prefix') ?? '';
  const token = query.get('continuation-token') ?? '';
  const all = store.listBuckets().filter(({ name }) => name.startsWith(prefix) && name > token);
  const shown = all.slice(0, limit);
  return xmlResponse(
    document('ListAllMyBucketsResult', [
      element('Owner', [element('ID', owner.id), element('DisplayName', owner.displayName)]),
      element('Buckets', shown.map(({ name, createdAt }) => element('Bucket', [element('Name', name), element('CreationDate', isoDate(createdAt)), element('BucketRegion', region)]))),
      all.length > shown.length ? element('ContinuationToken', shown.at(-1)?.name) : undefined,
      prefix ? element('Prefix', prefix) : undefined,
    ]),
  );
};

export const createBucket: Operation = async ({ store, bucket, payload, region, request }) => {
  refuseUnsupported(request);
  assertBucketName(bucket);
  const body = await payload.text();
  const constraint = body.trim() === '' ? undefined : childText(parseXml(body, 'CreateBucketConfiguration'), 'LocationConstraint');
  if (constraint && constraint !== region) {
    throw new ServiceError('IllegalLocationConstraintException', `The ${constraint} location constraint is incompatible for the region specific endpoint this request was sent to.`, 400);
  }
  // In us-east-1 (only there) creating one's own bucket again succeeds.
  if (store.listBuckets().some(({ name }) => name === bucket)) return { status: 200, headers: { location: `/${bucket}` } };
  await store.createBucket(bucket, region);
  if (request.headers.get('x-amz-bucket-object-lock-enabled')?.toLowerCase() === 'true') {
    await store.updateBucket(bucket, (before) => ({ ...before, versioning: 'Enabled', configurations: { [OBJECT_LOCK]: LOCK_ENABLED, ...before.configurations } }));
  }
  return { status: 200, headers: { location: `/${bucket}` } };
};

export const headBucket: Operation = async ({ store, bucket, region }) => {
  store.bucket(bucket);
  return { status: 200, headers: { 'x-amz-bucket-region': region } };
};

export const deleteBucket: Operation = async ({ store, bucket }) => {
  await store.deleteBucket(bucket);
  return { status: 204 };
};

/** us-east-1 is written as an empty constraint. */
export const getBucketLocation: Operation = async ({ store, bucket, region }) => {
  store.bucket(bucket);
  return xmlResponse(document('LocationConstraint', region === 'us-east-1' ? [] : [{ xml: region }]));
};
