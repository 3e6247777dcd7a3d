import { SqlError } from '../../../../shared/sql/errors.ts';
import type { Expr } from '../../../../shared/sql/query/ast.ts';
import { resolveType } from '../../../../shared/sql/query/typeNames.ts';
import { cast, zonedAt } from './casts.ts';
import { BIGINT, BOOLEAN, DATE, DAY_SECOND, DOUBLE, INTEGER, literal, UNKNOWN, VARBINARY, VARCHAR, YEAR_MONTH } from './types.ts';
import type { Typed } from './types.ts';
import { parseTimestampLiteral } from './udf/timeText.ts';

type Of<K extends Expr['kind']> = Extract<Expr, { kind: K }>;

/** A constant of the query's text; undefined for an expression that is none. */
export function translateLiteral(expr: Expr): Typed | undefined {
  switch (expr.kind) {
    case 'null':
      return { sql: 'NULL', type: UNKNOWN };
    case 'boolean':
      return { sql: String(expr.value), type: BOOLEAN };
    case 'integer':
      return integer(expr);
    case 'decimal': {
      const [whole = '', fraction = ''] = expr.value.split('.');
      const digits = whole.replace(/^-?0*/, '');
      const precision = Math.max(1, digits.length + fraction.length);
      if (precision > 38) throw new SqlError('INVALID_LITERAL', `'${expr.value}' is not a valid DECIMAL literal`, expr);
      return { sql: `CAST(${literal(expr.value)} AS DECIMAL(${precision},${fraction.length}))`, type: { kind: 'decimal', precision, scale: fraction.length } };
    }
    case 'double':
      return { sql: `CAST(${expr.value} AS DOUBLE)`, type: DOUBLE };
    case 'string':
      return { sql: literal(expr.value), type: { kind: 'varchar', length: [...expr.value].length } };
    case 'binary':
      return { sql: `from_hex(${literal(expr.value)})`, type: VARBINARY };
    case 'interval':
      return interval(expr);
    case 'typed':
      return typedLiteral(expr);
    default:
      return undefined;
  }
}

function integer(expr: Of<'integer' | 'decimal' | 'double' | 'string' | 'binary'>): Typed {
  const value = BigInt(expr.value);
  if (value > 9223372036854775807n || value < -9223372036854775808n) throw new SqlError('INVALID_LITERAL', `Invalid numeric literal: ${expr.value}`, expr);
  const type = value <= 2147483647n && value >= -2147483648n ? INTEGER : BIGINT;
  return { sql: `CAST(${value} AS ${type.kind.toUpperCase()})`, type };
}

function typedLiteral(expr: Of<'typed'>): Typed {
  const bad = (): SqlError => new SqlError('INVALID_LITERAL', `'${expr.value}' is not a valid ${expr.type.name} literal`, expr);
  if (expr.type.name === 'timestamp') {
    const parsed = parseTimestampLiteral(expr.value);
    if (!parsed) throw bad();
    if (parsed.precision > 6) throw new SqlError('NOT_SUPPORTED', 'Timestamps of more than 6 digits of a second are not supported', expr);
    const utc = `make_timestamp(CAST(${parsed.micros} AS BIGINT))`;
    if (parsed.zone === undefined) return { sql: utc, type: { kind: 'timestamp', precision: parsed.precision } };
    return { sql: zonedAt(utc, literal(parsed.zone)), type: { kind: 'timestamp with time zone', precision: parsed.precision } };
  }
  if (expr.type.name === 'date') {
    const date = /^\s*\d{4}-\d{1,2}-\d{1,2}\s*$/.test(expr.value) ? parseTimestampLiteral(expr.value.trim()) : undefined;
    if (!date) throw bad();
    return { sql: `CAST(make_timestamp(CAST(${date.micros} AS BIGINT)) AS DATE)`, type: DATE };
  }
  if (expr.type.name === 'time') {
    const digits = /\.(\d+)$/.exec(expr.value)?.[1]?.length ?? 0;
    return cast({ sql: literal(expr.value), type: VARCHAR }, { kind: 'time', precision: Math.min(6, digits) }, expr);
  }
  if (expr.type.name === 'json') return { sql: `trino_json_parse(${literal(expr.value)})`, type: { kind: 'json' } };
  if (expr.type.name === 'decimal') return translateLiteral({ ...expr, kind: 'decimal', value: expr.value } as Expr)!;
  return cast({ sql: literal(expr.value), type: VARCHAR }, resolveType(expr.type), expr);
}

const millis: Record<string, number> = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000 };

/** Intervals are milliseconds or months: `INTERVAL '2' DAY`, `INTERVAL '1-2' YEAR TO MONTH`, `INTERVAL '1 02:03:04' DAY TO SECOND`. */
function interval(expr: Of<'interval'>): Typed {
  const bad = (): SqlError => new SqlError('INVALID_LITERAL', `Invalid INTERVAL literal: '${expr.value}'`, expr);
  const text = expr.value.trim();
  const sign = (expr.negative ? -1 : 1) * (text.startsWith('-') ? -1 : 1);
  const body = text.replace(/^[+-]/, '');
  if (expr.from === 'year' || expr.from === 'month') {
    const numbers = (expr.to ? /^(\d+)-(\d+)$/ : /^(\d+)$/).exec(body);
    if (!numbers) throw bad();
    const months = expr.to ? Number(numbers[1]) * 12 + Number(numbers[2]) : Number(numbers[1]) * (expr.from === 'year' ? 12 : 1);
    return { sql: `CAST(${sign * months} AS INTEGER)`, type: YEAR_MONTH };
  }
  const units = Object.keys(millis);
  const used = units.slice(units.indexOf(expr.from), units.indexOf(expr.to ?? expr.from) + 1);
  const parts = body.split(/[ :]/);
  if (parts.length === 0 || parts.length > used.length || parts.some((part, i) => !(used[i] === 'second' ? /^\d+(\.\d{1,3})?$/ : /^\d+$/).test(part))) throw bad();
  const total = parts.reduce((sum, part, i) => sum + Math.round(Number(part) * millis[used[i]!]!), 0);
  return { sql: `CAST(${sign * total} AS BIGINT)`, type: DAY_SECOND };
}
