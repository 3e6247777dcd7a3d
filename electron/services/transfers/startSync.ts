import type { SyncPlan } from '../../../shared/contract/sync.ts';
import { AppError } from '../../../shared/errors.ts';
import { deletesMuch } from '../../../shared/sync/limits.ts';
import type { AwsConnections } from '../../aws/types.ts';
import type { TransferRecord } from '../../transfers/records.ts';
import { bucketOf, directionOf, nameOf } from '../../transfers/sync/places.ts';
import type { PlanRecord } from '../../transfers/sync/types.ts';

const left = ({ files, excludedFiles }: SyncPlan['sums']['new']) => files - excludedFiles;

export interface StartSync {
  planId: string;
  deleteGone: boolean;
  confirmDeletes?: number | undefined;
}

/** The record of the transfer that carries a plan out. What it throws is what the contract says. */
export function syncRecord(aws: AwsConnections, plan: PlanRecord, { planId, deleteGone, confirmDeletes }: StartSync) {
  const { from, to, sums, targetFiles } = plan;
  const [source, target] = [nameOf(from), nameOf(to)];
  const deletes = deleteGone ? left(sums.gone) : 0;
  if (to.kind === 'bucket') aws.assertWritable(to.connectionId, `sync ${source} to ${target}`);
  if (left(sums.new) + left(sums.changed) + deletes === 0) throw new AppError('BadInput', `There is nothing to do between ${source} and ${target}.`, { detail: 'Everything is the same, or was left out.' });
  if (deletes > 0 && deletesMuch(deletes, targetFiles) && confirmDeletes !== deletes) {
    throw new AppError('Conflict', `This would delete ${deletes} of the ${targetFiles} files in ${target}.`, { detail: 'Look at the plan. Where that is meant, say the number of files it deletes.', resource: target, awsCode: 'ConfirmDeletes' });
  }
  const side = bucketOf(plan);
  return {
    ...{ connectionId: side.connectionId, kind: 'sync', bucket: side.bucket, prefix: side.prefix, source, target, syncPlan: planId, deleteGone },
    ...(to.kind === 'folder' && { folder: to.path }),
    ...(directionOf(plan) === 'copy' && from.kind === 'bucket' && { fromBucket: from.bucket, ...(from.connectionId !== side.connectionId && { fromConnectionId: from.connectionId }) }),
  } satisfies Partial<TransferRecord>;
}
