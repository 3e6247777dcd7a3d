import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import { planned } from '../conflicts.ts';
import type { FilePlanner } from '../files.ts';
import { atSource, type Job } from '../job.ts';
import { listKeys } from '../listKeys.ts';
import type { FileRecord } from '../records.ts';
import { besideEachOther, flat } from './besideEachOther.ts';
import { headOf } from './target.ts';

const AT_A_TIME = 16;

const isoDate = (ms: number): string => new Date(ms).toISOString();

/** Journals every object that is copied, its new key, and what is there already. Nothing is written to the bucket. */
export async function planCopy(job: Job, planner: FilePlanner): Promise<void> {
  const { record } = job;
  for await (const { items } of job.journal.plan(record.id)) {
    const keys = items.flatMap((item) => ('key' in item && item.to !== undefined ? [{ from: item.key, to: item.to, versionId: item.versionId }] : []));
    for (let at = 0; at < keys.length; at += AT_A_TIME) {
      for (const file of await Promise.all(keys.slice(at, at + AT_A_TIME).map((one) => lookUp(job, one)))) await planner.add(planned(job, file));
    }
    for (const item of items) if ('prefix' in item && item.to !== undefined) await planPrefix(job, planner, item.prefix, item.to);
  }
  if (record.filesTotal === 0 && !record.filesSkipped) {
    throw new AppError('NotFound', `There are no objects below ${record.source}.`, { detail: 'Nothing was copied.', resource: record.source });
  }
}

async function planPrefix(job: Job, planner: FilePlanner, prefix: string, to: string): Promise<void> {
  const named = (at: string) => (object: { key: string }) => object.key.slice(at.length);
  const pairs = besideEachOther(flat(listKeys(atSource(job), prefix, job.record.fromBucket)), named(prefix), flat(listKeys(job, to)), named(to));
  for await (const { one: source, other: there } of pairs) {
    if (job.signal.aborted) return;
    if (!source) continue;
    const key = to + source.key.slice(prefix.length);
    if (Buffer.byteLength(key) > 1024) {
      throw new AppError('BadInput', `The key ${key.slice(0, 100)}… would be longer than 1024 bytes.`, { detail: 'Choose a shorter target. Nothing was copied.' });
    }
    const conflict = there && { size: there.size, etag: there.etag, modified: isoDate(there.modified), ours: isoDate(source.modified) };
    await planner.add(planned(job, { state: 'pending', key, from: source.key, size: source.size, sourceEtag: source.etag, conflict }));
  }
}

async function lookUp(job: Job, { from, to, versionId }: { from: string; to: string; versionId: string | undefined }): Promise<FileRecord> {
  const bucket = job.record.fromBucket!;
  const [head, there] = await Promise.all([headOf(atSource(job), from, bucket, versionId), headOf(job, to)]);
  if (!head) return { state: 'failed', key: to, from, size: 0, error: new AppError('NotFound', `${s3Uri(bucket, from)} is not there (any more).`, { resource: s3Uri(bucket, from) }).toData() };
  const conflict = there && { size: there.ContentLength ?? 0, etag: there.ETag ?? '', modified: there.LastModified?.toISOString(), ours: head.LastModified?.toISOString() };
  return { state: 'pending', key: to, from, size: head.ContentLength ?? 0, sourceEtag: head.ETag ?? '', conflict, ...(versionId !== undefined && { fromVersion: versionId }) };
}
