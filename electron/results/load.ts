import { copyFile, link, mkdir, open, rm, stat, type FileHandle } from 'node:fs/promises';
import path from 'node:path';
import type { ResultState } from '../../shared/contract/results.ts';
import type { Run } from '../../shared/contract/runs.ts';
import { AppError } from '../../shared/errors.ts';
import type { AwsConnections } from '../aws/types.ts';
import type { FinishedRows, RowsWay } from '../engines/types.ts';
import { log } from '../log.ts';
import { athenaCsv, withoutHeader } from './athenaCsv.ts';
import { createRecordCutter } from './csvRecords.ts';
import type { ResultsEngine } from './engineClient.ts';
import { readObject, type ObjectSource } from './objectReader.ts';
import { diskFull } from './publish.ts';

/** Bytes handed to the engine before it has stored them: enough that it never waits, and can store several parts at a time. */
const MOST_AHEAD = 64 * 1024 * 1024;
/** Bytes of a part, and rows it should have. */
const LEAST_PART = 4 * 1024 * 1024;
const MOST_PART = 32 * 1024 * 1024;
const ROWS_OF_PART = 125_000;
const ENGINE_ATTEMPTS = 3;
/** Bytes of CSV up to which a result is held in the engine's memory while it loads (twice that there). */
const MOST_IN_MEMORY = 256 * 1024 * 1024;

export interface LoadRequest {
  run: Run;
  /** The first rows, which are here already, and how all are read. */
  found: FinishedRows;
  /** The database file to fill. */
  file: string;
  signal: AbortSignal;
  onProgress(change: Partial<Pick<ResultState, 'rows' | 'bytesLoaded' | 'bytesTotal' | 'source'>>): void;
}

/** A file of whole records on its way to the engine. */
interface Part {
  path: string;
  handle: FileHandle;
  bytes: number;
}

/**
 * Hands files of whole records to the engine in order, of `partBytes` each or a little more; waits where it falls behind.
 */
function createFeeder(engine: ResultsEngine, { file, dir, partBytes }: { file: string; dir: string; partBytes: number }, onRows: (rows: number) => void) {
  const pending: { bytes: number; stored: Promise<void> }[] = [];
  let ahead = 0;
  let number = 0;
  let part: Part | undefined;

  async function begin(): Promise<Part> {
    const at = path.join(dir, `part-${number++}`);
    return { path: at, handle: await open(at, 'wx'), bytes: 0 };
  }

  async function hand({ path: at, handle, bytes }: Part, last: boolean) {
    await handle.close();
    const stored = engine.call('append', { file, part: at, bytes, last }).then(({ rows }) => onRows(rows));
    stored.catch(() => undefined); // heard of where it is awaited
    pending.push({ bytes, stored });
    ahead += bytes;
    while (ahead > MOST_AHEAD && pending.length > 1) {
      const first = pending.shift()!;
      await first.stored;
      ahead -= first.bytes;
    }
  }

  return {
    /** The records are the bytes of `pieces`, one after the other. */
    async feed(pieces: Buffer[], last: boolean) {
      part ??= await begin();
      await writePieces(part, pieces);
      if (part.bytes < partBytes && !last) return;
      const full = part;
      part = undefined;
      await hand(full, last);
    },
    async end() {
      for (const { stored } of pending) await stored;
    },
    /** Waits for what was handed over, whatever comes of it: only then may its parts be deleted, or the file be filled again. */
    async leave() {
      await part?.handle.close();
      await Promise.allSettled(pending.map(({ stored }) => stored));
    },
  };
}

async function writePieces(part: Part, pieces: Buffer[]): Promise<void> {
  try {
    for (const piece of pieces) for (let done = 0; done < piece.length; ) done += (await part.handle.write(piece, done)).bytesWritten;
  } catch (error) {
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? diskFull(path.dirname(part.path), bytes, error) : error;
  }
  part.bytes += pieces.reduce((sum, { length }) => sum + length, 0);
}

/** Bytes of a part that is a whole group of rows, if all are as long as the first ones: DuckDB stores smaller ones at twice the cost. */
function partBytesFor(rows: (string | null)[][]): number {
  const row = rows.length > 0 ? Buffer.byteLength(athenaCsv(rows)) / rows.length : 0;
  return Math.min(MOST_PART, Math.max(LEAST_PART, Math.ceil(row * ROWS_OF_PART)));
}

async function fromObject(aws: AwsConnections, engine: ResultsEngine, source: ObjectSource, { found: { columns, rows }, file, signal, onProgress }: LoadRequest, dir: string) {
  onProgress({ source: 'object', bytesLoaded: 0 });
  const feeder = createFeeder(engine, { file, dir, partBytes: partBytesFor(rows) }, (stored) => onProgress({ rows: stored }));
  const cutter = createRecordCutter();
  try {
    await readObject(aws, source, {
      signal,
      async onPart(bytes, { first, last, total }) {
        if (first) await engine.call('create', { file, columns, inMemory: total <= MOST_IN_MEMORY });
        const records = cutter.cut(bytes, last);
        await feeder.feed(first ? withoutHeader(records, columns) : records, last);
      },
      onProgress: (bytesLoaded, bytesTotal) => onProgress({ bytesLoaded, bytesTotal }),
    });
    await feeder.end();
  } finally {
    await feeder.leave();
  }
}

async function fromPages(engine: ResultsEngine, { page }: RowsWay & { kind: 'pages' }, { found, file, signal, onProgress }: LoadRequest, dir: string) {
  await engine.call('create', { file, columns: found.columns, inMemory: false });
  onProgress({ source: 'api', bytesLoaded: 0, bytesTotal: 0 });
  const feeder = createFeeder(engine, { file, dir, partBytes: 0 }, (stored) => onProgress({ rows: stored }));
  let { rows, nextToken } = found;
  let bytes = 0;
  try {
    for (;;) {
      const csv = Buffer.from(athenaCsv(rows));
      bytes += csv.length;
      onProgress({ bytesLoaded: bytes });
      await feeder.feed([csv], nextToken === undefined);
      if (nextToken === undefined) break;
      if (signal.aborted) throw new AppError('Cancelled', 'Loading the result was cancelled.');
      ({ rows, nextToken } = await page(nextToken, signal));
    }
    await feeder.end();
  } finally {
    await feeder.leave();
  }
}

/** The file itself, where the file system can give it a second name; a copy where not. The engine's own stays until all is settled. */
async function fromFile({ file: whole, rows }: RowsWay & { kind: 'file' }, { file, onProgress }: LoadRequest) {
  await rm(file, { force: true });
  await link(whole, file).catch(() => copyFile(whole, file));
  const { size } = await stat(file);
  onProgress({ source: 'engine', rows, bytesLoaded: size, bytesTotal: size });
}

/** What reading another way would not mend. */
const isFinal = (error: unknown): boolean => error instanceof AppError && (error.code === 'Cancelled' || error.code === 'DiskFull' || error.code === 'EngineDied');

/**
 * Stores all rows of a succeeded run in `file`: by the first of its engine's ways that can be read and is what the engine
 * said it is (FAULTS 22). A results engine that dies is given the same work again.
 */
export async function loadResult(aws: AwsConnections, engine: ResultsEngine, request: LoadRequest): Promise<void> {
  const { run, file, found } = request;
  const dir = path.join(path.dirname(file), 'incoming');
  let tried = 0;
  for (let attempt = 1; ; attempt++) {
    const way = found.ways[tried]!;
    await rm(dir, { recursive: true, force: true });
    await mkdir(dir, { recursive: true });
    try {
      if (way.kind === 'object') await fromObject(aws, engine, { connectionId: run.connectionId, bucket: way.bucket, key: way.key }, request, dir);
      else if (way.kind === 'file') await fromFile(way, request);
      else await fromPages(engine, way, request, dir);
      return;
    } catch (error) {
      const died = error instanceof AppError && error.code === 'EngineDied' && attempt < ENGINE_ATTEMPTS;
      if (!died && (isFinal(error) || tried + 1 === found.ways.length)) throw error;
      if (!died) {
        log.warn(`result not readable as ${way.kind}, the next way is taken`, run.id, error instanceof AppError ? `${error.code}: ${error.message}` : error);
        tried += 1;
      }
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }
}

/** DuckDB does not say how much was missing: the file may be as large as the CSV. */
export function toLoadError(thrown: unknown, csvBytes: number, resultsDir: string): AppError {
  if (!(thrown instanceof AppError)) return new AppError('Internal', 'The result could not be stored.', { detail: String(thrown) });
  return thrown.code === 'DiskFull' ? diskFull(resultsDir, csvBytes, thrown) : thrown;
}
