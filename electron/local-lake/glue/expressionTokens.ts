import { invalidInput } from './errors.ts';

export interface Token {
  kind: 'name' | 'string' | 'number' | 'symbol' | 'end';
  text: string;
  /** Zero-based offset in the expression. */
  at: number;
}

const PATTERNS: [Token['kind'] | 'space', RegExp][] = [
  ['space', /\s+/y],
  ['string', /'(?:[^']|'')*'/y],
  ['name', /`[^`]+`|"[^"]+"|[A-Za-z_][\w.]*/y],
  ['number', /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y],
  ['symbol', /<>|<=|>=|!=|[=<>(),]/y],
];

/** Splits a partition expression; quotes are taken off. */
export function tokenize(expression: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  scan: while (at < expression.length) {
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const text = pattern.exec(expression)?.[0];
      if (text === undefined) continue;
      if (kind === 'string') tokens.push({ kind, text: text.slice(1, -1).replaceAll("''", "'"), at });
      else if (kind !== 'space') tokens.push({ kind, text: /^[`"]/.test(text) ? text.slice(1, -1) : text, at });
      at += text.length;
      continue scan;
    }
    throw invalidInput(`Unsupported expression: unexpected '${expression[at]}' at position ${at + 1}.`);
  }
  return [...tokens, { kind: 'end', text: '', at }];
}
