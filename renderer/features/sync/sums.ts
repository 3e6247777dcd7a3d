import type { SyncPlan, SyncSum } from '../../../shared/contract/sync.ts';
import { deletesMuch } from '../../../shared/sync/limits.ts';

export const leftOf = ({ files, bytes, excludedFiles, excludedBytes }: SyncSum): { files: number; bytes: number } => ({ files: files - excludedFiles, bytes: bytes - excludedBytes });

/** What a start would do: files and bytes that move, and files that are deleted. */
export function workOf({ sums }: SyncPlan, deleteGone: boolean): { files: number; bytes: number; deletes: number } {
  const [fresh, changed] = [leftOf(sums.new), leftOf(sums.changed)];
  return { files: fresh.files + changed.files, bytes: fresh.bytes + changed.bytes, deletes: deleteGone ? leftOf(sums.gone).files : 0 };
}

export const needsNumber = (plan: SyncPlan): boolean => deletesMuch(leftOf(plan.sums.gone).files, plan.targetFiles);
