import { rm } from 'node:fs/promises';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../../shared/errors.ts';
import type { EngineOptions } from './protocol.ts';
import { identifier, literal } from './types.ts';

/** Attached files at most; the one used longest ago goes first. */
const MOST_ATTACHED = 32;

interface Attached {
  alias: string;
  users: number;
}

/** DuckDB's errors in our terms. */
export function toAppError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  if (/^INTERRUPT Error/.test(error.message)) return new AppError('Cancelled', 'The work on the result was cancelled.');
  if (/No space left on device|ENOSPC|disk full/i.test(error.message)) return new AppError('DiskFull', 'The disk is full.', { detail: error.message, cause: error });
  if (/^Out of Memory Error/.test(error.message)) {
    return new AppError('Unavailable', 'The results engine has too little memory for this.', { detail: error.message, cause: error, retryable: true });
  }
  return new AppError('Internal', 'The results engine failed.', { detail: error.message, cause: error });
}

/** One DuckDB over many result files, each attached while it is used. Only `folders` can be touched. */
export async function openDatabase({ folders, tempDir, memoryLimit }: EngineOptions) {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: memoryLimit, temp_directory: tempDir });
  const control = await instance.connect();
  const settings = [
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    // Checkpoints are taken when a result is complete, not in the middle of loading it.
    "SET checkpoint_threshold = '1TB'",
    'SET preserve_insertion_order = true',
    `SET allowed_directories = [${folders.map(literal).join(', ')}]`,
    'SET enable_external_access = false',
  ];
  for (const setting of settings) await control.run(setting);

  const attached = new Map<string, Attached>();
  const idle: DuckDBConnection[] = [];
  let nextAlias = 1;
  let queue: Promise<unknown> = Promise.resolve();
  /** Attaching and detaching happen one after the other. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  async function detach(file: string) {
    const entry = attached.get(file);
    if (!entry) return;
    attached.delete(file);
    await control.run(`DETACH ${identifier(entry.alias)}`);
  }

  const attach = (file: string) =>
    inTurn(async () => {
      const known = attached.get(file);
      if (known) {
        known.users++;
        attached.delete(file);
        attached.set(file, known);
        return known;
      }
      for (const [other, { users }] of attached) {
        if (attached.size < MOST_ATTACHED) break;
        if (users === 0) await detach(other);
      }
      const entry = { alias: `f${nextAlias++}`, users: 1 };
      await control.run(`ATTACH ${literal(file)} AS ${identifier(entry.alias)}`);
      attached.set(file, entry);
      return entry;
    });

  return {
    /** Runs `work` with a connection of its own and the table of `file`, e.g. `"f1".r`. Aborting interrupts the SQL. */
    async use<T>(file: string, work: (connection: DuckDBConnection, table: string, alias: string) => Promise<T>, signal?: AbortSignal): Promise<T> {
      const entry = await attach(file).catch((error: unknown) => {
        throw toAppError(error);
      });
      const connection = idle.pop() ?? (await instance.connect());
      const interrupt = () => connection.interrupt();
      signal?.addEventListener('abort', interrupt, { once: true });
      try {
        if (signal?.aborted) throw new AppError('Cancelled', 'The work on the result was cancelled.');
        return await work(connection, `${identifier(entry.alias)}.r`, identifier(entry.alias));
      } catch (error) {
        throw toAppError(error);
      } finally {
        signal?.removeEventListener('abort', interrupt);
        entry.users--;
        // An interrupt that came too late must not hit the next user.
        if (signal?.aborted) connection.closeSync();
        else idle.push(connection);
      }
    },
    release: (file: string) => inTurn(() => detach(file)),
    /** Deletes a database file and its log. */
    async remove(file: string) {
      await inTurn(() => detach(file));
      await Promise.all([rm(file, { force: true }), rm(`${file}.wal`, { force: true })]);
    },
  };
}

export type Database = Awaited<ReturnType<typeof openDatabase>>;
