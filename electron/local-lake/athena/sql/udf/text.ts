import { createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { javaDouble } from './numbers.ts';
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

export function digest(algorithm: string, bytes: Uint8Array): Uint8Array {
  return createHash(algorithm).update(bytes).digest();
}

export function hmac(algorithm: string, bytes: Uint8Array, key: Uint8Array): Uint8Array {
  return createHmac(algorithm, key).update(bytes).digest();
}

export const crc = (bytes: Uint8Array): bigint => BigInt(crc32(bytes));

export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) return invalid('The input string length must be even number of characters');
  const bad = /[^0-9a-fA-F]/.exec(text);
  return bad ? invalid(`Invalid hexadecimal character: ${bad[0]}`) : Buffer.from(text, 'hex');
}

export function fromBase64(text: string, url: boolean): Uint8Array {
  const body = text.replace(/=+$/, '');
  if (!(url ? /^[A-Za-z0-9_-]*$/ : /^[A-Za-z0-9+/]*$/).test(body) || body.length % 4 === 1) return invalid('Illegal base64 character');
  return Buffer.from(body, url ? 'base64url' : 'base64');
}

export function toBase64(bytes: Uint8Array, url: boolean): string {
  const text = Buffer.from(bytes).toString('base64');
  return url ? text.replaceAll('+', '-').replaceAll('/', '_') : text;
}

const M = (1n << 64n) - 1n;
const [P1, P2, P3, P4, P5] = [0x9e3779b185ebca87n, 0xc2b2ae3d27d4eb4fn, 0x165667b19e3779f9n, 0x85ebca77c2b2ae63n, 0x27d4eb2f165667c5n];
const rotate = (value: bigint, by: bigint): bigint => ((value << by) | (value >> (64n - by))) & M;
const round = (sum: bigint, lane: bigint): bigint => (rotate((sum + lane * P2) & M, 31n) * P1) & M;

/** xxHash64 with seed 0, big-endian, by the algorithm's published description. */
export function xxhash64(input: Uint8Array): Uint8Array {
  const bytes = Buffer.from(input);
  const length = BigInt(bytes.length);
  let at = 0;
  let hash = P5;
  if (bytes.length >= 32) {
    const sums = [(P1 + P2) & M, P2, 0n, -P1 & M];
    for (; at + 32 <= bytes.length; at += 32) for (let i = 0; i < 4; i++) sums[i] = round(sums[i]!, bytes.readBigUInt64LE(at + i * 8));
    hash = (rotate(sums[0]!, 1n) + rotate(sums[1]!, 7n) + rotate(sums[2]!, 12n) + rotate(sums[3]!, 18n)) & M;
    for (const sum of sums) hash = ((hash ^ round(0n, sum)) * P1 + P4) & M;
  }
  hash = (hash + length) & M;
  for (; at + 8 <= bytes.length; at += 8) hash = (rotate(hash ^ round(0n, bytes.readBigUInt64LE(at)), 27n) * P1 + P4) & M;
  if (at + 4 <= bytes.length) {
    hash = (rotate(hash ^ ((BigInt(bytes.readUInt32LE(at)) * P1) & M), 23n) * P2 + P3) & M;
    at += 4;
  }
  for (; at < bytes.length; at++) hash = (rotate(hash ^ ((BigInt(bytes[at]!) * P5) & M), 11n) * P1) & M;
  hash = ((hash ^ (hash >> 33n)) * P2) & M;
  hash = ((hash ^ (hash >> 29n)) * P3) & M;
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(hash ^ (hash >> 32n));
  return out;
}

export function urlEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%20', '+');
}

export function urlDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return invalid(`URLDecoder: Illegal hex characters in escape (%) pattern: ${text}`);
  }
}

/** A part of a URL as java.net.URI reads it; NULL where the text is no URI or has no such part. */
export function urlPart(text: string, part: string): string | null {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/(?:[^@/?#]*@)?([^:/?#]*)(?::(\d*))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(text);
  if (!match || /[\s<>"{}|\\^`]/.test(text) || /%(?![0-9a-fA-F]{2})/.test(text)) return null;
  const [, protocol, host, port, path, query, fragment] = match;
  const decoded = (value: string | undefined): string => (value === undefined ? '' : decodeURIComponent(value));
  switch (part) {
    case 'protocol':
      return protocol ?? '';
    case 'host':
      return host ?? '';
    case 'port':
      return port || null;
    case 'path':
      return decoded(path);
    case 'query':
      return decoded(query);
    default:
      return decoded(fragment);
  }
}

export function urlParameter(text: string, name: string): string | null {
  const query = /\?([^#]*)/.exec(text)?.[1];
  if (query === undefined || urlPart(text, 'path') === null) return null;
  for (const pair of query.split('&')) {
    const cut = pair.indexOf('=');
    const key = cut < 0 ? pair : pair.slice(0, cut);
    if (key === name) return cut < 0 ? '' : decodeURIComponent(pair.slice(cut + 1).replaceAll('+', ' '));
  }
  return null;
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

/** Java's String.format for %s %d %f %e %x %o %c %b %% with flags, width and precision. `values` are texts, `kinds` one letter each. */
export function format(pattern: string, kinds: string, values: (string | null)[]): string {
  let next = 0;
  return pattern.replace(/%(?:(\d+)\$)?([-#+ 0,(]*)(\d+)?(?:\.(\d+))?([a-zA-Z%])/g, (all, index: string | undefined, flags: string, width: string | undefined, precision: string | undefined, letter: string) => {
    if (letter === 'n') return '\n';
    if (letter === '%') return '%'.padStart(Number(width ?? 0));
    const at = index === undefined ? next++ : Number(index) - 1;
    if (at >= values.length) return invalid(`Invalid format string: ${pattern} (Format specifier '${all}')`);
    const text = formatOne(letter, flags, precision === undefined ? undefined : Number(precision), kinds[at]!, values[at]!, all, Number(width ?? 0));
    return flags.includes('-') ? text.padEnd(Number(width ?? 0)) : text.padStart(Number(width ?? 0));
  });
}

function formatOne(letter: string, flags: string, precision: number | undefined, kind: string, value: string | null, spec: string, width: number): string {
  const mismatch = (): never => invalid(`Invalid format string: ${spec} (${letter} != ${kind})`);
  if (letter === 's' || letter === 'S') {
    const text = value === null ? 'null' : kind === 'f' ? javaDouble(Number(value)) : value;
    const cut = precision === undefined ? text : text.slice(0, precision);
    return letter === 'S' ? cut.toUpperCase() : cut;
  }
  if (letter === 'b') return value === null ? 'false' : kind === 'b' ? value : 'true';
  if (value === null) return 'null';
  if (letter === 'd') return kind === 'd' ? signed(value, flags, width) : mismatch();
  if (letter === 'x' || letter === 'X' || letter === 'o') {
    if (kind !== 'd') return mismatch();
    const text = BigInt.asUintN(64, BigInt(value)).toString(letter === 'o' ? 8 : 16);
    const padded = flags.includes('0') ? text.padStart(width, '0') : text;
    return letter === 'X' ? padded.toUpperCase() : padded;
  }
  if (letter === 'f') return kind === 'f' || kind === 'n' ? signed(fixed(value, precision ?? 6), flags, width) : mismatch();
  if (letter === 'e' || letter === 'E') {
    if (kind !== 'f' && kind !== 'n') return mismatch();
    const text = Number(value).toExponential(precision ?? 6).replace(/e([+-])(\d)$/, 'e$10$2');
    return letter === 'E' ? text.toUpperCase() : text;
  }
  return invalid(`Invalid format string: ${spec} (conversion '${letter}' is not supported)`);
}

function signed(text: string, flags: string, width: number): string {
  const negative = text.startsWith('-');
  let body = negative ? text.slice(1) : text;
  if (flags.includes(',')) body = body.replace(/^\d+/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ','));
  const sign = negative ? '-' : flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '';
  return flags.includes('0') ? sign + body.padStart(width - sign.length, '0') : sign + body;
}

/** A decimal text with so many digits, rounded half up as Java's Formatter rounds. */
function fixed(value: string, digits: number): string {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(value);
  if (!match) return value;
  const scale = (match[3] ?? '').length - Number(match[4] ?? 0);
  const unscaled = BigInt(match[2]! + (match[3] ?? ''));
  const shift = digits - scale;
  const scaled = shift >= 0 ? unscaled * 10n ** BigInt(shift) : (unscaled * 2n + 10n ** BigInt(-shift)) / (2n * 10n ** BigInt(-shift));
  const text = scaled.toString().padStart(digits + 1, '0');
  return `${match[1]}${text.slice(0, text.length - digits)}${digits > 0 ? `.${text.slice(-digits)}` : ''}`;
}
