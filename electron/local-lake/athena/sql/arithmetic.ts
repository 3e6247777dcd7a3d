import { SqlError } from '../../../../shared/sql/errors.ts';
import type { At } from '../../../../shared/sql/query/ast.ts';
import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { bind } from './bind.ts';
import { coerce, wallClock, zonedAt } from './casts.ts';
import { fail } from './fail.ts';
import { asDecimal, commonType, DAY_SECOND, duckType, isFloating, isInteger, isNumeric, mismatch, text } from './types.ts';
import type { Typed } from './types.ts';

type Operator = '+' | '-' | '*' | '/' | '%';

/** `left op right` with Trino's result types: integers stay integers and fail on overflow, decimals keep Trino's scale. */
export function arithmetic(operator: Operator, left: Typed, right: Typed, at: At): Typed {
  const dated = dateArithmetic(operator, left, right, at);
  if (dated) return dated;
  if (left.type.kind === 'unknown' && isNumeric(right.type)) return arithmetic(operator, { sql: left.sql, type: right.type }, right, at);
  if (right.type.kind === 'unknown' && isNumeric(left.type)) return arithmetic(operator, left, { sql: right.sql, type: left.type }, at);
  const type = isNumeric(left.type) && isNumeric(right.type) ? commonType(left.type, right.type) : undefined;
  if (!type) throw mismatch(`Cannot apply operator: ${text(left.type)} ${operator} ${text(right.type)}`, at);
  if (type.kind === 'decimal') return decimal(operator, left, right, at);
  const [l, r] = [typed(coerce(left, type), type), typed(coerce(right, type), type)];
  if (isFloating(type)) return { sql: floating(operator, l, r, type), type };
  if (operator === '/' || operator === '%') return { sql: divideIntegers(operator, l, r, type), type };
  return { sql: `(${l} ${operator} ${r})`, type };
}

/** NULL literals need a type of their own, or DuckDB picks one. */
function typed(sql: string, type: TrinoType): string {
  return sql === 'NULL' ? `CAST(NULL AS ${duckType(type)})` : sql;
}

function floating(operator: Operator, left: string, right: string, type: TrinoType): string {
  if (operator !== '%') return `CAST(${left} ${operator} ${right} AS ${duckType(type)})`;
  return bind([left, right], ([l, r]) => `CASE WHEN ${r} = 0 AND ${l} IS NOT NULL THEN CAST('NaN' AS ${duckType(type)}) ELSE ${l} % ${r} END`);
}

const nonZero = /^CAST\(0*[1-9]\d* AS \w+\)$/;

function divideIntegers(operator: '/' | '%', left: string, right: string, type: TrinoType): string {
  const duck = operator === '/' ? '//' : '%';
  if (nonZero.test(right)) return `(${left} ${duck} ${right})`;
  const smallest: Record<string, string> = { tinyint: '-128', smallint: '-32768', integer: '-2147483648', bigint: '-9223372036854775808' };
  return bind([left, right], ([l, r]) => {
    const zero = `WHEN ${r} = 0 AND ${l} IS NOT NULL THEN ${fail('DIVISION_BY_ZERO', 'Division by zero', r)}`;
    const minusOne = operator === '/' ? fail('NUMERIC_VALUE_OUT_OF_RANGE', `${type.kind} division overflow`, l) : `CAST(0 AS ${duckType(type)})`;
    return `CASE ${zero} WHEN ${r} = -1 AND ${l} = ${smallest[type.kind]} THEN ${minusOne} ELSE ${l} ${duck} ${r} END`;
  });
}

/** The precision and scale of Trino's decimal operators. */
export function decimalResult(operator: Operator, a: { precision: number; scale: number }, b: { precision: number; scale: number }, at: At): TrinoType & { kind: 'decimal' } {
  const result = (precision: number, scale: number): TrinoType & { kind: 'decimal' } => ({ kind: 'decimal', precision: Math.min(38, precision), scale });
  const scale = Math.max(a.scale, b.scale);
  switch (operator) {
    case '+':
    case '-':
      return result(Math.max(a.precision - a.scale, b.precision - b.scale) + scale + 1, scale);
    case '*':
      if (a.scale + b.scale > 38) throw new SqlError('TYPE_MISMATCH', `DECIMAL scale must be in range [0, precision (38)]: ${a.scale + b.scale}`, at);
      return result(a.precision + b.precision, a.scale + b.scale);
    case '/':
      return result(a.precision + b.scale + Math.max(b.scale - a.scale, 0), scale);
    case '%':
      return result(Math.min(b.precision - b.scale, a.precision - a.scale) + scale, scale);
  }
}

function decimal(operator: Operator, left: Typed, right: Typed, at: At): Typed {
  const [a, b] = [asDecimal(left.type)!, asDecimal(right.type)!];
  const type = decimalResult(operator, a, b, at);
  const [l, r] = [typed(coerce(left, a), a), typed(coerce(right, b), b)];
  if (operator === '/' || operator === '%') {
    const exact = operator === '/' ? 'trino_decimal_divide' : 'trino_decimal_modulo';
    return { sql: `CAST(${exact}(CAST(${l} AS VARCHAR), CAST(${r} AS VARCHAR), ${type.scale}) AS ${duckType(type)})`, type };
  }
  if (operator === '*') return { sql: `CAST(${l} * ${r} AS ${duckType(type)})`, type };
  const wide = duckType(type);
  return { sql: `CAST(CAST(${l} AS ${wide}) ${operator} CAST(${r} AS ${wide}) AS ${wide})`, type };
}

const isInterval = (type: TrinoType): boolean => type.kind === 'interval day to second' || type.kind === 'interval year to month';
const isTime = (type: TrinoType): boolean => ['date', 'timestamp', 'timestamp with time zone'].includes(type.kind);

function dateArithmetic(operator: Operator, left: Typed, right: Typed, at: At): Typed | undefined {
  if (isInterval(right.type) && isTime(left.type) && (operator === '+' || operator === '-')) return shift(left, operator === '+' ? right : { sql: `(-(${right.sql}))`, type: right.type }, at);
  if (isInterval(left.type) && isTime(right.type) && operator === '+') return shift(right, left, at);
  if (isInterval(left.type) && left.type.kind === right.type.kind && (operator === '+' || operator === '-')) return { sql: `(${left.sql} ${operator} ${right.sql})`, type: left.type };
  if (isInterval(left.type) && (isInteger(right.type) || right.type.kind === 'double')) return scale(operator, left, right);
  if (isInterval(right.type) && operator === '*' && (isInteger(left.type) || left.type.kind === 'double')) return scale('*', right, left);
  if (isTime(left.type) && isTime(right.type) && operator === '-') {
    const type = commonType(left.type, right.type)!;
    const instant = (value: Typed): string => {
      const sql = coerce(value, type);
      return type.kind === 'timestamp with time zone' ? `(${sql}).u` : `CAST(${sql} AS TIMESTAMP)`;
    };
    return { sql: `((epoch_us(${instant(left)}) - epoch_us(${instant(right)})) // 1000)`, type: DAY_SECOND };
  }
  return undefined;
}

function scale(operator: Operator, interval: Typed, factor: Typed): Typed | undefined {
  if (operator !== '*' && operator !== '/') return undefined;
  const duck = duckType(interval.type);
  if (operator === '*' && isInteger(factor.type)) return { sql: `CAST(${interval.sql} * ${factor.sql} AS ${duck})`, type: interval.type };
  return { sql: `CAST(trunc(CAST(${interval.sql} AS DOUBLE) ${operator} CAST(${factor.sql} AS DOUBLE)) AS ${duck})`, type: interval.type };
}

/** A date or timestamp moved by an interval. A date takes whole days only, as in Trino. */
export function shift(value: Typed, interval: Typed, at: At): Typed {
  const months = interval.type.kind === 'interval year to month';
  const { type: from } = value;
  // Seconds of an interval have three decimals, so the sum has as many at least.
  const type: TrinoType = !months && (from.kind === 'timestamp' || from.kind === 'timestamp with time zone') ? { ...from, precision: Math.max(3, from.precision) } : from;
  if (type.kind === 'date') {
    if (months) return { sql: `CAST(${value.sql} + to_months(${interval.sql}) AS DATE)`, type };
    const moved = bind([interval.sql], ([i]) => `CASE WHEN ${i} % 86400000 <> 0 THEN ${fail('INVALID_FUNCTION_ARGUMENT', 'Cannot add hour, minutes or seconds to a date', i)} ELSE CAST(${i} // 86400000 AS INTEGER) END`);
    return { sql: `(${value.sql} + ${moved})`, type };
  }
  const move = (sql: string): string => (months ? `(${sql} + to_months(${interval.sql}))` : `make_timestamp(epoch_us(${sql}) + ${interval.sql} * 1000)`);
  if (type.kind === 'timestamp') return { sql: move(value.sql), type };
  if (type.kind !== 'timestamp with time zone') throw mismatch(`Cannot apply operator: ${text(type)} + ${text(interval.type)}`, at);
  if (!months) return { sql: bind([value.sql], ([v]) => zonedAt(move(`(${v}).u`), `(${v}).z`)), type };
  return { sql: bind([value.sql], ([v]) => zonedAt(`make_timestamp(trino_to_utc(epoch_us(${move(wallClock(v))}), (${v}).z))`, `(${v}).z`)), type };
}
