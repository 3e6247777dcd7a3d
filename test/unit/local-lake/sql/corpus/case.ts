/** One statement of the corpus: what Trino answers, as the text that Athena shows; or the error it fails with. */
export type Case = { sql: string; parameters?: string[] } & ({ types: string[]; rows: (string | null)[][] } | { error: string });

/** A query of one row. */
export function one(sql: string, types: string[], ...row: (string | null)[]): Case {
  return { sql, types, rows: [row] };
}

/** `SELECT expression`: one value of a type. */
export function value(expression: string, type: string, shown: string | null): Case {
  return one(`SELECT ${expression}`, [type], shown);
}

/** A query of many rows. */
export function many(sql: string, types: string[], rows: (string | null)[][]): Case {
  return { sql, types, rows };
}

/** A statement that fails: `NAME: part of the message`. */
export function fails(sql: string, error: string): Case {
  return { sql, error };
}
