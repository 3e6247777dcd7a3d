import { isBoolean, isNumeric } from './cellTypes.ts';

/** What is copied: names, types and column-major cells of the selected rectangle. */
export interface CopiedCells {
  columns: { name: string; type: string }[];
  cells: (string | null)[][];
}

export type CopyFormat = 'tsv' | 'tsvWithHeaders' | 'csv' | 'json' | 'markdown' | 'inList' | 'insert';

const rowsOf = ({ cells }: CopiedCells): (string | null)[][] =>
  Array.from({ length: cells[0]?.length ?? 0 }, (_, row) => cells.map((column) => column[row] ?? null));

/** Spreadsheets' clipboard text: a cell with a tab, newline or quote is quoted, so that it stays one cell. */
const tsvCell = (cell: string | null): string =>
  cell === null ? '' : /[\t\r\n"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** RFC 4180; NULL is nothing, the empty string is `""`. */
const csvCell = (cell: string | null): string =>
  cell === null ? '' : cell === '' || /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

const jsonNumber = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/;

/** Numbers are written digit for digit: a bigint or decimal loses nothing. */
function jsonCell(cell: string | null, type: string): string {
  if (cell === null) return 'null';
  if (isNumeric(type) && jsonNumber.test(cell)) return cell;
  if (isBoolean(type) && (cell === 'true' || cell === 'false')) return cell;
  return JSON.stringify(cell);
}

const floatNames: Record<string, string> = { NaN: 'nan()', Infinity: 'infinity()', '-Infinity': '-infinity()' };

/** A Trino literal of the cell. */
function sqlLiteral(cell: string, type: string): string {
  const quoted = `'${cell.replaceAll("'", "''")}'`;
  if (isNumeric(type)) return jsonNumber.test(cell) ? cell : (floatNames[cell] ?? quoted);
  if (isBoolean(type) && /^(true|false)$/.test(cell)) return cell;
  if (/^varbinary/i.test(type)) return `X'${cell.replaceAll(' ', '')}'`;
  const time = /^(date|timestamp|time)\b/i.exec(type)?.[0];
  return time ? `${time.toUpperCase()} ${quoted}` : quoted;
}

/** Distinct values in the order seen, NULLs left out (IN never matches them). Several columns become row values. */
function inList(copied: CopiedCells): string {
  const literals = rowsOf(copied)
    .filter((row) => row.every((cell) => cell !== null))
    .map((row) => {
      const parts = row.map((cell, index) => sqlLiteral(cell as string, copied.columns[index]?.type ?? 'varchar'));
      return parts.length === 1 ? (parts[0] as string) : `(${parts.join(', ')})`;
    });
  return `(${[...new Set(literals)].join(', ')})`;
}

function json({ columns, ...rest }: CopiedCells): string {
  const names = columns.map(({ name }) => JSON.stringify(name));
  const rows = rowsOf({ columns, ...rest }).map(
    (row) => `  {${row.map((cell, index) => `${names[index]}: ${jsonCell(cell, columns[index]?.type ?? 'varchar')}`).join(', ')}}`,
  );
  return `[\n${rows.join(',\n')}\n]`;
}

/** A table of GitHub's Markdown; a line break or bar in a cell stays in its cell. */
function markdown({ columns, ...rest }: CopiedCells): string {
  const cell = (text: string | null) => (text === null ? 'NULL' : text.replaceAll('\\', '\\\\').replaceAll('|', '\\|').replace(/\r\n|\r|\n/g, '<br>'));
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const rule = columns.map(({ type }) => (isNumeric(type) ? '---:' : '---'));
  return [line(columns.map(({ name }) => cell(name))), line(rule), ...rowsOf({ columns, ...rest }).map((row) => line(row.map(cell)))].join('\n');
}

const columnName = (name: string): string => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

/** One INSERT of all rows; the table's name is for the user to put in. */
function insert({ columns, ...rest }: CopiedCells): string {
  const rows = rowsOf({ columns, ...rest }).map((row) => `  (${row.map((cell, i) => (cell === null ? 'NULL' : sqlLiteral(cell, columns[i]?.type ?? 'varchar'))).join(', ')})`);
  return `INSERT INTO my_table (${columns.map(({ name }) => columnName(name)).join(', ')}) VALUES\n${rows.join(',\n')};`;
}

/** The clipboard text of the cells. A single cell copied plainly is its very text. */
export function copyText(copied: CopiedCells, format: CopyFormat): string {
  const names = copied.columns.map(({ name }) => name);
  const rows = rowsOf(copied);
  switch (format) {
    case 'tsv':
      if (rows.length === 1 && rows[0]?.length === 1) return rows[0][0] ?? '';
      return rows.map((row) => row.map(tsvCell).join('\t')).join('\n');
    case 'tsvWithHeaders':
      return [names, ...rows].map((row) => row.map(tsvCell).join('\t')).join('\n');
    case 'csv':
      return [names, ...rows].map((row) => row.map(csvCell).join(',')).join('\r\n');
    case 'json':
      return json(copied);
    case 'markdown':
      return markdown(copied);
    case 'inList':
      return inList(copied);
    case 'insert':
      return insert(copied);
  }
}
