import { excelSheetRows } from '../../../shared/excel.ts';
import type { ResultColumn } from '../../../shared/contract/resultViews.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Cell } from './cells.ts';
import { exactScale } from './decimal.ts';
import { RAW } from './exportJson.ts';
import { literal } from './types.ts';

/** Excel's limits: columns of a sheet, characters of a cell, digits of a number. */
const MOST_COLUMNS = 16_384;
export const MOST_CHARACTERS = 32_767;
const MOST_DIGITS = 15;

/** Styles of the workbook: 1 a day, 2 a moment, 3 the header. */
const [DAY, MOMENT, HEAD] = [1, 2, 3];

/** What XML 1.0 cannot hold, and what would be read as its escape, is written as `_xHHHH_` (ECMA-376, ST_Xstring). */
const CONTROLS = [...Array.from({ length: 32 }, (_, code) => code).filter((code) => code !== 9 && code !== 10), 0xfffe, 0xffff];
const code = (at: number) => `_x${at.toString(16).toUpperCase().padStart(4, '0')}_`;
const UNUSUAL = literal(`[\\x00-\\x08\\x0b-\\x1f\\x{FFFE}\\x{FFFF}]|_x[0-9A-Fa-f]{4}_`);

/** XML text of a text column. */
function xml(cell: string): string {
  const basic = (text: string) => `replace(replace(replace(replace(${text}, '&', '&amp;'), '<', '&lt;'), '>', '&gt;'), chr(10), '&#10;')`;
  const unescaped = `regexp_replace(${cell}, '_(x[0-9A-Fa-f]{4}_)', '_x005F_\\1', 'g')`;
  const controlled = CONTROLS.reduce((text, at) => `replace(${text}, ${at === 0 ? "chr(0)" : `chr(${at})`}, '${code(at)}')`, unescaped);
  return `CASE WHEN regexp_matches(${cell}, ${UNUSUAL}) THEN ${basic(controlled)} ELSE ${basic(cell)} END`;
}

export const xmlText = (text: string): string =>
  text
    .replace(/_(x[0-9A-Fa-f]{4}_)/g, '_x005F_$1')
    .replace(/[\u0000-\u0008\u000b-\u001f\ufffe\uffff]/g, (char) => code(char.charCodeAt(0)))
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');

const text = (cell: string) => `'<c t="inlineStr"><is><t xml:space="preserve">' || ${xml(cell)} || '</t></is></c>'`;
const number = (value: string, style = 0) => `'<c${style ? ` s="${style}"` : ''}><v>' || ${value} || '</v></c>'`;
/** Days since 1899-12-30; before March 1900 Excel counts another way. */
const FIRST_DAY = "DATE '1900-03-01'";

/** A cell that loses nothing: what a number or time of Excel's cannot hold stays a text. */
function cellOf({ type, kind, text: cell, value }: Cell): string {
  const either = (test: string, some: string) => `CASE WHEN ${cell} IS NULL THEN '<c/>' WHEN ${test} THEN ${some} ELSE ${text(cell)} END`;
  if (kind === 'number') {
    const numeral = `regexp_full_match(${cell}, '-?[0-9]+([.][0-9]+)?([eE][-+]?[0-9]+)?')`;
    return either(exactScale(type) === undefined ? numeral : `${numeral} AND length(replace(replace(${cell}, '-', ''), '.', '')) <= ${MOST_DIGITS}`, number(cell));
  }
  if (kind === 'boolean') return either(`${cell} IN ('true', 'false')`, `CASE ${cell} WHEN 'true' THEN '<c t="b"><v>1</v></c>' ELSE '<c t="b"><v>0</v></c>' END`);
  if (/^date$/i.test(type)) return either(`${value} BETWEEN ${FIRST_DAY} AND DATE '9999-12-31'`, number(`CAST(date_diff('day', DATE '1899-12-30', ${value}) AS VARCHAR)`, DAY));
  if (/^timestamp(\(\d+\))?$/i.test(type)) {
    const exact = `length(${cell}) <= 23 AND ${value} BETWEEN ${FIRST_DAY} AND DATE '9999-12-31'`;
    return either(exact, number(`CAST(CAST(epoch_ms(${value}) AS DOUBLE) / 86400000 + 25569 AS VARCHAR)`, MOMENT));
  }
  return `CASE WHEN ${cell} IS NULL THEN '<c/>' ELSE ${text(cell)} END`;
}

export interface Sheet {
  name: string;
  /** Rows [from, to) of the table. */
  from: number;
  to: number;
}

/** How so many rows are laid out, or why they are not. */
export function sheetsOf(rows: number, columns: number, { header = true, split = false }: { header?: boolean | undefined; split?: boolean | undefined }): Sheet[] {
  if (columns > MOST_COLUMNS) throw new AppError('BadInput', `An Excel sheet has ${MOST_COLUMNS.toLocaleString('en')} columns; the result has ${columns.toLocaleString('en')}.`, { detail: 'Export it as CSV or Parquet.' });
  const most = excelSheetRows - (header ? 1 : 0);
  if (rows > most && !split) {
    throw new AppError('BadInput', `An Excel sheet has ${excelSheetRows.toLocaleString('en')} rows; ${rows.toLocaleString('en')} do not fit.`, { detail: 'Split them over several sheets, filter the result, or export it as CSV or Parquet.' });
  }
  return Array.from({ length: Math.max(1, Math.ceil(rows / most)) }, (_, i) => ({ name: i === 0 ? 'Result' : `Result ${i + 1}`, from: i * most, to: Math.min(rows, (i + 1) * most) }));
}

/** What stands before a sheet's rows, its header among them, and after them. */
export function sheetEnds(columns: ResultColumn[], header: boolean): [string, string] {
  const head = `<row>${columns.map(({ name }) => `<c s="${HEAD}" t="inlineStr"><is><t xml:space="preserve">${xmlText(name)}</t></is></c>`).join('')}</row>\n`;
  const pane = header ? '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' : '';
  const start = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">${pane}<sheetData>\n`;
  return [`${start}${header ? head : ''}`, '\n</sheetData></worksheet>\n'];
}

/** COPY of a sheet's rows, with its ends, into a file of XML. */
export function sheetStatement(table: string, columns: Cell[], { from, to }: Sheet, header: boolean, target: string): string {
  const cells = columns.map(cellOf).join(' || ');
  const [before, after] = sheetEnds(columns, header);
  return `COPY (SELECT '<row>' || ${cells} || '</row>' FROM ${table} WHERE rowid >= ${from} AND rowid < ${to}) TO ${literal(target)} (${RAW}, PREFIX ${literal(before)}, SUFFIX ${literal(after)})`;
}
