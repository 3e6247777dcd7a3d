import { AppError } from '../../../shared/errors.ts';
import { literal, valueType } from './types.ts';

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;

/** A number of any precision as `digits` × 10^-`scale`; undefined where it is none. */
export function exactNumber(text: string): { digits: bigint; scale: number } | undefined {
  const match = NUMBER.exec(text.trim().replaceAll(',', ''));
  if (!match || !(match[2] || match[3])) return undefined;
  const fraction = match[3] ?? '';
  const digits = BigInt(`${match[2]}${fraction}`) * (match[1] === '-' ? -1n : 1n);
  const scale = fraction.length - Number(match[4] ?? 0);
  return scale < 0 ? { digits: digits * 10n ** BigInt(-scale), scale: 0 } : { digits, scale };
}

/** The nearest number of `scale` digits after the point that is not below (`up`) or not above it. */
function roundTo({ digits, scale: from }: { digits: bigint; scale: number }, scale: number, up: boolean): bigint {
  if (from <= scale) return digits * 10n ** BigInt(scale - from);
  const unit = 10n ** BigInt(from - scale);
  const floor = digits >= 0n ? digits / unit : -((-digits + unit - 1n) / unit);
  return up && floor * unit !== digits ? floor + 1n : floor;
}

function decimalText(digits: bigint, scale: number): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  return `${digits < 0n ? '-' : ''}${text.slice(0, text.length - scale)}${scale ? `.${text.slice(-scale)}` : ''}`;
}

const notA = (text: string, type: string) => new AppError('BadInput', `“${text}” is no ${type}.`, { detail: 'The filter compares by the type of its column.' });

/** Digits after the point of an exact type; undefined for all others. */
function exactScale(type: string): number | undefined {
  if (/^(tinyint|smallint|int|integer|bigint)$/i.test(type.trim())) return 0;
  const decimal = /^decimal\(\d+,\s*(\d+)\)$/i.exec(type.trim());
  return decimal ? Number(decimal[1]) : undefined;
}

/**
 * One end of a range as SQL to compare the column's value with. Exact types stay exact: a bound between two values of the
 * type moves to the one inside the range. `isNull` is a query that must answer false, or the text is no such value.
 */
export function bound(text: string, type: string, end: 'from' | 'to'): { operator: '>=' | '<=' | '<'; sql: string; check?: string } {
  const operator = end === 'from' ? ('>=' as const) : ('<=' as const);
  const scale = exactScale(type);
  if (scale !== undefined) {
    const number = exactNumber(text);
    if (!number) throw notA(text, type);
    const rounded = decimalText(roundTo(number, scale, end === 'from'), scale);
    if (rounded.replace(/[-.]/g, '').length > 38) throw notA(text, type);
    return { operator, sql: `CAST(${literal(rounded)} AS DECIMAL(38,${scale}))` };
  }
  const wholeDay = end === 'to' && /^timestamp/i.test(type) && /^\d{4}-\d\d-\d\d$/.test(text.trim());
  const sql = valueType(type).order(literal(text.trim()));
  return wholeDay ? { operator: '<', sql: `(${sql} + INTERVAL 1 DAY)`, check: sql } : { operator, sql, check: sql };
}

export { notA };
