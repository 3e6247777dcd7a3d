import { identifier, literal } from '../../format/literals.ts';
import { duckdbTypeOf } from '../../format/types.ts';
import type { ScanInput } from './scan.ts';

/** Bytes one JSON object may have. */
const LARGEST_OBJECT = 64 * 1024 * 1024;

/**
 * One JSON object a line. https://docs.aws.amazon.com/athena/latest/ug/openx-json-serde.html
 */
export function scanJson({ files, columns, serde, compression, filename }: ScanInput): string {
  const options = [
    `format = 'newline_delimited'`,
    `columns = {${columns.map(({ name, type }) => `${literal(name)}: ${literal(duckdbTypeOf(type))}`).join(', ')}}`,
    `compression = ${literal(compression === 'none' ? 'uncompressed' : compression)}`,
    `maximum_object_size = ${LARGEST_OBJECT}`,
    `ignore_errors = ${/^true$/i.test(serde['ignore.malformed.json'] ?? '')}`,
    `hive_partitioning = false`,
    ...(filename ? ['filename = true'] : []),
  ];
  const names = columns.map(({ name }) => identifier(name));
  if (filename) names.push('filename');
  return `SELECT ${names.length === 0 ? '1 AS secchi_row' : names.join(', ')} FROM read_json([${files.map(literal).join(', ')}], ${options.join(', ')})`;
}
