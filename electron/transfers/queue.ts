import { setMaxListeners } from 'node:events';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import type { Transfer } from '../../shared/contract/transfers.ts';
import { AppError } from '../../shared/errors.ts';
import type { BackendContext } from '../context.ts';
import { PageGone } from './browser/pageGone.ts';
import { ChangeFeed } from './feed.ts';
import type { Job } from './job.ts';
import { Journal } from './journal.ts';
import { KeyedLock } from './keyedLock.ts';
import type { TransferKind } from './kind.ts';
import { AdaptiveLimiter, Semaphore } from './limiter.ts';
import { ENDED, type PlanItem, type TransferRecord } from './records.ts';
import { cancelled, request } from './requests.ts';
import { SpeedMeter } from './progress.ts';
import { defaultTuning, type Tuning } from './tuning.ts';

export type Kinds = Record<Transfer['kind'], TransferKind>;

interface Active {
  stop: AbortController;
  done: Promise<void>;
}

/**
 * The durable queue: runs a few transfers at a time, journals every change of state before acting on it, and at the next
 * start goes on with everything that had not ended.
 */
export class TransferQueue {
  readonly journal: Journal;
  readonly feed: ChangeFeed;
  readonly tuning: Tuning;
  private readonly records = new Map<string, TransferRecord>();
  private readonly active = new Map<string, Active>();
  private readonly meters = new Map<string, SpeedMeter>();
  private readonly limiters = new Map<string, AdaptiveLimiter>();
  private readonly memory: Semaphore;
  private readonly keys = new KeyedLock();
  private readonly signInPoll: NodeJS.Timeout;
  private closing = false;

  constructor(
    private readonly context: Pick<BackendContext, 'aws' | 'store'>,
    private readonly kinds: Kinds,
    tuning: Partial<Tuning> = {},
  ) {
    this.tuning = { ...defaultTuning, ...tuning };
    this.journal = new Journal(context.store);
    this.memory = new Semaphore(this.tuning.partMemory);
    this.feed = new ChangeFeed((id) => this.show(id), () => this.list(), () => [...this.active.keys()]);
    let asking = false;
    this.signInPoll = setInterval(() => {
      if (asking) return;
      asking = true;
      void this.retryAfterSignIn().finally(() => (asking = false));
    }, this.tuning.signInPoll);
    this.signInPoll.unref();
  }

  /** Reads the journal and goes on with what had not ended. */
  async open(): Promise<void> {
    for (const record of await this.journal.transfers()) {
      this.records.set(record.id, record);
      if (record.cancelling) void this.cleanUp(record);
      else if (record.kind === 'browserUpload' && !ENDED.includes(record.state)) record.state = 'needsFile';
      else if (['queued', 'scanning', 'running'].includes(record.state)) record.state = 'queued';
    }
    this.pump();
  }

  list(): Transfer[] {
    return [...this.records.values()].sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).map((record) => this.show(record.id)!);
  }

  /** The record itself. NotFound by id. */
  get(id: string): TransferRecord {
    const record = this.records.get(id);
    if (!record) throw new AppError('NotFound', `There is no transfer ${id}.`, { detail: 'It was cleared from the list.' });
    return record;
  }

  find(matches: (record: TransferRecord) => boolean): TransferRecord | undefined {
    return [...this.records.values()].find(matches);
  }

  show(id: string): Transfer | undefined {
    const record = this.records.get(id);
    if (!record) return undefined;
    const { connectionId, kind, source, target, state, filesTotal, filesDone, filesFailed, bytesTotal, bytesDone, createdAt, endedAt, error } = record;
    const speed = this.active.has(id) ? (this.meters.get(id)?.speed() ?? 0) : 0;
    return { id, connectionId, kind, source, target, state, filesTotal, filesDone, filesFailed, bytesTotal, bytesDone, speed, createdAt, endedAt, error };
  }

  async add(record: TransferRecord, items: PlanItem[]): Promise<Transfer> {
    await this.journal.create(record, items);
    this.records.set(record.id, record);
    this.feed.changed(record.id);
    this.pump();
    return this.show(record.id)!;
  }

  async pause(id: string): Promise<Transfer> {
    const record = this.get(id);
    if (!['queued', 'scanning', 'running', 'needsFile'].includes(record.state)) return this.show(id)!;
    await this.stop(id);
    if (!ENDED.includes(record.state)) await this.setState(record, 'paused');
    return this.show(id)!;
  }

  async resume(id: string): Promise<Transfer> {
    const record = this.get(id);
    if (record.state !== 'paused' && record.state !== 'needsFile') return this.show(id)!;
    await this.enqueue(record);
    return this.show(id)!;
  }

  /** Tries failed files again; what was done stays done. */
  async retry(id: string): Promise<Transfer> {
    const record = this.get(id);
    if (record.cancelling) throw new AppError('Conflict', `The transfer of ${record.source} is still being cancelled.`, { detail: 'Wait until it is.', retryable: true });
    if (record.state !== 'failed' && record.state !== 'cancelled') return this.show(id)!;
    for await (const { index, file } of this.journal.files(id)) {
      // An object that got no local name (its key leads out of the folder) has none now either.
      if (file.state !== 'failed' || (record.kind === 'download' && file.relativePath === undefined)) continue;
      const { error: _, ...again } = file;
      await this.journal.putFile(id, index, { ...again, state: 'pending' });
    }
    await this.enqueue(record);
    return this.show(id)!;
  }

  async cancel(id: string): Promise<Transfer> {
    const record = this.get(id);
    if (ENDED.includes(record.state)) return this.show(id)!;
    record.cancelling = true;
    await this.journal.saveTransfer(record);
    await this.stop(id);
    if (record.state === 'done') {
      delete record.cancelling;
      await this.journal.saveTransfer(record);
      return this.show(id)!;
    }
    await this.setState(record, 'cancelled');
    await this.cleanUp(record);
    return this.show(id)!;
  }

  /** Forgets ended transfers. What failed ones kept for a retry (parts in S3, temporary files) goes first. */
  async clear(): Promise<void> {
    for (const record of [...this.records.values()]) {
      if (!ENDED.includes(record.state) || record.cancelling || this.active.has(record.id)) continue;
      if (record.state === 'failed') {
        record.cancelling = true; // a crash now finishes the cleaning up at the next start
        await this.journal.saveTransfer(record);
        if (!(await this.cleanUp(record))) continue; // it says what is left; clearing again forgets it
      }
      this.records.delete(record.id);
      this.meters.delete(record.id);
      await this.journal.forget(record.id);
    }
    this.feed.changed();
  }

  /** Stops all work where it is; the next start goes on. */
  async close(): Promise<void> {
    this.closing = true;
    clearInterval(this.signInPoll);
    await Promise.all([...this.active.keys()].map((id) => this.stop(id)));
    this.feed.close();
    await this.journal.idle();
  }

  private async enqueue(record: TransferRecord): Promise<void> {
    delete record.awaitsSignIn;
    record.error = undefined;
    await this.setState(record, 'queued');
    this.pump();
  }

  private async setState(record: TransferRecord, state: TransferRecord['state']): Promise<void> {
    record.state = state;
    record.endedAt = ENDED.includes(state) ? new Date().toISOString() : undefined;
    await this.journal.saveTransfer(record);
    this.feed.changed(record.id);
  }

  private async stop(id: string): Promise<void> {
    const active = this.active.get(id);
    active?.stop.abort();
    await active?.done;
  }

  private pump(): void {
    if (this.closing) return;
    const waiting = [...this.records.values()].filter((r) => r.state === 'queued' && !this.active.has(r.id)).sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
    for (const record of waiting.slice(0, Math.max(0, this.tuning.transfers - this.active.size))) {
      const stop = new AbortController();
      setMaxListeners(0, stop.signal); // one a request under way
      const done = this.run(record, this.job(record, stop.signal)).finally(() => {
        this.active.delete(record.id);
        this.feed.changed(record.id);
        this.pump();
      });
      this.active.set(record.id, { stop, done });
    }
  }

  private async run(record: TransferRecord, job: Job): Promise<void> {
    const kind = this.kinds[record.kind];
    try {
      if (!record.planned) {
        await this.setState(record, 'scanning');
        await this.journal.dropPlanned(record.id);
        Object.assign(record, { filesTotal: 0, filesDone: 0, filesFailed: 0, bytesTotal: 0, bytesDone: 0 });
        await kind.plan(job);
        if (job.signal.aborted) throw cancelled(job);
        record.planned = true;
      }
      await this.setState(record, 'running');
      await kind.work(job);
      if (job.signal.aborted) throw cancelled(job);
      await this.setState(record, record.filesFailed > 0 ? 'failed' : 'done');
    } catch (error) {
      // Paused or cancelled: whoever asked sets the state. Closing: the journal says `running`, as it should.
      if (job.signal.aborted) return void (await this.journal.saveTransfer(record));
      const known = error instanceof AppError ? error : new AppError('Internal', `The transfer of ${record.source} failed: ${(error as Error).message}`, { cause: error });
      record.error = known.toData();
      const signIn = known.code === 'CredentialsExpired' || known.code === 'CredentialsMissing';
      if (signIn) record.awaitsSignIn = true;
      await this.setState(record, signIn ? 'paused' : known instanceof PageGone ? 'needsFile' : 'failed');
    }
  }

  private job(record: TransferRecord, signal: AbortSignal): Job {
    const meter = new SpeedMeter();
    this.meters.set(record.id, meter);
    let limiter = this.limiters.get(record.connectionId);
    if (!limiter) this.limiters.set(record.connectionId, (limiter = new AdaptiveLimiter(this.tuning.requestsAtFirst, this.tuning.requestsAtMost)));
    return {
      record,
      signal,
      limiter,
      aws: this.context.aws,
      journal: this.journal,
      tuning: this.tuning,
      memory: this.memory,
      moved: (bytes) => {
        record.bytesDone += bytes;
        meter.add(bytes);
        this.feed.changed(record.id);
      },
      changed: () => this.feed.changed(record.id),
      alone: (key, work) => this.keys.run(`${record.connectionId}/${record.bucket}/${key}`, work),
    };
  }

  /** Takes back what an ended transfer left in S3 or on disk. False: something could not be reached; its error names it. */
  private async cleanUp(record: TransferRecord): Promise<boolean> {
    let clean = true;
    try {
      const job = { ...this.job(record, new AbortController().signal), tuning: { ...this.tuning, attempts: 3 } };
      await this.kinds[record.kind].undo(job);
    } catch (error) {
      clean = false;
      record.error = error instanceof AppError ? error.toData() : { code: 'Internal', message: `Cleaning up after ${record.source} failed: ${(error as Error).message}`, retryable: false };
    }
    delete record.cancelling;
    await this.setState(record, 'cancelled');
    return clean;
  }

  /** Asks S3 something small with the credentials as they are now; goes on where they work again. */
  private async retryAfterSignIn(): Promise<void> {
    for (const record of [...this.records.values()].filter((r) => r.awaitsSignIn && r.state === 'paused' && !this.active.has(r.id))) {
      const job = { ...this.job(record, new AbortController().signal), tuning: { ...this.tuning, attempts: 1 } };
      const still = await request(job, { action: 's3:ListBucket' }, ({ s3, signal }) => s3.send(new HeadBucketCommand({ Bucket: record.bucket }), { abortSignal: signal })).then(
        () => false,
        (error: unknown) => error instanceof AppError && ['CredentialsExpired', 'CredentialsMissing', 'Network', 'Timeout', 'Throttled'].includes(error.code),
      );
      if (!still && !this.closing && record.state === 'paused') await this.enqueue(record);
    }
  }
}
