import type { ObjectArchive } from '../../shared/contract/s3Tiers.ts';
import { listSplit } from '../listing/listSplit.ts';
import { readPage } from '../listing/readPage.ts';
import type { Job } from './job.ts';
import { request } from './requests.ts';
import { archiveInListing } from './tiering/archiveState.ts';

export interface ListedObject {
  key: string;
  /** Bytes. */
  size: number;
  etag: string;
  /** ms since 1970. */
  modified: number;
  /** Whether it can be read; `archived` unless the listing was asked for restores and tells one. */
  archive: ObjectArchive;
}

/**
 * Every object below a prefix, page by page, in S3's order; where there are many, several parts of the key space are
 * listed at a time. Keys are exact, whatever characters they hold.
 */
export async function* listKeys(job: Job, prefix: string, bucket = job.record.bucket, restores = false): AsyncGenerator<ListedObject[]> {
  const pages = listSplit({
    prefix,
    ordered: true,
    signal: job.signal,
    read: (start) => request(job, { action: 's3:ListBucket', key: prefix, bucket }, ({ s3, signal }) => readPage(s3, { bucket, prefix, restores, ...start }, signal)),
  });
  for await (const page of pages) {
    yield page.keys.map((key, at) => ({ key, size: page.sizes[at]!, etag: page.etags[at]!, modified: page.modified[at]!, archive: archiveInListing(page.storageClasses[at] || 'STANDARD', page.restores?.[at]) }));
  }
}
