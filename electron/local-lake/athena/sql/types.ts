import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { printTrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { SqlError } from '../../../../shared/sql/errors.ts';

/** A translated expression: DuckDB's SQL and Trino's type. */
export interface Typed {
  sql: string;
  type: TrinoType;
}

export const BOOLEAN: TrinoType = { kind: 'boolean' };
export const INTEGER: TrinoType = { kind: 'integer' };
export const BIGINT: TrinoType = { kind: 'bigint' };
export const DOUBLE: TrinoType = { kind: 'double' };
export const REAL: TrinoType = { kind: 'real' };
export const VARCHAR: TrinoType = { kind: 'varchar' };
export const VARBINARY: TrinoType = { kind: 'varbinary' };
export const DATE: TrinoType = { kind: 'date' };
export const JSON_TYPE: TrinoType = { kind: 'json' };
export const UNKNOWN: TrinoType = { kind: 'unknown' };
export const TIMESTAMP: TrinoType = { kind: 'timestamp', precision: 3 };
export const TIMESTAMP_TZ: TrinoType = { kind: 'timestamp with time zone', precision: 3 };
export const DAY_SECOND: TrinoType = { kind: 'interval day to second' };
export const YEAR_MONTH: TrinoType = { kind: 'interval year to month' };

export const text = printTrinoType;
export const same = (a: TrinoType, b: TrinoType): boolean => text(a) === text(b);

const integers = ['tinyint', 'smallint', 'integer', 'bigint'];
export const isInteger = (type: TrinoType): boolean => integers.includes(type.kind);
export const isFloating = (type: TrinoType): boolean => type.kind === 'real' || type.kind === 'double';
export const isNumeric = (type: TrinoType): boolean => isInteger(type) || isFloating(type) || type.kind === 'decimal';

/**
 * The DuckDB type that holds values of a Trino type. What DuckDB lacks is encoded: a timestamp with time zone as its UTC
 * instant and zone, intervals as milliseconds or months, json as its text.
 */
export function duckType(type: TrinoType): string {
  switch (type.kind) {
    case 'real':
      return 'FLOAT';
    case 'decimal':
      return `DECIMAL(${type.precision},${type.scale})`;
    case 'varchar':
    case 'char':
    case 'json':
      return 'VARCHAR';
    case 'varbinary':
      return 'BLOB';
    case 'timestamp':
      return 'TIMESTAMP';
    case 'time':
      return 'TIME';
    case 'timestamp with time zone':
      return 'STRUCT(u TIMESTAMP, z VARCHAR)';
    case 'interval day to second':
      return 'BIGINT';
    case 'interval year to month':
      return 'INTEGER';
    case 'array':
      return `${duckType(type.element)}[]`;
    case 'map':
      return `MAP(${duckType(type.key)}, ${duckType(type.value)})`;
    case 'row':
      return `STRUCT(${type.fields.map((f, i) => `${quote(fieldName(f.name, i))} ${duckType(f.type)}`).join(', ')})`;
    case 'unknown':
      return 'INTEGER';
    default:
      return type.kind.toUpperCase();
  }
}

export function quote(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

export function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** The struct field that holds the field of a row; Athena prints anonymous ones as `field0`, `field1`, … */
export function fieldName(name: string | undefined, index: number): string {
  return name ?? `field${index}`;
}

const digits: Record<string, number> = { tinyint: 3, smallint: 5, integer: 10, bigint: 19 };

/** An integer type as the decimal that holds it. */
export function asDecimal(type: TrinoType): { kind: 'decimal'; precision: number; scale: number } | undefined {
  if (type.kind === 'decimal') return type;
  const precision = digits[type.kind];
  return precision === undefined ? undefined : { kind: 'decimal', precision, scale: 0 };
}

/** Trino's common super type of two types, or undefined. */
export function commonType(a: TrinoType, b: TrinoType): TrinoType | undefined {
  if (same(a, b)) return a;
  if (a.kind === 'unknown') return b;
  if (b.kind === 'unknown') return a;
  if (isNumeric(a) && isNumeric(b)) return commonNumber(a, b);
  if (a.kind === 'varchar' && b.kind === 'varchar') {
    return a.length === undefined || b.length === undefined ? VARCHAR : { kind: 'varchar', length: Math.max(a.length, b.length) };
  }
  const times = ['date', 'timestamp', 'timestamp with time zone'];
  const rank = Math.max(times.indexOf(a.kind), times.indexOf(b.kind));
  if (times.includes(a.kind) && times.includes(b.kind)) {
    const precision = Math.max('precision' in a ? a.precision : 0, 'precision' in b ? b.precision : 0);
    return { kind: times[rank] as 'timestamp', precision };
  }
  if (a.kind === 'time' && b.kind === 'time') return { kind: 'time', precision: Math.max(a.precision, b.precision) };
  return commonNested(a, b);
}

function commonNumber(a: TrinoType, b: TrinoType): TrinoType {
  if (a.kind === 'double' || b.kind === 'double') return DOUBLE;
  if (a.kind === 'real' || b.kind === 'real') return REAL;
  if (a.kind === 'decimal' || b.kind === 'decimal') {
    const [x, y] = [asDecimal(a)!, asDecimal(b)!];
    const scale = Math.max(x.scale, y.scale);
    return { kind: 'decimal', precision: Math.min(38, Math.max(x.precision - x.scale, y.precision - y.scale) + scale), scale };
  }
  return integers.indexOf(a.kind) > integers.indexOf(b.kind) ? a : b;
}

function commonNested(a: TrinoType, b: TrinoType): TrinoType | undefined {
  if (a.kind === 'array' && b.kind === 'array') {
    const element = commonType(a.element, b.element);
    return element && { kind: 'array', element };
  }
  if (a.kind === 'map' && b.kind === 'map') {
    const key = commonType(a.key, b.key);
    const value = commonType(a.value, b.value);
    return key && value && { kind: 'map', key, value };
  }
  if (a.kind === 'row' && b.kind === 'row' && a.fields.length === b.fields.length) {
    const fields: { name?: string; type: TrinoType }[] = [];
    for (const [i, field] of a.fields.entries()) {
      const other = b.fields[i]!;
      const type = commonType(field.type, other.type);
      if (!type) return undefined;
      fields.push(field.name !== undefined && field.name === other.name ? { name: field.name, type } : { type });
    }
    return { kind: 'row', fields };
  }
  return undefined;
}

/** Whether Trino turns a value of `from` into `to` by itself. */
export function coercible(from: TrinoType, to: TrinoType): boolean {
  const common = commonType(from, to);
  return common !== undefined && (same(common, to) || (to.kind === 'varchar' && common.kind === 'varchar' && to.length === undefined));
}

export function mismatch(message: string, at: { line: number; column: number }): SqlError {
  return new SqlError('TYPE_MISMATCH', message, at);
}

/** Whether values of the type can be compared for equality, and (json, map: no) put in order. */
export function isComparable(type: TrinoType): boolean {
  if (type.kind === 'array') return isComparable(type.element);
  if (type.kind === 'map') return isComparable(type.key) && isComparable(type.value);
  if (type.kind === 'row') return type.fields.every((f) => isComparable(f.type));
  return true;
}

export function isOrderable(type: TrinoType): boolean {
  if (type.kind === 'array') return isOrderable(type.element);
  if (type.kind === 'row') return type.fields.every((f) => isOrderable(f.type));
  return type.kind !== 'map' && type.kind !== 'json';
}

/** Whether a value of the type contains one of `kind`. */
export function contains(type: TrinoType, kind: TrinoType['kind']): boolean {
  if (type.kind === kind) return true;
  if (type.kind === 'array') return contains(type.element, kind);
  if (type.kind === 'map') return contains(type.key, kind) || contains(type.value, kind);
  return type.kind === 'row' && type.fields.some((f) => contains(f.type, kind));
}
