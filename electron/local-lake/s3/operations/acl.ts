import { ServiceError } from '../../http/serviceError.ts';
import { header, type Operation, type S3Context } from '../context.ts';
import { existing } from '../objectVersion.ts';

/** What means the same as no access control list at all. */
export const OWNER_ONLY = ['private', 'bucket-owner-full-control', 'bucket-owner-read'];

/** As on every new bucket: access control lists are switched off, and only what changes nothing is taken. */
function refuseGrants(context: S3Context): void {
  const canned = header(context, 'x-amz-acl');
  if (canned !== undefined && OWNER_ONLY.includes(canned)) return;
  throw new ServiceError('AccessControlListNotSupported', 'The bucket does not allow ACLs', 400);
}

export const putBucketAcl: Operation = async (context) => {
  context.store.bucket(context.bucket);
  refuseGrants(context);
  return { status: 200 };
};

export const putObjectAcl: Operation = async (context) => {
  await existing(context);
  refuseGrants(context);
  return { status: 200 };
};
