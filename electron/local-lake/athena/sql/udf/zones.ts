import { invalid } from './values.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

/** Minutes of an offset like `+09:00`, or undefined for a zone with a name. */
function fixedOffset(zone: string): number | undefined {
  if (zone === 'UTC' || zone === 'Z' || zone === 'GMT' || zone === 'UT') return 0;
  const fixed = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::?(\d{2}))?$/.exec(zone);
  if (!fixed) return undefined;
  return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3] ?? 0));
}

/** Trino's spelling of a zone: `UTC` for zero offsets, `+HH:MM` for others, region names as given. Throws for an unknown zone. */
export function zoneName(zone: string): string {
  const offset = fixedOffset(zone);
  if (offset === undefined) {
    format(zone);
    return zone;
  }
  if (offset === 0) return 'UTC';
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  try {
    const made = new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric', second: 'numeric', era: 'short' });
    formats.set(zone, made);
    return made;
  } catch {
    return invalid(`'${zone}' is not a valid time zone`);
  }
}

/** The offset of a zone from UTC at an instant, in milliseconds. */
export function offsetAt(zone: string, utcMillis: number): number {
  const fixed = fixedOffset(zone);
  if (fixed !== undefined) return fixed * 60_000;
  const parts: Record<string, string> = {};
  for (const { type, value } of format(zone).formatToParts(utcMillis)) parts[type] = value;
  const year = parts.era === 'BC' ? 1 - Number(parts.year) : Number(parts.year);
  const local = Date.UTC(2000, Number(parts.month) - 1, Number(parts.day), Number(parts.hour), Number(parts.minute), Number(parts.second));
  const shifted = new Date(local).setUTCFullYear(year, Number(parts.month) - 1, Number(parts.day));
  return shifted - Math.floor(utcMillis / 1000) * 1000;
}

/** The wall clock (as micros since 1970) that a zone shows at a UTC instant. */
export function toLocal(micros: bigint, zone: string): bigint {
  return micros + BigInt(offsetAt(zone, Number(micros / 1000n))) * 1000n;
}

/** The UTC instant of a wall clock in a zone; of a time that a change of clocks skips, the instant as much later. */
export function toUtc(localMicros: bigint, zone: string): bigint {
  const local = Number(localMicros / 1000n);
  const before = offsetAt(zone, local - 86_400_000);
  const first = offsetAt(zone, local - before);
  if (first === before) return localMicros - BigInt(before) * 1000n;
  const second = offsetAt(zone, local - first);
  const chosen = second === first ? first : before;
  return localMicros - BigInt(chosen) * 1000n;
}
