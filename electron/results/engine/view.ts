import { rename, stat } from 'node:fs/promises';
import type { DuckDBConnection } from '@duckdb/node-api';
import type { RowsSpec, SortKey } from '../../../shared/contract/resultViews.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Call } from '../../processes/child.ts';
import { cellsOf, type Cell } from './cells.ts';
import type { Database } from './database.ts';
import { where, type Check } from './filter.ts';
import { reportPercent } from './progress.ts';
import type { EngineMethods } from './protocol.ts';
import { ROW } from './shapes.ts';

/** By value, not by text (9 before 10); NULLs last either way; equal rows stay in the result's own order. */
export function orderBy(cells: Cell[], sort: SortKey[]): string {
  const keys = sort.map(({ column, direction }) => {
    const cell = cells[column];
    if (!cell) throw new AppError('BadInput', `The result has no column ${column}.`);
    return `${cell.order} ${direction === 'asc' ? 'ASC' : 'DESC'} NULLS LAST`;
  });
  return [...keys, 'rowid ASC'].join(', ');
}

/** The message of what the engine refused, without its advice. */
const reason = (error: unknown): string => (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));

/** A filter the engine would fail on, or that no row can pass because it is mistyped, is refused before it runs. */
export async function assertChecks(connection: DuckDBConnection, checks: Check[]): Promise<void> {
  for (const { sql, error } of checks) {
    const value = await connection.runAndReadAll(`SELECT ${sql} IS NULL`).then(
      (reader) => reader.getRows()[0]?.[0],
      (thrown: unknown) => {
        throw new AppError(error.code, error.message, { detail: reason(thrown), cause: thrown });
      },
    );
    if (value === true) throw error;
  }
}

/** The rows of a view of `table`, in its order: `list` of each. */
export async function viewSelect(connection: DuckDBConnection, table: string, list: string, cells: Cell[], { filters, search, sort }: Pick<RowsSpec, 'filters' | 'search' | 'sort'>): Promise<string> {
  const { sql, checks } = where(cells, { filters, search });
  await assertChecks(connection, checks);
  return `SELECT ${list} FROM ${table}${sql}${sort.length > 0 ? ` ORDER BY ${orderBy(cells, sort)}` : ''}`;
}

/** Writes a table aside and renames it: a file under its own name is always whole. */
export async function writeAside(database: Database, target: string, select: (connection: DuckDBConnection) => Promise<string>, { signal, progress }: Call, of?: string): Promise<{ rows: number; bytes: number }> {
  const aside = `${target}.partial`;
  await database.remove(aside);
  try {
    const rows = await database.write(aside, select, { signal, of, watch: (connection) => reportPercent(connection, progress) });
    await database.release(aside);
    await rename(aside, target);
    return { rows, bytes: (await stat(target)).size };
  } catch (error) {
    await database.remove(aside);
    throw error;
  }
}

/** Rows of many columns are not copied: the view holds which they are, in its order, and is read by way of the others. */
export const writeView = (database: Database, { file, target, columns, spec, byRow }: EngineMethods['view']['args'], call: Call): Promise<{ rows: number; bytes: number }> =>
  database.use(file, (_reading, table, shape) => {
    const list = byRow ? `rowid AS ${ROW}` : '*';
    return writeAside(database, target, (connection) => viewSelect(connection, table, list, cellsOf(columns, shape), spec), call, byRow ? file : undefined);
  });
