import type { ResultColumn } from '../../shared/contract/results.ts';
import { AppError } from '../../shared/errors.ts';

/** A value as Athena writes it into a result object: quoted, quotes doubled; NULL is nothing at all. */
const cell = (value: string | null): string => (value === null ? '' : `"${value.replaceAll('"', '""')}"`);

/** Rows as Athena writes them: records ended by \n. */
export const athenaCsv = (rows: (string | null)[][]): string => rows.map((row) => `${row.map(cell).join(',')}\n`).join('');

/** What follows the header. An encrypted or foreign object is found out here, before any of it is taken for rows. */
export function withoutHeader(pieces: Buffer[], columns: ResultColumn[]): Buffer[] {
  const header = Buffer.from(athenaCsv([columns.map(({ name }) => name)]));
  const records = pieces.find(({ length }) => length > 0) ?? Buffer.alloc(0);
  if (!records.subarray(0, header.length).equals(header)) {
    throw new AppError('Conflict', 'The result object does not begin with the columns of the result.', { detail: 'It may be encrypted on the client, or another program wrote it.' });
  }
  return [records.subarray(header.length)];
}
