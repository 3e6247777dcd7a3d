import { tokenize } from './lexer.ts';
import { dialectOf } from './statements.ts';

/** A place in a statement that takes a value: `?` (named by its number, from 1) or `:name`. */
export interface Placeholder {
  name: string;
  /** Offsets in UTF-16 units, end exclusive. */
  start: number;
  end: number;
}

export interface ParameterValue {
  type: 'text' | 'number' | 'date' | 'timestamp' | 'boolean' | 'null' | 'sql';
  value: string;
}

/** API_StartQueryExecution: ExecutionParameters, each. */
export const LONGEST_PARAMETER = 1024;

/** The places of a statement that take values, in order; a PREPARE keeps its own. */
export function placeholders(sql: string): Placeholder[] {
  const tokens = tokenize(sql, 'trino');
  if (tokens[0]?.kind === 'word' && tokens[0].value === 'PREPARE') return [];
  const words = tokens.slice(0, 3).map(({ value }) => value);
  if (dialectOf(words) === 'hive' && words[1] !== 'TABLE') return [];
  const found: Placeholder[] = [];
  let numbered = 0;
  tokens.forEach((token, at) => {
    const [before, next] = [tokens[at - 1], tokens[at + 1]];
    // `x::int` is a cast of other engines.
    if (token.text === ':' && ((before?.text === ':' && before.end === token.start) || (next?.text === ':' && next.start === token.end))) return;
    // `struct<a:int>` is a type.
    if (token.text === ':' && before?.end === token.start && before.kind !== 'op') return;
    if (token.text === '?') found.push({ name: String(++numbered), start: token.start, end: token.end });
    else if (token.text === ':' && next?.kind === 'word' && next.start === token.end) found.push({ name: next.text, start: token.start, end: next.end });
  });
  return found;
}

/** Each name once, in the order of their first places. */
export const parameterNames = (sql: string): string[] => [...new Set(placeholders(sql).map(({ name }) => name))];

/** Of a `?`, not of a `:name`. */
export const isNumbered = (name: string): boolean => /^\d+$/.test(name);

/** As it is written: `?1`, `:month`. */
export const shownParameter = (name: string): string => `${isNumbered(name) ? '?' : ':'}${name}`;

/** `:name` as `?`, at the same places: what a grammar that knows only `?` can read. */
export function withMarks(sql: string): string {
  let text = '';
  let from = 0;
  for (const { start, end } of placeholders(sql)) {
    text += `${sql.slice(from, start)}?${' '.repeat(end - start - 1)}`;
    from = end;
  }
  return text + sql.slice(from);
}

/** A value as Trino's literal; undefined where it is no value of its type, or too long to be sent. */
export function literalOf({ type, value }: ParameterValue): string | undefined {
  const text = value.trim();
  const literal = written(type, value, text);
  return literal !== undefined && literal.length <= LONGEST_PARAMETER ? literal : undefined;
}

function written(type: ParameterValue['type'], value: string, text: string): string | undefined {
  switch (type) {
    case 'text':
      return `'${value.replaceAll("'", "''")}'`;
    case 'number':
      return /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/.test(text) ? text.replace(/^\+/, '') : undefined;
    case 'date':
      return /^\d{4}-\d\d-\d\d$/.test(text) ? `DATE '${text}'` : undefined;
    case 'timestamp':
      return /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?$/.test(text) ? `TIMESTAMP '${text.replace('T', ' ')}'` : undefined;
    case 'boolean':
      return /^(true|false)$/i.test(text) ? text.toLowerCase() : undefined;
    case 'null':
      return 'NULL';
    case 'sql':
      return text === '' ? undefined : text;
  }
}

/** The value a literal stands for: what `literalOf` makes it of again. */
export function valueOf(literal: string): ParameterValue {
  const [, type = '', quoted] = /^(?:(DATE|TIMESTAMP) )?'((?:[^']|'')*)'$/.exec(literal) ?? [];
  if (quoted !== undefined) return { type: type === 'DATE' ? 'date' : type === 'TIMESTAMP' ? 'timestamp' : 'text', value: quoted.replaceAll("''", "'") };
  if (literal === 'NULL') return { type: 'null', value: '' };
  const kind = (['number', 'boolean'] as const).find((one) => literalOf({ type: one, value: literal }) === literal);
  return { type: kind ?? 'sql', value: literal };
}

export type Bound = { sql: string; parameters: string[] } | { missing: string };

/** The statement with `?` for every place, and the values in their order; or the first name without a usable value. */
export function bind(sql: string, values: Readonly<Record<string, ParameterValue>>): Bound {
  const parameters: string[] = [];
  for (const { name } of placeholders(sql)) {
    const value = values[name];
    const literal = value && literalOf(value);
    if (literal === undefined) return { missing: name };
    parameters.push(literal);
  }
  return { sql: withMarks(sql), parameters };
}

/** The statement with the literals in place, as far as there are any: what the engine will see. Not for running. */
export function substituted(sql: string, values: Readonly<Record<string, ParameterValue>>): string {
  let text = '';
  let from = 0;
  for (const { name, start, end } of placeholders(sql)) {
    const value = values[name];
    text += sql.slice(from, start) + ((value && literalOf(value)) ?? '?');
    from = end;
  }
  return text + sql.slice(from);
}

/** A statement of `?` with its literals in place. */
export function filled(sql: string, parameters: readonly string[]): string {
  const values = placeholders(sql);
  return values.reduceRight((text, { start, end }, at) => text.slice(0, start) + (parameters[at] ?? '?') + text.slice(end), sql);
}
