import { setMaxListeners } from 'node:events';
import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { syncKind, type ShownPlace, type SyncKind, type SyncOptions, type SyncPlace, type SyncPlan, type SyncSum } from '../../../shared/contract/sync.ts';
import { AppError } from '../../../shared/errors.ts';
import { isSameStore } from '../../aws/sameStore.ts';
import type { BackendContext } from '../../context.ts';
import { log } from '../../log.ts';
import type { Subscribable } from '../../transport/eventStream.ts';
import { bucketFacts } from '../../services/s3Tiers/facts.ts';
import { asFolder, assertPair } from './places.ts';
import { makePlan } from './planner.ts';
import { PlanRows } from './planRows.ts';
import type { Pair, Place, PlanRecord, Row } from './types.ts';

const KINDS = syncKind.options;
/** Plans are kept so long, ms, and so many. */
const KEPT = 7 * 86_400_000;
const MOST = 30;

interface Open {
  record: PlanRecord;
  rows: PlanRows;
  stop: AbortController;
  made: Promise<void>;
  listeners: Set<(plan: SyncPlan) => void>;
}

/**
 * The plans of this machine, each on disk until it is dropped or old: they are read again after a restart. One that was
 * still being made then is gone.
 */
export class SyncPlans {
  private readonly dir: string;
  private readonly folders;
  private readonly plans = new Map<string, Promise<Open | undefined>>();
  private tidying: Promise<void> | undefined;

  constructor(private readonly context: Pick<BackendContext, 'aws' | 'store' | 'dataDir'>) {
    this.dir = path.join(context.dataDir, 'app', 'sync');
    this.folders = context.store.collection<string>('syncFolders');
  }

  private get tidied(): Promise<void> {
    return (this.tidying ??= this.tidy().catch((error: unknown) => log.warn('old sync plans', { error: String(error) })));
  }

  /** A folder the user chose gets a name that stands for it; only names given out here lead to a path. */
  async remember(folder: string): Promise<string> {
    const name = createHash('sha256').update(folder).digest('base64url').slice(0, 24);
    await this.folders.put(name, folder);
    return name;
  }

  async resolve(place: SyncPlace): Promise<Place> {
    if (place.kind === 'bucket') {
      this.context.aws.get(place.connectionId);
      return { ...place, prefix: asFolder(place.prefix) };
    }
    const folder = await this.folders.get(place.folder);
    if (folder === undefined) throw new AppError('NotFound', 'That folder is not known any more.', { detail: 'Choose it again.' });
    return { ...place, path: folder };
  }

  /** BadInput where this is no pair of places to sync. */
  assertPair(pair: Pair): void {
    const { aws } = this.context;
    assertPair(pair, (one, other) => isSameStore(aws.get(one), aws.get(other)));
  }

  async start(pair: { from: SyncPlace; to: SyncPlace; options: SyncOptions }): Promise<SyncPlan> {
    await this.tidied;
    const [from, to] = await Promise.all([this.resolve(pair.from), this.resolve(pair.to)]);
    this.assertPair({ from, to, options: pair.options });
    const id = randomUUID();
    const record: PlanRecord = {
      ...{ id, from, to, options: pair.options, state: 'planning', listed: { from: 0, to: 0 }, targetFiles: 0, warnings: [], undo: 'none', createdAt: new Date().toISOString() },
      sums: Object.fromEntries(KINDS.map((kind) => [kind, { files: 0, bytes: 0, excludedFiles: 0, excludedBytes: 0 }])) as Record<SyncKind, SyncSum>,
    };
    const open: Open = { record, rows: await PlanRows.open(path.join(this.dir, id)), stop: new AbortController(), made: Promise.resolve(), listeners: new Set() };
    setMaxListeners(0, open.stop.signal); // one a request under way
    this.plans.set(id, Promise.resolve(open));
    open.made = this.make(open);
    return shown(record);
  }

  private async make(open: Open): Promise<void> {
    const { record, rows, stop } = open;
    const { aws } = this.context;
    const changed = () => open.listeners.forEach((listener) => listener(shown(record)));
    try {
      if (record.to.kind === 'bucket') record.undo = keepsVersions((await bucketFacts(aws, record.to.connectionId, record.to.bucket, stop.signal)).versioning);
      await makePlan({ aws, rows, record, signal: stop.signal, changed });
      record.state = stop.signal.aborted ? 'stopped' : 'complete';
    } catch (error) {
      record.state = stop.signal.aborted ? 'stopped' : 'failed';
      if (!stop.signal.aborted) record.error = error instanceof AppError ? error.toData() : { code: 'Internal', message: `The plan failed: ${(error as Error).message}`, retryable: true };
    }
    await rows.saveRecord(record).catch((error: unknown) => Object.assign(record, { state: 'failed', error: { code: 'DiskFull', message: `The plan cannot be kept: ${String(error)}`, retryable: true } }));
    changed();
  }

  /** NotFound where it was dropped, or made by an earlier start and not kept. */
  private async open(id: string): Promise<Open> {
    await this.tidied;
    if (!this.plans.has(id)) this.plans.set(id, this.reopen(id));
    const found = await this.plans.get(id)!;
    if (found) return found;
    this.plans.delete(id);
    throw new AppError('NotFound', 'That plan is not there any more.', { detail: 'Plan again.', resource: id });
  }

  private async reopen(id: string): Promise<Open | undefined> {
    const names: string[] = await readdir(this.dir).catch(() => []);
    if (!names.includes(id)) return undefined;
    const rows = await PlanRows.open(path.join(this.dir, id));
    const record = await rows.record();
    if (record && record.state !== 'planning') return { record, rows, stop: new AbortController(), made: Promise.resolve(), listeners: new Set() };
    await rows.remove();
    return undefined;
  }

  async get(id: string): Promise<SyncPlan> {
    return shown((await this.open(id)).record);
  }

  async watch(id: string): Promise<Subscribable<SyncPlan>> {
    const open = await this.open(id);
    return {
      current: () => shown(open.record),
      onChange: (listener) => {
        open.listeners.add(listener);
        return () => open.listeners.delete(listener);
      },
    };
  }

  async stop(id: string): Promise<void> {
    const open = await this.open(id);
    open.stop.abort();
    await open.made;
  }

  async find(query: Parameters<PlanRows['find']>[0] & { id: string }) {
    return (await this.open(query.id)).rows.find(query);
  }

  async exclude(id: string, which: { n: number; kind: SyncKind }[], excluded: boolean): Promise<SyncPlan> {
    const { record, rows } = await this.open(id);
    if (record.transferId !== undefined) throw started();
    const changed: Row[] = [];
    for (const { kind, n } of new Map(which.map((one) => [one.n, one])).values()) {
      const row = await rows.row(kind, n);
      if (!row || (row.excluded ?? false) === excluded) continue;
      const sum = record.sums[kind];
      const size = (row.from ?? row.to)?.size ?? 0;
      sum.excludedFiles += excluded ? 1 : -1;
      sum.excludedBytes += excluded ? size : -size;
      changed.push({ ...row, excluded });
    }
    await rows.saveRows(changed, record);
    return shown(record);
  }

  /**
   * Starts the transfer that carries a plan out: once, whoever asks. Conflict where the plan is not complete, or was
   * started.
   */
  async begin<T extends { id: string }>(id: string, start: (plan: PlanRecord) => Promise<T>): Promise<T> {
    const { record, rows } = await this.open(id);
    if (record.state !== 'complete') throw new AppError('Conflict', 'The plan is not complete.', { detail: 'Wait until it is, or plan again.', resource: id });
    if (record.transferId !== undefined) throw started();
    record.transferId = '';
    try {
      const transfer = await start(record);
      record.transferId = transfer.id;
      await rows.saveRecord(record);
      return transfer;
    } catch (error) {
      delete record.transferId;
      throw error;
    }
  }

  /** Rows that are carried out. */
  async *wanted(id: string, kind: SyncKind): AsyncGenerator<Row> {
    const { rows } = await this.open(id);
    for await (const row of rows.rows(kind)) if (!row.excluded) yield row;
  }

  async drop(id: string): Promise<void> {
    const open = await this.open(id);
    open.stop.abort();
    await open.made;
    this.plans.delete(id);
    await open.rows.remove();
  }

  async close(): Promise<void> {
    await this.tidying;
    const all = await Promise.all([...this.plans.values()]);
    this.plans.clear();
    for (const open of all) {
      open?.stop.abort();
      await open?.made;
      await open?.rows.close();
    }
  }

  /** What an earlier start left: unfinished plans, and old or too many ones. */
  private async tidy(): Promise<void> {
    await mkdir(this.dir, { recursive: true, mode: 0o700 });
    const left: PlanRecord[] = [];
    for (const id of await readdir(this.dir)) {
      const rows = await PlanRows.open(path.join(this.dir, id)).catch(() => undefined);
      if (!rows) continue; // somebody has it open
      const record = await rows.record();
      await rows.close();
      if (record && record.state !== 'planning' && Date.now() - Date.parse(record.createdAt) < KEPT) left.push(record);
      else await rm(path.join(this.dir, id), { recursive: true, force: true });
    }
    left.sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1));
    for (const { id } of left.slice(MOST)) await rm(path.join(this.dir, id), { recursive: true, force: true });
  }
}

const started = () => new AppError('Conflict', 'The plan was started already.', { detail: 'Plan again to sync what has changed since.' });

const keepsVersions = (versioning: string): SyncPlan['undo'] => (versioning === 'enabled' ? 'versions' : versioning === 'unknown' ? 'unknown' : 'none');

export const shownPlace = (place: Place): ShownPlace => ({ ...place });

const shown = (record: PlanRecord): SyncPlan => ({ ...record, from: shownPlace(record.from), to: shownPlace(record.to), listed: { ...record.listed }, sums: structuredClone(record.sums), warnings: record.warnings.map((warning) => ({ ...warning })) });
