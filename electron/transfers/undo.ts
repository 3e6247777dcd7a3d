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
      const found = await newestVersions(job, key);
      if (found && !found.markers.includes(versionId!)) return; // removed already: an earlier try did not hear of it
      if (found?.written) {
        throw new AppError('Conflict', `${resource} was written again after it was deleted.`, { detail: 'It was left as it is. Its versions show what there is.', resource });
      }
      await request(job, { action: 's3:DeleteObjectVersion', key }, ({ s3, signal }) => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }), { abortSignal: signal }));
      job.moved(0);
    }),

  undoFile: async () => undefined,
});

/** A marker that was just left is among the newest of its key. */
const NEWEST = 100;

interface Newest {
  /** Ids of the delete markers. */
  markers: string[];
  /** The key shows an object again: it was written after the delete. */
  written: boolean;
}

/** What the key has at its top; undefined where versions may not be listed. */
async function newestVersions(job: Job, key: string): Promise<Newest | undefined> {
  const command = new ListObjectVersionsCommand({ Bucket: job.record.bucket, Prefix: key, MaxKeys: NEWEST, EncodingType: 'url' });
  const ask = request(job, { action: 's3:ListBucketVersions', key }, ({ s3, signal }) => s3.send(command, { abortSignal: signal }));
  const answer = await ask.catch((error: unknown) => {
    // Removing a marker that is covered does no harm.
    if (error instanceof AppError && error.code === 'AccessDenied') return undefined;
    throw error;
  });
  // Keys that begin with this one come after it.
  const isThis = (one: { Key?: string }) => decodeKey(one.Key ?? '') === key;
  return (
    answer && {
      markers: (answer.DeleteMarkers ?? []).filter(isThis).map(({ VersionId = '' }) => VersionId),
      written: (answer.Versions ?? []).some((version) => isThis(version) && version.IsLatest),
    }
  );
}
