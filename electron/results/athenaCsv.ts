/** A value as Athena writes it into a result object: quoted, quotes doubled; NULL is nothing at all. */
const cell = (value: string | null): string => (value === null ? '' : `"${value.replaceAll('"', '""')}"`);

/** Rows as Athena writes them: records ended by \n. */
export const athenaCsv = (rows: (string | null)[][]): string => rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
