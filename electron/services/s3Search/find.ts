import type { SearchBatch } from '../../../shared/contract/s3Search.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { listAll } from '../../listing/listAll.ts';
import type { Matcher } from './matcher.ts';

/** A batch is answered after so many objects were found, or so many ms: the count goes on even where nothing is. */
const BATCH = 1000;
const BATCH_MS = 150;

interface FindInput {
  connectionId: string;
  bucket: string;
  prefix: string;
}

const emptyBatch = (): SearchBatch => ({ prefixes: [], keys: [], sizes: [], modified: [], storageClasses: [], etags: [], scanned: 0, done: false });

/** Objects below a prefix that match, as they are met. */
export async function* find(aws: AwsConnections, input: FindInput, matches: Matcher, signal: AbortSignal): AsyncGenerator<SearchBatch> {
  let batch = emptyBatch();
  let due = performance.now() + BATCH_MS;
  for await (const page of listAll(aws, { ...input, signal })) {
    batch.scanned += page.keys.length;
    for (const row of matches(page)) {
      batch.keys.push(page.keys[row]!);
      batch.sizes.push(page.sizes[row]!);
      batch.modified.push(new Date(page.modified[row]!).toISOString());
      batch.storageClasses.push(page.storageClasses[row]!);
      batch.etags.push(page.etags[row]!);
    }
    if (batch.keys.length < BATCH && performance.now() < due) continue;
    yield batch;
    batch = emptyBatch();
    due = performance.now() + BATCH_MS;
  }
  yield { ...batch, done: true };
}
