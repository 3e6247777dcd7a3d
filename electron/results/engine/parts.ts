import { readFile, rm, writeFile } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import { literal, storedName } from './types.ts';

/** A file of whole records of Athena's CSV. */
export interface Part {
  path: string;
  bytes: number;
}

/**
 * How DuckDB reads what Athena writes: every value is quoted, NULL is nothing at all, "" is the empty string. With these
 * options `"NULL"`, a row of NULLs (an empty line where there is one column) and newlines in fields come out exact.
 * One buffer holds a part, so a record may be as long as the part is.
 */
function readCsv(parts: Part[], columns: number): string {
  const struct = Array.from({ length: columns }, (_, i) => `'${storedName(i)}': 'VARCHAR'`).join(', ');
  const most = Math.max(...parts.map(({ bytes }) => bytes)) + 1;
  return `read_csv([${parts.map(({ path }) => literal(path)).join(', ')}], columns = {${struct}}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    new_line = '\\n', nullstr = '', allow_quoted_nulls = false, strict_mode = true, max_line_size = ${most}, buffer_size = ${most})`;
}

const isNoText = (error: unknown) => error instanceof AppError && /not utf-8|Invalid unicode/i.test(error.detail ?? '');

/** Bytes that are no text are shown as U+FFFD, as Athena's own API shows them. */
async function asText({ path }: Part): Promise<Part> {
  const text = Buffer.from(await readFile(path, 'utf8'));
  await writeFile(path, text);
  return { path, bytes: text.length };
}

/** Runs `work` with an SQL source of the rows of some parts, of so many columns. */
export async function reading<T>(parts: Part[], columns: number, work: (source: string) => Promise<T>): Promise<T> {
  return work(readCsv(parts, columns)).catch(async (error: unknown) => {
    if (!isNoText(error)) throw error;
    return work(readCsv(await Promise.all(parts.map(asText)), columns));
  });
}

export const removeParts = async (parts: Part[]): Promise<void> => void (await Promise.all(parts.map(({ path }) => rm(path, { force: true }))));
