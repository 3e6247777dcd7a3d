import type { Cell } from './cells.ts';
import { identifier, literal, storedName } from './types.ts';
import type { ExportRequest } from './protocol.ts';

/** What makes a spreadsheet read a cell as a formula (OWASP, CSV injection). */
const FORMULA = '^[=+\\-@\\t\\r]';
const escaped = (text: string) => `CASE WHEN regexp_matches(${text}, ${literal(FORMULA)}) THEN '''' || ${text} ELSE ${text} END`;
const escapedName = (name: string) => (new RegExp(FORMULA).test(name) ? `'${name}` : name);

/** DuckDB compares names without case, and renames what repeats; the header must not be renamed. */
const namesRepeat = (names: string[]) => new Set(names.map((name) => name.toLowerCase())).size < names.length;

const BOM = '\ufeff';

/** A cell of the header: quoted where it must be, or where all are. */
function headerCell(name: string, delimiter: string, all: boolean): string {
  return all || name === '' || name.includes(delimiter) || /["\r\n]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name;
}

/** What stands before the rows. */
export function delimitedHead({ columns, format, options }: ExportRequest): string {
  const delimiter = format === 'tsv' ? '\t' : (options.delimiter ?? ',');
  const names = columns.map(({ name }) => (options.escapeFormulas ? escapedName(name) : name));
  const header = options.header === false ? '' : `${names.map((name) => headerCell(name, delimiter, options.quoting === 'all')).join(delimiter)}\r\n`;
  return `${options.bom ? BOM : ''}${header}`;
}

/**
 * CSV by RFC 4180 (CRLF, quotes where needed and doubled), or the same with tabs. NULL is nothing (or `nullText`), the
 * empty string is "" where NULL is nothing. A number is never a formula: its leading minus stays bare.
 */
export function delimited(table: string, request: ExportRequest, columns: Cell[]): string {
  const { target, format, options } = request;
  const { escapeFormulas, nullText = '', quoting, header = true, bom = false } = options;
  const delimiter = format === 'tsv' ? '\t' : (options.delimiter ?? ',');
  const names = columns.map(({ name }) => (escapeFormulas ? escapedName(name) : name));
  const cells = columns.map(({ kind, key, text, isPlain }) => (escapeFormulas && kind === 'text' ? escaped(text) : isPlain ? key : text));
  const how = `FORMAT csv, DELIMITER ${literal(delimiter)}, QUOTE '"', ESCAPE '"', NULLSTR ${literal(nullText)}, NEW_LINE '\\r\\n'${quoting === 'all' ? ', FORCE_QUOTE *' : ''}`;
  // DuckDB's own header where it writes what is wanted; a name may repeat, or be empty, in ours only.
  if (header && !bom && quoting !== 'all' && !namesRepeat(names) && !names.includes('')) {
    const list = cells.map((cell, i) => `${cell} AS ${identifier(names[i]!)}`).join(', ');
    return `COPY (SELECT ${list} FROM ${table}) TO ${literal(target)} (${how}, HEADER true)`;
  }
  const list = cells.map((cell, i) => `${cell} AS ${storedName(i)}`).join(', ');
  const head = delimitedHead(request);
  const around = head === '' ? '' : `, PREFIX ${literal(head)}, SUFFIX '\r\n'`;
  return `COPY (SELECT ${list} FROM ${table}) TO ${literal(target)} (${how}, HEADER false${around})`;
}
