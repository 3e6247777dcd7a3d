import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import type { ArchiveState } from '../../../shared/contract/s3Tiers.ts';
import { AppError } from '../../../shared/errors.ts';
import { decodeKey, s3Uri } from '../../services/s3/keys.ts';
import { archiveInListing } from './archiveState.ts';

export interface TieredObject {
  key: string;
  /** Bytes. */
  size: number;
  /** ms since 1970. */
  modified: number;
  storageClass: string;
  archive: ArchiveState;
  /** The listing itself told how far a restore is; else `archived` may be out of date. */
  told: boolean;
}

export interface PageAsk {
  bucket: string;
  prefix: string;
  delimiter?: string;
  startAfter?: string;
  token?: string | undefined;
  max?: number;
}

export interface TieredPage {
  objects: TieredObject[];
  nextToken?: string | undefined;
}

/** Servers that refuse a listing with restore states; they are asked without. */
const without = new WeakSet<S3Client>();

/** One page (1,000 keys at most) with storage classes and restore states. A page that came incomplete throws (FAULTS 6). */
export async function tieredPage(s3: S3Client, { bucket, prefix, delimiter, startAfter, token, max }: PageAsk, abortSignal?: AbortSignal): Promise<TieredPage> {
  const ask = (optional: boolean) =>
    s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        Delimiter: delimiter,
        StartAfter: startAfter,
        ContinuationToken: token,
        MaxKeys: max,
        EncodingType: 'url',
        OptionalObjectAttributes: optional ? ['RestoreStatus'] : undefined,
      }),
      { abortSignal },
    );
  const answer = await ask(!without.has(s3)).catch((error: Error) => {
    if (error.name !== 'NotImplemented' || without.has(s3)) throw error;
    without.add(s3);
    return ask(false);
  });
  const contents = answer.Contents ?? [];
  const count = contents.length + (answer.CommonPrefixes?.length ?? 0);
  if (answer.IsTruncated === undefined || (answer.KeyCount !== undefined && answer.KeyCount !== count) || (answer.IsTruncated && !answer.NextContinuationToken)) {
    const resource = s3Uri(bucket, prefix);
    throw new AppError('Network', `The listing of ${resource} came incomplete.`, { detail: 'Nothing was taken for the end of it. Try again.', retryable: true, resource });
  }
  const decode = answer.EncodingType === 'url' ? decodeKey : (key: string) => key;
  return {
    objects: contents.map(({ Key = '', Size = 0, LastModified, StorageClass = 'STANDARD', RestoreStatus }) => ({
      key: decode(Key),
      size: Size,
      modified: LastModified?.getTime() ?? 0,
      storageClass: StorageClass,
      archive: archiveInListing(StorageClass, RestoreStatus).state,
      told: RestoreStatus !== undefined,
    })),
    nextToken: answer.IsTruncated ? answer.NextContinuationToken : undefined,
  };
}
