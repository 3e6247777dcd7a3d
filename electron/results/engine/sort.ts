import { rename, stat } from 'node:fs/promises';
import type { ResultColumn, SortKey } from '../../../shared/contract/results.ts';
import type { Database } from './database.ts';
import { storedName, valueType } from './types.ts';

/** By value, not by text (9 before 10); NULLs last either way; equal rows stay in the result's own order. */
export function orderBy(columns: ResultColumn[], sort: SortKey[]): string {
  const keys = sort.map(({ column, direction }) => `${valueType(columns[column]!.type).value(storedName(column))} ${direction === 'asc' ? 'ASC' : 'DESC'} NULLS LAST`);
  return [...keys, 'rowid ASC'].join(', ');
}

/** Writes the view aside and renames it: a file under its own name is always whole. */
export async function writeSorted(
  database: Database,
  { file, target, columns, sort }: { file: string; target: string; columns: ResultColumn[]; sort: SortKey[] },
  signal: AbortSignal,
): Promise<{ bytes: number }> {
  const aside = `${target}.partial`;
  await database.remove(aside);
  try {
    await database.use(file, (_connection, from) => database.write(aside, `SELECT * FROM ${from} ORDER BY ${orderBy(columns, sort)}`, signal));
    await database.release(aside);
    await rename(aside, target);
  } catch (error) {
    await database.remove(aside);
    throw error;
  }
  return { bytes: (await stat(target)).size };
}
