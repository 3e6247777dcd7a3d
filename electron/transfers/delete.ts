import { DeleteObjectsCommand, type DeletedObject } from '@aws-sdk/client-s3';
import { AppError } from '../../shared/errors.ts';
import { s3Uri } from '../services/s3/keys.ts';
import type { Job } from './job.ts';
import type { TransferKind } from './kind.ts';
import { listKeys } from './listKeys.ts';
import type { FileRecord, PlanItem } from './records.ts';
import { request } from './requests.ts';

/** DeleteObjects takes so many: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
const BATCH = 1000;
const AT_A_TIME = 4;

interface Batch {
  keys: string[];
  /** Their bytes, where a listing told. */
  bytes: number;
}

/**
 * Deletes keys and everything below prefixes. The plan is the journal: a chunk of it is taken off when S3 has answered
 * for all of it, so that a crash repeats a chunk at most (deleting twice does no harm). Prefixes are listed as they are
 * deleted, never held whole. Keys S3 refused are journalled as failed files, for Retry. In a bucket that keeps versions
 * the delete markers S3 leaves are journalled too: they are what undo removes.
 */
export const deletion: TransferKind = {
  plan: async () => undefined,

  async work(job) {
    const { record, journal } = job;
    const pending: string[] = [];
    let failures = 0;
    record.filesFailed = 0;
    for await (const { index, file } of journal.files(record.id)) {
      failures = index + 1;
      if (file.state === 'pending') pending.push(file.key);
      else record.filesFailed += 1;
    }
    // What is left is counted as it is met again; what an earlier start met and did not delete, with it.
    let named = 0;
    for await (const { items } of journal.plan(record.id)) named += items.filter((item) => 'key' in item).length;
    record.filesTotal = record.filesDone + failures + named;
    record.bytesTotal = record.bytesDone;
    const note = async (files: FileRecord[]) => {
      record.filesFailed += files.length;
      record.error ??= files[0]?.error;
      await journal.write(files.map((value) => ({ type: 'put', key: journal.fileKey(record.id, failures++), value })));
    };

    if (pending.length > 0) {
      await deleteAll(job, inBatches(pending), note);
      if (job.signal.aborted) return;
      await journal.dropPending(record.id);
    }
    for await (const { chunk, items } of journal.plan(record.id)) {
      await deleteAll(job, batchesOf(job, items), note);
      if (job.signal.aborted) return;
      await journal.finishChunk(chunk, [{ type: 'put', key: `t/${record.id}`, value: record }]);
    }
  },

  undo: async () => undefined,
};

async function* inBatches(keys: string[]): AsyncGenerator<Batch> {
  for (let at = 0; at < keys.length; at += BATCH) yield { keys: keys.slice(at, at + BATCH), bytes: 0 };
}

/** The keys named, then those below the prefixes, a page at a time. */
async function* batchesOf(job: Job, items: PlanItem[]): AsyncGenerator<Batch> {
  yield* inBatches(items.flatMap((item) => ('key' in item ? [item.key] : [])));
  for (const item of items) {
    if (!('prefix' in item)) continue;
    for await (const page of listKeys(job, item.prefix)) {
      const bytes = page.reduce((sum, object) => sum + object.size, 0);
      job.record.filesTotal += page.length;
      job.record.bytesTotal += bytes;
      if (page.length > 0) yield { keys: page.map((object) => object.key), bytes };
    }
  }
}

/** Several batches at a time; the next is listed while they are deleted. */
async function deleteAll(job: Job, batches: AsyncIterable<Batch>, note: (failed: FileRecord[]) => Promise<void>): Promise<void> {
  const working = new Set<Promise<void>>();
  let failure: unknown;
  for await (const batch of batches) {
    if (failure || job.signal.aborted) break;
    const work: Promise<void> = deleteBatch(job, batch)
      .then(note)
      .catch((error: unknown) => void (failure ??= error))
      .finally(() => working.delete(work));
    working.add(work);
    if (working.size >= AT_A_TIME) await Promise.race(working);
  }
  await Promise.all(working);
  if (failure && !job.signal.aborted) throw failure;
}

/** The keys S3 refused, each with why. */
async function deleteBatch(job: Job, { keys, bytes }: Batch): Promise<FileRecord[]> {
  const { record } = job;
  const first = keys[0]!;
  job.aws.assertWritable(record.connectionId, `delete ${s3Uri(record.bucket, keys.length === 1 ? first : `${first} and ${keys.length - 1} more`)}`);
  const { Errors: refused = [], Deleted: deleted = [] } = await request(job, { action: 's3:DeleteObject', key: first, stall: job.tuning.patientStall }, async ({ s3, signal }) => {
    const command = new DeleteObjectsCommand({ Bucket: record.bucket, Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: record.leavesMarkers === false } });
    const answer = await s3.send(command, { abortSignal: signal });
    // Deleting again what is gone does no harm: busy keys are sent again with their batch.
    const busy = answer.Errors?.find((error) => error.Code === 'SlowDown' || error.Code === 'InternalError');
    if (busy) throw new AppError('Throttled', `${s3Uri(record.bucket, busy.Key)} was not deleted: ${busy.Message ?? busy.Code}.`, { retryable: true, awsCode: busy.Code });
    return answer;
  });
  await noteMarkers(job, deleted);
  record.filesDone += keys.length - refused.length;
  job.moved(bytes);
  job.filesEnded(keys.length);
  return refused.map(({ Key: key = first, Code, Message }) => ({ state: 'failed', key, size: 0, error: refusal(s3Uri(record.bucket, key), Code, Message).toData() }));
}

/** A null marker took the place of what was there: removing it brings nothing back. */
async function noteMarkers({ record, journal }: Job, deleted: DeletedObject[]): Promise<void> {
  if (deleted.length > 0) record.leavesMarkers ??= deleted.some(({ DeleteMarker }) => DeleteMarker);
  const markers = deleted.flatMap(({ Key: key = '', DeleteMarker, DeleteMarkerVersionId: versionId = 'null' }) => (DeleteMarker && versionId !== 'null' ? [{ key, versionId }] : []));
  if (markers.length === 0) return;
  await journal.putMarkers(record.id, markers);
  record.undoable = (record.undoable ?? 0) + markers.length;
}

const refusal = (resource: string, code = 'unknown', message = 'no reason given') =>
  new AppError(code === 'AccessDenied' ? 'AccessDenied' : 'Internal', `${resource} was not deleted: ${message}`, {
    detail: code === 'AccessDenied' ? 'Ask for s3:DeleteObject on it; a bucket policy, an object lock or a legal hold may forbid it.' : undefined,
    action: 's3:DeleteObject',
    resource,
    awsCode: code,
  });
