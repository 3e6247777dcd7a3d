import { unlink } from 'node:fs/promises';
import path from 'node:path';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import { targetChanged } from '../copy/errors.ts';
import { headOf } from '../copy/target.ts';
import { ensureFolder } from '../download/folder.ts';
import { atSource, type Job } from '../job.ts';
import { localError } from '../localError.ts';
import { assertAsPlanned, localState } from '../localState.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';

const isBack = (what: string) =>
  new AppError('Conflict', `${what} is at the source again since the plan was made.`, { detail: 'Its counterpart was not deleted. Plan again to sync it.', resource: what });

/**
 * Deletes an object whose source is gone: only the object the plan saw, and only while the source still is. In a bucket
 * that keeps versions the delete marker is journalled: undo removes it.
 */
export async function deleteObject(job: Job, _index: number, file: FileRecord): Promise<void> {
  const { record, journal } = job;
  const { bucket, connectionId, fromBucket } = record;
  const { key, conflict, path: at, from } = file;
  job.aws.assertWritable(connectionId, `delete ${s3Uri(bucket, key)}`);
  if (at !== undefined && (await localState(at)) !== undefined) throw isBack(at);
  if (from !== undefined && (await headOf(atSource(job), from, fromBucket)) !== undefined) throw isBack(s3Uri(fromBucket!, from));
  await job.alone(key, async () => {
    const there = await headOf(job, key);
    if (!there) return job.moved(0); // deleted already: an earlier try did not hear of it
    if (there.ETag !== conflict!.etag) throw targetChanged({ bucket, key });
    const { DeleteMarker, VersionId = 'null' } = await request(job, { action: 's3:DeleteObject', key }, ({ s3, signal }) => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }), { abortSignal: signal }));
    if (DeleteMarker && VersionId !== 'null') {
      await journal.putMarkers(record.id, [{ key, versionId: VersionId }]);
      record.undoable = (record.undoable ?? 0) + 1;
    }
    job.moved(0);
  });
}

/** Deletes a file of this machine whose object is gone: only the file the plan saw, no link on the way followed. */
export async function deleteFile(job: Job, _index: number, { relativePath, there, key }: FileRecord): Promise<void> {
  const { folder, bucket } = job.record;
  const segments = relativePath!.split('/');
  const at = path.join(folder!, ...segments);
  if ((await localState(at)) === undefined) return;
  if ((await headOf(job, key)) !== undefined) throw isBack(s3Uri(bucket, key));
  const parent = await ensureFolder(folder!, segments.slice(0, -1));
  await assertAsPlanned(at, there);
  await unlink(path.join(parent, segments.at(-1)!)).catch((error: unknown) => {
    throw localError(error, at, 'write');
  });
}
