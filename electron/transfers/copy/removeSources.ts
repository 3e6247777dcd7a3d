import { DeleteObjectsCommand } from '@aws-sdk/client-s3';
import PQueue from 'p-queue';
import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import { atSource, type Job } from '../job.ts';
import { isKept } from '../overwrites.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';
import { headOf } from './target.ts';

/** DeleteObjects takes so many: https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html */
export const BATCH = 1000;
const AT_A_TIME = 16;

/** Deletes the sources of a move that still are what was copied, and journals how that went. */
export async function removeSources(job: Job, batch: { index: number; file: FileRecord }[]): Promise<void> {
  const { record, journal } = job;
  const bucket = record.fromBucket!;
  job.aws.assertWritable(record.fromConnectionId ?? record.connectionId, `delete ${batch.length} moved objects from ${s3Uri(bucket)}`);
  const errors = new Map<string, AppError>();
  const ready: string[] = [];
  const markers = new Map<string, string>();
  await new PQueue({ concurrency: AT_A_TIME }).addAll(
    batch.map(({ file }) => async () => {
      const [source, target] = await Promise.all([headOf(atSource(job), file.from!, bucket), headOf(job, file.key)]);
      if (!source) return; // deleted before a crash
      const resource = s3Uri(bucket, file.from!);
      if (target?.ETag !== file.made?.etag) errors.set(file.from!, new AppError('Conflict', `The copy of ${resource} is not there any more.`, { detail: 'The source was kept. Retry to copy it again.', resource }));
      else if (source.ETag !== file.sourceEtag) errors.set(file.from!, new AppError('Conflict', `${resource} was changed after it was copied.`, { detail: 'The source was kept; its copy is the older one.', resource }));
      else if (mayBeOne(job, file) && source.LastModified?.getTime() === target?.LastModified?.getTime()) errors.set(file.from!, new AppError('Conflict', `${resource} and its copy may be one object: they have the same name and time.`, { detail: 'Both connections may lead to one server. Nothing was deleted.', resource }));
      else ready.push(file.from!);
    }),
  );
  if (ready.length > 0) {
    // Where something was replaced, an undo gives the source back too.
    const { Errors = [], Deleted = [] } = await deleteKeys(atSource(job), bucket, ready, !batch.some(({ file }) => file.overwrote));
    for (const { Key = '', DeleteMarker, DeleteMarkerVersionId } of Deleted) if (DeleteMarker && isKept(DeleteMarkerVersionId)) markers.set(Key, DeleteMarkerVersionId);
    for (const { Key = '', Code, Message } of Errors) {
      const resource = s3Uri(bucket, Key);
      errors.set(Key, new AppError(Code === 'AccessDenied' ? 'AccessDenied' : 'Internal', `${resource} was copied but not deleted: ${Message ?? Code}`, { action: 's3:DeleteObject', resource, awsCode: Code }));
    }
  }
  await journal.write(
    batch.map(({ index, file }) => {
      const error = errors.get(file.from!)?.toData();
      if (error) {
        record.filesDone -= 1;
        record.filesFailed += 1;
        record.error ??= error;
      }
      return { type: 'put' as const, key: journal.fileKey(record.id, index), value: error ? { ...file, state: 'failed', error } : { ...file, removed: true, ...(file.overwrote && markers.has(file.from!) && { marker: { bucket, key: file.from!, versionId: markers.get(file.from!)! } }) } };
    }),
  );
  job.changed();
}

/** Two connections may lead to one server under two addresses: there a move onto itself would delete the only object. */
const mayBeOne = ({ record }: Job, { from, key }: FileRecord): boolean => record.fromConnectionId !== undefined && record.fromBucket === record.bucket && from === key;

/** What became of single keys. Deleting again what is gone does no harm: a busy server is asked again for all. */
const deleteKeys = (job: Job, bucket: string, keys: string[], quiet: boolean) =>
  request(job, { action: 's3:DeleteObject', key: keys[0]!, bucket, stall: job.tuning.patientStall }, async ({ s3, signal }) => {
    const command = new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: keys.map((Key) => ({ Key })), Quiet: quiet } });
    const answer = await s3.send(command, { abortSignal: signal });
    const busy = answer.Errors?.find(({ Code }) => Code === 'SlowDown' || Code === 'InternalError');
    if (busy) throw new AppError('Throttled', `${s3Uri(bucket, busy.Key)} was not deleted: ${busy.Message ?? busy.Code}.`, { retryable: true, awsCode: busy.Code });
    return answer;
  });
