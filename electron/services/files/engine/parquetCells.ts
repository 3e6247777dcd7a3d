import type { ParquetParsers, SchemaTree } from 'hyparquet';
import { stringifyExact } from './exactJson.ts';

/** A moment as Athena prints it, with the digits it has: `2001-01-31 10:00:00.000`. */
function moment(seconds: bigint, fraction: string): string {
  const at = Number(seconds) * 1000;
  return Math.abs(at) > 8.64e15 ? `${seconds} s` : `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}.${fraction}`;
}

const split = (value: bigint, unit: bigint, digits: number): string => {
  const rest = ((value % unit) + unit) % unit;
  return moment((value - rest) / unit, rest.toString().padStart(digits, '0'));
};

/** A moment of so many units since 1970, with three, six or nine digits of a second. */
export const momentText = (value: bigint, digits: number): string => split(value, 10n ** BigInt(digits), digits);

export const dayText = (days: number): string => (Math.abs(days) > 1e8 ? `${days} days` : new Date(days * 86_400_000).toISOString().slice(0, 10));

/** Parsers that keep what a JavaScript Date would lose, and never throw on one odd value. */
export const exactParsers: Partial<ParquetParsers> = {
  timestampFromMilliseconds: (millis) => momentText(BigInt(millis), 3),
  timestampFromMicroseconds: (micros) => momentText(BigInt(micros), 6),
  timestampFromNanoseconds: (nanos) => momentText(BigInt(nanos), 9),
  dateFromDays: dayText,
  jsonFromBytes: (bytes) => new TextDecoder().decode(bytes),
};

/** Turns top-level decimals into their unscaled integers in the file's own schema, so that no digit is lost. Scale by column. */
export function rawDecimals(columns: SchemaTree[]): Map<string, number> {
  const scales = new Map<string, number>();
  for (const { element, children } of columns) {
    const logical = element.logical_type;
    if (children.length > 0 || element.repetition_type === 'REPEATED' || (element.converted_type !== 'DECIMAL' && logical?.type !== 'DECIMAL')) continue;
    scales.set(element.name, element.scale ?? (logical?.type === 'DECIMAL' ? logical.scale : 0));
    delete element.converted_type;
    delete element.logical_type;
  }
  return scales;
}

/** A cell as text; null for NULL; nested values as JSON. */
export function cellText(value: unknown, scale?: number): string | null {
  if (value === null || value === undefined) return null;
  if (scale !== undefined) return unscaledText(value, scale);
  if (value instanceof Uint8Array) return bytesText(value);
  if (typeof value === 'object') return stringifyExact(plain(value));
  return String(value);
}

/** The decimal of an unscaled integer, or of its big-endian bytes. */
export function unscaledText(value: unknown, scale: number): string {
  const unscaled = value instanceof Uint8Array ? BigInt.asIntN(value.length * 8, BigInt(`0x${Buffer.from(value).toString('hex') || '0'}`)) : BigInt(value as number | bigint);
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${unscaled < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`;
}

/** Old writers do not mark text as such: bytes that are UTF-8 are shown as text, others as hex. */
export function bytesText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return `0x${Buffer.from(bytes.subarray(0, 256)).toString('hex')}${bytes.length > 256 ? '…' : ''}`;
  }
}

function plain(value: unknown): unknown {
  if (value instanceof Uint8Array) return bytesText(value);
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [String(key), plain(inner)]));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plain(inner)]));
  return value;
}
