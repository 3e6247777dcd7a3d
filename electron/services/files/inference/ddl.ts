import type { Column } from '../../../../shared/contract/catalog.ts';
import type { Dialect } from '../engine/protocol.ts';

/** Everything a CREATE EXTERNAL TABLE statement says. */
export interface TableSpec {
  database: string;
  table: string;
  columns: Column[];
  partitionKeys: Column[];
  /** `s3://bucket/prefix/` */
  location: string;
  format: 'parquet' | 'csv' | 'tsv' | 'json';
  dialect?: Dialect;
  /** Of the text, where it is not UTF-8. */
  encoding?: string;
  /** Column → the JSON name it stands for, where they differ. */
  mappings?: Map<string, string>;
}

const name = (text: string): string => `\`${text.replaceAll('`', '``')}\``;

/** A Hive string literal. */
const literal = (text: string): string =>
  `'${text.replace(/[\\']/g, (c) => `\\${c}`).replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}'`;

const properties = (pairs: [string, string][]): string => pairs.map(([key, value]) => `${literal(key)} = ${literal(value)}`).join(', ');

const list = (columns: Column[]): string => columns.map((column) => `  ${name(column.name)} ${column.type}`).join(',\n');

/** Athena's CREATE EXTERNAL TABLE. https://docs.aws.amazon.com/athena/latest/ug/create-table.html */
export function createTableDdl(spec: TableSpec): string {
  const partitioned = spec.partitionKeys.length > 0 ? `PARTITIONED BY (\n${list(spec.partitionKeys)}\n)\n` : '';
  const tableProperties = tablePropertiesOf(spec);
  return [
    `CREATE EXTERNAL TABLE ${name(spec.database)}.${name(spec.table)} (\n${list(spec.columns)}\n)\n${partitioned}${storage(spec)}`,
    `LOCATION ${literal(spec.location)}`,
    ...(tableProperties.length > 0 ? [`TBLPROPERTIES (${properties(tableProperties)})`] : []),
  ].join('\n');
}

function storage(spec: TableSpec): string {
  if (spec.format === 'parquet') return "ROW FORMAT SERDE 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe'\nSTORED AS PARQUET";
  const [serde, pairs] = textSerde(spec);
  const withProperties = pairs.length > 0 ? `\nWITH SERDEPROPERTIES (${properties(pairs)})` : '';
  return `ROW FORMAT SERDE '${serde}'${withProperties}\nSTORED AS TEXTFILE`;
}

/** JSON by the OpenX SerDe, quoted text by OpenCSVSerde, plain text by LazySimpleSerDe (the only one that types dates). */
function textSerde({ format, dialect, encoding, mappings }: TableSpec): [string, [string, string][]] {
  if (format === 'json') return ['org.openx.data.jsonserde.JsonSerDe', [...(mappings ?? [])].map(([column, original]) => [`mapping.${column}`, original])];
  const delimiter = dialect?.delimiter ?? (format === 'tsv' ? '\t' : ',');
  if (dialect?.quoted) return ['org.apache.hadoop.hive.serde2.OpenCSVSerde', [['separatorChar', delimiter], ['quoteChar', '"'], ['escapeChar', '\\']]];
  const pairs: [string, string][] = [['field.delim', delimiter], ['serialization.format', delimiter]];
  if (encoding) pairs.push(['serialization.encoding', encoding]);
  return ['org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe', pairs];
}

function tablePropertiesOf({ format, dialect }: TableSpec): [string, string][] {
  if (format === 'parquet') return [['classification', 'parquet']];
  const header: [string, string][] = dialect?.header ? [['skip.header.line.count', '1']] : [];
  return [['classification', format === 'json' ? 'json' : 'csv'], ...header];
}
