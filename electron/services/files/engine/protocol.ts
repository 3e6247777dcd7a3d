import type { ArchivePage, EntryPlace, ParquetFooter, Preview } from '../../../../shared/contract/preview.ts';
import type { TextEncoding } from '../../../../shared/textEncodings.ts';

/** What the backend and the process that parses foreign files say to each other (structured-cloneable). */

/** The first bytes of an object, and what is known of it. */
export interface FileHead {
  /** The key's last part: its extension is a hint. */
  name: string;
  /** Bytes of the whole object. */
  size: number;
  /** The first bytes; all of them where they are `size` long. */
  head: Uint8Array;
}

export interface ParseOptions {
  /** Rows wanted at most. */
  rows: number;
  /** In place of what the text seems to be in. */
  encoding?: TextEncoding | undefined;
  /** The content of this entry of the archive, in place of the file. */
  entry?: EntryPlace | undefined;
}

/** Method → what it is called with beside the FileHead, and what it answers. */
export interface FileMethods {
  parse: { options: ParseOptions; answer: Parsed };
  parquet: { options: { group: number }; answer: Omit<ParquetFooter, 'cost'> };
  chunks: { options: object; answer: ParquetChunks };
  rows: { options: { start: number; count: number; columns?: string[] | undefined }; answer: ParsedRows };
  entries: { options: { from: number }; answer: ArchivePage };
}

/** Where the columns of a Parquet file lie. */
export interface ParquetChunks {
  /** Names of the top-level columns, in lower case; `chunks` point here. */
  columns: string[];
  /** Bytes [start, end) of the file. */
  chunks: { column: number; start: number; end: number }[];
  /** Bytes of the footer, from its start to the file's end. */
  footer: number;
}

/** Sent as progress: bytes [start, end) of the object are needed; answered by the method `supply`. */
export interface Need {
  session: string;
  id: number;
  start: number;
  end: number;
  /** Without what follows. */
  exactly: boolean;
}

/** Bytes, or why they do not come. */
export interface Supply {
  session: string;
  id: number;
  bytes?: Uint8Array;
}

export type TableFormat = Extract<Preview, { kind: 'table' }>['format'];

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
  schemaText?: string;
}

export interface ParsedRows {
  columns: { name: string; type: string }[];
  cells: (string | null)[][];
  /** Columns that were too large to read. */
  skipped: string[];
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
  | { kind: 'text'; text: string; encoding: string; truncated: boolean; markdown: boolean; compression?: string }
  | { kind: 'image'; mediaType: string; width?: number; height?: number; bytes: Uint8Array }
  | { kind: 'pdf' }
  | ({ kind: 'archive'; format: 'zip' | 'tar'; compression?: string } & ArchivePage)
  | { kind: 'hex'; bytes: Uint8Array; reason?: string }
  | { kind: 'empty' };
