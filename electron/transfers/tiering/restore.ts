import { RestoreObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Store } from '../../storage/store.ts';
import { fileTransfer, type TransferKind } from '../kind.ts';
import { request } from '../requests.ts';
import { plannedObjects } from './jobReader.ts';
import { restoreKey, restoresOf } from './restores.ts';

/**
 * Asks S3 to restore archived objects; that S3 then works for hours is not this transfer's. Each request is noted before
 * it is sent, for the list of restores. What is being restored already is left alone.
 */
export function restoration(store: Store): TransferKind {
  const restores = restoresOf(store);
  return fileTransfer({
    async plan(job, planner) {
      // A restored copy is kept longer only where it was named itself.
      for await (const { objects } of plannedObjects(job)) {
        for (const { key, archive, storageClass } of objects) {
          const wanted = archive === 'archived' || (job.record.named && (archive === 'restored' || storageClass === 'INTELLIGENT_TIERING'));
          if (wanted) await planner.add({ state: 'pending', key, size: 0, ...(storageClass === 'INTELLIGENT_TIERING' && { untimed: true }) });
        }
      }
    },

    async doFile(job, _index, file) {
      const { bucket, connectionId } = job.record;
      const { days, tier } = job.record.restore!;
      const resource = s3Uri(bucket, file.key);
      job.aws.assertWritable(connectionId, `restore ${resource}`);
      await restores.put(restoreKey(connectionId, bucket, file.key), { bucket, key: file.key, tier, days, requestedAt: new Date().toISOString() });
      try {
        await request(job, { action: 's3:RestoreObject', key: file.key }, ({ s3, signal }) =>
          s3.send(
            new RestoreObjectCommand({ Bucket: bucket, Key: file.key, RestoreRequest: { Days: file.untimed ? undefined : days, GlacierJobParameters: { Tier: tier } } }),
            { abortSignal: signal },
          ),
        );
      } catch (error) {
        if (error instanceof AppError && error.awsCode === 'RestoreAlreadyInProgress') return;
        await restores.delete(restoreKey(connectionId, bucket, file.key));
        throw error;
      }
    },

    undoFile: async () => undefined,
  });
}
