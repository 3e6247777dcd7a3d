import { AppError } from '../../shared/errors.ts';
import type { Job } from './job.ts';
import type { TransferKind } from './kind.ts';
import type { TransferRecord } from './records.ts';

interface CleanUp {
  stop: AbortController;
  /** False: something could not be taken back; the record's error names it. */
  done: Promise<boolean>;
  /** Resolves when nobody can be reached: it goes on by itself once somebody can. */
  waiting: Promise<false>;
}

/** Takes back what ended transfers left in S3 or on disk. A crash or an end in the middle leaves `cancelling`, for the next start. */
export class CleanUps {
  private readonly running = new Map<string, CleanUp>();

  constructor(
    private readonly jobOf: (record: TransferRecord, signal: AbortSignal) => Job,
    private readonly kindOf: (record: TransferRecord) => TransferKind,
    private readonly cancelled: (record: TransferRecord) => Promise<void>,
  ) {}

  /** True once all is clean; false where something is left or has to wait for the network. */
  async run(record: TransferRecord): Promise<boolean> {
    let found = this.running.get(record.id);
    if (!found) {
      const stop = new AbortController();
      let waits = () => {};
      const waiting = new Promise<false>((resolve) => (waits = () => resolve(false)));
      const job = this.jobOf(record, stop.signal);
      const done = this.work(record, { ...job, tuning: { ...job.tuning, attempts: 3 }, waits: (why) => (job.waits(why), why && waits()) }).finally(() => this.running.delete(record.id));
      this.running.set(record.id, (found = { stop, done, waiting }));
    }
    return Promise.race([found.done, found.waiting]);
  }

  async close(): Promise<void> {
    for (const { stop } of this.running.values()) stop.abort();
    await Promise.all([...this.running.values()].map(({ done }) => done));
  }

  private async work(record: TransferRecord, job: Job): Promise<boolean> {
    let clean = true;
    const { rollingBack } = record;
    try {
      await this.kindOf(record).undo(job);
      if (rollingBack) Object.assign(record, { rolledBack: true, filesDone: 0, bytesDone: 0, filesFailed: 0, replaced: undefined, error: undefined });
    } catch (error) {
      clean = false;
      if (job.signal.aborted) return clean;
      record.error = error instanceof AppError ? error.toData() : { code: 'Internal', message: `Cleaning up after ${record.source} failed: ${(error as Error).message}`, retryable: false };
    }
    delete record.cancelling;
    delete record.rollingBack;
    await this.cancelled(record);
    return clean;
  }
}
