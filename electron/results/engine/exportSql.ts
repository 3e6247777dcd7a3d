import type { ResultColumn } from '../../../shared/contract/results.ts';
import type { ExportRequest } from './protocol.ts';
import { identifier, literal, storedName, valueType } from './types.ts';

/** What makes a spreadsheet read a cell as a formula (OWASP, CSV injection). */
const FORMULA = '^[=+\\-@\\t\\r]';
const escaped = (text: string) => `CASE WHEN regexp_matches(${text}, ${literal(FORMULA)}) THEN '''' || ${text} ELSE ${text} END`;
const escapedName = (name: string) => (new RegExp(FORMULA).test(name) ? `'${name}` : name);

/** DuckDB compares names without case, and renames what repeats; the header must not be renamed. */
const namesRepeat = (names: string[]) => new Set(names.map((name) => name.toLowerCase())).size < names.length;

/**
 * CSV by RFC 4180 (CRLF, quotes where needed and doubled), or the same with tabs. NULL is nothing, the empty string is "".
 * A number is never a formula: its leading minus stays bare.
 */
function delimited(table: string, { columns, target, format, escapeFormulas }: ExportRequest): string {
  const names = columns.map(({ name }) => (escapeFormulas ? escapedName(name) : name));
  const cells = columns.map(({ type }, i) => (escapeFormulas && valueType(type).kind === 'text' ? escaped(storedName(i)) : storedName(i)));
  const options = `FORMAT csv, DELIMITER ${format === 'tsv' ? "E'\\t'" : "','"}, QUOTE '"', ESCAPE '"', NULLSTR '', NEW_LINE '\\r\\n'`;
  // An empty name cannot stand in SQL either.
  if (namesRepeat(names) || names.includes('')) {
    const header = names.map((name, i) => `${literal(name)} AS ${storedName(i)}`).join(', ');
    return `COPY (SELECT ${header} UNION ALL SELECT ${cells.join(', ')} FROM ${table}) TO ${literal(target)} (${options}, HEADER false)`;
  }
  const list = cells.map((cell, i) => `${cell} AS ${identifier(names[i]!)}`).join(', ');
  return `COPY (SELECT ${list} FROM ${table}) TO ${literal(target)} (${options}, HEADER true)`;
}

/** Repeated names get a number, so that each can be asked for: `a`, `a_2`. */
export function distinctNames(columns: ResultColumn[]): string[] {
  const seen = new Set<string>();
  return columns.map(({ name }, i) => {
    let distinct = name || `column_${i + 1}`;
    for (let n = 2; seen.has(distinct.toLowerCase()); n++) distinct = `${name}_${n}`;
    seen.add(distinct.toLowerCase());
    return distinct;
  });
}

/** One JSON object a line. Numbers keep their digits; NaN and Infinity, which JSON lacks, are strings. */
function jsonLines(table: string, { columns, target }: ExportRequest): string {
  const json = (column: string, kind: string) => {
    if (kind === 'boolean') return column;
    const text = `CAST(to_json(${column}) AS VARCHAR)`;
    return kind === 'number' ? `CASE WHEN regexp_full_match(${column}, '-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?') THEN ${column} ELSE ${text} END` : text;
  };
  const members = distinctNames(columns).map((name, i) => {
    const key = literal(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`);
    return `${key} || coalesce(${json(storedName(i), valueType(columns[i]!.type).kind)}, 'null')`;
  });
  return `COPY (SELECT ${members.join(' || ')} || '}' FROM ${table}) TO ${literal(target)} (FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\\n', NEW_LINE '\\n')`;
}

/** Typed columns; `asText` are those whose text is not wholly of their type. */
function parquet(table: string, { columns, target }: ExportRequest, asText: Set<number>): string {
  const names = distinctNames(columns);
  const list = columns.map(({ type }, i) => `${asText.has(i) ? storedName(i) : valueType(type).value(storedName(i))} AS ${identifier(names[i]!)}`);
  return `COPY (SELECT ${list.join(', ')} FROM ${table}) TO ${literal(target)} (FORMAT parquet)`;
}

export const copyStatement = (table: string, request: ExportRequest, asText: Set<number>): string => {
  if (request.format === 'parquet') return parquet(table, request, asText);
  return request.format === 'jsonl' ? jsonLines(table, request) : delimited(table, request);
};

/** A query whose one row says, per column, whether a value would be lost by typing it. */
export function lossyColumns(table: string, columns: ResultColumn[]): string {
  const lost = columns.map(({ type }, i) => {
    const column = storedName(i);
    return valueType(type).kind === 'text' ? 'false' : `coalesce(bool_or(${column} IS NOT NULL AND ${valueType(type).value(column)} IS NULL), false)`;
  });
  return `SELECT ${lost.join(', ')} FROM ${table}`;
}
