import type { Database } from '../database.ts';
import type { EngineMethods } from '../protocol.ts';
import { storedName } from '../types.ts';

/** Rows and columns a proposal is made from. */
const SAMPLED_ROWS = 50_000;
const EXACT_ROWS = 10_000;
const SAMPLED_COLUMNS = 100;

/** NULLs and different values of each column in the first rows: exact where there are few. */
export function readFacts(database: Database, { file, columns, rows }: EngineMethods['chartFacts']['args'], signal: AbortSignal): Promise<EngineMethods['chartFacts']['value']> {
  const shown = Math.min(columns, SAMPLED_COLUMNS);
  const sampled = Math.min(rows, SAMPLED_ROWS);
  const distinct = (column: string) => (rows <= EXACT_ROWS ? `count(DISTINCT ${column})` : `approx_count_distinct(${column})`);
  const list = Array.from({ length: shown }, (_, i) => `CAST(count(*) - count(${storedName(i)}) AS DOUBLE), CAST(${distinct(storedName(i))} AS DOUBLE)`);
  return database.use(
    file,
    async (connection, table) => {
      const counts = list.length > 0 ? (await connection.runAndReadAll(`SELECT ${list.join(', ')} FROM ${table} WHERE rowid < ${sampled}`)).getColumns().map(([value]) => Number(value)) : [];
      // Columns beyond the sampled ones are not proposed.
      return { sampled, rows, columns: Array.from({ length: columns }, (_, i) => (i < shown ? { nulls: counts[2 * i]!, distinct: counts[2 * i + 1]! } : { nulls: sampled, distinct: 0 })) };
    },
    signal,
  );
}
