import { distinctNames } from '../../../shared/columnNames.ts';
import type { Cell } from './cells.ts';
import { inserts } from './exportInserts.ts';
import { jsonArray, jsonLines } from './exportJson.ts';
import { delimited } from './exportText.ts';
import type { ExportRequest } from './protocol.ts';
import { identifier, literal } from './types.ts';

/** Typed columns; `asText` are those whose text is not wholly of their type. */
function parquet(table: string, { target }: ExportRequest, cells: Cell[], asText: Set<number>): string {
  const names = distinctNames(cells);
  const list = cells.map(({ text, value }, i) => `${asText.has(i) ? text : value} AS ${identifier(names[i]!)}`);
  return `COPY (SELECT ${list.join(', ')} FROM ${table}) TO ${literal(target)} (FORMAT parquet)`;
}

/** The COPY of all formats but Excel's. */
export function copyStatement(table: string, request: ExportRequest, cells: Cell[], asText: Set<number>): string {
  switch (request.format) {
    case 'parquet':
      return parquet(table, request, cells, asText);
    case 'json':
      return jsonArray(table, request, cells);
    case 'jsonl':
      return jsonLines(table, request, cells);
    case 'sql':
      return inserts(table, request, cells);
    default:
      return delimited(table, request, cells);
  }
}

/** A query whose one row says, per column, whether a value would be lost by typing it. */
export function lossyColumns(table: string, cells: Cell[]): string {
  const lost = cells.map(({ kind, typed, key, value }) => (kind === 'text' || typed ? 'false' : `coalesce(bool_or(${key} IS NOT NULL AND ${value} IS NULL), false)`));
  return `SELECT ${lost.join(', ')} FROM ${table}`;
}
