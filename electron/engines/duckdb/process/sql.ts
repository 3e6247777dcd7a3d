import type { DeskTable } from './protocol.ts';

export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A path that is no pattern: DuckDB reads `*`, `?` and `[` in a name as a glob. */
export const exact = (path: string): string => path.replace(/[*?[]/g, (sign) => `[${sign}]`);

const READERS = { csv: 'read_csv', json: 'read_json', parquet: 'read_parquet' } as const;

/** The table function that reads a table's files; several need not have the same columns. */
export const relation = ({ format, path, many }: Pick<DeskTable, 'format' | 'path' | 'many'>): string =>
  many ? `${READERS[format]}(${literal(path)}, union_by_name = true)` : `${READERS[format]}(${literal(exact(path))})`;
