import { atSource } from '../job.ts';
import { fileTransfer } from '../kind.ts';
import { abortParts } from '../tiering/parts.ts';
import { removeMarker } from './deleted.ts';
import { bringBack } from './replaced.ts';

/**
 * Takes back what a transfer deleted or replaced, each object only while it is still as that transfer left it: one that was
 * written again since stays as it is and is named. Repeats do no harm.
 */
export const undoing = fileTransfer({
  async plan(job, planner) {
    const { undoOf = '', bucket } = job.record;
    for await (const markers of job.journal.markers(undoOf)) {
      for (const { key, versionId } of markers) await planner.add({ state: 'pending', key, size: 0, marker: { bucket, key, versionId } });
    }
    for await (const { file } of job.journal.files(undoOf)) {
      const { key, overwrote, marker } = file;
      if (overwrote) await planner.add({ state: 'pending', key, size: 0, guarded: true, takesBack: overwrote, ...(marker && { marker }) });
    }
  },

  async doFile(job, index, file) {
    // Of a move, the source first: where it cannot come back, its copy stays where it is.
    if (file.marker) await removeMarker(file.takesBack ? atSource(job) : job, file.marker);
    if (file.takesBack) await bringBack(job, index, file, file.takesBack);
    else job.moved(0);
  },

  undoFile: abortParts,
});
