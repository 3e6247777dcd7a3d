import { fileTransfer, type TransferKind } from '../kind.ts';
import type { FileRecord } from '../records.ts';
import { copyObject, undoCopy } from './object.ts';
import { planCopy } from './plan.ts';
import { BATCH, removeSources } from './removeSources.ts';
import { takeBackAll } from './takeBack.ts';

const copies = fileTransfer({ plan: planCopy, doFile: copyObject, undoFile: undoCopy });

/** Objects and prefixes to other keys inside S3, or to another connection. Until the sources of a move are deleted, it can be taken back. */
export const copy: TransferKind = { ...copies, undo: (job) => (job.record.rollingBack ? takeBackAll(job) : copies.undo(job)) };

/**
 * A copy, and once every copy is verified, the deletes. A source that was changed after it was copied is kept, and said.
 */
export const move: TransferKind = {
  ...copy,
  async work(job) {
    const { record, journal } = job;
    await copies.work(job);
    // One that failed, or waits for an answer, keeps all sources where they are.
    if (job.signal.aborted || record.filesFailed > 0 || record.conflicts) return;
    record.phase = 'deleting';
    await journal.saveTransfer(record);
    job.changed();
    const batch: { index: number; file: FileRecord }[] = [];
    for await (const entry of journal.files(record.id)) {
      if (job.signal.aborted) return;
      if (entry.file.state === 'done' && !entry.file.removed) batch.push(entry);
      if (batch.length >= BATCH) await removeSources(job, batch.splice(0));
    }
    if (batch.length > 0) await removeSources(job, batch);
  },
};
