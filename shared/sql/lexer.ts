/**
 * Tokens of Athena's two languages. `trino`: strings escape a quote by doubling it, double quotes name things.
 * `hive` (the DDL of Athena): backslash escapes inside strings, double quotes are strings too, backticks name things.
 */
export type TokenKind = 'word' | 'quoted' | 'string' | 'binary' | 'integer' | 'decimal' | 'double' | 'op' | 'error' | 'end';

export interface Token {
  kind: TokenKind;
  /** The text as written. */
  text: string;
  /** The meaning: unescaped string or name, upper-case word, or the operator itself; the reason for `error`. */
  value: string;
  /** Offsets in UTF-16 units, end exclusive. */
  start: number;
  end: number;
  /** One-based. */
  line: number;
  column: number;
}

export type Dialect = 'trino' | 'hive';

const operators = ['<>', '!=', '<=', '>=', '||', '->', '=>', '..'];
const wordStart = /[\p{L}_]/u;
const wordPart = /[\p{L}\p{N}_@:$]/u;

/** Reads the token at or after `from`; white space and comments are skipped. Never throws: see kind `error`. */
export function tokenAt(text: string, from: number, dialect: Dialect, where = { line: 1, lineStart: 0 }): Token {
  let at = from;
  const make = (kind: TokenKind, end: number, value: string): Token => {
    const token = { kind, text: text.slice(at, end), value, start: at, end, line: where.line, column: at - where.lineStart + 1 };
    countLines(text, at, end, where);
    return token;
  };
  for (;;) {
    const ch = text[at];
    if (ch === undefined) return make('end', at, '');
    if (/\s/.test(ch)) {
      countLines(text, at, ++at, where);
    } else if (text.startsWith('--', at)) {
      while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
    } else if (text.startsWith('/*', at)) {
      const close = text.indexOf('*/', at + 2);
      if (close < 0) return make('error', text.length, 'unterminated comment');
      countLines(text, at, close + 2, where);
      at = close + 2;
    } else break;
  }
  const ch = text[at]!;
  if (ch === "'" || (ch === '"' && dialect === 'hive')) {
    const [end, value] = readString(text, at, dialect);
    return end < 0 ? make('error', text.length, 'unterminated string') : make('string', end, value);
  }
  if (ch === '"' || ch === '`') {
    const end = closing(text, at);
    if (end < 0) return make('error', text.length, 'unterminated name');
    return make('quoted', end, text.slice(at + 1, end - 1).replaceAll(ch + ch, ch));
  }
  if (/^[uU]&'/.test(text.slice(at, at + 3))) {
    const end = closing(text, at + 2);
    if (end < 0) return make('error', text.length, 'unterminated string');
    const value = unicode(text.slice(at + 3, end - 1).replaceAll("''", "'"));
    return value === undefined ? make('error', end, 'invalid Unicode escape') : make('string', end, value);
  }
  if (/^[xX]'/.test(text.slice(at, at + 2))) {
    const end = closing(text, at + 1);
    if (end < 0) return make('error', text.length, 'unterminated string');
    const hex = text.slice(at + 2, end - 1).replace(/\s+/g, '');
    return /^([0-9a-fA-F]{2})*$/.test(hex) ? make('binary', end, hex.toUpperCase()) : make('error', end, 'invalid hexadecimal literal');
  }
  const number = /^(\d[\d_]*\.?\d*|\.\d+)([eE][+-]?\d+)?/.exec(text.slice(at, at + 400));
  if (number && !(dialect === 'hive' && wordPart.test(text[at + number[0].length] ?? ' '))) {
    const end = at + number[0].length;
    if (wordPart.test(text[end] ?? ' ')) return make('error', end + 1, 'identifiers must not start with a digit; surround the identifier with double quotes');
    const kind = number[2] ? 'double' : number[1]!.includes('.') ? 'decimal' : 'integer';
    return make(kind, end, number[0].replaceAll('_', ''));
  }
  if (wordStart.test(ch) || (dialect === 'hive' && wordPart.test(ch) && ch !== ':')) {
    let end = at + 1;
    const part = dialect === 'hive' ? /[\p{L}\p{N}_$]/u : /[\p{L}\p{N}_@$]/u;
    while (end < text.length && part.test(text[end]!)) end++;
    return make('word', end, text.slice(at, end).toUpperCase());
  }
  const two = text.slice(at, at + 2);
  if (operators.includes(two)) return make('op', at + 2, two === '!=' ? '<>' : two);
  return '+-*/%=<>()[]{},.;:?|&^~!@#$'.includes(ch) ? make('op', at + 1, ch) : make('error', at + 1, `unexpected character '${ch}'`);
}

/** All tokens of `text`, the last of kind `end`. */
export function tokenize(text: string, dialect: Dialect, from = 0, to = text.length): Token[] {
  const where = { line: 1, lineStart: 0 };
  countLines(text, 0, from, where);
  const source = to === text.length ? text : text.slice(0, to);
  const tokens: Token[] = [];
  for (let at = from; ; ) {
    const token = tokenAt(source, at, dialect, where);
    tokens.push(token);
    if (token.kind === 'end') return tokens;
    at = token.end;
  }
}

function countLines(text: string, from: number, to: number, where: { line: number; lineStart: number }): void {
  for (let i = from; i < to; i++) {
    if (text.charCodeAt(i) === 10) {
      where.line++;
      where.lineStart = i + 1;
    }
  }
}

/** The offset after the quote that closes the one at `at` (doubling escapes it), or -1. */
function closing(text: string, at: number): number {
  const quote = text[at]!;
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] !== quote) continue;
    if (text[i + 1] === quote) i++;
    else return i + 1;
  }
  return -1;
}

function readString(text: string, at: number, dialect: Dialect): [number, string] {
  if (dialect === 'trino') {
    const end = closing(text, at);
    return [end, end < 0 ? '' : text.slice(at + 1, end - 1).replaceAll("''", "'")];
  }
  const quote = text[at]!;
  let value = '';
  for (let i = at + 1; i < text.length; i++) {
    const ch = text[i]!;
    if (ch === '\\' && i + 1 < text.length) {
      const [length, unescaped] = hiveEscape(text, i + 1);
      value += unescaped;
      i += length;
    } else if (ch === quote && text[i + 1] === quote) {
      value += ch;
      i++;
    } else if (ch === quote) return [i + 1, value];
    else value += ch;
  }
  return [-1, value];
}

/** Hive's escapes after a backslash: `\001` octal, `\u0001`, `\t`-like letters; any other character is itself. */
function hiveEscape(text: string, at: number): [number, string] {
  const octal = /^[0-3][0-7]{2}/.exec(text.slice(at, at + 3));
  if (octal) return [3, String.fromCharCode(parseInt(octal[0], 8))];
  const hex = /^u([0-9a-fA-F]{4})/.exec(text.slice(at, at + 5));
  if (hex) return [5, String.fromCharCode(parseInt(hex[1]!, 16))];
  const letters: Record<string, string> = { t: '\t', n: '\n', r: '\r', b: '\b', '0': '\0', Z: '\x1a' };
  return [1, letters[text[at]!] ?? text[at]!];
}

function unicode(body: string): string | undefined {
  let valid = true;
  const value = body.replace(/\\(\\|\+([0-9a-fA-F]{6})|([0-9a-fA-F]{4})|)/g, (_all, what: string, six?: string, four?: string) => {
    if (what === '\\') return '\\';
    const hex = six ?? four;
    if (hex === undefined || parseInt(hex, 16) > 0x10ffff) valid = false;
    return valid ? String.fromCodePoint(parseInt(hex!, 16)) : '';
  });
  return valid ? value : undefined;
}
