import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import type { CompareSpec, PivotSpec, ResultColumn, RowsSpec, ViewSpec, ViewState } from '../../shared/contract/resultViews.ts';
import { AppError } from '../../shared/errors.ts';
import type { ResultsEngine } from './engineClient.ts';
import type { Entry } from './entry.ts';
import { resultFiles, type ViewRecord } from './records.ts';

/** Files of views a result keeps; the one used longest ago goes, and is made again when it is asked for. */
const MOST_FILES = 12;
/** Columns from which on a view of a result holds its rows' ids, not the rows: they would take seconds and gigabytes to copy. */
const WIDE = 100;
/** Views whose making is remembered. */
const MOST_REMEMBERED = 200;

/** A view while it is made: it is given up when nobody waits for it any more. */
export interface Making {
  promise: Promise<ViewRecord>;
  waiting: number;
  leave: AbortController;
  percent: number | null;
  listeners: Set<(percent: number) => void>;
}

/** What a page or an export reads from. */
export interface ViewSource {
  file: string;
  columns: ResultColumn[];
  rows: number;
}

export interface ViewsOptions {
  engine: ResultsEngine;
  resultsDir: string;
  /** Keeps the files of a result from eviction while `work` reads them. */
  using<T>(entry: Entry, work: () => Promise<T>): Promise<T>;
  save(entry: Entry): Promise<void>;
  /** The rows of another result, opened and kept while `work` reads them. */
  whole<T>(runId: string, work: (source: ViewSource) => Promise<T>): Promise<T>;
}

interface Wait {
  signal?: AbortSignal | undefined;
  onPercent?(percent: number): void;
}

const viewIdOf = (spec: ViewSpec): string => createHash('sha256').update(JSON.stringify(spec)).digest('hex').slice(0, 16);

const isWhole = (spec: ViewSpec): boolean => spec.kind === 'rows' && spec.of === undefined && spec.sort.length === 0 && spec.filters.length === 0 && spec.search === '';

const cancelled = () => new AppError('Cancelled', 'The view was given up.');

/** Sorted and filtered copies of results, each a file in its order, made when asked for. */
export function createViews({ engine, resultsDir, using, save, whole }: ViewsOptions) {
  const fileOf = (entry: Entry, id: string): string => resultFiles(resultsDir, entry.record.runId).view(id);
  const find = (entry: Entry, id: string): ViewRecord | undefined => entry.record.views.find((view) => view.id === id);
  const isThere = (entry: Entry, view: ViewRecord | undefined): view is ViewRecord => view !== undefined && view.bytes > 0 && existsSync(fileOf(entry, view.id));

  const put = (entry: Entry, view: ViewRecord): void => {
    entry.record = { ...entry.record, views: [...entry.record.views.filter(({ id }) => id !== view.id), view].slice(-MOST_REMEMBERED) };
  };

  /** Deletes a view's file; it is remembered, and made again when it is asked for. */
  async function drop(entry: Entry, view: ViewRecord): Promise<void> {
    const file = fileOf(entry, view.id);
    await engine.call('release', { file });
    await rm(file, { force: true });
    entry.record = { ...entry.record, views: entry.record.views.map((one) => (one.id === view.id ? { ...one, bytes: 0 } : one)) };
  }

  async function dropOldest(entry: Entry, kept: string): Promise<void> {
    const files = entry.record.views.filter(({ id, bytes }) => bytes > 0 && id !== kept && !entry.viewUsers.get(id));
    const tooMany = files.length + 1 - MOST_FILES;
    if (tooMany <= 0) return;
    for (const view of files.sort((a, b) => a.lastUsed - b.lastUsed).slice(0, tooMany)) await drop(entry, view);
  }

  async function write(entry: Entry, id: string, spec: ViewSpec, making: Making): Promise<ViewRecord> {
    const onProgress = (percent: unknown) => {
      making.percent = Number(percent);
      for (const listener of making.listeners) listener(making.percent);
    };
    const made = await makers[spec.kind](entry, spec as never, fileOf(entry, id), { signal: making.leave.signal, onProgress });
    const view: ViewRecord = { id, spec, lastUsed: Date.now(), ...made };
    put(entry, view);
    await dropOldest(entry, id);
    await save(entry);
    return view;
  }

  type CallOptions = { signal: AbortSignal; onProgress(percent: unknown): void };
  type Made = Pick<ViewRecord, 'rows' | 'bytes' | 'columns'>;
  const makers = {
    rows: (entry: Entry, spec: RowsSpec, target: string, options: CallOptions): Promise<Made> =>
      reading(entry, spec.of, async ({ file, columns }) => ({ ...(await engine.call('view', { file, target, columns, spec, byRow: spec.of === undefined && columns.length > WIDE }, options)), columns: spec.of === undefined ? undefined : columns })),
    pivot: (entry: Entry, spec: PivotSpec, target: string, options: CallOptions): Promise<Made> => reading(entry, undefined, ({ file, columns }) => engine.call('pivot', { file, target, columns, spec }, options)),
    compare: (entry: Entry, { before, keys }: CompareSpec, target: string, options: CallOptions): Promise<Made> =>
      whole(before, (then) => reading(entry, undefined, ({ file, columns }) => engine.call('compare', { file, columns, before: then, target, keys }, options))),
  };

  function begin(entry: Entry, id: string, spec: ViewSpec): Making {
    const making: Making = { promise: undefined as never, waiting: 0, leave: new AbortController(), percent: null, listeners: new Set() };
    making.promise = using(entry, () => write(entry, id, spec, making)).finally(() => entry.making.delete(id));
    making.promise.catch(() => undefined); // whoever waits hears of it
    entry.making.set(id, making);
    return making;
  }

  /** One caller's wait. The last one that leaves ends the work. */
  async function waitFor(making: Making, { signal, onPercent }: Wait): Promise<ViewRecord> {
    making.waiting++;
    if (onPercent) making.listeners.add(onPercent);
    let left!: () => void;
    const leaving = new Promise<never>((_, reject) => (left = () => reject(cancelled())));
    leaving.catch(() => undefined);
    if (signal?.aborted) left();
    signal?.addEventListener('abort', left, { once: true });
    try {
      return await Promise.race([making.promise, leaving]);
    } finally {
      signal?.removeEventListener('abort', left);
      if (onPercent) making.listeners.delete(onPercent);
      if (--making.waiting === 0) making.leave.abort();
    }
  }

  async function made(entry: Entry, id: string, spec: ViewSpec, wait: Wait): Promise<ViewRecord> {
    const known = find(entry, id);
    if (isThere(entry, known)) return known;
    const making = entry.making.get(id);
    // One that was given up, and is not over yet, is nothing to wait for.
    if (making?.leave.signal.aborted) {
      await making.promise.catch(() => undefined);
      return made(entry, id, spec, wait);
    }
    return waitFor(making ?? begin(entry, id, spec), wait);
  }

  /** Runs `work` with the rows of a view (or of the result), whose file stays meanwhile. A file that was dropped is made again. */
  async function reading<T>(entry: Entry, id: string | undefined, work: (source: ViewSource) => Promise<T>, wait: Wait = {}): Promise<T> {
    const { columns, rows } = entry.state;
    if (id === undefined) return work({ file: resultFiles(resultsDir, entry.record.runId).rows, columns, rows });
    const known = find(entry, id);
    if (!known) throw new AppError('NotFound', 'That view of the result is no longer known.', { detail: 'Sort or filter again.' });
    entry.viewUsers.set(id, (entry.viewUsers.get(id) ?? 0) + 1);
    try {
      const view = await made(entry, id, known.spec, wait);
      view.lastUsed = Date.now();
      return await work({ file: fileOf(entry, id), columns: view.columns ?? columns, rows: view.rows });
    } finally {
      entry.viewUsers.set(id, (entry.viewUsers.get(id) ?? 1) - 1);
    }
  }

  return {
    reading,
    drop,

    /** The state of a view that is there: its id, rows and columns. Made where it is not. */
    async make(entry: Entry, spec: ViewSpec, wait: Wait = {}): Promise<ViewState> {
      const { columns, rows } = entry.state;
      if (isWhole(spec)) return { state: 'made', percent: 100, rows, columns };
      const id = viewIdOf(spec);
      const view = await made(entry, id, spec, wait);
      view.lastUsed = Date.now();
      return { state: 'made', percent: 100, viewId: id, rows: view.rows, columns: view.columns ?? columns };
    },

    /** What is left of the views of an earlier backend. */
    remembered: (runId: string, views: ViewRecord[]): ViewRecord[] =>
      views.filter(({ spec }) => spec !== undefined).map((view) => (existsSync(resultFiles(resultsDir, runId).view(view.id)) ? view : { ...view, bytes: 0 })),
  };
}
