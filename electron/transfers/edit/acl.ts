import { GetObjectAclCommand, PutObjectAclCommand, type Grant, type Owner } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import type { Job } from '../job.ts';
import { request } from '../requests.ts';

/** Grants a copy does not take over. */
export interface KeptAcl {
  owner: Owner;
  grants: Grant[];
}

/** The grants where they are not only the owner's; undefined where there is nothing to keep. */
export const grantedBeyondOwner = ({ Owner: owner, Grants: grants = [] }: { Owner?: Owner | undefined; Grants?: Grant[] | undefined }): KeptAcl | undefined =>
  owner && grants.some(({ Grantee, Permission }) => Permission !== 'FULL_CONTROL' || Grantee?.ID !== owner.ID) ? { owner, grants } : undefined;

/** Denied, or no ACLs there. The review said so beforehand. */
export const isUnreadable = (error: unknown): boolean => error instanceof AppError && (error.code === 'AccessDenied' || error.code === 'NotImplemented');

/** Of the current version, or of the one that is named. */
export async function readAcl(job: Job, key: string, versionId?: string): Promise<KeptAcl | undefined> {
  try {
    return grantedBeyondOwner(
      await request(job, { action: versionId === undefined ? 's3:GetObjectAcl' : 's3:GetObjectVersionAcl', key }, ({ s3, signal }) => s3.send(new GetObjectAclCommand({ Bucket: job.record.bucket, Key: key, VersionId: versionId }), { abortSignal: signal })),
    );
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

export const putAcl = (job: Job, key: string, { owner, grants }: KeptAcl): Promise<unknown> =>
  request(job, { action: 's3:PutObjectAcl', key }, ({ s3, signal }) =>
    s3.send(new PutObjectAclCommand({ Bucket: job.record.bucket, Key: key, AccessControlPolicy: { Owner: owner, Grants: grants } }), { abortSignal: signal }),
  );
