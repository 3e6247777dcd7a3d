import { mkdirSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../format/literals.ts';
import { formatMacros } from '../format/macros.ts';
import { installPrelude } from '../sql/prelude.ts';

const GIGABYTE = 2 ** 30;

/** A quarter of the machine, at most 2 GB: the window, its backend and other engines run beside it. */
const memoryLimit = () => `${Math.floor(Math.min(2 * GIGABYTE, Math.max(GIGABYTE / 2, totalmem() / 4)) / 2 ** 20)}MiB`;

/**
 * The DuckDB that runs the lake's queries: in memory, spilling to `workDir`, able to reach nothing but the lake's blobs
 * and `workDir`. It has the functions that translated SQL calls.
 */
export async function openDatabase({ blobsDir, workDir }: { blobsDir: string; workDir: string }): Promise<DuckDBInstance> {
  mkdirSync(workDir, { recursive: true, mode: 0o700 });
  const instance = await DuckDBInstance.create(':memory:', {
    memory_limit: memoryLimit(),
    threads: String(Math.max(2, availableParallelism())),
    temp_directory: workDir,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  try {
    for (const sql of formatMacros) await connection.run(sql);
    installPrelude(connection);
    await connection.run(`SET GLOBAL TimeZone = 'UTC'`);
    await connection.run(`SET allowed_directories = [${[blobsDir, workDir].map((dir) => literal(dir)).join(', ')}]`);
    await connection.run('SET enable_external_access = false');
    await connection.run('SET lock_configuration = true');
  } finally {
    connection.closeSync();
  }
  return instance;
}

/** Runs work on a connection of its own, interrupted when the signal says so. */
export async function withConnection<T>(instance: DuckDBInstance, signal: AbortSignal, work: (connection: DuckDBConnection) => Promise<T>): Promise<T> {
  const connection = await instance.connect();
  // An interrupt before a statement has begun is lost, so it is repeated until the work is over.
  let again: NodeJS.Timeout | undefined;
  const interrupt = () => {
    connection.interrupt();
    again ??= setInterval(() => connection.interrupt(), 50);
  };
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    signal.throwIfAborted();
    return await work(connection);
  } finally {
    signal.removeEventListener('abort', interrupt);
    clearInterval(again);
    connection.closeSync();
  }
}
