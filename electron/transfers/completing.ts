import { createHash } from 'node:crypto';
import { CompleteMultipartUploadCommand, HeadObjectCommand, ListPartsCommand, type CompleteMultipartUploadCommandInput, type HeadObjectCommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { AppError } from '../../shared/errors.ts';
import type { Job } from './job.ts';
import { request } from './requests.ts';

type Input = CompleteMultipartUploadCommandInput & { Bucket: string; Key: string; UploadId: string };

/**
 * CompleteMultipartUpload, whose answer may take minutes, or never come. Meanwhile S3 is asked now and then whether the
 * upload is still open: where it is gone and the object is what its parts make, it is done, whatever became of the answer.
 * `was`: when the object these parts are copies of was written, where they go to its own place and may look like it.
 *
 * The version made, where versions are kept and it is known.
 */
export async function completeUpload(job: Job, input: Input, was?: Date): Promise<string | undefined> {
  const { Key: key } = input;
  const isMade = (head: HeadObjectCommandOutput) => isMadeOf(head, input) && head.LastModified?.getTime() !== was?.getTime();
  try {
    return await request(job, { action: 's3:PutObject', key, stall: job.tuning.patientStall }, async ({ s3, signal }) => {
      const over = new AbortController();
      const either = AbortSignal.any([signal, over.signal]);
      try {
        const answered = s3.send(new CompleteMultipartUploadCommand(input), { abortSignal: either }).then(({ VersionId }) => VersionId);
        return await Promise.race([answered, published(job, s3, input, isMade, either)]);
      } finally {
        over.abort();
      }
    });
  } catch (error) {
    // An answer that got lost: the repeated request finds the upload gone, or its own object in the way.
    if (!(error instanceof AppError && ['NoSuchUpload', 'PreconditionFailed'].includes(error.awsCode ?? ''))) throw error;
    const head = await request(job, { action: 's3:GetObject', key }, ({ s3, signal }) => headOf(s3, input, signal));
    if (!head || !isMade(head)) throw error;
    return head.VersionId;
  }
}

/** Resolves once the upload is gone and its object there; rejects only with the signal. */
async function published(job: Job, s3: S3Client, input: Input, isMade: (head: HeadObjectCommandOutput) => boolean, signal: AbortSignal): Promise<string | undefined> {
  const { Bucket, Key, UploadId } = input;
  for (;;) {
    await job.reach.pause(job.tuning.completePoll, signal);
    const gone = await s3.send(new ListPartsCommand({ Bucket, Key, UploadId, MaxParts: 1 }), { abortSignal: signal }).then(
      () => false,
      (error: unknown) => (error as Error).name === 'NoSuchUpload',
    );
    signal.throwIfAborted();
    const head = gone ? await headOf(s3, input, signal).catch(() => undefined) : undefined;
    if (head && isMade(head)) return head.VersionId;
  }
}

async function headOf(s3: S3Client, { Bucket, Key }: Input, abortSignal: AbortSignal): Promise<HeadObjectCommandOutput | undefined> {
  try {
    return await s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }), { abortSignal });
  } catch (error) {
    if (['NotFound', 'NoSuchKey'].includes((error as Error).name) || (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode === 403) return undefined;
    throw error;
  }
}

/** Whether an object is the one these parts make: by the ETag S3 gives to objects of parts, or by its checksum as a whole. */
export function isMadeOf(head: HeadObjectCommandOutput, { MultipartUpload, ChecksumCRC32, MpuObjectSize }: Pick<Input, 'MultipartUpload' | 'ChecksumCRC32' | 'MpuObjectSize'>): boolean {
  if (ChecksumCRC32 !== undefined && head.ChecksumCRC32 === ChecksumCRC32 && head.ContentLength === MpuObjectSize) return true;
  const digests = (MultipartUpload?.Parts ?? []).map(({ ETag = '' }) => ETag.replaceAll('"', ''));
  if (digests.length === 0 || digests.some((digest) => !/^[0-9a-f]{32}$/.test(digest))) return false;
  return head.ETag === `"${createHash('md5').update(Buffer.from(digests.join(''), 'hex')).digest('hex')}-${digests.length}"`;
}
