import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { ClassicLevel } from 'classic-level';
import { AppError } from '../../shared/errors.ts';

/** One kind of record of the app's own state (settings, history, tabs, transfers), keyed by text. */
export interface Collection<T> {
  get(key: string): Promise<T | undefined>;
  /** Durable when it resolves: the write is synced to disk. */
  put(key: string, value: T): Promise<void>;
  /** All puts and deletes, or none. Durable when it resolves. */
  batch(operations: ({ type: 'put'; key: string; value: T } | { type: 'del'; key: string })[]): Promise<void>;
  delete(key: string): Promise<void>;
  /** In key order; `gt`/`lt` bound it. */
  entries(range?: { gt?: string; gte?: string; lt?: string; lte?: string; reverse?: boolean; limit?: number }): AsyncIterable<[string, T]>;
}

/** The app's own state under `DIR/app`: an ordered log-structured store that survives kill -9. */
export interface Store {
  collection<T>(name: string): Collection<T>;
  close(): Promise<void>;
}

const SYNC = { sync: true } as const;

/** A write that failed for want of space says so (FAULTS 11); nothing of it was kept. */
async function written(write: Promise<void>): Promise<void> {
  try {
    await write;
  } catch (error) {
    if (!/no space left|ENOSPC|quota/i.test(`${String(error)} ${String((error as Error).cause)}`)) throw error;
    throw new AppError('DiskFull', 'The disk is full: the last change was not kept.', { detail: 'Free some space, then try again.', retryable: true, cause: error });
  }
}

/** Opens (creates) the store. Conflict where another process holds it. */
export async function openStore(dir: string): Promise<Store> {
  await mkdir(dir, { recursive: true, mode: 0o700 }).catch((error: Error) => {
    throw new AppError('AccessDenied', `The folder ${dir} cannot be made.`, { detail: `${error.message}. Name another with --data-dir.`, resource: dir, cause: error });
  });
  const db = new ClassicLevel<string, unknown>(path.join(dir, 'state'), { keyEncoding: 'utf8', valueEncoding: 'json' });
  try {
    await db.open();
  } catch (error) {
    if ((error as { cause?: { code?: string } }).cause?.code === 'LEVEL_LOCKED') {
      throw new AppError('Conflict', `Another Secchi is using ${dir}.`, {
        detail: 'Close it first, or start this one with its own --data-dir.',
        cause: error,
      });
    }
    throw new AppError('Internal', `The app's own data in ${dir} cannot be opened.`, {
      detail: `${String((error as Error).cause ?? error)}. Move the folder aside to start afresh.`,
      cause: error,
    });
  }
  return {
    collection<T>(name: string): Collection<T> {
      const level = db.sublevel<string, T>(name, { keyEncoding: 'utf8', valueEncoding: 'json' });
      // Sublevel writes go through the root so that `sync` reaches the disk.
      return {
        get: (key) => level.get(key),
        put: (key, value) => written(db.batch([{ type: 'put', sublevel: level, key, value }] as never, SYNC)),
        batch: (operations) => written(db.batch(operations.map((o) => ({ ...o, sublevel: level })) as never, SYNC)),
        delete: (key) => written(db.batch([{ type: 'del', sublevel: level, key }] as never, SYNC)),
        entries: (range = {}) => level.iterator(range),
      };
    },
    close: () => db.close(),
  };
}
