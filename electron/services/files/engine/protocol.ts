/** What the backend and the process that parses foreign files say to each other (structured-cloneable). */

/** The first bytes of an object, and what is known of it. */
export interface FileHead {
  /** The key's last part: its extension is a hint. */
  name: string;
  /** Bytes of the whole object. */
  size: number;
  /** The first bytes; all of them where they are `size` long. */
  head: Uint8Array;
  /** Rows wanted at most. */
  rows: number;
}

/** Sent as progress: bytes [start, end) of the object are needed; answered by the method `supply`. */
export interface Need {
  session: string;
  id: number;
  start: number;
  end: number;
}

export type TableFormat = 'parquet' | 'csv' | 'tsv' | 'json' | 'jsonl';

export interface ParsedTable {
  kind: 'table';
  format: TableFormat;
  /** Types as Athena names them. */
  columns: { name: string; type: string }[];
  /** Column-major; null for NULL; nested values as JSON. */
  cells: (string | null)[][];
  totalRows?: number;
  rowGroups?: number;
  compression?: string;
  createdBy?: string;
  facts: { label: string; value: string }[];
  /** How delimited text is written. */
  dialect?: Dialect;
  encoding?: string;
  /** JSON that is one array or one object over several lines: Athena reads one object a line. */
  notByLine?: boolean;
}

export interface Dialect {
  delimiter: string;
  /** Fields are quoted somewhere. */
  quoted: boolean;
  header: boolean;
  /** A field goes over several lines. */
  multiline: boolean;
  /** By column: an empty field was seen. */
  empties: boolean[];
}

export type Parsed =
  | ParsedTable
  | { kind: 'text'; text: string; encoding: string; truncated: boolean }
  | { kind: 'image'; mediaType: string }
  | { kind: 'hex'; reason?: string };
