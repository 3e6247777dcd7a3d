import type { DuckDBConnection } from '@duckdb/node-api';
import { distinctNames } from '../../../shared/columnNames.ts';
import type { Cell } from './cells.ts';
import { inserts } from './exportInserts.ts';
import { jsonArray, jsonLines } from './exportJson.ts';
import { delimited } from './exportText.ts';
import { isWide } from './keep.ts';
import type { ExportRequest } from './protocol.ts';
import { identifier, literal } from './types.ts';

/** Rows of a Parquet row group where there are many columns: each core holds one in memory until it is written. DuckDB's own are 122,880. */
const WIDE_GROUP = 10_240;

/** Typed columns; `asText` are those whose text is not wholly of their type. */
function parquet(table: string, { target }: ExportRequest, cells: Cell[], asText: Set<number>): string {
  const names = distinctNames(cells);
  const list = cells.map(({ text, value }, i) => `${asText.has(i) ? text : value} AS ${identifier(names[i]!)}`);
  return `COPY (SELECT ${list.join(', ')} FROM ${table}) TO ${literal(target)} (FORMAT parquet${isWide(cells.length) ? `, ROW_GROUP_SIZE ${WIDE_GROUP}` : ''})`;
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

/** Places of the columns of which a value would be lost by typing it. */
export async function lossyColumns(connection: DuckDBConnection, table: string, cells: Cell[]): Promise<Set<number>> {
  const tested = cells.flatMap(({ kind, typed, key, value }, place) => (kind === 'text' || typed ? [] : [{ place, sql: `bool_or(${key} IS NOT NULL AND ${value} IS NULL)` }]));
  if (tested.length === 0) return new Set();
  const lost = (await connection.runAndReadAll(`SELECT ${tested.map(({ sql }) => sql).join(', ')} FROM ${table}`)).getColumns();
  return new Set(tested.flatMap(({ place }, i) => (lost[i]![0] === true ? [place] : [])));
}
