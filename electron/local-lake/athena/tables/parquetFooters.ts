import { printTrinoType, type TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import type { EngineClient } from '../engineClient.ts';
import type { ParquetFooter } from '../engine/protocol.ts';
import { QueryFailure } from '../errors.ts';
import type { DataFile } from './files.ts';

/** Footers kept in memory; a blob never changes, so what is known of it stays true. */
const REMEMBERED = 20_000;
/** With more unknown files than this their footers are not read before the query reads them. */
const MOST_READ = 5000;

/** Physical types of Parquet that hold the values of a type of the table, as Trino reads them. */
const HOLDS: Partial<Record<TrinoType['kind'], string[]>> = {
  boolean: ['BOOLEAN'],
  tinyint: ['INT32'],
  smallint: ['INT32'],
  integer: ['INT32'],
  bigint: ['INT64', 'INT32'],
  real: ['FLOAT'],
  double: ['DOUBLE', 'FLOAT'],
  decimal: ['INT32', 'INT64', 'BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'],
  varchar: ['BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'],
  char: ['BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'],
  varbinary: ['BYTE_ARRAY', 'FIXED_LEN_BYTE_ARRAY'],
  date: ['INT32'],
  timestamp: ['INT64', 'INT96'],
};

/** What is known of the Parquet files of the lake: bytes by column, and whether they fit their table. */
export class ParquetFooters {
  private readonly engine: EngineClient;
  private readonly known = new Map<string, ParquetFooter>();
  constructor(engine: EngineClient) {
    this.engine = engine;
  }

  /**
   * Bytes that a query of these columns reads from the files: those of the column chunks used.
   * HIVE_BAD_DATA where a column's type in a file is not that of the table.
   */
  async scan(files: DataFile[], columns: { name: string; type: TrinoType }[], signal: AbortSignal): Promise<number> {
    const unknown = files.filter(({ path }) => !this.known.has(path));
    if (unknown.length > MOST_READ) return files.reduce((sum, { size }) => sum + size, 0);
    if (unknown.length > 0) {
      const footers = await this.engine.footers(unknown.map(({ path }) => path), signal);
      unknown.forEach(({ path }, i) => this.remember(path, footers[i]!));
    }
    const wanted = new Map(columns.map(({ name, type }) => [name, type]));
    let bytes = 0;
    for (const file of files) {
      for (const { name, type, bytes: size } of this.known.get(file.path)?.columns ?? []) {
        const wantedType = wanted.get(name.toLowerCase());
        if (!wantedType) continue;
        bytes += size;
        const holds = HOLDS[wantedType.kind];
        if (type === null ? holds : holds && !holds.includes(type)) {
          throw new QueryFailure('HIVE_BAD_DATA', `Field ${name}'s type ${type ?? 'GROUP'} in parquet file ${file.uri} is incompatible with type ${printTrinoType(wantedType)} defined in table schema`);
        }
      }
    }
    return bytes;
  }

  private remember(path: string, footer: ParquetFooter): void {
    if (this.known.size >= REMEMBERED) this.known.delete(this.known.keys().next().value!);
    this.known.set(path, footer);
  }
}
