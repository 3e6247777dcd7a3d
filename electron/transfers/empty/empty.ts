import { AbortMultipartUploadCommand, DeleteObjectsCommand } from '@aws-sdk/client-s3';
import PQueue from 'p-queue';
import { AppError, type AppErrorData } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import type { TransferKind } from '../kind.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';
import { everyUpload, everyVersion, type Entry } from './everything.ts';

/** Pages of 1,000 that are deleted, and uploads that are aborted, at a time. */
const PAGES = 4;
const UPLOADS = 8;
/** So many refused and none deleted: the rest would be refused too. */
const HOPELESS = 2000;

/**
 * Deletes all there is in a bucket for good: every version, every delete marker, every unfinished upload. It is counted
 * first. A start after a crash lists what is left and goes on with that; what S3 refuses (a lock, a policy) is journalled as
 * a failed file and passed over.
 */
export const emptying: TransferKind = {
  async plan(job) {
    const { entries, bytes } = await count(job);
    Object.assign(job.record, { filesTotal: entries, bytesTotal: bytes });
  },

  async work(job) {
    const { record, journal } = job;
    if (record.emptying) {
      const left = await count(job);
      if (job.signal.aborted) return;
      // What was deleted and not heard of is gone all the same.
      Object.assign(record, { filesDone: Math.max(record.filesDone, record.filesTotal - left.entries), bytesDone: Math.max(record.bytesDone, record.bytesTotal - left.bytes) });
    }
    record.emptying = true;
    record.filesFailed = 0;
    record.error = undefined;
    await journal.dropPlanned(record.id); // those that failed are met again
    await journal.saveTransfer(record);
    await inOrder(job, everyVersion(job), PAGES, (page) => deletePage(job, page));
    if (job.signal.aborted) return;
    await inOrder(job, everyUpload(job), 1, (page) => abortPage(job, page));
    if (job.signal.aborted) return;
    // What was counted and is not refused is gone, whoever deleted it.
    record.filesDone = Math.max(record.filesDone, record.filesTotal - record.filesFailed);
    record.filesTotal = record.filesDone + record.filesFailed;
    if (record.filesFailed === 0) record.bytesDone = Math.max(record.bytesDone, record.bytesTotal);
    record.bytesTotal = record.bytesDone;
  },

  undo: async () => undefined,
};

async function count(job: Job): Promise<{ entries: number; bytes: number }> {
  const total = { entries: 0, bytes: 0 };
  for await (const page of everyVersion(job)) {
    total.entries += page.length;
    total.bytes += page.reduce((sum, { size }) => sum + size, 0);
    if (!job.record.emptying) Object.assign(job.record, { filesTotal: total.entries, bytesTotal: total.bytes });
    job.changed();
  }
  try {
    for await (const page of everyUpload(job)) total.entries += page.length;
  } catch (error) {
    // That is said when their turn comes.
    if (!(error instanceof AppError && error.code === 'AccessDenied')) throw error;
  }
  return total;
}

/** Several pages at a time; the next is listed meanwhile. The first failure stops it. */
async function inOrder<T>(job: Job, pages: AsyncIterable<T>, atATime: number, work: (page: T) => Promise<void>): Promise<void> {
  const queue = new PQueue({ concurrency: atATime });
  let failure: unknown;
  for await (const page of pages) {
    if (failure || job.signal.aborted) break;
    void queue.add(() => work(page)).catch((error: unknown) => void (failure ??= error));
    await queue.onSizeLessThan(1);
  }
  await queue.onIdle();
  if (failure && !job.signal.aborted) throw failure;
}

async function deletePage(job: Job, page: Entry[]): Promise<void> {
  const { bucket, connectionId } = job.record;
  job.aws.assertWritable(connectionId, `empty bucket ${bucket}`);
  const action = page[0]!.versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: page.map(({ key, versionId }) => ({ Key: key, VersionId: versionId })), Quiet: true } });
  const refused = await request(job, { action, stall: job.tuning.patientStall }, async ({ s3, signal }) => {
    const { Errors = [] } = await s3.send(command, { abortSignal: signal });
    // Deleting again what is gone does no harm: a busy server is asked again for all.
    const busy = Errors.find(({ Code }) => Code === 'SlowDown' || Code === 'InternalError');
    if (busy) throw new AppError('Throttled', `${s3Uri(bucket, busy.Key)} was not deleted: ${busy.Message ?? busy.Code}.`, { retryable: true, awsCode: busy.Code });
    return Errors;
  });
  const failed = refused.map(({ Key: key = '', VersionId, Code, Message }): FileRecord => {
    const resource = VersionId === undefined || VersionId === 'null' ? s3Uri(bucket, key) : `${s3Uri(bucket, key)} (version ${VersionId})`;
    const error = new AppError(Code === 'AccessDenied' ? 'AccessDenied' : 'Conflict', `${resource} was not deleted: ${Message ?? Code ?? 'no reason given'}.`, { detail: 'A bucket policy, an object lock or a legal hold may forbid it.', action, resource, awsCode: Code });
    return { state: 'failed', key, size: 0, error: error.toData() };
  });
  const kept = new Set(refused.map(({ Key, VersionId = '' }) => `${VersionId} ${Key}`));
  const bytes = page.reduce((sum, { key, versionId = '', size }) => (kept.has(`${versionId} ${key}`) ? sum : sum + size), 0);
  await ended(job, page.length - failed.length, bytes, failed);
}

async function abortPage(job: Job, page: { key: string; uploadId: string }[]): Promise<void> {
  const { bucket, connectionId } = job.record;
  job.aws.assertWritable(connectionId, `empty bucket ${bucket}`);
  const failed: FileRecord[] = [];
  await new PQueue({ concurrency: UPLOADS }).addAll(
    page.map(({ key, uploadId }) => async () => {
      try {
        await request(job, { action: 's3:AbortMultipartUpload', key }, ({ s3, signal }) => s3.send(new AbortMultipartUploadCommand({ Bucket: bucket, Key: key, UploadId: uploadId }), { abortSignal: signal }));
      } catch (error) {
        if (!(error instanceof AppError) || error.code === 'Cancelled') throw error;
        if (error.awsCode !== 'NoSuchUpload') failed.push({ state: 'failed', key, size: 0, error: error.toData() });
      }
    }),
  );
  await ended(job, page.length - failed.length, 0, failed);
}

/** Journals how a page went. */
async function ended(job: Job, deleted: number, bytes: number, failed: FileRecord[]): Promise<void> {
  const { record, journal } = job;
  const first = record.filesFailed;
  record.filesDone += deleted;
  record.filesFailed += failed.length;
  record.filesTotal = Math.max(record.filesTotal, record.filesDone + record.filesFailed);
  record.error ??= failed[0]?.error;
  job.moved(bytes);
  job.filesEnded(deleted + failed.length);
  await journal.write([
    { type: 'put', key: `t/${record.id}`, value: record },
    ...failed.map((value, at) => ({ type: 'put' as const, key: journal.fileKey(record.id, first + at), value })),
  ]);
  if (record.filesDone === 0 && record.filesFailed >= HOPELESS) throw asError(record.error!);
}

const asError = ({ code, message, ...more }: AppErrorData): AppError => new AppError(code, message, more);
