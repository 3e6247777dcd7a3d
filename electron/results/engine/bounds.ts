import { AppError } from '../../../shared/errors.ts';
import { decimalText, exactScale, parseDecimal, roundDecimal } from './decimal.ts';
import { literal, valueType } from './types.ts';

export const notA = (text: string, type: string) => new AppError('BadInput', `“${text}” is no ${type}.`, { detail: 'The filter compares by the type of its column.' });

/** Digits DuckDB's widest decimal holds. */
const MOST_DIGITS = 38;
/** Digits of decimals, and of integers, it compares as machine words. */
const FAST_DIGITS = 18;

/**
 * One end of a range as SQL to compare the column's value with. Exact types stay exact: a bound between two values of the
 * type moves to the one inside the range. `check` is an expression that is NULL where the text is no value of the type.
 */
export function bound(text: string, type: string, end: 'from' | 'to'): { operator: '>=' | '<=' | '<'; sql: string; check?: string } {
  const operator = end === 'from' ? ('>=' as const) : ('<=' as const);
  const scale = exactScale(type);
  if (scale !== undefined) {
    const number = parseDecimal(text);
    if (!number) throw notA(text, type);
    const rounded = decimalText(roundDecimal(number, scale, end === 'from'));
    if (rounded.replace(/[-.]/g, '').length > MOST_DIGITS) throw notA(text, type);
    const digits = rounded.replace(/\D/g, '').length > FAST_DIGITS ? MOST_DIGITS : FAST_DIGITS;
    return { operator, sql: `CAST(${literal(rounded)} AS ${scale === 0 && digits === FAST_DIGITS ? 'BIGINT' : `DECIMAL(${digits},${scale})`})` };
  }
  const wholeDay = end === 'to' && /^timestamp/i.test(type) && /^\d{4}-\d\d-\d\d$/.test(text.trim());
  const sql = valueType(type).order(literal(text.trim()));
  return wholeDay ? { operator: '<', sql: `(${sql} + INTERVAL 1 DAY)`, check: sql } : { operator, sql, check: sql };
}
