import { literal } from '../../format/literals.ts';
import type { ScanInput } from './scan.ts';

/** No text has this between two columns: every line is one column. */
const NEVER = '\u001d\u001e\u001f\u001c';
/** No line is NULL for its text. */
const NO_NULL = '\u001c\u001c\u001c';
/** Bytes a line may have; a reader holds several buffers, so this is what memory allows rather than what is likely. */
const LONGEST_LINE = 16 * 1024 * 1024;

/** The header lines that the table says to leave out. */
export const skippedLines = (table: Record<string, string>): number => {
  const count = Number(table['skip.header.line.count'] ?? 0);
  return Number.isInteger(count) && count > 0 ? count : 0;
};

/** The lines of text files as a relation with the column `line` (and `filename`). */
export function readLines({ files, table, compression, filename }: ScanInput): string {
  const options = [
    `auto_detect = false`,
    `header = false`,
    `skip = ${skippedLines(table)}`,
    `columns = {'line': 'VARCHAR'}`,
    `delim = ${literal(NEVER)}`,
    `quote = ''`,
    `escape = ''`,
    `nullstr = ${literal(NO_NULL)}`,
    `strict_mode = false`,
    `max_line_size = ${LONGEST_LINE}`,
    `buffer_size = ${2 * LONGEST_LINE}`,
    `compression = ${literal(compression)}`,
    `hive_partitioning = false`,
    ...(filename ? ['filename = true'] : []),
  ];
  return `read_csv([${files.map(literal).join(', ')}], ${options.join(', ')})`;
}
