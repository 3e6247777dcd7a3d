import type { PropertyValue } from '../../../../shared/sql/ddl/ast.ts';
import type { GlueTable, StorageDescriptor } from '../../glue/index.ts';
import { QueryFailure } from '../errors.ts';
import { literal } from '../format/literals.ts';
import { tableFormat } from './format.ts';
import { STORED_AS } from './serdes.ts';

/** How rows are written: DuckDB's COPY options, the end of the objects' names, and how a table over them reads. */
export interface WriteFormat {
  copyOptions: string;
  extension: string;
  encoding: 'typed' | 'text' | 'json';
  descriptor: Pick<StorageDescriptor, 'InputFormat' | 'OutputFormat' | 'SerdeInfo'>;
  /** The names of table properties that go with it. */
  parameters: Record<string, string>;
  contentType: string;
}

const PARQUET_CODECS = ['gzip', 'snappy', 'zstd', 'none'];
const TEXT_CODECS = ['gzip', 'zstd', 'none'];

/** `format`, `write_compression` (or the older names of it) and `field_delimiter` of CTAS and UNLOAD; Parquet with gzip where not said. */
export function writeFormat(properties: Record<string, PropertyValue>): WriteFormat {
  const given = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key.toLowerCase(), String(value)]));
  const format = (given['format'] ?? 'PARQUET').toUpperCase();
  const compression = given['write_compression'] ?? given['compression'] ?? given[`${format.toLowerCase()}_compression`];
  switch (format) {
    case 'PARQUET':
      return parquet(codec(format, compression, PARQUET_CODECS));
    case 'JSON':
      return json(codec(format, compression, TEXT_CODECS));
    case 'TEXTFILE':
      return text(codec(format, compression, TEXT_CODECS), given['field_delimiter'] ?? '\u0001', '\\N');
    default:
      throw new QueryFailure('NOT_SUPPORTED', `The local lake does not write ${format}; it writes PARQUET, JSON and TEXTFILE.`);
  }
}

/** How rows are added to a table that is there. */
export function formatOfTable(table: GlueTable): WriteFormat {
  const storage = table.StorageDescriptor;
  const serde = storage?.SerdeInfo?.Parameters ?? {};
  const compression = (table.Parameters?.['write.compression'] ?? table.Parameters?.['parquet.compression'] ?? table.Parameters?.['compressionType'])?.toLowerCase();
  switch (tableFormat(table, storage)) {
    case 'parquet':
      return parquet(compression && PARQUET_CODECS.includes(compression) ? compression : 'gzip');
    case 'json':
      return json('none');
    case 'openCsv':
      throw new QueryFailure('NOT_SUPPORTED', `The local lake does not write into tables with OpenCSVSerde (table ${table.Name}).`);
    case 'lazySimple': {
      const delimiter = serde['field.delim'] ?? serde['serialization.format'] ?? '\u0001';
      return text('none', /^\d{1,3}$/.test(delimiter) ? String.fromCharCode(Number(delimiter)) : delimiter, serde['serialization.null.format'] ?? '\\N');
    }
  }
}

function codec(format: string, asked: string | undefined, known: string[]): string {
  const wanted = (asked ?? 'gzip').toLowerCase();
  if (known.includes(wanted)) return wanted;
  throw new QueryFailure('NOT_SUPPORTED', `The local lake does not write ${format} with the compression ${wanted}; it knows ${known.join(', ')}.`);
}

const parquet = (compression: string): WriteFormat => ({
  copyOptions: `FORMAT parquet, COMPRESSION ${compression === 'none' ? 'uncompressed' : compression}`,
  extension: 'parquet',
  encoding: 'typed',
  descriptor: { ...STORED_AS['PARQUET']!, SerdeInfo: { ...STORED_AS['PARQUET']!.SerdeInfo, Parameters: { 'serialization.format': '1' } } },
  parameters: { classification: 'parquet', 'parquet.compression': compression.toUpperCase() },
  contentType: 'application/vnd.apache.parquet',
});

const unquoted = (delimiter: string, nullText: string, compression: string) =>
  `FORMAT csv, HEADER false, DELIMITER ${literal(delimiter)}, QUOTE '', ESCAPE '', NULL ${literal(nullText)}, COMPRESSION ${compression === 'none' ? 'uncompressed' : compression}`;

const SUFFIX: Record<string, string> = { gzip: '.gz', zstd: '.zst', none: '' };

const json = (compression: string): WriteFormat => ({
  copyOptions: unquoted('\u0001', '', compression),
  extension: `json${SUFFIX[compression]}`,
  encoding: 'json',
  descriptor: { ...STORED_AS['JSON']!, SerdeInfo: { ...STORED_AS['JSON']!.SerdeInfo, Parameters: { 'serialization.format': '1' } } },
  parameters: { classification: 'json' },
  contentType: 'application/x-ndjson',
});

const text = (compression: string, delimiter: string, nullText: string): WriteFormat => ({
  copyOptions: unquoted(delimiter, nullText, compression),
  extension: `txt${SUFFIX[compression]}`,
  encoding: 'text',
  descriptor: { ...STORED_AS['TEXTFILE']!, SerdeInfo: { ...STORED_AS['TEXTFILE']!.SerdeInfo, Parameters: { 'field.delim': delimiter, 'serialization.format': delimiter } } },
  parameters: { classification: 'csv' },
  contentType: 'text/plain',
});
