import { ListObjectsV2Command } from '@aws-sdk/client-s3';
import type { ObjectPage } from '../../../shared/contract/s3.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { decodeKey, s3Uri } from './keys.ts';

export interface ListInput {
  connectionId: string;
  bucket: string;
  prefix: string;
  delimiter: string;
  token?: string | undefined;
  max: number;
}

/**
 * One page of a listing, as columns. Every page is checked to be whole (FAULTS 6): the count S3 states, and a token
 * wherever it says there is more.
 */
export function listPage(aws: AwsConnections, input: ListInput, abortSignal?: AbortSignal): Promise<ObjectPage> {
  const { connectionId, bucket, prefix, delimiter, token, max } = input;
  const about = { connectionId, action: 's3:ListBucket', resource: s3Uri(bucket, prefix) };
  return aws.attempt(about, async ({ s3 }) => {
    const answer = await s3.send(
      new ListObjectsV2Command({
        Bucket: bucket,
        Prefix: prefix,
        Delimiter: delimiter || undefined,
        ContinuationToken: token,
        MaxKeys: max,
        EncodingType: 'url',
      }),
      { abortSignal },
    );
    // A store that ignores the request for encoding says so by leaving EncodingType out.
    const decode = answer.EncodingType === 'url' ? decodeKey : (key: string) => key;
    const contents = answer.Contents ?? [];
    const prefixes = answer.CommonPrefixes ?? [];
    const isWhole = answer.KeyCount === undefined || answer.KeyCount === contents.length + prefixes.length;
    if (!isWhole || (answer.IsTruncated && !answer.NextContinuationToken)) {
      throw new AppError('Network', `The listing of ${about.resource} came incomplete.`, { detail: 'Nothing was taken for the end of it. List again.', retryable: true, resource: about.resource });
    }
    return {
      prefixes: prefixes.map((common) => decode(common.Prefix ?? '')),
      keys: contents.map((object) => decode(object.Key ?? '')),
      sizes: contents.map((object) => object.Size ?? 0),
      modified: contents.map((object) => object.LastModified?.toISOString() ?? ''),
      storageClasses: contents.map((object) => object.StorageClass ?? 'STANDARD'),
      etags: contents.map((object) => object.ETag ?? ''),
      nextToken: answer.IsTruncated ? answer.NextContinuationToken : undefined,
    };
  });
}
