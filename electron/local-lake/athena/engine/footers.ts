import type { DuckDBConnection } from '@duckdb/node-api';
import { literal } from '../format/literals.ts';
import type { ParquetFooter } from './protocol.ts';

/** The footers of Parquet files, in the order given. Fails where one of them is not Parquet, naming it. */
export async function readFooters(connection: DuckDBConnection, files: string[]): Promise<ParquetFooter[]> {
  const list = `[${files.map(literal).join(', ')}]`;
  const reader = await connection.runAndReadAll(`
    SELECT file_name, string_split(path_in_schema, ', ')[1] AS name, first(type) AS type, sum(total_compressed_size)::BIGINT AS bytes
    FROM parquet_metadata(${list}) GROUP BY ALL`);
  const footers = new Map<string, ParquetFooter>(files.map((file) => [file, { columns: [] }]));
  for (const [file, name, type, bytes] of reader.getRows()) {
    footers.get(String(file))?.columns.push({ name: String(name), type: String(type), bytes: Number(bytes) });
  }
  return files.map((file) => footers.get(file)!);
}
