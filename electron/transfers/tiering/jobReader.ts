import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { readPage } from '../../listing/readPage.ts';
import type { Job } from '../job.ts';
import { request } from '../requests.ts';
import { archiveOfHead } from './archiveState.ts';
import { selectObjects, type Reader, type Selected } from './select.ts';

/** The objects a transfer's plan means, read with its retries. */
export async function* plannedObjects(job: Job): AsyncGenerator<Selected> {
  const { record, journal } = job;
  const { bucket, mask } = record;
  const page: Reader['page'] = (ask) => request(job, { action: 's3:ListBucket', key: ask.prefix }, ({ s3, signal }) => readPage(s3, { bucket, restores: true, ...ask }, signal));
  const head = async (key: string) =>
    archiveOfHead(await request(job, { action: 's3:GetObject', key }, ({ s3, signal }) => s3.send(new HeadObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal }))).state;
  for await (const { items } of journal.plan(record.id)) {
    const keys = items.flatMap((item) => ('key' in item ? [item.key] : []));
    const prefixes = items.flatMap((item) => ('prefix' in item ? [item.prefix] : []));
    yield* selectObjects({ page, head, signal: job.signal }, { keys, prefixes, mask });
  }
}
