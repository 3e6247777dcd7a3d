import { ListObjectsV2Command, type ListObjectsV2CommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { AppError } from '../../shared/errors.ts';
import { decodeKey, s3Uri } from '../services/s3/keys.ts';
import type { AnsweredPage, PageStart } from './types.ts';

export interface PageOptions extends PageStart {
  bucket: string;
  prefix: string;
  delimiter?: string | undefined;
  /** Ask for restore states too; a store that refuses that is asked without. */
  restores?: boolean | undefined;
}

/** Clients whose servers refuse a listing with restore states. */
const withoutRestores = new WeakSet<S3Client>();

/** One ListObjectsV2 request, checked to be whole (FAULTS 6). Network (retryable) where it was cut short. */
export async function readPage(s3: S3Client, { bucket, prefix, delimiter, startAfter, token, max, restores = false }: PageOptions, abortSignal?: AbortSignal): Promise<AnsweredPage & { prefixes: string[] }> {
  const input = {
    Bucket: bucket,
    Prefix: prefix || undefined,
    Delimiter: delimiter || undefined,
    StartAfter: token === undefined ? startAfter : undefined,
    ContinuationToken: token,
    MaxKeys: max,
    EncodingType: 'url' as const,
  };
  const ask = (asksRestores: boolean) =>
    s3.send(new ListObjectsV2Command({ ...input, ...(asksRestores && { OptionalObjectAttributes: ['RestoreStatus'] }) }), { abortSignal });
  const asksRestores = restores && !withoutRestores.has(s3);
  const answer = await ask(asksRestores).catch((error: Error) => {
    if (!asksRestores || error.name !== 'NotImplemented') throw error;
    withoutRestores.add(s3);
    return ask(false);
  });
  const { Contents: contents = [], CommonPrefixes: common = [] } = answer;
  if (!isWhole(answer, contents.length + common.length)) throw cutShort(s3Uri(bucket, prefix));
  // A store that ignores the request for encoding says so by leaving EncodingType out.
  const decode = answer.EncodingType === 'url' ? decodeKey : (key: string) => key;
  return {
    prefixes: common.map(({ Prefix = '' }) => decode(Prefix)),
    keys: contents.map(({ Key = '' }) => decode(Key)),
    sizes: contents.map(({ Size = 0 }) => Size),
    modified: contents.map(({ LastModified }) => LastModified?.getTime() ?? 0),
    storageClasses: contents.map(({ StorageClass = 'STANDARD' }) => StorageClass),
    etags: contents.map(({ ETag = '' }) => ETag),
    restores: restores ? contents.map(({ RestoreStatus }) => RestoreStatus) : undefined,
    nextToken: answer.IsTruncated ? answer.NextContinuationToken : undefined,
  };
}

/** A page whose XML was cut short may parse; what it lacks gives it away. */
const isWhole = ({ IsTruncated, KeyCount, NextContinuationToken }: ListObjectsV2CommandOutput, count: number): boolean =>
  IsTruncated !== undefined && (KeyCount === undefined || KeyCount === count) && (!IsTruncated || NextContinuationToken !== undefined);

const cutShort = (resource: string) =>
  new AppError('Network', `The listing of ${resource} came incomplete.`, { detail: 'Nothing was taken for the end of it. List again.', retryable: true, resource });
