import type { TrinoType } from '../../../../../shared/sql/hiveTypes.ts';
import { identifier, literal } from '../../format/literals.ts';
import { duckType } from '../../sql/types.ts';
import { skippedLines } from './lines.ts';
import type { ScanInput } from './scan.ts';

/** No value is NULL for its text: an empty one stays an empty text. */
const NEVER = '\u001d\u001e\u001f\u001c';

/**
 * OpenCSVSerde: quoted CSV whose values are texts; other types are read from the text, and what cannot be is an error
 * (an empty text is no number). Dates are days and timestamps milliseconds since 1970, as Athena wants them here.
 * https://docs.aws.amazon.com/athena/latest/ug/csv-serde.html
 */
export function scanOpenCsv({ files, columns, allColumns, serde, table, compression, filename }: ScanInput): string {
  const options = [
    `auto_detect = false`,
    `header = false`,
    `skip = ${skippedLines(table)}`,
    `columns = {${allColumns.map((_, i) => `'c${i}': 'VARCHAR'`).join(', ')}}`,
    `delim = ${literal(serde['separatorChar'] ?? ',')}`,
    `quote = ${literal(serde['quoteChar'] ?? '"')}`,
    `escape = ${literal(serde['quoteChar'] ?? '"')}`,
    `nullstr = ${literal(NEVER)}`,
    `null_padding = true`,
    `parallel = false`,
    `strict_mode = false`,
    `compression = ${literal(compression)}`,
    `hive_partitioning = false`,
    // Also for messages: a value that is none of its type is an error of that object.
    'filename = true',
  ];
  const values = columns.map(({ name, type }) => `${fromText(allColumns.findIndex((column) => column.name === name), type)} AS ${identifier(name)}`);
  if (filename) values.push('filename');
  if (values.length === 0) values.push('1 AS secchi_row');
  return `SELECT ${values.join(', ')} FROM read_csv([${files.map(literal).join(', ')}], ${options.join(', ')})`;
}

function fromText(field: number, type: TrinoType): string {
  const text = `c${field}`;
  switch (type.kind) {
    case 'varchar':
    case 'char':
      return type.length === undefined ? text : `substr(${text}, 1, ${type.length})`;
    case 'boolean':
      return `(lower(${text}) = 'true')`;
    case 'date':
      return `(DATE '1970-01-01' + ${cast(field, 'INTEGER')})`;
    case 'timestamp':
      return `epoch_ms(${cast(field, 'BIGINT')})`;
    default:
      return cast(field, duckType(type));
  }
}

function cast(field: number, duckdbType: string): string {
  const text = `c${field}`;
  const failure = `error('Error parsing field value ''' || ${text} || ''' for field ${field} in ' || filename)`;
  return `CASE WHEN ${text} IS NOT NULL THEN coalesce(TRY_CAST(${text} AS ${duckdbType}), CAST(${failure} AS ${duckdbType})) END`;
}
