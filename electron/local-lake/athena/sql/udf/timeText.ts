import { offsetAt, toLocal, toUtc, zoneName } from './zones.ts';
import { badCast, invalid } from './values.ts';

const DAY = 86_400_000_000n;

export interface Civil {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  micro: number;
}

/** Micros since 1970 of a civil date and time (proleptic Gregorian), or undefined when there is no such day or time. */
export function microsOf(civil: Civil): bigint | undefined {
  const date = new Date(0);
  date.setUTCFullYear(civil.year, civil.month - 1, civil.day);
  if (date.getUTCMonth() !== civil.month - 1 || date.getUTCDate() !== civil.day) return undefined;
  if (civil.hour > 23 || civil.minute > 59 || civil.second > 59) return undefined;
  return BigInt(date.getTime()) * 1000n + BigInt((civil.hour * 60 + civil.minute) * 60 + civil.second) * 1_000_000n + BigInt(civil.micro);
}

export function civilOf(micros: bigint): Civil {
  const days = micros >= 0n ? micros / DAY : -((-micros + DAY - 1n) / DAY);
  const rest = Number(micros - days * DAY);
  const date = new Date(Number(days) * 86_400_000);
  return {
    year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(),
    hour: Math.floor(rest / 3_600_000_000), minute: Math.floor(rest / 60_000_000) % 60, second: Math.floor(rest / 1_000_000) % 60, micro: rest % 1_000_000,
  };
}

export const pad = (value: number, width: number): string => String(Math.abs(value)).padStart(width, '0');

/** `yyyy-MM-dd HH:mm:ss` and as many digits of a second as the precision says. */
export function timestampText(micros: bigint, precision: number): string {
  const c = civilOf(micros);
  const year = c.year > 9999 ? `+${c.year}` : `${c.year < 0 ? '-' : ''}${pad(c.year, 4)}`;
  const fraction = precision === 0 ? '' : `.${pad(c.micro, 6).slice(0, precision)}`;
  return `${year}-${pad(c.month, 2)}-${pad(c.day, 2)} ${pad(c.hour, 2)}:${pad(c.minute, 2)}:${pad(c.second, 2)}${fraction}`;
}

export function zonedText(micros: bigint, zone: string, precision: number): string {
  return `${timestampText(toLocal(micros, zone), precision)} ${zoneName(zone)}`;
}

/** Rounds half up to so many digits of a second. */
export function roundMicros(micros: bigint, precision: number): bigint {
  const unit = 10n ** BigInt(6 - precision);
  const floor = (value: bigint): bigint => (value >= 0n ? value / unit : -((-value + unit - 1n) / unit));
  return floor(micros + unit / 2n) * unit;
}

const stamp = /^\s*([+-]?\d{4,})-(\d{1,2})-(\d{1,2})(?:[ T](\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,12}))?)?)?(?:\s*(\S+))?\s*$/;

/** Reads Trino's text of a timestamp, with or without a zone: UTC micros (wall clock without one), zone, digits of a second. */
export function parseTimestampLiteral(text: string): { micros: bigint; zone?: string; precision: number } | undefined {
  const match = stamp.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const micros = microsOf({ year: Number(year), month: Number(month), day: Number(day), hour: Number(hour), minute: Number(minute), second: Number(second), micro: 0 });
  if (micros === undefined || (zone !== undefined && match[4] === undefined)) return undefined;
  const exact = micros + BigInt(Math.round(Number(`0.${fraction || '0'}`) * 1e6));
  if (zone === undefined) return { micros: exact, precision: fraction.length };
  const name = zoneName(zone);
  return { micros: toUtc(exact, name), zone: name, precision: fraction.length };
}

export function castTimestamp(text: string, precision: number): bigint {
  const parsed = quietly(() => parseTimestampLiteral(text));
  if (!parsed || parsed.zone !== undefined) return badCast(`Value cannot be cast to timestamp: ${text}`);
  return roundMicros(parsed.micros, precision);
}

/** `micros zone`, for `zoned()` of casts.ts; text without a zone is in the session's, UTC. */
export function castZoned(text: string, precision: number): string {
  const parsed = quietly(() => parseTimestampLiteral(text));
  if (!parsed) return badCast(`Value cannot be cast to timestamp with time zone: ${text}`);
  return `${roundMicros(parsed.micros, precision)} ${parsed.zone ?? 'UTC'}`;
}

export function castDate(text: string): bigint {
  const match = /^\s*([+-]?\d{4,})-(\d{1,2})-(\d{1,2})\s*$/.exec(text);
  const micros = match && microsOf({ year: Number(match[1]), month: Number(match[2]), day: Number(match[3]), hour: 0, minute: 0, second: 0, micro: 0 });
  return micros ?? badCast(`Value cannot be cast to date: ${text}`);
}

export function castTime(text: string, precision: number): bigint {
  const match = /^\s*(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.(\d{1,12}))?)?\s*$/.exec(text);
  if (!match || Number(match[1]) > 23 || Number(match[2]) > 59 || Number(match[3] ?? 0) > 59) return badCast(`Value cannot be cast to time: ${text}`);
  const micros = BigInt(Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0)) * 1_000_000n + BigInt(Math.round(Number(`0.${match[4] ?? 0}`) * 1e6));
  return roundMicros(micros, precision) % DAY;
}

function quietly<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

/** An ISO 8601 timestamp: the offset that is written becomes the zone; none means UTC. Answers `micros zone`. */
export function parseIso(text: string): string {
  const match = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:T(\d{2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?)?(Z|[+-]\d{2}(?::?\d{2})?)?$/.exec(text);
  const micros = match && microsOf({ year: Number(match[1]), month: Number(match[2] ?? 1), day: Number(match[3] ?? 1), hour: Number(match[4] ?? 0), minute: Number(match[5] ?? 0), second: Number(match[6] ?? 0), micro: Math.floor(Number(`0.${match[7] ?? 0}`) * 1000) * 1000 });
  if (!match || micros === null || micros === undefined) return invalid(`Invalid format: "${text}"`);
  const zone = zoneName(match[8] ?? 'UTC');
  return `${toUtc(micros, zone)} ${zone}`;
}

/** `+HH:MM`, or `Z` for zero, of a zone at an instant. */
export function offsetText(micros: bigint, zone: string): string {
  const minutes = offsetAt(zone, Number(micros / 1000n)) / 60_000;
  if (minutes === 0) return 'Z';
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60), 2)}:${pad(Math.abs(minutes) % 60, 2)}`;
}

export function daySecondText(millis: bigint): string {
  const total = millis < 0n ? -millis : millis;
  const ms = Number(total % 86_400_000n);
  const clock = `${pad(Math.floor(ms / 3_600_000), 2)}:${pad(Math.floor(ms / 60_000) % 60, 2)}:${pad(Math.floor(ms / 1000) % 60, 2)}.${pad(ms % 1000, 3)}`;
  return `${millis < 0n ? '-' : ''}${total / 86_400_000n} ${clock}`;
}

export function yearMonthText(months: number): string {
  const total = Math.abs(months);
  return `${months < 0 ? '-' : ''}${Math.floor(total / 12)}-${total % 12}`;
}
