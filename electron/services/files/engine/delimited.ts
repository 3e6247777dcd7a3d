import type { Dialect, ParsedTable } from './protocol.ts';
import { typeOfTexts } from './scalarTypes.ts';

const DELIMITERS = [',', '\t', ';', '|'];
const SAMPLE_ROWS = 1000;
const MOST_COLUMNS = 2000;

/** Records of delimited text (RFC 4180: quoted fields, doubled quotes, newlines inside quotes). A cut last record is left out. */
export function parseDelimited(text: string, delimiter: string, complete: boolean, most: number): { rows: string[][]; quoted: boolean; multiline: boolean } {
  const rows: string[][] = [];
  let row: string[] = [];
  let quoted = false;
  let multiline = false;
  let at = 0;
  const end = text.length;
  while (at < end && rows.length < most) {
    let field: string;
    if (text[at] === '"') {
      quoted = true;
      const close = closingQuote(text, at + 1);
      if (close < 0 && !complete) return { rows, quoted, multiline };
      const stop = close < 0 ? end : close;
      field = text.slice(at + 1, stop).replaceAll('""', '"');
      multiline ||= field.includes('\n');
      at = stop + 1;
      // What follows a closing quote up to the delimiter belongs to the field, as lenient readers have it.
      const rest = nextBreak(text, at, delimiter);
      field += text.slice(at, rest);
      at = rest;
    } else {
      const stop = nextBreak(text, at, delimiter);
      field = text.slice(at, stop);
      at = stop;
    }
    row.push(field);
    if (at >= end) break;
    if (text[at] === delimiter) {
      at += 1;
      if (at >= end) row.push('');
      continue;
    }
    at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  if (complete && row.length > 0 && rows.length < most && (row.length > 1 || row[0] !== '')) rows.push(row);
  return { rows, quoted, multiline };
}

function closingQuote(text: string, from: number): number {
  for (let at = from; ; at += 2) {
    at = text.indexOf('"', at);
    if (at < 0) return -1;
    if (text[at + 1] !== '"') return at;
  }
}

function nextBreak(text: string, from: number, delimiter: string): number {
  for (let at = from; at < text.length; at += 1) {
    const c = text[at];
    if (c === delimiter || c === '\n' || c === '\r') return at;
  }
  return text.length;
}

/** The delimiter that cuts most rows into the same number (over one) of fields; `undefined` where none does. */
export function sniffDelimiter(text: string, complete: boolean): string | undefined {
  let best: { delimiter: string; score: number } | undefined;
  for (const delimiter of DELIMITERS) {
    const { rows } = parseDelimited(text.slice(0, 65_536), delimiter, complete && text.length <= 65_536, 100);
    if (rows.length === 0) continue;
    const widths = new Map<number, number>();
    for (const { length } of rows) widths.set(length, (widths.get(length) ?? 0) + 1);
    const [width, count] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0]!;
    if (width < 2) continue;
    const score = (count / rows.length) * 100 + Math.min(width, 50) / 100;
    if (count / rows.length >= 0.8 && (!best || score > best.score)) best = { delimiter, score };
  }
  return best?.delimiter;
}

/** Delimited text as a table: header found out, types by sample. */
export function readDelimited(text: string, options: { delimiter?: string; complete: boolean; rows: number }): ParsedTable {
  const { complete, rows: wanted } = options;
  const delimiter = options.delimiter ?? sniffDelimiter(text, complete) ?? ',';
  const { rows, quoted, multiline } = parseDelimited(text, delimiter, complete, Math.max(SAMPLE_ROWS, wanted) + 1);
  const width = Math.min(MOST_COLUMNS, rows.reduce((most, row) => Math.max(most, row.length), 0));
  const header = hasHeader(rows);
  const body = header ? rows.slice(1) : rows;
  const names = Array.from({ length: width }, (_, at) => (header ? rows[0]![at] : undefined)?.trim() || `col${at + 1}`);
  const samples = names.map((_, at) => body.slice(0, SAMPLE_ROWS).map((row) => row[at] ?? ''));
  const dialect: Dialect = { delimiter, quoted, header, multiline, empties: samples.map((values) => values.some((value) => value === '')) };
  return {
    kind: 'table',
    format: delimiter === '\t' ? 'tsv' : 'csv',
    columns: names.map((name, at) => ({ name, type: typeOfTexts(samples[at]!) })),
    cells: names.map((_, at) => body.slice(0, wanted).map((row) => row[at] ?? null)),
    totalRows: complete && rows.length <= Math.max(SAMPLE_ROWS, wanted) ? body.length : undefined,
    facts: [
      { label: 'Delimiter', value: delimiter === '\t' ? 'tab' : delimiter },
      { label: 'Header', value: header ? 'first row' : 'none' },
    ],
    dialect,
  };
}

/**
 * The first row is a header where it is all distinct names and something below tells it apart: a typed column under a
 * text, or names that look like names and do not come again.
 */
export function hasHeader(rows: string[][]): boolean {
  const [first, ...rest] = rows;
  if (!first || first.some((name) => name.trim() === '') || new Set(first.map((name) => name.trim().toLowerCase())).size !== first.length) return false;
  if (first.some((name) => typeOfTexts([name]) !== 'string')) return false;
  if (rest.length === 0) return first.every((name) => /^[\p{L}_][\p{L}\p{N}_ .\-/()%#]*$/u.test(name.trim()));
  const body = rest.slice(0, 200);
  if (first.some((_, at) => typeOfTexts(body.map((row) => row[at] ?? '')) !== 'string')) return true;
  return first.every((name, at) => name.length <= 64 && /^[\p{L}_]/u.test(name.trim()) && !body.some((row) => row[at] === name));
}
