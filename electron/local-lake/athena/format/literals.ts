/** Text as a SQL string literal of DuckDB; characters that would end or hide in it go through chr(). */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A name as a quoted identifier. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
