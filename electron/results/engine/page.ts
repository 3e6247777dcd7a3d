import { printingOf, type Shape } from './cells.ts';
import type { Database } from './database.ts';
import type { EngineMethods } from './protocol.ts';
import { storedName } from './types.ts';

/** The driver drops a byte order mark (U+FEFF) at the start of a text, so such a text is given one more to lose. */
const whole = (column: string): string => `CASE WHEN starts_with(${column}, chr(65279)) THEN chr(65279) || ${column} ELSE ${column} END`;
/** Of a stored column. */
const textOf = (column: string, shape: Shape): string => (printingOf(column, shape)?.print ?? whole)(column);

/** Rows by row id: DuckDB skips to the row group, however far down (LIMIT/OFFSET would count its way there). */
export async function readPage(database: Database, { file, columns, start, count }: EngineMethods['page']['args']): Promise<EngineMethods['page']['value']> {
  const places = typeof columns === 'number' ? Array.from({ length: columns }, (_, i) => i) : columns;
  return database.use(file, async (connection, table, shape) => {
    const list = places.map((column) => textOf(storedName(column), shape)).join(', ');
    const reader = await connection.runAndReadAll(`SELECT ${list} FROM ${table} WHERE rowid >= ${Math.trunc(start)} AND rowid < ${Math.trunc(start + count)}${shape.unordered ? ' ORDER BY rowid' : ''}`);
    return { cells: reader.getColumns() as (string | null)[][] };
  });
}
