import { identifier, literal } from '../../format/literals.ts';
import { duckType } from '../../sql/types.ts';
import type { ScanInput } from './scan.ts';

/** Columns by name, whatever the case; those a file lacks are NULL. No other footer is read than those of files used. */
export function scanParquet({ files, columns, filename }: ScanInput): string {
  const list = `[${files.map(literal).join(', ')}]`;
  const names = columns.map(({ name }) => identifier(name));
  const schema = columns.map(({ name, type }) => `${literal(name)}: {'name': ${literal(name)}, 'type': ${literal(duckType(type))}, 'default_value': NULL}`);
  const options = columns.length === 0 ? '' : `, schema = MAP {${schema.join(', ')}}`;
  if (filename) names.push('filename');
  return `SELECT ${names.length === 0 ? '1 AS secchi_row' : names.join(', ')} FROM read_parquet(${list}${options}, hive_partitioning = false${filename ? ', filename = true' : ''})`;
}
