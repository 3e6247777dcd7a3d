import { distinctNames } from '../../../shared/columnNames.ts';
import type { Cell } from './cells.ts';
import { exactScale } from './decimal.ts';
import type { ExportRequest } from './protocol.ts';
import { literal } from './types.ts';

/** Rows of text as they are: each one line, nothing quoted. */
export const RAW = `FORMAT csv, HEADER false, QUOTE '', ESCAPE '', DELIMITER E'\\n', NEW_LINE '\\n'`;

/** A row as a JSON object. Numbers keep their digits; NaN and Infinity, which JSON lacks, are strings. */
function jsonObject(cells: Cell[]): string {
  const json = ({ text: column, kind, type, typed }: Cell) => {
    if (kind === 'boolean' || (typed && exactScale(type) !== undefined)) return column;
    const text = `CAST(to_json(${column}) AS VARCHAR)`;
    return kind === 'number' ? `CASE WHEN regexp_full_match(${column}, '-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?') THEN ${column} ELSE ${text} END` : text;
  };
  const members = distinctNames(cells).map((name, i) => {
    const key = literal(`${i === 0 ? '{' : ','}${JSON.stringify(name)}:`);
    return `${key} || coalesce(${json(cells[i]!)}, 'null')`;
  });
  return `${members.join(' || ')} || '}'`;
}

export const jsonLines = (table: string, { target }: ExportRequest, cells: Cell[]): string => `COPY (SELECT ${jsonObject(cells)} FROM ${table}) TO ${literal(target)} (${RAW})`;

/** One array, an object a line. */
export const jsonArray = (table: string, { target }: ExportRequest, cells: Cell[]): string =>
  `COPY (SELECT CASE WHEN rowid = 0 THEN ' ' ELSE ',' END || ${jsonObject(cells)} FROM ${table}) TO ${literal(target)} (${RAW}, PREFIX '[\n', SUFFIX '\n]\n')`;
