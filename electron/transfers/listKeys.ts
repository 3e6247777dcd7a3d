import { listSplit } from '../listing/listSplit.ts';
import { readPage } from '../listing/readPage.ts';
import type { Job } from './job.ts';
import { request } from './requests.ts';

export interface ListedObject {
  key: string;
  /** Bytes. */
  size: number;
  etag: string;
  /** ms since 1970. */
  modified: number;
}

/**
 * Every object below a prefix, page by page, in S3's order; where there are many, several parts of the key space are
 * listed at a time. Keys are exact, whatever characters they hold.
 */
export async function* listKeys(job: Job, prefix: string, bucket = job.record.bucket): AsyncGenerator<ListedObject[]> {
  const pages = listSplit({
    prefix,
    ordered: true,
    signal: job.signal,
    read: (start) => request(job, { action: 's3:ListBucket', key: prefix, bucket }, ({ s3, signal }) => readPage(s3, { bucket, prefix, ...start }, signal)),
  });
  for await (const { keys, sizes, etags, modified } of pages) yield keys.map((key, at) => ({ key, size: sizes[at]!, etag: etags[at]!, modified: modified[at]! }));
}
