import { distinctNames } from '../../../shared/columnNames.ts';
import type { ResultColumn } from '../../../shared/contract/resultViews.ts';
import { inserts } from './exportInserts.ts';
import { jsonArray, jsonLines } from './exportJson.ts';
import { delimited } from './exportText.ts';
import type { ExportRequest } from './protocol.ts';
import { identifier, literal, storedName, valueType } from './types.ts';

/** Typed columns; `asText` are those whose text is not wholly of their type. */
function parquet(table: string, { columns, target }: ExportRequest, asText: Set<number>): string {
  const names = distinctNames(columns);
  const list = columns.map(({ type }, i) => `${asText.has(i) ? storedName(i) : valueType(type).value(storedName(i))} AS ${identifier(names[i]!)}`);
  return `COPY (SELECT ${list.join(', ')} FROM ${table}) TO ${literal(target)} (FORMAT parquet)`;
}

/** The COPY of all formats but Excel's. */
export function copyStatement(table: string, request: ExportRequest, asText: Set<number>): string {
  switch (request.format) {
    case 'parquet':
      return parquet(table, request, asText);
    case 'json':
      return jsonArray(table, request);
    case 'jsonl':
      return jsonLines(table, request);
    case 'sql':
      return inserts(table, request);
    default:
      return delimited(table, request);
  }
}

/** A query whose one row says, per column, whether a value would be lost by typing it. */
export function lossyColumns(table: string, columns: ResultColumn[]): string {
  const lost = columns.map(({ type }, i) => {
    const column = storedName(i);
    return valueType(type).kind === 'text' ? 'false' : `coalesce(bool_or(${column} IS NOT NULL AND ${valueType(type).value(column)} IS NULL), false)`;
  });
  return `SELECT ${lost.join(', ')} FROM ${table}`;
}
