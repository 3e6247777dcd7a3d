import type { ObjectPage } from '../../../shared/contract/s3.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { readPage } from '../../listing/readPage.ts';
import { s3Uri } from './keys.ts';

export interface ListInput {
  connectionId: string;
  bucket: string;
  prefix: string;
  delimiter: string;
  token?: string | undefined;
  max: number;
}

/** One page of a listing, as columns, checked to be whole (FAULTS 6). */
export function listPage(aws: AwsConnections, input: ListInput, abortSignal?: AbortSignal): Promise<ObjectPage> {
  const { connectionId, bucket, prefix } = input;
  return aws.attempt({ connectionId, action: 's3:ListBucket', resource: s3Uri(bucket, prefix) }, async ({ s3 }) => {
    const { modified, ...page } = await readPage(s3, input, abortSignal);
    return { ...page, modified: modified.map((ms) => (ms === 0 ? '' : new Date(ms).toISOString())) };
  });
}
