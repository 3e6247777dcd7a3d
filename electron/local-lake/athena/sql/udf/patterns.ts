import { civilOf, microsOf, pad } from './timeText.ts';
import type { Civil } from './timeText.ts';
import { offsetAt, toLocal, toUtc, zoneName } from './zones.ts';
import { invalid, raise } from './values.ts';

const months = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const days = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function weekday(c: Civil): number {
  const date = new Date(0);
  date.setUTCFullYear(c.year, c.month - 1, c.day);
  return date.getUTCDay();
}

function dayOfYear(c: Civil): number {
  return Math.round((Date.UTC(2000, c.month - 1, c.day) - Date.UTC(2000, 0, 1)) / 86_400_000) + 1 - (c.month > 2 && !leap(c.year) ? 1 : 0);
}

const leap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** The ISO week and the year it belongs to. */
function isoWeek(c: Civil): { year: number; week: number } {
  const thursday = new Date(0);
  thursday.setUTCFullYear(c.year, c.month - 1, c.day - ((weekday(c) + 6) % 7) + 3);
  const year = thursday.getUTCFullYear();
  return { year, week: Math.floor((thursday.getTime() - new Date(0).setUTCFullYear(year, 0, 1)) / 604_800_000) + 1 };
}

const twelve = (hour: number): number => (hour % 12 === 0 ? 12 : hour % 12);

/** date_format: MySQL's specifiers as Trino reads them. The micros are a wall clock. */
export function mysqlFormat(micros: bigint, format: string): string {
  const c = civilOf(micros);
  let out = '';
  for (let i = 0; i < format.length; i++) {
    if (format[i] !== '%') out += format[i];
    else if (++i < format.length) out += mysqlPart(c, format[i]!);
  }
  return out;
}

function mysqlPart(c: Civil, letter: string): string {
  const two = (value: number): string => pad(value, 2);
  switch (letter) {
    case 'a': return days[weekday(c)]!.slice(0, 3);
    case 'b': return months[c.month - 1]!.slice(0, 3);
    case 'c': return String(c.month);
    case 'd': return two(c.day);
    case 'e': return String(c.day);
    case 'f': return pad(c.micro, 6);
    case 'H': return two(c.hour);
    case 'h':
    case 'I': return two(twelve(c.hour));
    case 'i': return two(c.minute);
    case 'j': return pad(dayOfYear(c), 3);
    case 'k': return String(c.hour);
    case 'l': return String(twelve(c.hour));
    case 'M': return months[c.month - 1]!;
    case 'm': return two(c.month);
    case 'p': return c.hour < 12 ? 'AM' : 'PM';
    case 'r': return `${two(twelve(c.hour))}:${two(c.minute)}:${two(c.second)} ${c.hour < 12 ? 'AM' : 'PM'}`;
    case 'S':
    case 's': return two(c.second);
    case 'T': return `${two(c.hour)}:${two(c.minute)}:${two(c.second)}`;
    case 'v': return two(isoWeek(c).week);
    case 'W': return days[weekday(c)]!;
    case 'x': return pad(isoWeek(c).year, 4);
    case 'Y': return pad(c.year, 4);
    case 'y': return two(c.year % 100);
    case 'D': case 'U': case 'u': case 'V': case 'w': case 'X':
      return invalid(`%${letter} not supported in date format string`);
    default: return letter;
  }
}

interface Reading {
  text: string;
  at: number;
  civil: Civil;
  pm?: boolean;
  zone?: string;
  dayOfYear?: number;
}

function number(r: Reading, most: number, least = 1): number {
  const match = new RegExp(`\\d{${least},${most}}`, 'y');
  match.lastIndex = r.at;
  const found = match.exec(r.text);
  if (!found) throw new Error('digits');
  r.at += found[0].length;
  return Number(found[0]);
}

function oneOf(r: Reading, names: string[], shortest?: number): number {
  const rest = r.text.slice(r.at).toLowerCase();
  for (const width of shortest === undefined ? [99] : [99, shortest]) {
    const index = names.findIndex((name) => rest.startsWith(name.slice(0, width).toLowerCase()));
    if (index >= 0) {
      r.at += Math.min(names[index]!.length, width);
      return index;
    }
  }
  throw new Error('name');
}

function literalText(r: Reading, text: string): void {
  if (!r.text.startsWith(text, r.at)) throw new Error('literal');
  r.at += text.length;
}

const newReading = (text: string): Reading => ({ text, at: 0, civil: { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, micro: 0 } });

function finish(r: Reading, failed: () => never): bigint {
  if (r.at < r.text.length) return failed();
  if (r.pm !== undefined) r.civil.hour = (r.civil.hour % 12) + (r.pm ? 12 : 0);
  if (r.dayOfYear !== undefined) {
    const date = new Date(new Date(0).setUTCFullYear(r.civil.year, 0, r.dayOfYear));
    Object.assign(r.civil, { month: date.getUTCMonth() + 1, day: date.getUTCDate() });
  }
  return microsOf(r.civil) ?? failed();
}

/** date_parse: the wall clock (as micros) that a text states by MySQL's specifiers. */
export function mysqlParse(text: string, format: string): bigint {
  const r = newReading(text);
  const failed = (): never => invalid(r.at > 0 && r.at < text.length ? `Invalid format: "${text}" is malformed at "${text.slice(r.at)}"` : `Invalid format: "${text}"`);
  try {
    for (let i = 0; i < format.length; i++) {
      if (format[i] !== '%') literalText(r, format[i]!);
      else if (++i < format.length) mysqlRead(r, format[i]!);
    }
  } catch (error) {
    if ((error as Error).message.startsWith('!')) throw error;
    return failed();
  }
  return finish(r, failed);
}

function mysqlRead(r: Reading, letter: string): void {
  const c = r.civil;
  switch (letter) {
    case 'Y': c.year = number(r, 4); break;
    case 'y': { const year = number(r, 2); c.year = year + (year < 70 ? 2000 : 1900); break; }
    case 'm': case 'c': c.month = number(r, 2); break;
    case 'd': case 'e': c.day = number(r, 2); break;
    case 'H': case 'k': c.hour = number(r, 2); break;
    case 'h': case 'I': case 'l': c.hour = number(r, 2) % 12; r.pm ??= false; break;
    case 'i': c.minute = number(r, 2); break;
    case 's': case 'S': c.second = number(r, 2); break;
    case 'f': { const from = r.at; const value = number(r, 9); c.micro = Math.floor((value / 10 ** (r.at - from)) * 1000) * 1000; break; }
    case 'j': r.dayOfYear = number(r, 3); break;
    case 'M': case 'b': c.month = oneOf(r, months, 3) + 1; break;
    case 'W': case 'a': oneOf(r, days, 3); break;
    case 'p': r.pm = oneOf(r, ['AM', 'PM']) === 1; break;
    case 'T': for (const part of 'H:i:s') if (part === ':') literalText(r, part); else mysqlRead(r, part); break;
    case 'r': for (const part of 'h:i:s p') if (part === ':' || part === ' ') literalText(r, part); else mysqlRead(r, part); break;
    case 'D': case 'U': case 'u': case 'V': case 'v': case 'w': case 'X': case 'x':
      invalid(`%${letter} not supported in date format string`); break;
    default: literalText(r, letter);
  }
}

/** Joda's pattern as runs of one letter and literal text. */
function jodaRuns(pattern: string): { letter?: string; count: number; text: string }[] {
  const runs: { letter?: string; count: number; text: string }[] = [];
  const token = /'((?:[^']|'')*)'|([A-Za-z])\2*|[^A-Za-z']+/gy;
  let at = 0;
  for (const match of pattern.matchAll(token)) {
    at = match.index + match[0].length;
    if (match[1] !== undefined) runs.push({ count: 0, text: match[1] === '' ? "'" : match[1].replaceAll("''", "'") });
    else if (match[2]) runs.push({ letter: match[2], count: match[0].length, text: match[0] });
    else runs.push({ count: 0, text: match[0] });
  }
  if (at < pattern.length) return invalid(`Illegal pattern: ${pattern}`);
  return runs;
}

/** format_datetime: Joda's letters. `micros` is UTC, shown in `zone`. */
export function jodaFormat(micros: bigint, zone: string, pattern: string): string {
  const c = civilOf(toLocal(micros, zone));
  return jodaRuns(pattern).map((run) => (run.letter ? jodaPart(c, run.letter, run.count, micros, zone) : run.text)).join('');
}

function jodaPart(c: Civil, letter: string, count: number, micros: bigint, zone: string): string {
  const padded = (value: number): string => pad(value, count);
  switch (letter) {
    case 'y': case 'Y': return count === 2 ? pad(c.year % 100, 2) : padded(c.year);
    case 'x': return count === 2 ? pad(isoWeek(c).year % 100, 2) : padded(isoWeek(c).year);
    case 'M': return count >= 4 ? months[c.month - 1]! : count === 3 ? months[c.month - 1]!.slice(0, 3) : padded(c.month);
    case 'd': return padded(c.day);
    case 'D': return padded(dayOfYear(c));
    case 'w': return padded(isoWeek(c).week);
    case 'e': return padded(weekday(c) || 7);
    case 'E': return count >= 4 ? days[weekday(c)]! : days[weekday(c)]!.slice(0, 3);
    case 'a': return c.hour < 12 ? 'AM' : 'PM';
    case 'H': return padded(c.hour);
    case 'k': return padded(c.hour || 24);
    case 'h': return padded(twelve(c.hour));
    case 'K': return padded(c.hour % 12);
    case 'm': return padded(c.minute);
    case 's': return padded(c.second);
    case 'S': return pad(c.micro, 6).padEnd(count, '0').slice(0, count);
    case 'G': return c.year > 0 ? 'AD' : 'BC';
    case 'Z': {
      if (count >= 3) return zoneName(zone);
      const minutes = offsetAt(zone, Number(micros / 1000n)) / 60_000;
      return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60), 2)}${count === 2 ? ':' : ''}${pad(Math.abs(minutes) % 60, 2)}`;
    }
    default: return raise('NOT_SUPPORTED', `Pattern letter '${letter}' of format_datetime is not supported`);
  }
}

/** parse_datetime: `micros zone`, the zone being the one that the text states, else UTC. */
export function jodaParse(text: string, pattern: string): string {
  const r = newReading(text);
  const failed = (): never => invalid(`Invalid format: "${text}"${r.at > 0 && r.at < text.length ? ` is malformed at "${text.slice(r.at)}"` : ''}`);
  const runs = jodaRuns(pattern);
  try {
    runs.forEach((run, i) => (run.letter ? jodaRead(r, run.letter, run.count, runs[i + 1]?.letter !== undefined) : literalText(r, run.text)));
  } catch (error) {
    if ((error as Error).message.startsWith('!')) throw error;
    return failed();
  }
  const local = finish(r, failed);
  const zone = r.zone ?? 'UTC';
  return `${toUtc(local, zone)} ${zone}`;
}

/** A number takes just its own digits where another number follows, else as many as there are. */
function jodaRead(r: Reading, letter: string, count: number, followed: boolean): void {
  const c = r.civil;
  const most = (usual: number): number => (followed ? count : Math.max(usual, count));
  switch (letter) {
    case 'y': case 'Y': {
      const from = r.at;
      const year = number(r, followed ? count : 9);
      c.year = count === 2 && r.at - from === 2 ? year + (year < 50 ? 2000 : 1900) : year;
      break;
    }
    case 'M': c.month = count >= 3 ? oneOf(r, months, 3) + 1 : number(r, most(2)); break;
    case 'd': c.day = number(r, most(2)); break;
    case 'D': r.dayOfYear = number(r, most(3)); break;
    case 'E': oneOf(r, days, 3); break;
    case 'a': r.pm = oneOf(r, ['AM', 'PM']) === 1; break;
    case 'H': c.hour = number(r, most(2)); break;
    case 'h': case 'K': c.hour = number(r, most(2)); r.pm ??= false; break;
    case 'm': c.minute = number(r, most(2)); break;
    case 's': c.second = number(r, most(2)); break;
    case 'S': { const from = r.at; const value = number(r, Math.max(count, followed ? count : 9)); c.micro = Math.floor((value / 10 ** (r.at - from)) * 1000) * 1000; break; }
    case 'Z': {
      const zone = (count >= 3 ? /[A-Za-z_+-]+(?:\/[A-Za-z_+-]+)*(?:\d{2}:?\d{2})?/y : /Z|[+-]\d{2}:?\d{2}/y);
      zone.lastIndex = r.at;
      const found = zone.exec(r.text);
      if (!found) throw new Error('zone');
      r.at += found[0].length;
      r.zone = zoneName(found[0]);
      break;
    }
    default: raise('NOT_SUPPORTED', `Pattern letter '${letter}' of parse_datetime is not supported`);
  }
}
