import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';

/** What the lake says to its engine process, and what that answers. */
export interface OutputColumn {
  name: string;
  type: TrinoType;
}

/** Where rows go. */
export type Output =
  /** One CSV file as Athena writes results: header, every value quoted, NULL as nothing. */
  | { kind: 'results'; file: string }
  /** Data files of a table below a folder, in Hive's layout where partitioned; values by their types, as text, or each row as JSON. */
  | { kind: 'data'; folder: string; copyOptions: string; partitionBy: string[]; extension: string; encoding: 'typed' | 'text' | 'json' }
  /** The rows themselves, for what is small by nature. */
  | { kind: 'rows' }
  /** The plan of the query, one row of text; `json`: DuckDB's own tree of it. */
  | { kind: 'plan'; analyze: boolean; json: boolean };

export interface RunRequest {
  /** Statements that make the relations the SQL reads; private to this run. */
  setup: string[];
  sql: string;
  /** The names and Trino types the result must have; without them they follow from DuckDB's. */
  columns?: OutputColumn[];
  output: Output;
}

export interface RunResult {
  columns: OutputColumn[];
  rows: number;
  /** For output `rows` and `plan`. */
  values?: (string | null)[][];
  /** Milliseconds until the query began, and from then on. */
  planningMs: number;
  runningMs: number;
}

/** Which of a table's partitions satisfy a condition over its partition columns. */
export interface PruneRequest {
  keys: { name: string; duckdbType: string }[];
  predicate: string;
  values: (string | null)[][];
}

/** The footer of a Parquet file: its columns at the top level, their physical type (none where nested) and bytes. */
export interface ParquetFooter {
  columns: { name: string; type: string | null; bytes: number }[];
}

export interface JsonKeysRequest {
  files: string[];
  compression: string;
  /** Stops after this many objects. */
  sample?: number;
}
/** The keys that occur in JSON objects, as they are written, with those of the objects in them; `null` for other values. */
export type JsonKeys = { [key: string]: JsonKeys | null };
