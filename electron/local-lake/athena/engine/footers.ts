import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../format/literals.ts';
import type { ParquetFooter } from './protocol.ts';

/** The footers of Parquet files, in the order given. Fails where one of them is not Parquet, naming it. */
export async function readFooters(connection: DuckDBConnection, files: string[]): Promise<ParquetFooter[]> {
  const reader = await connection.runAndReadAll(`
    SELECT file_name, split_part(path_in_schema, ', ', 1) AS name, CASE WHEN bool_or(contains(path_in_schema, ', ')) THEN NULL ELSE first(type) END AS type, sum(total_compressed_size)::BIGINT AS bytes
    FROM parquet_metadata([${files.map(literal).join(', ')}]) GROUP BY 1, 2`);
  const footers = new Map<string, ParquetFooter>(files.map((file) => [file, { columns: [] }]));
  for (const [file, name, type, bytes] of reader.getRows()) {
    footers.get(String(file))?.columns.push({ name: String(name), type: type === null ? null : String(type), bytes: Number(bytes) });
  }
  return files.map((file) => footers.get(file)!);
}
