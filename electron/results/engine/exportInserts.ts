import type { Cell } from './cells.ts';
import { RAW } from './exportJson.ts';
import type { ExportRequest } from './protocol.ts';
import { literal } from './types.ts';

/** Rows a statement inserts: Athena takes 262,144 bytes of SQL. */
const ROWS_A_STATEMENT = 100;

const quoted = (cell: string) => `'''' || replace(${cell}, '''', '''''') || ''''`;
const NUMERAL = "'-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?'";

/** NaN and the infinities have no literal in Trino. */
const special = (cell: string) => `CASE ${cell} WHEN 'NaN' THEN 'nan()' WHEN 'Infinity' THEN 'infinity()' WHEN '-Infinity' THEN '-infinity()'`;

/** A cell as a Trino literal of its type. What Athena writes of nested values does not say their types: they stay texts. */
function trinoLiteral({ type, kind, text: cell }: Cell): string {
  const name = type.trim().toLowerCase();
  if (name === 'double') return `${special(cell)} ELSE 'DOUBLE ' || ${quoted(cell)} END`;
  if (name === 'real' || name === 'float') return `${special(cell)} ELSE 'REAL ' || ${quoted(cell)} END`;
  if (name.startsWith('decimal')) return `'DECIMAL ' || ${quoted(cell)}`;
  if (kind === 'number' || kind === 'boolean') return `CASE WHEN regexp_full_match(${cell}, ${kind === 'number' ? NUMERAL : "'true|false'"}) THEN ${cell} ELSE ${quoted(cell)} END`;
  if (kind === 'binary') return `'X''' || replace(${cell}, ' ', '') || ''''`;
  const time = /^(date|timestamp|time)\b/.exec(name);
  if (time) return `'${time[1]!.toUpperCase()} ' || ${quoted(cell)}`;
  if (name === 'interval day to second' || name === 'interval year to month') {
    return `'INTERVAL ' || CASE WHEN starts_with(${cell}, '-') THEN '-' ELSE '' END || ${quoted(`ltrim(${cell}, '-')`)} || ' ${name.slice('interval '.length).toUpperCase()}'`;
  }
  return quoted(cell);
}

const nameOf = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);

/** INSERT statements in Trino's dialect, a hundred rows each. */
export function inserts(table: string, { target, options }: ExportRequest, columns: Cell[]): string {
  const head = `INSERT INTO ${options.table || 'my_table'} (${columns.map(({ name }) => nameOf(name)).join(', ')}) VALUES\n`;
  const cells = columns.map((column) => `coalesce(${trinoLiteral(column)}, 'NULL')`).join(" || ', ' || ");
  const before = `CASE WHEN rowid % ${ROWS_A_STATEMENT} <> 0 THEN ',' WHEN rowid = 0 THEN ${literal(head)} ELSE ${literal(`;\n${head}`)} END`;
  return `COPY (SELECT ${before} || '(' || ${cells} || ')' FROM ${table}) TO ${literal(target)} (${RAW}, PREFIX '-- The rows of a result.\n', SUFFIX ';\n')`;
}
