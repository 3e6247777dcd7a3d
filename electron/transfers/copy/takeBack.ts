import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import PQueue from 'p-queue';
import type { Job } from '../job.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';
import { isSince, undoCopy } from './object.ts';
import { headOf } from './target.ts';

const AT_A_TIME = 16;

/**
 * Deletes the copies a transfer made, and nothing else: an object that is not exactly what was made stays. What a copy
 * replaced comes back where versions are kept; elsewhere the copy stays, as the object under it is gone.
 */
export async function takeBackAll(job: Job): Promise<void> {
  job.aws.assertWritable(job.record.connectionId, `take back the copies in ${job.record.target}`);
  const queue = new PQueue({ concurrency: AT_A_TIME });
  let failure: unknown;
  for await (const { index, file } of job.journal.files(job.record.id)) {
    await queue.onSizeLessThan(AT_A_TIME);
    void queue.add(() => takeBack(job, index, file)).catch((error: unknown) => void (failure ??= error));
  }
  await queue.onIdle();
  if (failure) throw failure;
}

async function takeBack(job: Job, index: number, file: FileRecord): Promise<void> {
  await undoCopy(job, index, file);
  if (!file.copyBegan) return;
  const there = await headOf(job, file.key);
  // A copy whose answer was lost in a crash is ours where nothing was planned to be there and it is the source's twin.
  const lost = !file.made && !file.conflict && there?.ETag === file.sourceEtag && isSince(there!, file.copyBegan);
  const made = lost ? { etag: there!.ETag!, versionId: there!.VersionId } : file.made;
  const versionId = made?.versionId === 'null' ? undefined : made?.versionId;
  if (made && there?.ETag === made.etag && (!file.conflict || versionId !== undefined)) {
    await request(job, { action: versionId ? 's3:DeleteObjectVersion' : 's3:DeleteObject', key: file.key }, ({ s3, signal }) =>
      s3.send(new DeleteObjectCommand({ Bucket: job.record.bucket, Key: file.key, VersionId: versionId }), { abortSignal: signal }),
    );
  }
  const { made: _, copyBegan: __, error: ___, overwrote: ____, ...rest } = file;
  await job.journal.putFile(job.record.id, index, { ...rest, state: file.state === 'skipped' ? 'skipped' : 'pending' });
}
