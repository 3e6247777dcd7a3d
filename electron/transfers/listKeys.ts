import { ListObjectsV2Command, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { AppError } from '../../shared/errors.ts';
import { decodeKey, s3Uri } from '../services/s3/keys.ts';
import type { Job } from './job.ts';
import { request } from './requests.ts';

export interface ListedObject {
  key: string;
  /** Bytes. */
  size: number;
  etag: string;
}

/** Every object below a prefix, page by page (1,000 keys), in S3's order. Keys are exact, whatever characters they hold. */
export async function* listKeys(job: Job, prefix: string): AsyncGenerator<ListedObject[]> {
  let token: string | undefined;
  do {
    const page: ListObjectsV2CommandOutput = await request(job, { action: 's3:ListBucket', key: prefix }, async ({ s3, signal }) => {
      const command = new ListObjectsV2Command({ Bucket: job.record.bucket, Prefix: prefix, ContinuationToken: token, EncodingType: 'url' });
      return whole(await s3.send(command, { abortSignal: signal }), s3Uri(job.record.bucket, prefix));
    });
    const decode = page.EncodingType === 'url' ? decodeKey : (key: string) => key; // some stores ignore the request for it
    yield (page.Contents ?? []).map(({ Key, Size, ETag }) => ({ key: decode(Key!), size: Size ?? 0, etag: ETag ?? '' }));
    token = page.IsTruncated ? page.NextContinuationToken : undefined;
  } while (token !== undefined);
}

/** A page whose XML was cut short may parse; what it lacks gives it away. Network (retryable) then. */
function whole(page: ListObjectsV2CommandOutput, resource: string): ListObjectsV2CommandOutput {
  const count = (page.Contents?.length ?? 0) + (page.CommonPrefixes?.length ?? 0);
  if (page.IsTruncated === undefined || (page.KeyCount !== undefined && page.KeyCount !== count)) {
    throw new AppError('Network', `The listing of ${resource} was cut short.`, { detail: 'It is asked for again.', retryable: true, resource });
  }
  return page;
}
