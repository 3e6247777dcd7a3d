import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import type { Marker } from '../records.ts';
import { request } from '../requests.ts';
import { newestVersions } from './versions.ts';

/** Removes the very delete marker a delete left, only while it is still what the key shows. Conflict where it was written since. */
export function removeMarker(job: Job, { bucket, key, versionId }: Marker): Promise<void> {
  return job.alone(key, async () => {
    const resource = s3Uri(bucket, key);
    job.aws.assertWritable(job.record.connectionId, `remove the delete marker of ${resource}`);
    const found = await newestVersions(job, bucket, key).catch((error: unknown) => {
      // Removing a marker that is covered does no harm.
      if (error instanceof AppError && error.code === 'AccessDenied') return undefined;
      throw error;
    });
    if (found && !found.markers.some((marker) => marker.VersionId === versionId)) return; // removed already: an earlier try did not hear of it
    if (found?.versions.some(({ IsLatest }) => IsLatest)) {
      throw new AppError('Conflict', `${resource} was written again after it was deleted.`, { detail: 'It was left as it is. Its versions show what there is.', resource });
    }
    await request(job, { action: 's3:DeleteObjectVersion', key, bucket }, ({ s3, signal }) => s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId }), { abortSignal: signal }));
  });
}
