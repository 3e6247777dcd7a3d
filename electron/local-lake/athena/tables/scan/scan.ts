import type { TrinoType } from '../../../../../shared/sql/hiveTypes.ts';
import type { JsonKeys } from '../../engine/protocol.ts';
import type { TableFormat } from '../format.ts';
import { scanJson } from './json.ts';
import { scanLazySimple } from './lazySimple.ts';
import { scanOpenCsv } from './openCsv.ts';
import { scanParquet } from './parquet.ts';

export type Compression = 'none' | 'gzip' | 'zstd';

/** Files of one format, compression and SerDe, and the data columns wanted of them. */
export interface ScanInput {
  files: string[];
  columns: { name: string; type: TrinoType }[];
  /** All data columns of the table, in its order: text formats go by position. */
  allColumns: { name: string; type: TrinoType }[];
  serde: Record<string, string>;
  table: Record<string, string>;
  compression: Compression;
  /** A further column `filename`: the blob a row came from. */
  filename: boolean;
  /** For JSON: the keys that occur. */
  jsonKeys?: JsonKeys;
}

const SCANS: Record<TableFormat, (input: ScanInput) => string> = {
  parquet: scanParquet,
  lazySimple: scanLazySimple,
  openCsv: scanOpenCsv,
  json: scanJson,
};

/** A DuckDB query over the files that has the wanted columns, by name and type. */
export const scan = (format: TableFormat, input: ScanInput): string => SCANS[format](input);
