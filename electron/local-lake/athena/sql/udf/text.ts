import { badCast, invalid } from './values.ts';

const chars = (text: string): string[] => [...text];

/** A text that must fit into `varchar(n)`. */
export function fit(text: string, length: number): string {
  return chars(text).length <= length ? text : badCast(`Value ${text} cannot be represented as varchar(${length})`);
}

export function reverse(text: string): string {
  return chars(text).reverse().join('');
}

export function pad(text: string, size: bigint, filler: string, left: boolean): string {
  if (size < 0n || size > 2147483647n) return invalid('Target length must be in the range [0..2147483647]');
  if (filler === '') return invalid('Padding string must not be empty');
  const [own, target] = [chars(text), Number(size)];
  if (own.length >= target) return own.slice(0, target).join('');
  const fill = chars(filler);
  const padding = Array.from({ length: target - own.length }, (_, i) => fill[i % fill.length]!).join('');
  return left ? padding + text : text + padding;
}

/** Replaces all; an empty search text matches before every character and at the end. */
export function replace(text: string, search: string, by: string): string {
  if (search === '') return by + chars(text).map((char) => char + by).join('');
  return text.replaceAll(search, () => by);
}

/** Where the n-th occurrence starts, in characters from 1 (n negative: from the end); 0 if nowhere. */
export function strpos(text: string, search: string, instance: bigint): bigint {
  if (instance === 0n) return invalid("'instance' must not be a positive or negative number.");
  if (search === '') return 1n;
  let at = -1;
  if (instance > 0n) {
    for (let n = 0n; n < instance; n++) {
      at = text.indexOf(search, at + 1);
      if (at < 0) return 0n;
    }
  } else {
    at = text.length;
    for (let n = 0n; n < -instance; n++) {
      if (at === 0) return 0n;
      at = text.lastIndexOf(search, at - 1);
      if (at < 0) return 0n;
    }
  }
  return BigInt(chars(text.slice(0, at)).length + 1);
}

export function split(text: string, delimiter: string, limit: bigint): string[] {
  if (limit <= 0n) return invalid('Limit must be positive');
  if (limit > 2147483647n) return invalid('Limit is too large');
  if (delimiter === '') return invalid('The delimiter may not be the empty string');
  const all = text.split(delimiter);
  const most = Number(limit);
  return all.length <= most ? all : [...all.slice(0, most - 1), all.slice(most - 1).join(delimiter)];
}

export function splitPart(text: string, delimiter: string, index: bigint): string | null {
  if (index <= 0n) return invalid('Index must be greater than zero');
  if (delimiter === '') {
    return chars(text)[Number(index) - 1] ?? null;
  }
  return text.split(delimiter)[Number(index) - 1] ?? null;
}

export function splitToEntries(text: string, entry: string, pair: string): string[][] {
  if (entry === '' || pair === '') return invalid(`${entry === '' ? 'entryDelimiter' : 'keyValueDelimiter'} is empty`);
  if (entry === pair) return invalid('entryDelimiter and keyValueDelimiter must not be the same');
  const found = new Map<string, string>();
  if (text === '') return [];
  const pieces = text.split(entry);
  if (pieces.at(-1) === '') pieces.pop();
  for (const piece of pieces) {
    const parts = piece.split(pair);
    if (parts.length !== 2) return invalid(`Key-value delimiter must appear exactly once in each entry. Bad input: '${piece}'`);
    if (found.has(parts[0]!)) return invalid(`Duplicate keys (${parts[0]}) are not allowed`);
    found.set(parts[0]!, parts[1]!);
  }
  return [...found].map(([key, value]) => [key, value]);
}

export function levenshtein(left: string, right: string): bigint {
  const [a, b] = [chars(left), chars(right)];
  let row = b.map((_, i) => i + 1);
  row.unshift(0);
  for (const [i, char] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries()) next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (char === other ? 0 : 1)));
    row = next;
  }
  return BigInt(row.at(-1)!);
}

export function hamming(left: string, right: string): bigint {
  const [a, b] = [chars(left), chars(right)];
  if (a.length !== b.length) return invalid('The input strings to hamming_distance function must have the same length');
  return BigInt(a.filter((char, i) => char !== b[i]).length);
}

export function codepoint(text: string): number {
  const all = chars(text);
  return all.length === 1 ? all[0]!.codePointAt(0)! : invalid('Input string must be a single character string');
}

export function chr(code: bigint): string {
  if (code < 0n || code > 0x10ffffn || (code >= 0xd800n && code <= 0xdfffn)) return invalid(`Not a valid Unicode code point: ${code}`);
  return String.fromCodePoint(Number(code));
}

/** LIKE with an escape that is no constant. */
export function like(text: string, pattern: string, escape: string): boolean {
  if (chars(escape).length > 1) return invalid('Escape string must be a single character');
  let source = '';
  let escaped = false;
  for (const char of pattern) {
    if (escaped && char !== '%' && char !== '_' && char !== escape) return invalid("Escape character must be followed by '%', '_' or the escape character itself");
    if (!escaped && escape !== '' && char === escape) escaped = true;
    else {
      source += !escaped && char === '%' ? '.*' : !escaped && char === '_' ? '.' : char.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
      escaped = false;
    }
  }
  if (escaped) return invalid("Escape character must be followed by '%', '_' or the escape character itself");
  return new RegExp(`^${source}$`, 'su').test(text);
}

export function toBase(value: bigint, radix: bigint): string {
  return radix < 2n || radix > 36n ? invalid('Radix must be between 2 and 36') : value.toString(Number(radix));
}

export function fromBase(text: string, radix: bigint): bigint {
  if (radix < 2n || radix > 36n) return invalid('Radix must be between 2 and 36');
  const match = /^([+-]?)([0-9a-z]+)$/i.exec(text);
  let value = 0n;
  for (const char of match?.[2]?.toLowerCase() ?? '!') {
    const digit = parseInt(char, 36);
    if (!(digit < Number(radix))) return invalid(`Not a valid base-${radix} number: ${text}`);
    value = value * radix + BigInt(digit);
  }
  return match?.[1] === '-' ? -value : value;
}
