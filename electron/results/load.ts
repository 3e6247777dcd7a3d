import { copyFile, link, mkdir, open, rm, stat } from 'node:fs/promises';
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

/** Parts handed to the engine before it has stored them: enough that it never waits, and can store several at a time. */
const PARTS_AHEAD = 4;
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

/** Hands files of whole records to the engine in order; waits where it falls behind. */
function createFeeder(engine: ResultsEngine, { file, dir }: { file: string; dir: string }, onRows: (rows: number) => void) {
  const pending: Promise<void>[] = [];
  let number = 0;
  return {
    /** The records are the bytes of `pieces`, one after the other. */
    async feed(pieces: Buffer[], last: boolean) {
      const part = path.join(dir, `part-${number++}`);
      const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
      await writePieces(part, pieces, bytes);
      const stored = engine.call('append', { file, part, bytes, last }).then(({ rows }) => onRows(rows));
      stored.catch(() => undefined); // heard of where it is awaited
      pending.push(stored);
      if (pending.length > PARTS_AHEAD) await pending.shift();
    },
    async end() {
      for (const stored of pending) await stored;
    },
    /** Waits for what was handed over, whatever comes of it: only then may its parts be deleted, or the file be filled again. */
    async leave() {
      await Promise.allSettled(pending);
    },
  };
}

async function writePieces(at: string, pieces: Buffer[], bytes: number): Promise<void> {
  const handle = await open(at, 'wx');
  try {
    for (const piece of pieces) for (let done = 0; done < piece.length; ) done += (await handle.write(piece, done)).bytesWritten;
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? diskFull(path.dirname(at), bytes, error) : error;
  } finally {
    await handle.close();
  }
}

async function fromObject(aws: AwsConnections, engine: ResultsEngine, source: ObjectSource, { found: { columns }, file, signal, onProgress }: LoadRequest, dir: string) {
  onProgress({ source: 'object', bytesLoaded: 0 });
  const feeder = createFeeder(engine, { file, dir }, (rows) => onProgress({ rows }));
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
  const feeder = createFeeder(engine, { file, dir }, (rows) => onProgress({ rows }));
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
