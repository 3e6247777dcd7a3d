import { ListMultipartUploadsCommand, ListObjectVersionsCommand, type ObjectVersion } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { decodeKey } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import { listKeys } from '../listKeys.ts';
import { request } from '../requests.ts';

/** A version or a delete marker; without an id an object of a store that has no versions. */
export interface Entry {
  key: string;
  versionId?: string | undefined;
  /** Bytes. */
  size: number;
}

/**
 * All there is in the transfer's bucket, a page at a time, in the order of keys: every version and every delete marker. What
 * was given out before may be deleted meanwhile.
 */
export async function* everyVersion(job: Job): AsyncGenerator<Entry[]> {
  let after: { key: string; versionId: string | undefined } | undefined;
  do {
    const page = await versionsAfter(job, after).catch((error: unknown) => {
      if (!after && error instanceof AppError && error.code === 'NotImplemented') return undefined;
      throw error;
    });
    if (!page) return yield* listKeys(job, '');
    if (page.entries.length > 0) yield page.entries;
    after = page.next;
  } while (after && !job.signal.aborted);
}

async function versionsAfter(job: Job, after: { key: string; versionId: string | undefined } | undefined) {
  const command = new ListObjectVersionsCommand({ Bucket: job.record.bucket, KeyMarker: after?.key, VersionIdMarker: after?.versionId, EncodingType: 'url' });
  const answer = await request(job, { action: 's3:ListBucketVersions' }, ({ s3, signal }) => s3.send(command, { abortSignal: signal }));
  if (answer.IsTruncated === undefined || (answer.IsTruncated && !answer.NextKeyMarker)) {
    throw new AppError('Network', `The listing of versions of ${job.record.source} came incomplete.`, { detail: 'What was listed before is deleted. Retry to go on.', retryable: true });
  }
  const decode = answer.EncodingType === 'url' ? decodeKey : (key: string) => key;
  const all: ObjectVersion[] = [...(answer.Versions ?? []), ...(answer.DeleteMarkers ?? [])];
  const entries = all.map(({ Key = '', VersionId = 'null', Size = 0 }): Entry => ({ key: decode(Key), versionId: VersionId, size: Size }));
  return { entries, next: answer.IsTruncated ? { key: decode(answer.NextKeyMarker!), versionId: answer.NextVersionIdMarker } : undefined };
}

/** Uploads in parts that were begun and never ended, a page at a time. Stores that do not know the question have none. */
export async function* everyUpload(job: Job): AsyncGenerator<{ key: string; uploadId: string }[]> {
  let after: { KeyMarker: string; UploadIdMarker: string | undefined } | undefined;
  do {
    const command = new ListMultipartUploadsCommand({ Bucket: job.record.bucket, ...after, EncodingType: 'url' });
    const answer = await request(job, { action: 's3:ListBucketMultipartUploads' }, ({ s3, signal }) => s3.send(command, { abortSignal: signal })).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'NotImplemented') return undefined;
      throw error;
    });
    const decode = answer?.EncodingType === 'url' ? decodeKey : (key: string) => key;
    const uploads = (answer?.Uploads ?? []).map(({ Key = '', UploadId = '' }) => ({ key: decode(Key), uploadId: UploadId }));
    if (uploads.length > 0) yield uploads;
    // Some stores say "truncated" of the last page too, with nothing after it.
    after = answer?.IsTruncated && answer.NextKeyMarker && uploads.length > 0 ? { KeyMarker: decode(answer.NextKeyMarker), UploadIdMarker: answer.NextUploadIdMarker } : undefined;
  } while (after && !job.signal.aborted);
}
