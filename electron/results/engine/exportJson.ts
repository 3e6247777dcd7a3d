import { distinctNames } from '../../../shared/columnNames.ts';
import type { ResultColumn } from '../../../shared/contract/resultViews.ts';
import type { ExportRequest } from './protocol.ts';
import { literal, storedName, valueType } from './types.ts';

/** Rows of text as they are: each one line, nothing quoted. */
export const RAW = `FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\\n', NEW_LINE '\\n'`;

/** A row as a JSON object. Numbers keep their digits; NaN and Infinity, which JSON lacks, are strings. */
function jsonObject(columns: ResultColumn[]): string {
  const json = (column: string, kind: string) => {
    if (kind === 'boolean') return column;
    const text = `CAST(to_json(${column}) AS VARCHAR)`;
    return kind === 'number' ? `CASE WHEN regexp_full_match(${column}, '-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?') THEN ${column} ELSE ${text} END` : text;
  };
  const members = distinctNames(columns).map((name, i) => {
    const key = literal(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`);
    return `${key} || coalesce(${json(storedName(i), valueType(columns[i]!.type).kind)}, 'null')`;
  });
  return `${members.join(' || ')} || '}'`;
}

export const jsonLines = (table: string, { columns, target }: ExportRequest): string => `COPY (SELECT ${jsonObject(columns)} FROM ${table}) TO ${literal(target)} (${RAW})`;

/** One array, an object a line. */
export const jsonArray = (table: string, { columns, target }: ExportRequest): string =>
  `COPY (SELECT CASE WHEN rowid = 0 THEN ' ' ELSE ',' END || ${jsonObject(columns)} FROM ${table}) TO ${literal(target)} (${RAW}, PREFIX '[\n', SUFFIX '\n]\n')`;
