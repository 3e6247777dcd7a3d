import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rm, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import type { ExportJob } from '../../shared/contract/results.ts';
import type { ExportOptions } from '../../shared/contract/resultExports.ts';
import { AppError } from '../../shared/errors.ts';
import type { Grants, Tickets } from '../context.ts';
import { log } from '../log.ts';
import type { Subscribable } from '../transport/eventStream.ts';
import type { ResultsEngine } from './engineClient.ts';
import { diskFull, publish } from './publish.ts';
import type { ResultStore, StoredRows } from './store.ts';

/** A finished file waits this long for the browser to fetch it. */
const KEEP_FOR_BROWSER_MS = 10 * 60_000;
/** A file on its way to S3 stays so long: the upload of it may go on after a restart. */
const KEEP_FOR_UPLOAD_MS = 24 * 3_600_000;

const CONTENT_TYPES: Record<ExportJob['format'], string> = {
  csv: 'text/csv; charset=utf-8; header=present',
  tsv: 'text/tab-separated-values; charset=utf-8',
  json: 'application/json; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  sql: 'application/sql; charset=utf-8',
};

export interface ExportOrder {
  runId: string;
  viewId?: string | undefined;
  format: ExportJob['format'];
  destination: { kind: 'path'; path: string } | { kind: 'browser' | 'upload'; fileName: string };
  options: ExportOptions;
}

interface Running {
  job: ExportJob;
  listeners: Set<(job: ExportJob) => void>;
  leave: AbortController;
  ended: Promise<void>;
}

export interface ExportsOptions {
  store: ResultStore;
  engine: ResultsEngine;
  tickets: Tickets;
  grants: Pick<Grants, 'grant'>;
  /** A folder the engine may write into. */
  stagingDir: string;
  /** Files on their way to S3. */
  uploadsDir: string;
  /** Free bytes where a file is to be written. */
  freeBytes?: (folder: string) => Promise<number>;
}

/** A folder that cannot be asked is not refused here: writing there says what is wrong with it. */
async function freeBytesOf(folder: string): Promise<number> {
  const found = await statfs(folder).catch(() => undefined);
  return found ? found.bavail * found.bsize : Number.POSITIVE_INFINITY;
}

/** Has the disk begin with what is written so far, so that the sync at the end does not wait for all of it; its size. */
async function settle(staged: string): Promise<number> {
  const handle = await open(staged, 'r+');
  try {
    await handle.datasync();
    return (await handle.stat()).size;
  } finally {
    await handle.close();
  }
}

export const exportHasEnded = ({ state }: ExportJob): boolean => state !== 'running';

/** Writes stored results to files. The query is never run again. */
export function createExports({ store, engine, tickets, grants, stagingDir, uploadsDir, freeBytes = freeBytesOf }: ExportsOptions) {
  const jobs = new Map<string, Running>();

  const change = (running: Running, next: Partial<ExportJob>) => {
    running.job = { ...running.job, ...next };
    for (const listener of running.listeners) listener(running.job);
  };

  /** Parquet is far smaller than CSV; what it will need is not known before. */
  async function assertSpace(order: ExportOrder, needed: number) {
    if (order.format === 'parquet') return;
    const folders = [stagingDir, ...(order.destination.kind === 'path' ? [path.dirname(order.destination.path)] : [])];
    for (const folder of folders) if ((await freeBytes(folder)) < needed) throw diskFull(folder, needed);
  }

  async function write(running: Running, order: ExportOrder, staged: string, { file, columns, rows, csvBytes }: StoredRows) {
    change(running, { rowsTotal: rows });
    if (columns.length === 0) throw new AppError('BadInput', 'There is nothing to export: the statement gave no rows.');
    await mkdir(stagingDir, { recursive: true, mode: 0o700 });
    await assertSpace(order, csvBytes);
    const request = { file, target: staged, columns, format: order.format, options: order.options };
    let measuring = false;
    try {
      await engine.call('export', request, {
        signal: running.leave.signal,
        onProgress(rowsWritten) {
          change(running, { rowsWritten: Math.min(rows, Number(rowsWritten)) });
          if (measuring) return;
          measuring = true;
          settle(staged).then((size) => change(running, { bytesWritten: size }), () => undefined).finally(() => (measuring = false));
        },
      });
    } catch (error) {
      throw error instanceof AppError && error.code === 'DiskFull' ? diskFull(stagingDir, csvBytes, error) : error;
    }
    return (await stat(staged)).size;
  }

  function offerToBrowser(staged: string, fileName: string, format: ExportJob['format'], size: number): string {
    const forget = () => void rm(staged, { force: true }).catch((error: unknown) => log.warn('export not removed', error));
    setTimeout(forget, KEEP_FOR_BROWSER_MS).unref();
    return tickets.download(async () => {
      const body = createReadStream(staged);
      body.once('close', forget);
      return { fileName, contentType: CONTENT_TYPES[format], size, body };
    });
  }

  /** Uploads take a file's own name; a folder of its own keeps it apart. */
  async function offerToUpload(staged: string, id: string, fileName: string): Promise<string> {
    await tidyUploads();
    const file = path.join(uploadsDir, id, fileName);
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
    await publish(staged, file);
    return (await grants.grant(file, 'read')).grant;
  }

  async function tidyUploads(): Promise<void> {
    for (const id of await readdir(uploadsDir).catch(() => [])) {
      const folder = path.join(uploadsDir, id);
      if (Date.now() - (await stat(folder)).mtimeMs > KEEP_FOR_UPLOAD_MS) await rm(folder, { recursive: true, force: true });
    }
  }

  async function run(running: Running, order: ExportOrder): Promise<void> {
    const staged = path.join(stagingDir, `${running.job.id}.${order.format}`);
    try {
      const size = await store.useAll(order.runId, order.viewId, (stored) => write(running, order, staged, stored));
      if (running.leave.signal.aborted) throw new AppError('Cancelled', 'The export was cancelled.');
      const { destination } = order;
      const downloadUrl = destination.kind === 'browser' ? offerToBrowser(staged, destination.fileName, order.format, size) : undefined;
      const grant = destination.kind === 'upload' ? await offerToUpload(staged, running.job.id, destination.fileName) : undefined;
      if (destination.kind === 'path') await publish(staged, destination.path);
      change(running, { state: 'succeeded', rowsWritten: running.job.rowsTotal, bytesWritten: size, downloadUrl, grant });
    } catch (thrown) {
      await rm(staged, { force: true });
      if (running.leave.signal.aborted) return change(running, { state: 'cancelled' });
      if (!(thrown instanceof AppError)) log.error('export failed', thrown);
      const error = thrown instanceof AppError ? thrown : new AppError('Internal', 'The export failed.', { detail: String(thrown) });
      change(running, { state: 'failed', error: error.toData() });
    }
  }

  const find = (id: string): Running => {
    const running = jobs.get(id);
    if (!running) throw new AppError('NotFound', 'That export is not known here.');
    return running;
  };

  return {
    start(order: ExportOrder): ExportJob {
      const job: ExportJob = {
        id: randomUUID(),
        runId: order.runId,
        format: order.format,
        state: 'running',
        rowsTotal: 0,
        rowsWritten: 0,
        bytesWritten: 0,
        target: order.destination.kind === 'path' ? order.destination.path : order.destination.fileName,
      };
      const running: Running = { job, listeners: new Set(), leave: new AbortController(), ended: Promise.resolve() };
      jobs.set(job.id, running);
      running.ended = run(running, order);
      return job;
    },

    watch(id: string): Subscribable<ExportJob> {
      const running = find(id);
      return {
        current: () => running.job,
        onChange(listener) {
          running.listeners.add(listener);
          return () => void running.listeners.delete(listener);
        },
      };
    },

    /** Resolves when nothing of it is left. */
    async cancel(id: string): Promise<void> {
      const running = find(id);
      running.leave.abort();
      await running.ended;
    },

    /** Files of an earlier backend that nobody fetched. */
    async tidy(): Promise<void> {
      await rm(stagingDir, { recursive: true, force: true });
      await tidyUploads();
    },

    async end(): Promise<void> {
      for (const { leave } of jobs.values()) leave.abort();
      await Promise.all([...jobs.values()].map(({ ended }) => ended));
    },
  };
}
