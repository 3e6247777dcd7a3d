import type { ParsedTable } from './protocol.ts';
import { parseExact, stringifyExact } from './exactJson.ts';
import { jsonType, typeText, type JsonType } from './jsonTypes.ts';

const SAMPLE = 1000;

/**
 * JSON as a table: one object a line, an array of objects, or one object. `undefined` where it is none of these.
 * `complete` false: only the beginning is here; the value that is cut is left out.
 */
export function readJson(text: string, options: { complete: boolean; rows: number }): ParsedTable | undefined {
  const most = Math.max(SAMPLE, options.rows) + 1;
  const found = byLine(text, options.complete, most) ?? wholeValue(text, options.complete, most);
  if (!found || found.values.length === 0) return undefined;
  const records = found.values.map((value) => (typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : { value }));
  const types = new Map<string, JsonType>();
  for (const record of records.slice(0, SAMPLE)) {
    for (const [name, value] of Object.entries(record)) types.set(name, jsonType(value, types.get(name)));
  }
  const columns = [...types].map(([name, type]) => ({ name, type: typeText(type) }));
  return {
    kind: 'table',
    format: found.lines ? 'jsonl' : 'json',
    columns,
    cells: columns.map(({ name }) => records.slice(0, options.rows).map((record) => cell(record[name]))),
    totalRows: options.complete && found.values.length < most ? found.values.length : undefined,
    facts: [],
    notByLine: !found.lines,
  };
}

const cell = (value: unknown): string | null =>
  value === null || value === undefined ? null : typeof value === 'string' ? value : typeof value === 'object' ? stringifyExact(value) : String(value);

/** Every line a JSON value, and the first an object. */
function byLine(text: string, complete: boolean, most: number): { values: unknown[]; lines: true } | undefined {
  const values: unknown[] = [];
  for (let at = 0; at < text.length && values.length < most; ) {
    let end = text.indexOf('\n', at);
    const cut = end < 0 && !complete;
    if (end < 0) end = text.length;
    const line = text.slice(at, end).trim();
    at = end + 1;
    if (line === '') continue;
    try {
      values.push(parseExact(line));
    } catch {
      if (cut) break;
      if (values.length === 0) return undefined;
      throw new Error(`Line ${values.length + 1} is not JSON: ${line.slice(0, 80)}`);
    }
    if (values.length === 1 && (typeof values[0] !== 'object' || values[0] === null || Array.isArray(values[0]))) return undefined;
  }
  return values.length > 0 ? { values, lines: true } : undefined;
}

/** One array (its elements) or one object, also where its end is not here. */
function wholeValue(text: string, complete: boolean, most: number): { values: unknown[]; lines: false } | undefined {
  const start = text.search(/[^\s\ufeff]/);
  if (start < 0 || (text[start] !== '[' && text[start] !== '{')) return undefined;
  if (complete) {
    const value: unknown = parseExact(text.slice(start));
    return { values: Array.isArray(value) ? value.slice(0, most) : [value], lines: false };
  }
  if (text[start] !== '[') return undefined;
  const values: unknown[] = [];
  for (let at = start + 1; values.length < most; ) {
    while (/[\s,]/.test(text[at] ?? '')) at += 1;
    const end = endOfValue(text, at);
    if (end < 0) break;
    values.push(parseExact(text.slice(at, end)));
    at = end;
  }
  return { values, lines: false };
}

/** Where the JSON value at `start` ends; -1 where that is not in the text. */
function endOfValue(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at += 1) {
    const c = text[at];
    if (inString) {
      if (c === '\\') at += 1;
      else if (c === '"') inString = false;
    } else if (c === '"') inString = true;
    else if (c === '{' || c === '[') depth += 1;
    else if (c === '}' || c === ']') {
      depth -= 1;
      if (depth <= 0) return depth < 0 ? (at > start ? at : -1) : at + 1;
    } else if (depth === 0 && c === ',') return at;
  }
  return -1;
}
