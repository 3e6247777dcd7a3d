import { asyncBuffer, readFooter } from './parquet.ts';
import type { ParquetChunks } from './protocol.ts';
import type { Source } from './source.ts';

/** More column chunks than this in one file are no help: then the whole file counts. */
const MOST_CHUNKS = 200_000;

/** Where each column of each row group lies, with what belongs to it elsewhere (indexes, Bloom filters). */
export async function parquetChunks(source: Source): Promise<ParquetChunks> {
  const metadata = await readFooter(asyncBuffer(source));
  const at = new Map<string, number>();
  const chunks: ParquetChunks['chunks'] = [];
  for (const group of metadata.row_groups) {
    for (const chunk of group.columns) {
      const { meta_data: data } = chunk;
      if (!data || chunk.file_path) throw new Error('Its columns are kept in other files.');
      const name = data.path_in_schema[0]!.toLowerCase();
      if (!at.has(name)) at.set(name, at.size);
      const column = at.get(name)!;
      const add = (from: bigint | number | undefined, length: bigint | number | undefined) => {
        if (from !== undefined && length !== undefined) chunks.push({ column, start: Number(from), end: Number(from) + Number(length) });
      };
      const first = data.dictionary_page_offset && data.dictionary_page_offset < data.data_page_offset ? data.dictionary_page_offset : data.data_page_offset;
      add(first, data.total_compressed_size);
      add(chunk.column_index_offset, chunk.column_index_length);
      add(chunk.offset_index_offset, chunk.offset_index_length);
      add(data.bloom_filter_offset, data.bloom_filter_length ?? (data.bloom_filter_offset === undefined ? undefined : 1024 * 1024));
    }
    if (chunks.length > MOST_CHUNKS) throw new Error('It has too many columns and row groups.');
  }
  return { columns: [...at.keys()], chunks, footer: metadata.metadata_length + 8 };
}
