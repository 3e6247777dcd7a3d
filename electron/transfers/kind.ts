import { FilePlanner, recount, workThroughFiles } from './files.ts';
import type { Job } from './job.ts';
import type { FileRecord } from './records.ts';

/** What the queue does with a transfer, whatever its kind. Each step may be repeated after a crash. */
export interface TransferKind {
  /** Journals everything the transfer is about. Starts from nothing. */
  plan(job: Job): Promise<void>;
  /** Planned and answered, and nothing moved yet: throws what stands in the way of the whole. */
  ready?(job: Job): Promise<void>;
  /** Does what is left of it. Failures of single files are journalled; what is thrown stopped the whole. */
  work(job: Job): Promise<void>;
  /** After a cancel: takes back what unfinished files left behind. */
  undo(job: Job): Promise<void>;
}

/** A kind of transfer whose work is files, one by one. */
export interface FileSteps {
  plan(job: Job, planner: FilePlanner): Promise<void>;
  /** Moves one file, from wherever an earlier try (`again`: there may have been one that left no note) got. */
  doFile(job: Job, index: number, file: FileRecord, again: boolean): Promise<void>;
  /** Takes back parts in S3 or temporary files. */
  undoFile(job: Job, index: number, file: FileRecord): Promise<void>;
}

/** The job as one of its files sees it: the bytes it moves are counted for the file too. */
export function ofFile(job: Job, index: number): Job {
  return {
    ...job,
    moved(bytes) {
      job.active.set(index, (job.active.get(index) ?? 0) + bytes);
      job.moved(bytes);
    },
  };
}

export function fileTransfer(steps: FileSteps): TransferKind {
  return {
    async plan(job) {
      const planner = new FilePlanner(job);
      await steps.plan(job, planner);
      await planner.flush();
    },
    async work(job) {
      await recount(job);
      await workThroughFiles(job, (index, file, again) => steps.doFile(ofFile(job, index), index, file, again));
      if (!job.record.filesSkipped) return;
      for await (const { index, file } of job.journal.files(job.record.id)) if (file.state === 'skipped' && file.met) await steps.undoFile(job, index, file);
    },
    async undo(job) {
      for await (const { index, file } of job.journal.files(job.record.id)) {
        if (file.state !== 'done') await steps.undoFile(job, index, file);
      }
    },
  };
}
