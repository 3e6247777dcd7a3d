import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import type { ResultColumn, ResultPage, ResultState, StoredResult } from '../../shared/contract/results.ts';
import type { ViewSpec, ViewState } from '../../shared/contract/resultViews.ts';
import { AppError } from '../../shared/errors.ts';
import type { AwsConnections } from '../aws/types.ts';
import type { RunJournal } from '../engines/journal.ts';
import type { Engines } from '../engines/types.ts';
import { log } from '../log.ts';
import type { Collection } from '../storage/store.ts';
import type { Subscribable } from '../transport/eventStream.ts';
import { change, newEntry, subscribable, type Entry } from './entry.ts';
import type { ResultsEngine } from './engineClient.ts';
import { loadResult, toLoadError, type LoadRequest } from './load.ts';
import { tableName, type ResultNumbers } from './numbers.ts';
import { bytesOnDisk, chooseEvictions, resultFiles, type ResultRecord } from './records.ts';
import { createViews } from './views.ts';

export interface ResultStoreOptions {
  aws: AwsConnections;
  /** Where runs ran: their rows come from there. */
  engines: Engines;
  journal: RunJournal;
  engine: ResultsEngine;
  records: Collection<ResultRecord>;
  /** What results are called in SQL. */
  numbers: ResultNumbers;
  /** Bytes of results kept on disk. */
  budget(): Promise<number>;
  resultsDir: string;
}

/** What an export or a page reads from. */
export interface StoredRows {
  file: string;
  columns: ResultColumn[];
  rows: number;
  /** Of the result as CSV: what an export of it will need, about. */
  csvBytes: number;
}

/** A result is stored again this often where the engine dies before it is in its file. */
const SETTLE_ATTEMPTS = 3;
/** How long quitting waits for results that are being written. */
const QUIT_WAIT_MS = 5_000;

type ServiceRows = Omit<LoadRequest, 'file' | 'signal' | 'onProgress'>;

const evictedError = () => new AppError('Unavailable', 'The rows were removed to keep the space for results.', { detail: 'Open the result again to read them anew.', retryable: true });

/** Finished results on disk: one database file each, filled from their engine, paged, sorted, and evicted by deleting the file. */
export function createResultStore({ aws, engines, journal, engine, records, numbers, budget, resultsDir }: ResultStoreOptions) {
  const entries = new Map<string, Entry>();
  const opening = new Map<string, Promise<Entry>>();

  /** Only what is wholly in its file may be found there by the next backend. */
  const save = async ({ state, record, settled }: Entry) => {
    if (state.state === 'complete' && settled) await records.put(record.runId, { ...record, columns: state.columns, rows: state.rows, source: state.source });
  };

  async function evict(runId: string): Promise<void> {
    const entry = entries.get(runId);
    // It was opened again, or is being read, since it was chosen.
    if (entry && (entry.users > 0 || !entry.settled || entry.record.pinned)) return;
    await records.delete(runId);
    const { dir, rows, view } = resultFiles(resultsDir, runId);
    for (const file of [rows, ...(entry?.record.views ?? []).map(({ id }) => view(id))]) await engine.call('release', { file });
    await rm(dir, { recursive: true, force: true });
    if (!entry) return;
    entries.delete(runId);
    change(entry, { state: 'evicted', rows: 0 });
  }

  let keeping: Promise<void> = Promise.resolve();
  /** One after the other: two at once would choose the same results. */
  const keepToBudget = (): Promise<void> => {
    const kept = keeping.then(evictToBudget);
    keeping = kept.catch((error: unknown) => log.error('results not evicted', error));
    return kept;
  };

  async function evictToBudget(): Promise<void> {
    const candidates = [];
    for await (const [runId, record] of records.entries()) {
      const entry = entries.get(runId);
      candidates.push({ runId, bytes: bytesOnDisk(entry?.record ?? record), lastUsed: entry?.record.lastUsed ?? record.lastUsed, open: entry?.open ?? false, busy: (entry?.record.pinned ?? record.pinned ?? false) || (entry?.users ?? 0) > 0 });
    }
    for (const runId of chooseEvictions(candidates, await budget())) await evict(runId);
  }

  /** Keeps the files of a result from eviction while `work` reads them. */
  async function using<T>(entry: Entry, work: () => Promise<T>): Promise<T> {
    entry.users++;
    entry.record.lastUsed = Date.now();
    try {
      return await work();
    } finally {
      entry.users--;
    }
  }

  const views = createViews({ engine, resultsDir, using, save, whole: (runId, work) => useAll(runId, undefined, work) });

  async function useAll<T>(runId: string, viewId: string | undefined, work: (stored: StoredRows) => Promise<T>): Promise<T> {
    const entry = await settled(runId);
    return using(entry, () => views.reading(entry, viewId, (source) => work({ ...source, csvBytes: entry.record.csvBytes })));
  }

  async function load(entry: Entry, service: ServiceRows, attempt = 1): Promise<void> {
    const { runId } = entry.record;
    const { dir, rows: file } = resultFiles(resultsDir, runId);
    try {
      await rm(dir, { recursive: true, force: true });
      await mkdir(dir, { recursive: true, mode: 0o700 });
      await loadResult(aws, engine, {
        ...service,
        file,
        signal: entry.leave.signal,
        onProgress({ rows, ...more }) {
          entry.stored = rows ?? entry.stored;
          change(entry, { ...more, rows: Math.max(entry.firstRows.length, entry.stored) });
        },
      });
      entry.record = { ...entry.record, csvBytes: entry.state.bytesLoaded };
      await entry.naming;
      change(entry, { state: 'complete', rows: entry.stored, bytesTotal: entry.state.bytesLoaded });
      entry.settling = settle(entry, service, attempt);
    } catch (thrown) {
      if (entry.leave.signal.aborted) return;
      log.warn('result not loaded', runId, thrown);
      entry.stored = 0;
      await engine.call('release', { file }).catch((error: unknown) => log.warn('result not released', runId, error));
      await rm(dir, { recursive: true, force: true });
      change(entry, { state: 'failed', rows: entry.firstRows.length, source: 'firstPage', error: toLoadError(thrown, entry.state.bytesTotal, resultsDir).toData() });
    }
  }

  /** The rows can be read already; now they go into their file. An engine that dies before takes them along. */
  async function settle(entry: Entry, service: ServiceRows, attempt: number): Promise<void> {
    try {
      const { bytes } = await engine.call('settle', { file: resultFiles(resultsDir, entry.record.runId).rows, columns: entry.state.columns });
      entry.record = { ...entry.record, fileBytes: bytes };
      entry.firstRows = [];
      entry.settled = true;
      await save(entry);
      await engines[service.run.engine].stored?.(service.run);
      await keepToBudget();
    } catch (error) {
      if (entry.leave.signal.aborted) return;
      log.warn('result not settled', entry.record.runId, error);
      entry.stored = 0;
      entry.record = { ...entry.record, views: [] };
      if (attempt < SETTLE_ATTEMPTS) {
        change(entry, { state: 'loading', rows: entry.firstRows.length, source: 'firstPage' });
        entry.loading = load(entry, service, attempt + 1);
      } else change(entry, { state: 'failed', rows: entry.firstRows.length, source: 'firstPage', error: toLoadError(error, entry.record.csvBytes, resultsDir).toData() });
    }
  }

  async function fromDisk(runId: string): Promise<Entry | undefined> {
    const found = await records.get(runId);
    if (!found) return undefined;
    const files = resultFiles(resultsDir, runId);
    if (found.columns.length > 0 && !existsSync(files.rows)) return undefined;
    const { columns, rows, source, ...record } = found;
    const remembered = views.remembered(runId, record.views);
    const name = tableName(await numbers.of(runId));
    const state: ResultState = { runId, name, columns, rows, source, state: 'complete', bytesLoaded: record.csvBytes, bytesTotal: record.csvBytes, pinned: record.pinned };
    return Object.assign(newEntry(state, { ...record, views: remembered, lastUsed: Date.now() }), { stored: rows, settled: true });
  }

  async function fromService(runId: string): Promise<Entry> {
    const run = (await journal.get(runId))?.run;
    if (!run) throw new AppError('NotFound', `There is no run ${runId}.`);
    if (run.state !== 'succeeded' || !run.externalId) throw new AppError('Conflict', `Run ${runId} has no result: it is ${run.state}.`);
    engine.warm();
    const found = await engines[run.engine].rows(run);
    const { columns, rows } = found;
    const state: ResultState = { runId, columns, rows: rows.length, state: 'loading', bytesLoaded: 0, bytesTotal: 0, source: 'firstPage' };
    const entry = newEntry(state, { runId, csvBytes: 0, fileBytes: 0, views: [], lastUsed: Date.now() });
    entry.firstRows = rows;
    // CREATE TABLE and the like have no columns, so there is nothing to store.
    if (columns.length === 0) change(entry, { state: 'complete', rows: 0 });
    else {
      entry.naming = numbers.of(runId).then((number) => change(entry, { name: tableName(number) }), (error: unknown) => log.warn('result not named', runId, error));
      entry.loading = load(entry, { run, found });
    }
    // What only gets another name is there at once.
    if (found.ways[0]?.kind === 'file') await entry.loading;
    return entry;
  }

  function open(runId: string): Promise<Entry> {
    const known = entries.get(runId);
    if (known && known.state.state !== 'failed') {
      known.open = true;
      return Promise.resolve(known);
    }
    const under = opening.get(runId);
    if (under) return under;
    const begun = (async () => {
      const entry = (await fromDisk(runId)) ?? (await fromService(runId));
      entries.set(runId, entry);
      return entry;
    })().finally(() => opening.delete(runId));
    opening.set(runId, begun);
    return begun;
  }

  /** The entry as it is; opened where it is not (a page of a tab that came back after a restart). */
  const get = (runId: string): Promise<Entry> => {
    const known = entries.get(runId);
    return known ? Promise.resolve(known) : open(runId);
  };

  async function complete(runId: string): Promise<Entry> {
    const entry = await get(runId);
    await entry.loading;
    if (entry.state.state === 'failed') throw AppError.fromData(entry.state.error!);
    if (entry.state.state !== 'complete') throw evictedError();
    return entry;
  }

  /** The entry once its rows are in their file, by type: all work but paging is many times faster there, and one at a time takes less memory. */
  async function settled(runId: string): Promise<Entry> {
    const entry = await complete(runId);
    await entry.settling;
    if (entry.settled || entry.state.columns.length === 0) return entry;
    // An engine that died has the rows loaded again; a backend that ends has not.
    if (entry.leave.signal.aborted) throw new AppError('Cancelled', 'The work on the result was cancelled.');
    return settled(runId);
  }

  return {
    async open(runId: string): Promise<ResultState> {
      return (await open(runId)).state;
    },

    async watch(runId: string): Promise<Subscribable<ResultState>> {
      return subscribable(await get(runId));
    },

    async page(runId: string, viewId: string | undefined, start: number, count: number, wanted?: number[]): Promise<ResultPage> {
      const entry = await get(runId);
      if (entry.state.state === 'evicted') throw evictedError();
      const end = Math.min(start + count, entry.state.rows);
      if (viewId === undefined && start < end && entry.stored < end && end <= entry.firstRows.length) {
        const page = entry.firstRows.slice(start, end);
        return { start, cells: (wanted ?? entry.state.columns.map((_, i) => i)).map((i) => page.map((row) => row[i] ?? null)) };
      }
      return using(entry, () =>
        views.reading(entry, viewId, async ({ file, columns, rows }) => {
          const places = wanted ?? columns.map((_, i) => i);
          const most = Math.min(count, rows - start);
          if (most <= 0 || places.length === 0) return { start, cells: places.map(() => []) };
          const unknown = places.find((place) => place >= columns.length);
          if (unknown !== undefined) throw new AppError('BadInput', `The result has no column ${unknown}.`);
          return { start, ...(await engine.call('page', { file, columns: places, start, count: most })) };
        }),
      );
    },

    /** The same view is made once; its id says what it is. */
    async view(runId: string, spec: ViewSpec, wait: { signal?: AbortSignal | undefined; onPercent?(percent: number): void } = {}): Promise<ViewState> {
      const state = await views.make(await settled(runId), spec, wait);
      await keepToBudget();
      return state;
    },

    /** Waits until all rows are stored, and keeps them while `work` reads them. */
    useAll,

    /** A result that is not on disk is read again first: what is pinned must be there. */
    async pin(runId: string, pinned: boolean): Promise<ResultState> {
      const entry = pinned ? await complete(runId) : await get(runId);
      entry.record = { ...entry.record, pinned };
      change(entry, { pinned });
      await entry.settling;
      await save(entry);
      if (!pinned) await keepToBudget();
      return entry.state;
    },

    async stored(): Promise<{ results: StoredResult[]; bytes: number; budget: number }> {
      const found: StoredResult[] = [];
      for await (const [runId, onDisk] of records.entries()) {
        const record = { ...onDisk, ...entries.get(runId)?.record };
        found.push({ runId, name: tableName(await numbers.of(runId)), rows: onDisk.rows, columns: onDisk.columns, bytes: bytesOnDisk(record), pinned: record.pinned ?? false, lastUsed: record.lastUsed });
      }
      found.sort((a, b) => b.lastUsed - a.lastUsed);
      return { results: found, bytes: found.reduce((sum, { bytes }) => sum + bytes, 0), budget: await budget() };
    },

    async close(runId: string): Promise<void> {
      const entry = entries.get(runId);
      if (!entry) return;
      entry.open = false;
      await save(entry);
      await keepToBudget();
    },

    /** Removes what no record speaks of: results that were not complete when the last backend ended, forgotten runs. */
    async tidy(): Promise<void> {
      await mkdir(resultsDir, { recursive: true, mode: 0o700 });
      for (const runId of await readdir(resultsDir)) {
        const known = (await records.get(runId)) && (await journal.get(runId));
        if (known || entries.has(runId) || opening.has(runId)) continue;
        await records.delete(runId);
        await rm(resultFiles(resultsDir, runId).dir, { recursive: true, force: true });
      }
    },

    /** A result that is nearly in its file gets a moment; otherwise it is read from S3 again next time. */
    async end(): Promise<void> {
      for (const entry of entries.values()) entry.leave.abort();
      const ended = Promise.allSettled(
        [...entries.values()].map(async (entry) => {
          await entry.loading;
          await entry.settling;
          await save(entry);
        }),
      );
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, QUIT_WAIT_MS).unref())]);
    },
  };
}

export type ResultStore = ReturnType<typeof createResultStore>;
