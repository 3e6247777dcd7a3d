import type { ResultColumn } from '../../../../shared/contract/results.ts';

export type FileFormat = 'csv' | 'json' | 'parquet';

/** What a name in a statement stands for: one file, or a glob of files of one format. */
export interface DeskTable {
  /** `results` are copies of ours, `files` were chosen by the user. */
  schema: 'files' | 'results';
  name: string;
  format: FileFormat;
  /** Absolute; with `many` a glob. */
  path: string;
  many: boolean;
}

/** What a database of one statement may touch; everything else on this machine is refused by DuckDB. */
export interface Sandbox {
  files: string[];
  folders: string[];
  /** Where it spills. */
  tempDir: string;
  /** e.g. `1GB`. */
  memoryLimit: string;
}

/** A syntax error: its place in the text, one-based, columns in UTF-16 units. */
export interface SyntaxProblem {
  line: number;
  column: number;
  message: string;
}

export interface DeskFunction {
  name: string;
  signature: string;
  description?: string | undefined;
}

/** What a process of the desk engine is asked, by method. */
export interface DeskMethods {
  /** Runs one statement that reads, and writes its rows as a result file (table `r`, by type, marked ON_DESK) to `target`, a new file. */
  run: { args: { sql: string; tables: DeskTable[]; sandbox: Sandbox; target: string }; value: { columns: ResultColumn[]; rows: number } };
  /** The first syntax error of a statement, as DuckDB itself reads it; null: none. */
  problem: { args: { sql: string }; value: SyntaxProblem | null };
  /** The columns of a table, as DuckDB finds them in its files. */
  describe: { args: { table: DeskTable; sandbox: Sandbox }; value: { name: string; type: string }[] };
  functions: { args: Record<string, never>; value: DeskFunction[] };
}
