import { parquetReadObjects, parquetSchema, type ColumnChunk, type FileMetaData, type LogicalType, type SchemaElement, type SchemaTree } from 'hyparquet';
import type { ParquetChunk, ParquetElement, ParquetFooter, ParquetGroup } from '../../../../shared/contract/preview.ts';
import { boundedCells } from './cells.ts';
import { asyncBuffer, boundedCompressors, readFooter } from './parquet.ts';
import { cellText, exactParsers, rawDecimals, unscaledText } from './parquetCells.ts';
import { athenaType } from './parquetTypes.ts';
import type { FileMethods } from './protocol.ts';
import type { Source } from './source.ts';

const MOST_ELEMENTS = 5000;
const MOST_GROUPS = 10_000;
const MOST_CHUNKS = 2000;
const MOST_COLUMNS = 500;
const LONGEST_STATISTIC = 200;
const LONGEST_VALUE = 20_000;
/** Bytes of column chunks read for one page of rows, where pages have no index. */
const MOST_BYTES = 32 * 1024 * 1024;

/** The whole footer in words: schema, row groups, the columns of one of them, key-value metadata. */
export async function parquetFooterOf(source: Source, { group }: { group: number }): Promise<Omit<ParquetFooter, 'cost'>> {
  const metadata = await readFooter(asyncBuffer(source));
  const root = parquetSchema(metadata);
  const schema: ParquetElement[] = [];
  const leaves = new Map<string, SchemaElement>();
  const visit = (node: SchemaTree, depth: number) => {
    if (node.children.length === 0) leaves.set(node.path.join('.'), node.element);
    if (schema.length < MOST_ELEMENTS) schema.push(elementOf(node, depth));
    for (const child of node.children) visit(child, depth + 1);
  };
  for (const child of root.children) visit(child, 0);

  let firstRow = 0;
  const groups = metadata.row_groups.slice(0, MOST_GROUPS).map((one, at): ParquetGroup => {
    const rows = Number(one.num_rows);
    const shown = {
      rows,
      firstRow,
      compressed: one.columns.reduce((sum, { meta_data }) => sum + Number(meta_data?.total_compressed_size ?? 0), 0),
      uncompressed: Number(one.total_byte_size),
      sortedBy: (one.sorting_columns ?? []).map(({ column_idx, descending }) => `${one.columns[column_idx]?.meta_data?.path_in_schema.join('.') ?? column_idx}${descending ? ' ↓' : ' ↑'}`),
      ...(at === group && { chunks: one.columns.slice(0, MOST_CHUNKS).map((chunk) => chunkOf(chunk, leaves)) }),
    };
    firstRow += rows;
    return shown;
  });
  const keyValues = (metadata.key_value_metadata ?? []).slice(0, 200).map(({ key, value = '' }) => ({ label: key.slice(0, 500), value: cut(value, LONGEST_VALUE) }));
  return { schema, groups, keyValues };
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);

function elementOf(node: SchemaTree, depth: number): ParquetElement {
  const { element, children } = node;
  return {
    name: element.name,
    depth,
    repetition: (element.repetition_type ?? 'REQUIRED').toLowerCase() as ParquetElement['repetition'],
    physical: children.length > 0 ? undefined : element.type === 'FIXED_LEN_BYTE_ARRAY' ? `${element.type}(${element.type_length})` : element.type,
    logical: element.logical_type ? logicalText(element.logical_type) : element.converted_type,
    athena: depth === 0 ? athenaType(node) : undefined,
  };
}

function logicalText(type: LogicalType): string {
  switch (type.type) {
    case 'DECIMAL':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'TIME':
    case 'TIMESTAMP':
      return `${type.type}(${type.unit}${type.isAdjustedToUTC ? ', UTC' : ', local'})`;
    case 'INTEGER':
      return `${type.isSigned ? 'INT' : 'UINT'}(${type.bitWidth})`;
    default:
      return type.type;
  }
}

function chunkOf({ meta_data: meta, column_index_length, offset_index_length }: ColumnChunk, leaves: Map<string, SchemaElement>): ParquetChunk {
  const path = meta?.path_in_schema.join('.') ?? '?';
  const element = leaves.get(path);
  const statistics = meta?.statistics;
  const shown = (value: unknown) => (value === undefined ? undefined : cut(statisticText(value, element), LONGEST_STATISTIC));
  return {
    path,
    type: meta?.type ?? 'encrypted',
    codec: meta?.codec ?? '?',
    encodings: [...new Set(meta?.encodings)],
    values: Number(meta?.num_values ?? 0),
    nulls: statistics?.null_count === undefined ? undefined : Number(statistics.null_count),
    distinct: statistics?.distinct_count === undefined ? undefined : Number(statistics.distinct_count),
    min: shown(statistics?.min_value ?? statistics?.min),
    max: shown(statistics?.max_value ?? statistics?.max),
    compressed: Number(meta?.total_compressed_size ?? 0),
    uncompressed: Number(meta?.total_uncompressed_size ?? 0),
    bloomFilter: meta?.bloom_filter_offset !== undefined,
    columnIndex: (column_index_length ?? 0) > 0,
    offsetIndex: (offset_index_length ?? 0) > 0,
  };
}

function statisticText(value: unknown, element: SchemaElement | undefined): string {
  if (value instanceof Uint8Array && (element?.converted_type === 'DECIMAL' || element?.logical_type?.type === 'DECIMAL')) return unscaledText(value, element.scale ?? 0);
  return cellText(value) ?? '';
}

/** Rows from anywhere in the file: by the pages they are in where the file has an index of them, else by whole column chunks. */
export async function parquetRows(source: Source, { start, count, columns: chosen }: FileMethods['rows']['options']): Promise<FileMethods['rows']['answer']> {
  const file = asyncBuffer(source);
  const metadata = await readFooter(file);
  const tree = parquetSchema(metadata).children.filter(({ element }) => !chosen || chosen.includes(element.name)).slice(0, MOST_COLUMNS);
  const total = Number(metadata.num_rows);
  const end = Math.min(total, start + count);
  const types = tree.map(athenaType); // before decimals are made plain integers
  const scales = rawDecimals(tree);
  const columns: { name: string; type: string }[] = [];
  const cells: (string | null)[][] = [];
  const skipped: string[] = [];
  let budget = MOST_BYTES;
  for (const [at, node] of tree.entries()) {
    const { name } = node.element;
    const bytes = bytesFor(metadata, name, start, end);
    columns.push({ name, type: types[at]! });
    if (start >= end || bytes > budget) {
      if (start < end) skipped.push(name);
      cells.push(Array.from({ length: Math.max(0, end - start) }, () => null));
      continue;
    }
    budget -= bytes;
    const rows = await parquetReadObjects({ file, metadata, columns: [name], rowStart: start, rowEnd: end, useOffsetIndex: true, compressors: boundedCompressors, parsers: exactParsers, utf8: false, geoparquet: false });
    if (rows.length < end - start) throw new Error(`Column ${name} ends after ${rows.length} of ${end - start} rows.`);
    cells.push(rows.map((row) => cellText(row[name], scales.get(name))));
  }
  return { columns, ...boundedCells(cells), skipped };
}

/** An upper bound of the bytes that rows [start, end) of a column take. */
function bytesFor(metadata: FileMetaData, name: string, start: number, end: number): number {
  let first = 0;
  let bytes = 0;
  for (const group of metadata.row_groups) {
    const rows = Number(group.num_rows);
    if (first < end && first + rows > start) {
      for (const { meta_data: meta, offset_index_length } of group.columns) {
        if (meta?.path_in_schema[0] !== name) continue;
        const whole = Number(meta.total_compressed_size);
        // With an index of pages: about the wanted rows' share, and a page at each end.
        const share = offset_index_length ? (whole * Math.min(rows, end - start)) / rows + 2 * 1024 * 1024 : whole;
        bytes += Math.min(whole, share);
      }
    }
    first += rows;
  }
  return bytes;
}
