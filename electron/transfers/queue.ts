import { setMaxListeners } from 'node:events';
import { HeadBucketCommand } from '@aws-sdk/client-s3';
import type { Transfer } from '../../shared/contract/transfers.ts';
import { AppError, type AppErrorData } from '../../shared/errors.ts';
import type { BackendContext } from '../context.ts';
import { Bandwidth } from './bandwidth.ts';
import { PageGone } from './browser/pageGone.ts';
import { ChangeFeed } from './feed.ts';
import { beyondBounds } from './history.ts';
import type { Job } from './job.ts';
import { Journal } from './journal.ts';
import { KeyedLock } from './keyedLock.ts';
import type { TransferKind } from './kind.ts';
import { AdaptiveLimiter, Semaphore } from './limiter.ts';
import { settle } from './conflicts.ts';
import { recount } from './files.ts';
import { ENDED, type Answer, type PlanItem, type TransferRecord } from './records.ts';
import { cancelled, request } from './requests.ts';
import { Pace } from './progress.ts';
import { defaultTuning, type Tuning } from './tuning.ts';

const byOrder = (a: TransferRecord, b: TransferRecord) => (a.order ?? 0) - (b.order ?? 0) || (a.createdAt < b.createdAt ? -1 : 1);

export type Kinds = Record<Transfer['kind'], TransferKind>;

interface Active {
  stop: AbortController;
  done: Promise<void>;
  job: Job;
  pace: Pace;
  waitsFor?: AppErrorData | undefined;
}

/** Copies are there, and no source is deleted yet. */
const canBeTakenBack = ({ kind, phase, planned, state, rolledBack, cancelling }: TransferRecord): boolean =>
  (kind === 'copy' || kind === 'move') && planned && !phase && !rolledBack && !cancelling && state !== 'needsAnswer';

/**
 * The durable queue: runs a few transfers at a time, journals every change of state before acting on it, and at the next
 * start goes on with everything that had not ended.
 */
export class TransferQueue {
  readonly journal: Journal;
  readonly feed: ChangeFeed;
  readonly tuning: Tuning;
  readonly bandwidth = new Bandwidth();
  private readonly records = new Map<string, TransferRecord>();
  private readonly active = new Map<string, Active>();
  private readonly limiters = new Map<string, AdaptiveLimiter>();
  private readonly memory: Semaphore;
  private readonly keys = new KeyedLock();
  private readonly signInPoll: NodeJS.Timeout;
  private closing = false;
  private nextOrder = 0;

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
    for (const record of (await this.journal.transfers()).sort(byOrder)) {
      record.order = this.nextOrder++; // those of older journals have none
      this.records.set(record.id, record);
      if (record.cancelling) void this.cleanUp(record);
      else if (record.kind === 'browserUpload' && !ENDED.includes(record.state)) record.state = 'needsFile';
      else if (['queued', 'scanning', 'running'].includes(record.state)) record.state = 'queued';
    }
    this.pump();
    await this.trimHistory();
  }

  list(): Transfer[] {
    return [...this.records.values()].filter((record) => !record.cleared).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1)).map((record) => this.show(record.id)!);
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
    const { connectionId, kind, source, target, state, filesSkipped, conflicts, proposed, survey, phase, rolledBack, filesTotal, filesDone, filesFailed, bytesTotal, bytesDone, order, createdAt, endedAt, error, undoable, undone } = record;
    const { pace, waitsFor } = this.active.get(id) ?? {};
    const secondsLeft = state === 'running' && !waitsFor ? (pace?.secondsLeft(bytesTotal - bytesDone, filesTotal - filesDone - filesFailed) ?? null) : null;
    const canRollBack = canBeTakenBack(record) || undefined;
    const counts = { filesSkipped, conflicts, proposed, survey, phase, rolledBack, canRollBack, filesTotal, filesDone, filesFailed, bytesTotal, bytesDone };
    return { id, connectionId, kind, source, target, state, ...counts, speed: pace?.speed ?? 0, secondsLeft, order, waitsFor, createdAt, endedAt, error, undoable, undone };
  }

  /** The files of a transfer that are worked on right now, by index, with the bytes moved of each. */
  activeFiles(id: string): ReadonlyMap<number, number> {
    return this.active.get(id)?.job.active ?? new Map<number, number>();
  }

  all(): Iterable<TransferRecord> {
    return this.records.values();
  }

  async add(record: Omit<TransferRecord, 'order'>, items: PlanItem[]): Promise<Transfer> {
    const added = { ...record, order: this.nextOrder++ };
    await this.journal.create(added, items);
    this.records.set(added.id, added);
    this.feed.changed(added.id);
    this.pump();
    return this.show(added.id)!;
  }

  /** Puts one that waits before another, or (null) behind all. */
  async reorder(id: string, before: string | null): Promise<void> {
    const record = this.get(id);
    const other = before === null ? undefined : this.get(before);
    for (const each of [record, other]) {
      if (each && ENDED.includes(each.state)) throw new AppError('Conflict', `The transfer of ${each.source} has ended.`, { detail: 'Only transfers that wait have an order.', resource: each.id });
    }
    if (record === other) return;
    const waiting = [...this.records.values()].filter((r) => !ENDED.includes(r.state) && r !== record).sort(byOrder);
    waiting.splice(other ? waiting.indexOf(other) : waiting.length, 0, record);
    const orders = waiting.map((r) => r.order).sort((a, b) => a - b);
    const moved = waiting.filter((each, at) => each.order !== orders[at]);
    waiting.forEach((each, at) => (each.order = orders[at]!));
    await Promise.all(moved.map((each) => this.journal.saveTransfer(each)));
    moved.forEach((each) => this.feed.changed(each.id));
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

  /**
   * The answer to the conflicts of a plan, or to a whole proposal. It is journalled, then applied; the transfer goes on, or
   * (still being planned) will by itself.
   */
  async answer(id: string, answer: Answer): Promise<Transfer> {
    const record = this.get(id);
    const { proposed } = record;
    if (record.state !== 'needsAnswer' && !(proposed && !ENDED.includes(record.state))) {
      throw new AppError('Conflict', `The transfer of ${record.source} does not wait for an answer.`, { resource: id });
    }
    record.answer = answer;
    // Of a proposal the answer is its policy too: what is met on the way is dealt with like the rest.
    if (proposed) record.policy = answer.all;
    delete record.proposed;
    if (record.state === 'needsAnswer') await this.enqueue(record);
    else await this.journal.saveTransfer(record);
    this.feed.changed(id);
    return this.show(id)!;
  }

  /** Deletes what a copy or a move made. Conflict once sources were deleted. */
  async rollBack(id: string): Promise<Transfer> {
    const record = this.get(id);
    if (!canBeTakenBack(record)) {
      throw new AppError('Conflict', `The transfer of ${record.source} cannot be taken back (any more).`, { detail: record.phase ? 'Its sources are being deleted, or are gone. Move the objects back instead.' : 'It made no copies.', resource: id });
    }
    Object.assign(record, { cancelling: true, rollingBack: true }); // a crash now finishes it at the next start
    await this.journal.saveTransfer(record);
    await this.stop(id);
    if (record.phase) {
      delete record.cancelling;
      delete record.rollingBack;
      return this.enqueue(record).then(() => this.show(id)!);
    }
    await this.setState(record, 'cancelled');
    await this.cleanUp(record);
    return this.show(id)!;
  }

  async cancel(id: string): Promise<Transfer> {
    const record = this.get(id);
    if (ENDED.includes(record.state)) return this.show(id)!;
    const { proposed } = record;
    record.cancelling = true;
    await this.journal.saveTransfer(record);
    await this.stop(id);
    if (proposed) {
      // Nothing was begun: nothing is left of it, neither on the list nor in the history.
      await this.setState(record, 'cancelled');
      const shown = this.show(id)!;
      await this.forget(record);
      return shown;
    }
    if (record.state === 'done') {
      delete record.cancelling;
      await this.journal.saveTransfer(record);
      return this.show(id)!;
    }
    await this.setState(record, 'cancelled');
    await this.cleanUp(record);
    return this.show(id)!;
  }

  /** The transfer is being taken back by another one. */
  async setUndone(id: string): Promise<void> {
    const record = this.get(id);
    record.undone = true;
    await this.journal.saveTransfer(record);
    this.feed.changed(id);
  }

  /** Takes ended transfers off the list, into the history. What failed ones kept for a retry (parts in S3, temporary files) goes. */
  async clear(): Promise<void> {
    for (const record of [...this.records.values()]) {
      if (!ENDED.includes(record.state) || record.cleared || record.cancelling || this.active.has(record.id)) continue;
      const { state, endedAt, error } = record;
      if (state === 'failed') {
        record.cancelling = true; // a crash now finishes the cleaning up at the next start
        await this.journal.saveTransfer(record);
        if (!(await this.cleanUp(record))) continue; // it says what is left; clearing again forgets it
      }
      Object.assign(record, { state, endedAt, error, cleared: true });
      await this.journal.saveTransfer(record);
    }
    await this.trimHistory();
    this.feed.changed();
  }

  /** Forgets the transfers that are off the list. */
  async clearHistory(): Promise<void> {
    for (const record of [...this.records.values()]) if (record.cleared && ENDED.includes(record.state)) await this.forget(record);
  }

  private async trimHistory(): Promise<void> {
    for (const record of beyondBounds(this.records.values())) await this.forget(record);
  }

  private async forget(record: TransferRecord): Promise<void> {
    this.records.delete(record.id);
    await this.journal.forget(record.id);
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
    delete record.rolledBack;
    delete record.cleared;
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
    const waiting = [...this.records.values()].filter((r) => r.state === 'queued' && !this.active.has(r.id)).sort(byOrder);
    // Somebody looks at what a proposal counts: it waits for no other transfer.
    const working = [...this.active.keys()].filter((id) => !this.records.get(id)?.proposed).length;
    const proposals = waiting.filter((r) => r.proposed);
    for (const record of [...proposals, ...waiting.filter((r) => !r.proposed).slice(0, Math.max(0, this.tuning.transfers - working))]) {
      const stop = new AbortController();
      setMaxListeners(0, stop.signal); // one a request under way
      const active: Active = { stop, done: Promise.resolve(), pace: new Pace(), job: this.job(record, stop.signal) };
      this.active.set(record.id, active);
      active.done = this.run(record, active.job).finally(() => {
        this.active.delete(record.id);
        this.feed.changed(record.id);
        this.pump();
      });
    }
  }

  private async run(record: TransferRecord, job: Job): Promise<void> {
    const kind = this.kinds[record.kind];
    try {
      if (!record.planned) {
        await this.setState(record, 'scanning');
        await this.journal.dropPlanned(record.id);
        Object.assign(record, { filesTotal: 0, filesDone: 0, filesFailed: 0, filesSkipped: 0, conflicts: 0, bytesTotal: 0, bytesDone: 0, survey: {} });
        await kind.plan(job);
        if (job.signal.aborted) throw cancelled(job);
        record.planned = true;
      }
      if (record.proposed) return await this.setState(record, 'needsAnswer');
      if (record.answer) {
        await settle(this.journal, record);
        await recount(job);
      }
      // Also after a cancel and a retry: what nobody decided is never written over.
      if (record.conflicts) return await this.setState(record, 'needsAnswer');
      await this.setState(record, 'running');
      await kind.work(job);
      if (job.signal.aborted) throw cancelled(job);
      if (record.conflicts) return await this.setState(record, 'needsAnswer');
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
      bandwidth: this.bandwidth,
      active: new Map(),
      moved: (bytes) => {
        record.bytesDone += bytes;
        this.active.get(record.id)?.pace.moved(bytes);
        this.feed.changed(record.id);
      },
      filesEnded: (count) => this.active.get(record.id)?.pace.filesEnded(count),
      waits: (why) => {
        const active = this.active.get(record.id);
        if (!active || active.waitsFor?.message === why?.message) return;
        active.waitsFor = why;
        this.feed.changed(record.id);
      },
      changed: () => this.feed.changed(record.id),
      alone: (key, work) => this.keys.run(`${record.connectionId}/${record.bucket}/${key}`, work),
    };
  }

  /** Takes back what an ended transfer left in S3 or on disk. False: something could not be reached; its error names it. */
  private async cleanUp(record: TransferRecord): Promise<boolean> {
    let clean = true;
    const { rollingBack } = record;
    try {
      const job = { ...this.job(record, new AbortController().signal), tuning: { ...this.tuning, attempts: 3 } };
      await this.kinds[record.kind].undo(job);
      if (rollingBack) Object.assign(record, { rolledBack: true, filesDone: 0, bytesDone: 0, filesFailed: 0, error: undefined });
    } catch (error) {
      clean = false;
      record.error = error instanceof AppError ? error.toData() : { code: 'Internal', message: `Cleaning up after ${record.source} failed: ${(error as Error).message}`, retryable: false };
    }
    delete record.cancelling;
    delete record.rollingBack;
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
