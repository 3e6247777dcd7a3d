import { parquetMetadataAsync, parquetRead, parquetSchema, type AsyncBuffer, type Compressors, type FileMetaData, type SchemaTree } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { cellText, exactParsers, rawDecimals } from './parquetCells.ts';
import { athenaType } from './parquetTypes.ts';
import type { ParsedTable } from './protocol.ts';
import { ownBuffer, type Source } from './source.ts';

const FOOTER_GUESS = 64 * 1024;
/** Bytes of one column chunk asked for at first; four times more while the wanted rows are not in them. */
const FIRST_BYTES = 128 * 1024;
/** A row group that is no larger is read by one request. */
const SMALL_GROUP = 1024 * 1024;
const AT_ONCE = 6;
const MOST_BYTES = 32 * 1024 * 1024;
const MOST_COLUMNS = 500;
/** No page of a sane file unfolds to more. */
const LARGEST_PAGE = 256 * 1024 * 1024;

export const boundedCompressors: Compressors = Object.fromEntries(
  Object.entries(compressors).map(([codec, unfold]) => [
    codec,
    (input: Uint8Array, length: number) => {
      if (length > LARGEST_PAGE) throw new Error(`A page claims to hold ${length} bytes.`);
      return unfold!(input, length);
    },
  ]),
);

export const asyncBuffer = ({ size, read }: Source): AsyncBuffer => ({ byteLength: size!, slice: async (start, end = size!) => ownBuffer(await read!(start, end)) });

export const readFooter = (file: AsyncBuffer): Promise<FileMetaData> => parquetMetadataAsync(file, { initialFetchSize: FOOTER_GUESS, parsers: exactParsers, geoparquet: false });

/**
 * The footer of a Parquet file and the first rows of its first row group, reading no more than the pages they are in.
 * `file.slice` is called for the byte ranges that are needed.
 */
export async function readParquet(file: AsyncBuffer, rows: number): Promise<ParsedTable> {
  const metadata = await readFooter(file);
  const tree = parquetSchema(metadata).children;
  const columns = tree.map((node) => ({ name: node.element.name, type: athenaType(node) }));
  const shown = tree.slice(0, MOST_COLUMNS);
  const scales = rawDecimals(shown);
  const facts = factsOf(metadata);
  const wanted = Math.min(rows, Number(metadata.row_groups[0]?.num_rows ?? 0));
  const cells: (string | null)[][] = columns.map(() => []);
  if (wanted > 0) {
    let budget = MOST_BYTES;
    const skipped: string[] = [];
    await readTogether(file, metadata);
    const readOne = async (at: number, node: SchemaTree) => {
      const { name } = node.element;
      const read = budget > 0 ? await readColumn(file, metadata, name, wanted, node.children.length > 0 || node.element.repetition_type === 'REPEATED', budget) : undefined;
      if (!read) skipped.push(name);
      else budget -= read.bytes;
      cells[at] = read ? read.values.map((value) => cellText(value, scales.get(name))) : Array.from({ length: wanted }, () => null);
    };
    const left = [...shown.entries()];
    const work = async () => {
      for (let next = left.shift(); next; next = left.shift()) await readOne(...next);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    for (let at = shown.length; at < columns.length; at += 1) {
      cells[at] = Array.from({ length: wanted }, () => null);
      skipped.push(columns[at]!.name);
    }
    if (skipped.length > 0) facts.push({ label: 'Not read (too large)', value: skipped.slice(0, 50).join(', ') });
  }
  return {
    kind: 'table',
    format: 'parquet',
    columns,
    cells,
    totalRows: Number(metadata.num_rows),
    rowGroups: metadata.row_groups.length,
    compression: [...new Set(metadata.row_groups[0]?.columns.map((column) => column.meta_data?.codec))].join(', ') || undefined,
    createdBy: metadata.created_by,
    facts,
  };
}

/** A small row group comes as one range, which the reads of its columns then find. */
async function readTogether(file: AsyncBuffer, metadata: FileMetaData): Promise<void> {
  const places = metadata.row_groups[0]!.columns.map(({ meta_data: meta }) => {
    const start = Number(meta?.dictionary_page_offset ?? meta?.data_page_offset ?? 0);
    return { start, end: start + Number(meta?.total_compressed_size ?? 0) };
  });
  const start = Math.min(...places.map((place) => place.start));
  const end = Math.max(...places.map((place) => place.end));
  if (start >= 0 && end <= file.byteLength && end - start <= SMALL_GROUP && end > start) await file.slice(start, end);
}

/**
 * The first values of one column of the first row group. Flat columns are read page by page from the front of their
 * chunk; nested ones need the whole chunk. `undefined` where that is over the budget.
 */
async function readColumn(file: AsyncBuffer, metadata: FileMetaData, name: string, rows: number, nested: boolean, budget: number): Promise<{ values: unknown[]; bytes: number } | undefined> {
  const group = metadata.row_groups[0]!;
  const chunks = group.columns.filter((chunk) => chunk.meta_data?.path_in_schema[0] === name);
  const whole = chunks.reduce((sum, chunk) => sum + Number(chunk.meta_data!.total_compressed_size), 0);
  if (nested) return whole > budget ? undefined : { values: await values(file, metadata, name, rows), bytes: whole };
  for (let limit = Math.min(FIRST_BYTES, whole); ; limit = Math.min(whole, limit * 4)) {
    if (limit > budget) return undefined;
    try {
      return { values: await values(file, cutShort(metadata, name, limit), name, rows), bytes: limit };
    } catch (error) {
      if (limit >= whole) throw error; // the whole chunk is here: it is damaged
    }
  }
}

async function values(file: AsyncBuffer, metadata: FileMetaData, name: string, rows: number): Promise<unknown[]> {
  let found: unknown[][] = [];
  await parquetRead({ file, metadata, columns: [name], rowStart: 0, rowEnd: rows, compressors: boundedCompressors, parsers: exactParsers, utf8: false, geoparquet: false, onComplete: (read) => (found = read as unknown[][]) });
  if (found.length < rows) throw new Error(`Column ${name} ends after ${found.length} of ${rows} rows.`);
  return found.map((row) => row[0]);
}

/** The same metadata with the first chunk of a column ending earlier: its pages are read until the rows are there. */
function cutShort(metadata: FileMetaData, name: string, bytes: number): FileMetaData {
  const [first, ...rest] = metadata.row_groups;
  const columns = first!.columns.map((chunk) =>
    chunk.meta_data?.path_in_schema[0] === name ? { ...chunk, meta_data: { ...chunk.meta_data, total_compressed_size: BigInt(bytes) } } : chunk,
  );
  return { ...metadata, row_groups: [{ ...first!, columns }, ...rest] };
}

function factsOf(metadata: FileMetaData): { label: string; value: string }[] {
  const facts = [{ label: 'Parquet version', value: String(metadata.version) }];
  const group = metadata.row_groups[0];
  if (group) {
    const compressed = group.columns.reduce((sum, column) => sum + Number(column.meta_data?.total_compressed_size ?? 0), 0);
    facts.push({ label: 'First row group', value: `${group.num_rows} rows, ${compressed} bytes compressed, ${group.total_byte_size} bytes uncompressed` });
  }
  return facts;
}
