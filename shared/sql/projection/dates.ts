/** Dates of partition projection: Java's DateTimeFormatter patterns, and ranges that may be relative to now, in UTC. */

type Part = { literal: string } | { field: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'; width: number };
export type DatePattern = Part[];
type Unit = 'year' | 'month' | 'week' | 'day' | 'hour' | 'minute' | 'second';

const LETTERS: Record<string, 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second'> = { y: 'year', u: 'year', M: 'month', d: 'day', H: 'hour', m: 'minute', s: 'second' };
const WIDTHS: Record<string, number[]> = { year: [4], month: [1, 2], day: [1, 2], hour: [1, 2], minute: [1, 2], second: [1, 2] };
const FINEST = ['second', 'minute', 'hour', 'day', 'month', 'year'] as const;

/** Reads a pattern; undefined where it has letters that are not computed here. */
export function parsePattern(format: string): DatePattern | undefined {
  const parts: DatePattern = [];
  for (let at = 0; at < format.length; ) {
    const letter = format[at]!;
    if (letter === "'") {
      const end = format.indexOf("'", at + 1);
      if (end < 0) return undefined;
      parts.push({ literal: end === at + 1 ? "'" : format.slice(at + 1, end) });
      at = end + 1;
    } else if (/[A-Za-z]/.test(letter)) {
      const [run] = /^(.)\1*/.exec(format.slice(at))!;
      const field = LETTERS[letter];
      if (!field || !WIDTHS[field]!.includes(run.length)) return undefined;
      parts.push({ field, width: run.length });
      at += run.length;
    } else {
      parts.push({ literal: letter });
      at += 1;
    }
  }
  return parts.some((part) => 'field' in part && part.field === 'year') ? parts : undefined;
}

const fieldsOf = (at: Date) => ({ year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), hour: at.getUTCHours(), minute: at.getUTCMinutes(), second: at.getUTCSeconds() });

export function formatDate(pattern: DatePattern, at: Date): string {
  const fields = fieldsOf(at);
  return pattern.map((part) => ('literal' in part ? part.literal : String(fields[part.field]).padStart(part.width, '0'))).join('');
}

/** A date written by the pattern; what it does not name is at its start. */
export function parseDate(pattern: DatePattern, text: string): Date | undefined {
  const names: string[] = [];
  const source = pattern
    .map((part) => {
      if ('literal' in part) return part.literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
      names.push(part.field);
      return part.width === 1 ? '(\\d{1,2})' : `(\\d{${part.width}})`;
    })
    .join('');
  const found = new RegExp(`^${source}$`).exec(text);
  if (!found) return undefined;
  const value = (name: string, least: number) => (names.includes(name) ? Number(found[names.indexOf(name) + 1]) : least);
  return new Date(Date.UTC(value('year', 1970), value('month', 1) - 1, value('day', 1), value('hour', 0), value('minute', 0), value('second', 0)));
}

export function addUnits(at: Date, count: number, unit: Unit): Date {
  const next = new Date(at);
  if (unit === 'year') next.setUTCFullYear(next.getUTCFullYear() + count);
  else if (unit === 'month') {
    const day = next.getUTCDate();
    next.setUTCDate(1);
    next.setUTCMonth(next.getUTCMonth() + count);
    next.setUTCDate(Math.min(day, new Date(Date.UTC(next.getUTCFullYear(), next.getUTCMonth() + 1, 0)).getUTCDate()));
  } else next.setTime(next.getTime() + count * { week: 604_800_000, day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 }[unit]);
  return next;
}

/** `2020-01-01` by the pattern, `NOW`, `NOW-3YEARS`, `NOW+1DAY`. */
export function parseBound(pattern: DatePattern, text: string, now: Date): Date | undefined {
  const relative = /^NOW(?:\s*([+-])\s*(\d+)\s*(YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?)?$/i.exec(text.trim());
  if (!relative) return parseDate(pattern, text.trim());
  const [, sign, count, unit] = relative;
  return count === undefined ? now : addUnits(now, (sign === '-' ? -1 : 1) * Number(count), unit!.toLowerCase() as Unit);
}

/** The finest unit a pattern names: values differ by at least one of it. */
export const finestUnit = (pattern: DatePattern): Unit => FINEST.find((unit) => pattern.some((part) => 'field' in part && part.field === unit))!;

/** `at` cut to the start of its unit. */
export function startOf(at: Date, unit: Unit): Date {
  const { year, month, day, hour, minute, second } = fieldsOf(at);
  const reaches = (one: (typeof FINEST)[number]) => FINEST.indexOf(unit as 'day') <= FINEST.indexOf(one);
  return new Date(Date.UTC(year, reaches('month') ? month - 1 : 0, reaches('day') ? day : 1, reaches('hour') ? hour : 0, reaches('minute') ? minute : 0, reaches('second') ? second : 0));
}
