import type { StorageDescriptor, GlueTable } from '../../glue/index.ts';
import { QueryFailure } from '../errors.ts';

export type TableFormat = 'parquet' | 'lazySimple' | 'openCsv' | 'json';

const SERDES: [RegExp, TableFormat][] = [
  [/parquet/i, 'parquet'],
  [/LazySimpleSerDe$/, 'lazySimple'],
  [/OpenCSVSerde$/i, 'openCsv'],
  [/(openx\.data\.jsonserde|hive\.hcatalog\.data|hive\.serde2)\.JsonSerDe$/i, 'json'],
];

/** How a table's objects are read; NOT_SUPPORTED, by name, for what the local lake does not read. */
export function tableFormat(table: Pick<GlueTable, 'Name' | 'Parameters'>, descriptor: StorageDescriptor | undefined): TableFormat {
  const lakehouse = table.Parameters?.['table_type'] ?? table.Parameters?.['spark.sql.sources.provider'];
  if (lakehouse && /^(iceberg|delta|hudi)$/i.test(lakehouse)) {
    throw new QueryFailure('NOT_SUPPORTED', `${table.Name} is a table of ${lakehouse.toLowerCase()}; the local lake does not read such tables yet.`);
  }
  const library = descriptor?.SerdeInfo?.SerializationLibrary ?? '';
  const found = SERDES.find(([pattern]) => pattern.test(library));
  if (found) return found[1];
  throw new QueryFailure('NOT_SUPPORTED', `The local lake does not read tables with the SerDe ${library || '(none)'} (table ${table.Name}). It reads Parquet, CSV, JSON and delimited text.`);
}
