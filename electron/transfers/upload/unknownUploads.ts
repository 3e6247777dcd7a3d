import { AbortMultipartUploadCommand, ListMultipartUploadsCommand, ListPartsCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { decodeKey } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import { request } from '../requests.ts';

/** S3's clock is not ours, ms. */
const CLOCKS = 60_000;

/**
 * Aborts uploads in parts of exactly this key that were begun since the transfer was made and hold no part: a start that was
 * killed before it could note their id began them. Where they may not be listed nothing is done.
 */
export async function dropUnknownUploads(job: Job, key: string): Promise<void> {
  const { bucket: Bucket, createdAt } = job.record;
  try {
    const { Uploads = [] } = await request(job, { action: 's3:ListBucketMultipartUploads', key }, ({ s3, signal }) =>
      s3.send(new ListMultipartUploadsCommand({ Bucket, Prefix: key, EncodingType: 'url' }), { abortSignal: signal }),
    );
    const begun = Uploads.filter((upload) => decodeKey(upload.Key ?? '') === key && (upload.Initiated?.getTime() ?? 0) >= Date.parse(createdAt) - CLOCKS);
    for (const { UploadId } of begun) {
      const at = { Bucket, Key: key, UploadId };
      const { Parts = [] } = await request(job, { action: 's3:ListMultipartUploadParts', key }, ({ s3, signal }) => s3.send(new ListPartsCommand({ ...at, MaxParts: 1 }), { abortSignal: signal }));
      if (Parts.length === 0) await request(job, { action: 's3:AbortMultipartUpload', key }, ({ s3, signal }) => s3.send(new AbortMultipartUploadCommand(at), { abortSignal: signal }));
    }
  } catch (error) {
    if (!(error instanceof AppError && ['AccessDenied', 'NotFound', 'NotImplemented'].includes(error.code))) throw error;
  }
}
