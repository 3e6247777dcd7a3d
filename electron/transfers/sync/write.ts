import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import { sourceChanged, targetChanged } from '../copy/errors.ts';
import { headOf } from '../copy/target.ts';
import { checksumOf } from '../download/checksum.ts';
import { downloadObject } from '../download/object.ts';
import type { Job } from '../job.ts';
import { localError } from '../localError.ts';
import { assertAsPlanned, isAsSeen, localState } from '../localState.ts';
import { noteOverwrite, staysWhenReplaced, type Written } from '../overwrites.ts';
import type { FileRecord } from '../records.ts';
import type { Condition } from '../tiering/parts.ts';
import { abandon } from '../upload/multipart.ts';
import { isFolder, NOTHING, send, sendPlanned, sourceOf } from '../upload/upload.ts';
import { checksumAt, md5OfFile, mtimeText } from './compare.ts';

/**
 * A file to its key, with its time as metadata: only the file the plan saw, only over what the plan saw at the key.
 *
 * Conflict where either is another by now.
 */
export async function uploadAsPlanned(job: Job, index: number, file: FileRecord): Promise<void> {
  const at = file.path!;
  const { bucket, connectionId } = job.record;
  job.aws.assertWritable(connectionId, `upload ${s3Uri(bucket, file.key)}`);
  if (isFolder(file)) return makeMarker(job, index, file);
  await assertAsPlanned(at, { size: file.size, mtimeMs: file.mtimeMs! });
  const { mtimeNs } = await lstat(at, { bigint: true }).catch((error: unknown) => {
    throw localError(error, at, 'read');
  });
  const condition: Condition = file.conflict ? { IfMatch: file.conflict.etag } : { IfNoneMatch: '*' };
  const source = await sourceOf(file);
  const sendWith = (asked: Condition) => send(job, index, file, source, { condition: asked, headers: { 'x-amz-meta-mtime': mtimeText(mtimeNs) } });
  try {
    const stays = file.conflict !== undefined && (await staysWhenReplaced(job, file.key));
    const written = await sendWith(condition).catch(async (error: unknown): Promise<Written> => {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'NotImplemented') {
        // Stores that know no condition on a write are asked what is there just before.
        if ((await headOf(job, file.key))?.ETag !== file.conflict?.etag) throw targetChanged({ bucket, key: file.key });
        return sendWith({});
      }
      if (!isRefused(error)) throw error;
      const ours = await publishedBefore(job, file); // its answer was lost
      if (ours) {
        job.moved(file.size);
        return ours;
      }
      await abandon(job, index, file);
      throw targetChanged({ bucket, key: file.key });
    });
    await noteOverwrite(job, file, stays, written);
  } finally {
    await source.close();
  }
}

/** The empty object that stands for an empty folder, where nothing is. */
async function makeMarker(job: Job, index: number, file: FileRecord): Promise<void> {
  const at = file.path!;
  if ((await localState(at)) !== 'other') throw new AppError('Conflict', `${at} is no folder any more.`, { detail: 'Plan again to sync what is there now.', resource: at });
  await sendPlanned(job, index, file, NOTHING);
}

/** If-Match where the object is gone answers 404. */
const isRefused = ({ awsCode = '' }: AppError): boolean => ['PreconditionFailed', 'ConditionalRequestConflict', 'NoSuchKey'].includes(awsCode);

/** The object at the key, where it has the bytes of the file. */
async function publishedBefore(job: Job, { key, path: at, size }: FileRecord): Promise<Written | undefined> {
  const head = await headOf(job, key);
  if (!head || (head.ContentLength ?? 0) !== size) return undefined;
  const checksum = checksumOf(head);
  const isIt = checksum && !checksum.composite ? (await checksumAt(at!, checksum, size)) === checksum.value : head.ETag?.replaceAll('"', '') === (await md5OfFile(at!));
  return isIt ? { versionId: head.VersionId } : undefined;
}

/**
 * An object to its file, which gets the object's time: only the object the plan saw, only over the file the plan saw.
 *
 * Conflict where either is another by now.
 */
export async function downloadAsPlanned(job: Job, index: number, file: FileRecord): Promise<void> {
  if (file.relativePath!.endsWith('/')) return downloadObject(job, index, file); // a folder that is missing is made
  const target = path.join(job.record.folder!, ...file.relativePath!.split('/'));
  const now = await localState(target);
  // The crash came after it was put in place.
  if (!isAsSeen(now, file.there) && isAsSeen(now, { size: file.size, mtimeMs: file.setMtimeMs! })) return job.moved(file.size);
  await assertAsPlanned(target, file.there);
  await downloadObject(job, index, file).catch((error: unknown) => {
    const gone = error instanceof AppError && error.code === 'NotFound' && error.resource === s3Uri(job.record.bucket, file.key);
    const replaced = error instanceof AppError && (error.awsCode === 'PreconditionFailed' || error.awsCode === 'InvalidRange');
    throw gone || replaced ? sourceChanged({ bucket: job.record.bucket, key: file.key }, !gone) : error;
  });
}
