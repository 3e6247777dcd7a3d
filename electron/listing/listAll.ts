import type { AwsConnections } from '../aws/types.ts';
import { s3Uri } from '../services/s3/keys.ts';
import { listSplit, type SplitOptions } from './listSplit.ts';
import { readPage } from './readPage.ts';
import type { KeyPage } from './types.ts';

export interface ListAllOptions extends Pick<SplitOptions, 'ordered' | 'atOnce' | 'signal'> {
  connectionId: string;
  bucket: string;
  prefix: string;
}

/** Every object below a prefix, once, listed in parallel where there are many: for search, counts, sizes, plans. */
export function listAll(aws: AwsConnections, { connectionId, bucket, prefix, ...options }: ListAllOptions): AsyncGenerator<KeyPage> {
  const about = { connectionId, action: 's3:ListBucket', resource: s3Uri(bucket, prefix) };
  return listSplit({ prefix, ...options, read: (start, signal) => aws.attempt(about, ({ s3 }) => readPage(s3, { bucket, prefix, ...start }, signal)) });
}
