import { rm } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { AppError } from '../../../shared/errors.ts';
import { createAttachments } from './attachments.ts';
import type { Shape } from './cells.ts';
import type { EngineOptions } from './protocol.ts';
import { createShapes, ROW } from './shapes.ts';
import { identifier, literal } from './types.ts';

/** DuckDB's errors in our terms. */
export function toAppError(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof AppError) return error;
  if (/^INTERRUPT Error/.test(error.message)) return new AppError('Cancelled', 'The work on the result was cancelled.');
  if (/No space left on device|ENOSPC|disk full/i.test(error.message)) return new AppError('DiskFull', 'The disk is full.', { detail: error.message, cause: error });
  // A commit that finds no memory says so inside another error.
  if (/Out of Memory|could not allocate|failed to allocate/i.test(error.message)) {
    return new AppError('Unavailable', 'The results engine has too little memory for this.', { detail: error.message, cause: error, retryable: true });
  }
  return new AppError('Internal', 'The results engine failed.', { detail: error.message, cause: error });
}

interface WriteOptions {
  signal?: AbortSignal;
  /** Runs beside it; what it answers ends it. */
  watch?(connection: DuckDBConnection): Promise<() => void>;
  /** The file whose rows it holds, by ROW. */
  of?: string | undefined;
  /** Rows of a group. */
  rowGroup?: number;
}

/** While it is in memory. */
const ALL_TEXT: Shape = new Map();
const INTERRUPT_EVERY_MS = 20;

const cancelled = () => new AppError('Cancelled', 'The work on the result was cancelled.');

/** Work on a stored table. */
type TableWork<T> = (connection: DuckDBConnection, table: string, shape: Shape) => Promise<T>;

/** A table in memory that will be in a file. It is dropped when it is `gone` and nobody reads it any more. */
interface MemoryTable {
  name: string;
  users: number;
  gone: boolean;
}

/**
 * One DuckDB over many result files. Each holds one table, `r`. A result that is being loaded may be in memory at first
 * (storing rows compressed costs four times what reading them does) and is moved into its file when it settles; whoever
 * uses it does not notice. Only `folders` can be touched.
 */
export async function openDatabase({ folders, tempDir, memoryLimit }: EngineOptions) {
  const instance = await DuckDBInstance.create(':memory:', { memory_limit: memoryLimit, temp_directory: tempDir });
  const control = await instance.connect();
  const settings = [
    'SET autoinstall_known_extensions = false',
    'SET autoload_known_extensions = false',
    // Checkpoints are taken when a result settles, not in the middle of loading it.
    "SET checkpoint_threshold = '1TB'",
    // They need not join small groups of rows: that is to write the file again.
    'SET max_vacuum_tasks = 0',
    'SET preserve_insertion_order = true',
    // A timestamp without a zone, in a filter, means the same everywhere.
    "SET GLOBAL TimeZone = 'UTC'",
    `SET allowed_directories = [${folders.map(literal).join(', ')}]`,
    'SET enable_external_access = false',
  ];
  for (const setting of settings) await control.run(setting);

  const files = createAttachments(control);
  const inMemory = new Map<string, MemoryTable>();
  const shapes = createShapes();
  /** How often the columns of a file were changed while it loaded. */
  const alterations = new Map<string, number>();
  const idle: DuckDBConnection[] = [];
  let nextTable = 1;

  /** A connection of its own for `work`; aborting interrupts its SQL. */
  async function connected<T>(work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (signal?.aborted) throw cancelled();
    const connection = idle.pop() ?? (await instance.connect());
    // An interrupt between two statements, or before one began, is lost: it is repeated until the work has ended.
    let again: NodeJS.Timeout | undefined;
    const interrupt = () => {
      connection.interrupt();
      again ??= setInterval(() => connection.interrupt(), INTERRUPT_EVERY_MS);
    };
    signal?.addEventListener('abort', interrupt, { once: true });
    try {
      const done = await work(connection);
      if (signal?.aborted) throw cancelled();
      return done;
    } catch (error) {
      throw toAppError(error);
    } finally {
      clearInterval(again);
      signal?.removeEventListener('abort', interrupt);
      // An interrupt that came too late must not hit the next user.
      if (signal?.aborted) connection.closeSync();
      else idle.push(connection);
    }
  }

  const withFile = <T>(file: string, work: (connection: DuckDBConnection, alias: string) => Promise<T>, signal?: AbortSignal, rowGroup?: number): Promise<T> =>
    connected((connection) => files.use(file, (alias) => work(connection, identifier(alias)), rowGroup), signal);

  /** Rows that are in a file of their own, or those of another file in an order. */
  async function withTable<T>(connection: DuckDBConnection, file: string, alias: string, work: TableWork<T>): Promise<T> {
    const { shape, of } = await shapes.find(connection, file, alias);
    if (of === undefined) return work(connection, `${alias}.r`, shape);
    return files.use(of, async (there) => {
      const base = identifier(there);
      const rows = `(SELECT o.rowid AS rowid, b.* FROM ${alias}.r AS o JOIN ${base}.r AS b ON b.rowid = o.${ROW})`;
      return work(connection, rows, Object.assign(new Map((await shapes.find(connection, of, base)).shape), { unordered: true }));
    });
  }

  const dropUnused = async (table: MemoryTable): Promise<void> => {
    if (table.gone && table.users === 0) await connected((connection) => connection.run(`DROP TABLE ${table.name}`));
  };

  async function withMemory<T>(table: MemoryTable, work: (connection: DuckDBConnection) => Promise<T>, signal?: AbortSignal): Promise<T> {
    table.users++;
    try {
      return await connected(work, signal);
    } finally {
      table.users--;
      await dropUnused(table);
    }
  }

  async function forgetMemory(file: string): Promise<void> {
    const table = inMemory.get(file);
    shapes.forget(file);
    alterations.delete(file);
    if (!table) return;
    inMemory.delete(file);
    table.gone = true;
    await dropUnused(table);
  }

  return {
    /** What is not written by DuckDB itself may be written into the same folders only. */
    assertInside(file: string): void {
      const inside = folders.some((folder) => path.resolve(file).startsWith(path.resolve(folder) + path.sep));
      if (!inside) throw new AppError('Internal', `The results engine does not write to ${file}.`);
    },

    /** `columns` as in CREATE TABLE, kept in memory until it settles. */
    async createInMemory(file: string, columns: string): Promise<void> {
      const name = `memory.main.t${nextTable++}`;
      await connected((connection) => connection.run(`CREATE TABLE ${name} (${columns})`));
      inMemory.set(file, { name, users: 0, gone: false });
    },

    /** The same in its file from the beginning. */
    async createInFile(file: string, columns: string, rowGroup: number): Promise<void> {
      await withFile(file, (connection, alias) => connection.run(`CREATE TABLE ${alias}.r (${columns})`), undefined, rowGroup);
    },

    /** Runs `work` with the table of `file`, wherever that is now. */
    async use<T>(file: string, work: TableWork<T>, signal?: AbortSignal): Promise<T> {
      const table = inMemory.get(file);
      if (table) return withMemory(table, (connection) => work(connection, table.name, ALL_TEXT), signal);
      const before = alterations.get(file);
      try {
        return await withFile(file, (connection, alias) => withTable(connection, file, alias, work), signal);
      } catch (error) {
        if (alterations.get(file) === before) throw error;
        return this.use(file, work, signal);
      }
    },

    /** Runs `work` on no table of ours. */
    query: <T>(work: (connection: DuckDBConnection) => Promise<T>): Promise<T> => connected(work),

    /** Changes the columns of a table that is being loaded. Who reads it in this moment, and fails, reads again. */
    async alter(file: string, changes: (table: string) => string[]): Promise<void> {
      await withFile(file, async (connection, alias) => {
        for (const change of changes(`${alias}.r`)) await connection.run(change);
      });
      shapes.forget(file);
      alterations.set(file, (alterations.get(file) ?? 0) + 1);
    },

    /** Writes a table of what `select` answers into a new file; answers with its rows. */
    write: (file: string, select: (connection: DuckDBConnection) => Promise<string>, { signal, watch, of, rowGroup }: WriteOptions = {}): Promise<number> =>
      withFile(
        file,
        async (connection, alias) => {
          if (of !== undefined) await shapes.note(connection, file, alias, of);
          const statement = `CREATE TABLE ${alias}.r AS ${await select(connection)}`;
          const stop = await watch?.(connection);
          try {
            await connection.run(statement);
          } finally {
            stop?.();
          }
          await connection.run(`CHECKPOINT ${alias}`);
          return Number((await connection.runAndReadAll(`SELECT count(*) FROM ${alias}.r`)).getRows()[0]![0]);
        },
        signal,
        rowGroup,
      ),

    /** Afterwards all of `file` is in the file itself, not in memory nor in its log. `list` says what of a table in memory is kept. */
    async settle(file: string, list: (connection: DuckDBConnection, table: string) => Promise<string>, rowGroup: number): Promise<void> {
      const table = inMemory.get(file);
      if (!table) return void (await withFile(file, (connection, alias) => connection.run(`CHECKPOINT ${alias}`)));
      await this.write(file, async (connection) => `SELECT ${await list(connection, table.name)} FROM ${table.name}`, { rowGroup });
      await forgetMemory(file);
    },

    /** Lets go of a file, so that it can be renamed or deleted. */
    async release(file: string): Promise<void> {
      await forgetMemory(file);
      await files.detach(file);
    },

    /** Deletes a file and its log. */
    async remove(file: string): Promise<void> {
      await this.release(file);
      await Promise.all([rm(file, { force: true }), rm(`${file}.wal`, { force: true })]);
    },
  };
}

export type Database = Awaited<ReturnType<typeof openDatabase>>;
