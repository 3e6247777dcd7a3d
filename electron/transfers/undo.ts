import { DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../shared/errors.ts';
import { decodeKey, s3Uri } from '../services/s3/keys.ts';
import type { Job } from './job.ts';
import { fileTransfer } from './kind.ts';
import { request } from './requests.ts';

/**
 * Takes a delete back: removes the very delete markers it left, each only while it is still what the key shows. An object
 * that was written again since stays as it is and is named. Repeats do no harm: a marker that is gone is done.
 */
export const undoing = fileTransfer({
  async plan(job, planner) {
    for await (const markers of job.journal.markers(job.record.undoOf!)) {
      for (const { key, versionId } of markers) await planner.add({ state: 'pending', key, size: 0, versionId });
    }
  },

  doFile: (job, _index, { key, versionId }) =>
    job.alone(key, async () => {
      const { bucket, connectionId } = job.record;
      const resource = s3Uri(bucket, key);
      job.aws.assertWritable(connectionId, `remove the delete marker of ${resource}`);
      const current = await currentVersion(job, key);
      if (current !== undefined && current !== versionId) {
        throw new AppError('Conflict', `${resource} was written again after it was deleted.`, { detail: 'It was left as it is. Its versions show what there is.', resource });
      }
      await request(job, { action: 's3:DeleteObjectVersion', key }, ({ s3, signal }) => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }), { abortSignal: signal }));
      job.moved(0);
    }),

  undoFile: async () => undefined,
});

/** The id of what the key shows now; undefined where it has no versions, or they may not be listed. */
async function currentVersion(job: Job, key: string): Promise<string | undefined> {
  const command = new ListObjectVersionsCommand({ Bucket: job.record.bucket, Prefix: key, MaxKeys: 1, EncodingType: 'url' });
  const ask = request(job, { action: 's3:ListBucketVersions', key }, ({ s3, signal }) => s3.send(command, { abortSignal: signal }));
  const answer = await ask.catch((error: unknown) => {
    // Removing a marker that is covered does no harm.
    if (error instanceof AppError && error.code === 'AccessDenied') return undefined;
    throw error;
  });
  // The key itself sorts before all others that begin with it.
  return [...(answer?.Versions ?? []), ...(answer?.DeleteMarkers ?? [])].find((one) => decodeKey(one.Key ?? '') === key && one.IsLatest)?.VersionId;
}
