import { setMaxListeners } from 'node:events';
import type { Transfer } from '../../shared/contract/transfers.ts';
import { AppError, type AppErrorData } from '../../shared/errors.ts';
import type { BackendContext } from '../context.ts';
import { Bandwidth } from './bandwidth.ts';
import { PageGone } from './browser/pageGone.ts';
import { CleanUps } from './cleanUps.ts';
import { hashersOf } from './download/hashers.ts';
import { ChangeFeed } from './feed.ts';
import { beyondBounds } from './history.ts';
import { withSource, type Job } from './job.ts';
import { Journal } from './journal.ts';
import { KeyedLock } from './keyedLock.ts';
import type { TransferKind } from './kind.ts';
import { Lanes } from './lanes.ts';
import { Semaphore } from './limiter.ts';
import { settle } from './conflicts.ts';
import { recount, retryFailed } from './files.ts';
import { ENDED, type Answer, type PlanItem, type TransferRecord } from './records.ts';
import { cancelled } from './requests.ts';
import { signInWorks } from './signInWorks.ts';
import { byOrder, putBefore } from './order.ts';
import { Pace } from './progress.ts';
import { defaultTuning, type Tuning } from './tuning.ts';
import { canBeTakenBack, viewOf } from './view.ts';
import { watchSleep } from './wake.ts';

export type Kinds = Record<Transfer['kind'], TransferKind>;

interface Active {
  stop: AbortController;
  done: Promise<void>;
  job: Job;
  pace: Pace;
}

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
  private readonly waits = new Map<string, AppErrorData>();
  private readonly lanes: Lanes;
  private readonly cleanUps: CleanUps;
  private readonly memory: Semaphore;
  private readonly keys = new KeyedLock();
  private readonly signInPoll: NodeJS.Timeout;
  private readonly stopWatchingSleep: () => void;
  private closing = false;
  private nextOrder = 0;

  constructor(
    private readonly context: Pick<BackendContext, 'aws' | 'store' | 'startChild'>,
    private readonly kinds: Kinds,
    tuning: Partial<Tuning> = {},
  ) {
    this.tuning = { ...defaultTuning, ...tuning };
    this.journal = new Journal(context.store);
    this.lanes = new Lanes(this.tuning);
    this.cleanUps = new CleanUps(
      (record, signal) => this.job(record, signal),
      ({ kind }) => this.kinds[kind],
      (record) => this.setState(record, 'cancelled'),
    );
    this.stopWatchingSleep = watchSleep(this.tuning.sleepGap, () => this.lanes.woke());
    this.memory = new Semaphore(this.tuning.partMemory);
    this.feed = new ChangeFeed((id) => this.show(id), () => this.list(), () => [...this.active.keys()]);
    let asking: Promise<void> | undefined;
    this.signInPoll = setInterval(() => void (asking ??= this.retryAfterSignIn().finally(() => (asking = undefined))), this.tuning.signInPoll);
    this.signInPoll.unref();
  }

  /** Reads the journal and goes on with what had not ended. */
  async open(): Promise<void> {
    for (const record of (await this.journal.transfers()).sort(byOrder)) {
      record.order = this.nextOrder++; // those of older journals have none
      this.records.set(record.id, record);
      if (record.cancelling) void this.cleanUps.run(record);
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
    const gone = record.state === 'queued' ? this.lanes.goneOf(record) : undefined;
    return viewOf(record, this.active.get(id)?.pace, this.waits.get(id) ?? gone);
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
    const moved = putBefore(this.records.values(), record, other);
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
    await retryFailed(this.journal, record);
    await this.enqueue(record);
    return this.show(id)!;
  }

  /** Asks at once whether the endpoint can be reached again. */
  tryNow(id: string): Transfer {
    this.lanes.tryNow(this.get(id));
    return this.show(id)!;
  }

  /** The answer to the conflicts of a plan, or to a whole proposal, also while that is planned. It is journalled, then applied. */
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
    await this.cleanUps.run(record);
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
      await this.setState(record, 'cancelled');
      const shown = this.show(id)!;
      await this.forget(record); // nothing was begun: nothing is left of it
      return shown;
    }
    if (record.state === 'done') {
      delete record.cancelling;
      await this.journal.saveTransfer(record);
      return this.show(id)!;
    }
    await this.setState(record, 'cancelled');
    await this.cleanUps.run(record);
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
        if (!(await this.cleanUps.run(record))) continue; // it says what is left; clearing again forgets it
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
    this.stopWatchingSleep();
    await Promise.all([...[...this.active.keys()].map((id) => this.stop(id)), this.cleanUps.close()]);
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
    // What waits for a network, or for a service that asks to slow down, holds up its own connection only.
    const slow = new Set([...this.waits].filter(([, why]) => why.code === 'Throttled').map(([id]) => this.records.get(id)?.connectionId));
    const isStuck = (r: TransferRecord) => slow.has(r.connectionId) || this.lanes.goneOf(r) !== undefined;
    const waiting = [...this.records.values()].filter((r) => r.state === 'queued' && !this.active.has(r.id) && !isStuck(r)).sort(byOrder);
    // Somebody looks at what a proposal counts: it waits for no other transfer.
    const working = [...this.active.values()].filter(({ job: { record } }) => !record.proposed && !isStuck(record)).length;
    const proposals = waiting.filter((r) => r.proposed);
    for (const record of [...proposals, ...waiting.filter((r) => !r.proposed).slice(0, Math.max(0, this.tuning.transfers - working))]) {
      const stop = new AbortController();
      setMaxListeners(0, stop.signal); // one a request under way
      const active: Active = { stop, done: Promise.resolve(), pace: new Pace(), job: this.job(record, stop.signal) };
      this.active.set(record.id, active);
      active.done = this.run(record, active.job).finally(() => {
        this.active.delete(record.id);
        this.waits.delete(record.id);
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
        Object.assign(record, { filesTotal: 0, filesDone: 0, filesFailed: 0, filesSkipped: 0, conflicts: 0, bytesTotal: 0, bytesDone: 0, survey: {}, begun: false });
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
      if (!record.begun) await kind.ready?.(job);
      record.begun = true;
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
    const job: Job = {
      ...{ record, signal },
      ...this.lanes.of(record.connectionId),
      aws: this.context.aws,
      journal: this.journal,
      tuning: this.tuning,
      memory: this.memory,
      hashers: hashersOf(this.context.startChild),
      bandwidth: this.bandwidth,
      active: new Map(),
      moved: (bytes) => {
        record.bytesDone += bytes;
        this.active.get(record.id)?.pace.moved(bytes);
        this.feed.changed(record.id);
      },
      filesEnded: (count) => this.active.get(record.id)?.pace.filesEnded(count),
      waits: (why) => {
        if (this.waits.get(record.id)?.message === why?.message) return;
        if (why) this.waits.set(record.id, why);
        else this.waits.delete(record.id);
        this.feed.changed(record.id);
        this.pump();
      },
      changed: () => this.feed.changed(record.id),
      alone: (key, work) => this.keys.run(`${record.connectionId}/${record.bucket}/${key}`, work),
    };
    return withSource(job, this.lanes);
  }

  /** Goes on with what waits for a sign-in, where that works again. */
  private async retryAfterSignIn(): Promise<void> {
    for (const record of [...this.records.values()].filter((r) => r.awaitsSignIn && r.state === 'paused' && !this.active.has(r.id))) {
      const works = await signInWorks(this.job(record, new AbortController().signal));
      if (works && !this.closing && record.state === 'paused') await this.enqueue(record);
    }
  }
}
