import { javaDouble, javaFloat } from './numbers.ts';
import { badCast, invalid } from './values.ts';

/** JSON kept as text: numbers stay as written, so that none loses digits. */
export type Json = { kind: 'object'; entries: [string, Json][] } | { kind: 'array'; items: Json[] } | { kind: 'string'; value: string } | { kind: 'number' | 'word'; text: string };

class Reader {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  whole(): Json | undefined {
    try {
      const value = this.value();
      this.space();
      return this.at === this.text.length ? value : undefined;
    } catch {
      return undefined;
    }
  }

  private space(): void {
    while (' \t\n\r'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  private take(ch: string): boolean {
    this.space();
    if (this.text[this.at] !== ch) return false;
    this.at++;
    return true;
  }

  private value(): Json {
    this.space();
    if (this.take('{')) {
      const entries: [string, Json][] = [];
      if (this.take('}')) return { kind: 'object', entries };
      do {
        const key = this.match(/"(?:[^"\\\u0000-\u001f]|\\.)*"/y);
        if (!this.take(':')) throw new Error('colon');
        entries.push([JSON.parse(key) as string, this.value()]);
      } while (this.take(','));
      if (!this.take('}')) throw new Error('brace');
      return { kind: 'object', entries };
    }
    if (this.take('[')) {
      const items: Json[] = [];
      if (this.take(']')) return { kind: 'array', items };
      do items.push(this.value());
      while (this.take(','));
      if (!this.take(']')) throw new Error('bracket');
      return { kind: 'array', items };
    }
    if (this.text[this.at] === '"') return { kind: 'string', value: JSON.parse(this.match(/"(?:[^"\\\u0000-\u001f]|\\.)*"/y)) as string };
    if (/[-0-9]/.test(this.text[this.at] ?? '')) return { kind: 'number', text: this.match(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y) };
    return { kind: 'word', text: this.match(/true|false|null/y) };
  }

  private match(pattern: RegExp): string {
    this.space();
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (!found) throw new Error('token');
    this.at += found[0].length;
    return found[0];
  }
}

export function read(text: string): Json | undefined {
  return new Reader(text).whole();
}

export function print(value: Json): string {
  switch (value.kind) {
    case 'object':
      return `{${value.entries.map(([key, item]) => `${JSON.stringify(key)}:${print(item)}`).join(',')}}`;
    case 'array':
      return `[${value.items.map(print).join(',')}]`;
    case 'string':
      return JSON.stringify(value.value);
    default:
      return value.text;
  }
}

/** json_parse: keys in order, no white space; the last of equal keys wins. */
function sorted(value: Json): Json {
  if (value.kind === 'array') return { kind: 'array', items: value.items.map(sorted) };
  if (value.kind === 'number') return { kind: 'number', text: canonicalNumber(value.text) };
  if (value.kind !== 'object') return value;
  const entries = [...new Map(value.entries.map(([key, item]) => [key, sorted(item)]))].sort(([a], [b]) => (a < b ? -1 : 1));
  return { kind: 'object', entries };
}

function canonicalNumber(text: string): string {
  if (/^-?\d+$/.test(text)) return text === '-0' ? '0' : text;
  return javaDouble(Number(text));
}

export function jsonParse(text: string): string {
  const value = read(text);
  return value ? print(sorted(value)) : invalid(`Cannot convert value to JSON: '${text}'`);
}

export const jsonQuote = (text: string): string => JSON.stringify(text);

export function jsonNumber(value: number, real: boolean): string {
  if (Number.isFinite(value)) return real ? javaFloat(value) : javaDouble(value);
  return `"${Number.isNaN(value) ? 'NaN' : value > 0 ? 'Infinity' : '-Infinity'}"`;
}

type Step = { key: string } | { index: number };
const paths = new Map<string, Step[]>();

/** A JSON path of Trino's kind: `$.a.b[0]["c d"]`; filters, wildcards and `..` fail by name. */
function path(text: string): Step[] {
  const known = paths.get(text);
  if (known) return known;
  const steps: Step[] = [];
  const step = /\.([\p{L}\p{N}_$:-]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]|\.?\[?'([^']*)'\]?/uy;
  let at = text.startsWith('$') ? 1 : 0;
  if (at === 0) return invalid(`Invalid JSON path: '${text}'`);
  while (at < text.length) {
    step.lastIndex = at;
    const match = step.exec(text);
    if (!match || match[4] !== undefined) return invalid(`Invalid JSON path: '${text}'`);
    if (match[2] !== undefined) steps.push({ index: Number(match[2]) });
    else steps.push({ key: match[1] ?? match[3]!.replace(/\\(.)/g, '$1') });
    at += match[0].length;
  }
  if (paths.size > 1000) paths.clear();
  paths.set(text, steps);
  return steps;
}

function find(text: string, where: string): Json | undefined {
  const steps = path(where);
  let value = read(text);
  for (const step of steps) {
    if (!value) return undefined;
    if ('index' in step) value = value.kind === 'array' ? value.items[step.index] : undefined;
    else if (value.kind === 'object') value = value.entries.find(([key]) => key === step.key)?.[1];
    // A number after a dot also counts elements.
    else if (value.kind === 'array' && /^\d+$/.test(step.key)) value = value.items[Number(step.key)];
    else value = undefined;
  }
  return value;
}

export function jsonExtract(text: string, where: string): string | null {
  const value = find(text, where);
  return value ? print(value) : null;
}

export function jsonExtractScalar(text: string, where: string): string | null {
  const value = find(text, where);
  if (!value || value.kind === 'object' || value.kind === 'array') return null;
  if (value.kind === 'string') return value.value;
  return value.text === 'null' ? null : value.text;
}

export function jsonArrayLength(text: string): bigint | null {
  const value = read(text);
  return value?.kind === 'array' ? BigInt(value.items.length) : null;
}

export function jsonArrayGet(text: string, index: bigint): string | null {
  const value = read(text);
  if (value?.kind !== 'array') return null;
  const item = value.items.at(Number(index));
  if (!item || (item.kind === 'word' && item.text === 'null')) return null;
  return item.kind === 'string' ? item.value : print(item);
}

export function jsonArrayContains(text: string, wanted: string, kind: string): boolean | null {
  const value = read(text);
  if (value?.kind !== 'array') return null;
  return value.items.some((item) => {
    if (kind === 'varchar') return item.kind === 'string' && item.value === wanted;
    if (kind === 'boolean') return item.kind === 'word' && item.text === wanted;
    if (item.kind !== 'number') return false;
    return kind === 'bigint' ? /^-?\d+$/.test(item.text) && BigInt(item.text) === BigInt(wanted) : Number(item.text) === Number(wanted) && /[.eE]/.test(item.text);
  });
}

export function jsonSize(text: string, where: string): bigint | null {
  const value = find(text, where);
  if (!value) return null;
  return BigInt(value.kind === 'array' ? value.items.length : value.kind === 'object' ? value.entries.length : 0);
}

export function isJsonScalar(text: string): boolean {
  const value = read(text);
  if (!value) return invalid(`Invalid JSON value: ${text}`);
  return value.kind !== 'array' && value.kind !== 'object';
}

const isNull = (value: Json | undefined): boolean => value?.kind === 'word' && value.text === 'null';

/** The scalar of a JSON text for CAST to a type: JSON null is NULL, text and numbers convert, arrays and objects do not. */
export function jsonScalar(text: string, type: string): string | null {
  const value = read(text);
  if (!value || isNull(value)) return null;
  if (value.kind === 'object' || value.kind === 'array') return badCast(`Cannot cast to ${type}. Expected a scalar, but got ${value.kind === 'array' ? '[' : '{'}\\n${text}`);
  if (value.kind === 'string') return value.value;
  if (type === 'varchar' || type === 'double' || type === 'real' || type === 'decimal') {
    if (value.kind === 'word' && type !== 'varchar') return value.text === 'true' ? '1' : '0';
    return value.text;
  }
  if (type === 'boolean') return value.kind === 'number' ? String(Number(value.text) !== 0) : value.text;
  if (value.kind === 'word') return value.text === 'true' ? '1' : '0';
  return /[.eE]/.test(value.text) ? String(BigInt(Math.sign(Number(value.text)) * Math.round(Math.abs(Number(value.text))))) : value.text;
}

export function jsonElements(text: string): (string | null)[] | null {
  const value = read(text);
  if (!value || isNull(value)) return null;
  if (value.kind !== 'array') return badCast(`Cannot cast to array. Expected a json array, but got ${text}`);
  return value.items.map(print);
}

export function jsonEntries(text: string): string[][] | null {
  const value = read(text);
  if (!value || isNull(value)) return null;
  if (value.kind !== 'object') return badCast(`Cannot cast to map. Expected a json object, but got ${text}`);
  return [...new Map(value.entries)].map(([key, item]) => [key, print(item)]);
}

/** A field of a row that is read from a JSON object (by name) or array (by place). */
export function jsonField(text: string, name: string, index: number): string | null {
  const value = read(text);
  if (value?.kind === 'array') return value.items[index] ? print(value.items[index]) : null;
  if (value?.kind !== 'object') return badCast(`Cannot cast to row. Expected a json array or object, but got ${text}`);
  const found = value.entries.find(([key]) => key.toLowerCase() === name);
  return found ? print(found[1]) : null;
}
