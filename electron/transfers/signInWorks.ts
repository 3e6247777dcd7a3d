import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import { AppError } from '../../shared/errors.ts';
import type { Job } from './job.ts';
import { request } from './requests.ts';

/**
 * Asks S3 something small with the credentials as they are now, at both ends. False: they still do not do, or nobody answered. Not by
 * HEAD: its refusals have no body, so an ended token could not be told from any other bad request.
 */
export const signInWorks = async (job: Job): Promise<boolean> => (await worksFor(job)) && (job.source === undefined || (await worksFor(job.source)));

async function worksFor(job: Job): Promise<boolean> {
  const once: Job = { ...job, hasty: true, tuning: { ...job.tuning, attempts: 1 } };
  try {
    await request(once, { action: 's3:ListBucket' }, ({ s3, signal }) => s3.send(new ListObjectsV2Command({ Bucket: job.record.bucket, MaxKeys: 1 }), { abortSignal: signal }));
    return true;
  } catch (error) {
    return !(error instanceof AppError && ['CredentialsExpired', 'CredentialsMissing', 'Network', 'Timeout', 'Throttled', 'Unavailable'].includes(error.code));
  }
}
