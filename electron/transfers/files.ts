import { AppError } from '../../shared/errors.ts';
import { PageGone } from './browser/pageGone.ts';
import { planned, TargetTaken, waits } from './conflicts.ts';
import type { Job } from './job.ts';
import type { Journal } from './journal.ts';
import type { FileRecord, TransferRecord } from './records.ts';

/**
 * What a kind of transfer does with one of its files. Counts bytes by `job.moved`. `again`: an earlier start may have begun
 * it, and ended before it could be told how that went.
 */
export type DoFile = (index: number, file: FileRecord, again: boolean) => Promise<void>;

/** Failures after which no other file can fare better: the transfer stops at once. */
const STOPS = new Set(['Cancelled', 'CredentialsExpired', 'CredentialsMissing', 'ReadOnlyConnection', 'DiskFull', 'WrongRegion']);
/** So many files in a row refused for the same reason: the rest would be too. */
const HOPELESS = 10;
/** Files tried at the same time until one has succeeded. */
const FIRST_FILES = 12;
/** Finished files whose record is not on disk yet, at most. */
const WRITES_AHEAD = 64;
/** The journal says that a file may have been begun for so many files at a time. */
const BEGUN_AHEAD = 256;
const REFUSALS = new Set(['AccessDenied', 'NotFound', 'Network', 'Timeout']);

/**
 * Works through the pending files of a transfer, several at a time, and journals how each ended. A file that fails does
 * not stop the others, except where none can succeed; then that error is thrown. `isMeant` leaves the others pending.
 */
export async function workThroughFiles(job: Job, doFile: DoFile, isMeant: (file: FileRecord) => boolean = () => true): Promise<void> {
  const { record, journal } = job;
  const files = journal.files(record.id);
  let refusals = 0;
  let stop: unknown;
  let allIn = () => {};
  const begunBefore = record.begunTo ?? 0;
  let begun = Promise.resolve();
  const begin = (index: number): Promise<void> => {
    if (index < (record.begunTo ?? 0)) return begun;
    record.begunTo = index + BEGUN_AHEAD;
    return (begun = journal.saveTransfer(record));
  };
  // Files that are done wait for the disk together, while the next ones are moved.
  const written = new Set<Promise<void>>();
  const finish = (index: number, file: FileRecord) => {
    const write: Promise<void> = journal
      .finishFile(record.id, index, file)
      .catch((error: unknown) => void (stop ??= error))
      .finally(() => written.delete(write));
    written.add(write);
  };

  const worker = async (): Promise<void> => {
    for (;;) {
      if (stop || job.signal.aborted) return;
      const next = await files.next();
      if (next.done) return;
      const { index, file } = next.value;
      if (file.state !== 'pending' || waits(file) || !isMeant(file)) continue;
      job.active.set(index, 0);
      try {
        await begin(index);
        if (!(await doOrMeet(job, doFile, index, file, index < begunBefore))) continue;
        file.state = 'done';
        record.filesDone += 1;
        refusals = 0;
        allIn();
        finish(index, file);
        if (written.size > WRITES_AHEAD) await Promise.race(written);
      } catch (thrown) {
        const error = thrown instanceof AppError ? thrown : new AppError('Internal', `${file.key}: ${(thrown as Error).message}`, { cause: thrown });
        if (job.signal.aborted || STOPS.has(error.code) || error instanceof PageGone) {
          stop ??= error;
          return;
        }
        file.state = 'failed';
        file.error = error.toData();
        record.filesFailed += 1;
        record.error ??= file.error;
        await journal.putFile(record.id, index, file);
        refusals = REFUSALS.has(error.code) ? refusals + 1 : 0;
        if (refusals >= HOPELESS && record.filesDone === 0) stop ??= error;
      } finally {
        job.active.delete(index);
      }
      job.filesEnded(1);
      job.changed();
    }
  };
  // As long as none has succeeded only a few are tried: the refusal of one is mostly that of all.
  const workers: Promise<void>[] = [];
  const employ = (count: number) => {
    while (workers.length < count) workers.push(worker().catch((error: unknown) => void (stop ??= error)));
  };
  allIn = () => employ(job.tuning.files);
  employ(Math.min(FIRST_FILES, job.tuning.files));
  for (let at = 0; at < workers.length; at += 1) await workers[at];
  await Promise.all(written);
  if (stop) throw stop;
}

/** So often a target that was taken meanwhile is decided anew by the policy before the file fails. */
const MEETINGS = 5;

/**
 * Does the file. Where its target was taken since it was planned, the policy (of a guarded file: nobody) decides again; with "ask" the file waits for
 * an answer, as those that were in the plan. False: it was left out, or waits.
 */
async function doOrMeet(job: Job, doFile: DoFile, index: number, file: FileRecord, again: boolean): Promise<boolean> {
  for (let meeting = 1; ; meeting += 1) {
    try {
      await doFile(index, file, again);
      return true;
    } catch (error) {
      if (!(error instanceof TargetTaken) || file.guarded || meeting > MEETINGS) throw error;
      const { record, journal } = job;
      delete file.choice;
      file.met = true;
      file.conflict = error.there && { ...error.there, ours: file.conflict?.ours ?? error.there.ours };
      Object.assign(file, planned(job, file));
      if (file.state === 'skipped') {
        record.filesTotal -= 1;
        record.bytesTotal -= file.size;
      }
      await journal.putFile(record.id, index, file);
      if (file.state === 'skipped' || waits(file)) return false;
    }
  }
}

/** A copy that replaced an object of which no version stays. */
export const isForGood = ({ made, conflict, overwrote }: FileRecord): boolean => made !== undefined && conflict !== undefined && overwrote === undefined && (made.versionId ?? 'null') === 'null';

/** Sums the journal up: what is there, done, failed, left out and undecided, in files and bytes. */
export async function recount({ record, journal }: Pick<Job, 'record' | 'journal'>): Promise<void> {
  Object.assign(record, { filesTotal: 0, filesDone: 0, filesFailed: 0, filesSkipped: 0, conflicts: 0, bytesTotal: 0, bytesDone: 0 });
  let forGood = 0;
  let replaced = 0;
  for await (const { file } of journal.files(record.id)) {
    if (file.state === 'done' && isForGood(file)) forGood += 1;
    if (file.overwrote) replaced += 1;
    if (file.state === 'skipped') {
      if (file.choice === 'skip') record.filesSkipped! += 1;
      continue;
    }
    if (waits(file)) record.conflicts! += 1;
    record.filesTotal += 1;
    record.bytesTotal += file.size;
    if (file.state === 'done') {
      record.filesDone += 1;
      record.bytesDone += file.size;
    }
    if (file.state === 'failed') {
      record.filesFailed += 1;
      record.error ??= file.error;
    }
  }
  Object.assign(record, { overwrittenForGood: forGood || undefined, replaced: replaced || undefined });
}

/** Failed files wait again. */
export async function retryFailed(journal: Journal, record: TransferRecord): Promise<void> {
  for await (const { index, file } of journal.files(record.id)) {
    // An object that got no local name (its key leads out of the folder) has none now either.
    if (file.state !== 'failed' || (record.kind === 'download' && file.relativePath === undefined)) continue;
    const { error: _, ...again } = file;
    await journal.putFile(record.id, index, { ...again, state: 'pending' });
  }
}

/** Journals planned files in batches, chunk of the plan by chunk, so that planning never holds them all. */
export class FilePlanner {
  private operations: { type: 'put'; key: string; value: unknown }[] = [];
  private nextIndex = 0;

  constructor(private readonly job: Job) {}

  async add(file: FileRecord): Promise<void> {
    const { record, journal } = this.job;
    this.operations.push({ type: 'put', key: journal.fileKey(record.id, this.nextIndex), value: file });
    this.nextIndex += 1;
    if (file.state !== 'skipped') {
      record.filesTotal += 1;
      record.bytesTotal += file.size;
    }
    if (file.state === 'failed') {
      record.filesFailed += 1;
      record.error ??= file.error;
    }
    this.job.changed();
    if (this.operations.length >= 1000) await this.flush();
  }

  async flush(): Promise<void> {
    const operations = this.operations;
    this.operations = [];
    if (operations.length > 0) await this.job.journal.write(operations);
  }
}
