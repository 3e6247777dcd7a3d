import { SqlError } from '../../../../shared/sql/errors.ts';
import type { At } from '../../../../shared/sql/query/ast.ts';
import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import { bind } from './bind.ts';
import { duckType, fieldName, isFloating, isInteger, isNumeric, literal, quote, same, text } from './types.ts';
import type { Typed } from './types.ts';

/** A value as the type Trino coerces it to. The types must be coercible. */
export function coerce(value: Typed, to: TrinoType): string {
  if (same(value.type, to)) return value.sql;
  const whole = isInteger(value.type) ? /^CAST\((-?\d+) AS \w+\)$/.exec(value.sql) : null;
  if (whole && (isNumeric(to) && to.kind !== 'real')) return `CAST(${whole[1]} AS ${duckType(to)})`;
  return convert(value.sql, value.type, to);
}

export function coerced(value: Typed, to: TrinoType): Typed {
  return { sql: coerce(value, to), type: to };
}

/** `CAST(value AS to)` by Trino's rules. Throws TYPE_MISMATCH where Trino has no such cast. */
export function cast(value: Typed, to: TrinoType, at: At): Typed {
  if (!castable(value.type, to)) throw new SqlError('TYPE_MISMATCH', `Cannot cast ${text(value.type)} to ${text(to)}`, at);
  return { sql: convert(value.sql, value.type, to), type: to };
}

function castable(from: TrinoType, to: TrinoType): boolean {
  if (from.kind === 'unknown' || same(from, to)) return true;
  if (to.kind === 'json') return jsonable(from);
  if (from.kind === 'json') return fromJson(to);
  if (from.kind === 'array' || to.kind === 'array') return from.kind === 'array' && to.kind === 'array' && castable(from.element, to.element);
  if (from.kind === 'map' || to.kind === 'map') return from.kind === 'map' && to.kind === 'map' && castable(from.key, to.key) && castable(from.value, to.value);
  if (from.kind === 'row' || to.kind === 'row') {
    return from.kind === 'row' && to.kind === 'row' && from.fields.length === to.fields.length && from.fields.every((f, i) => castable(f.type, to.fields[i]!.type));
  }
  if (isNumeric(from)) return isNumeric(to) || to.kind === 'boolean' || to.kind === 'varchar';
  switch (from.kind) {
    case 'boolean':
      return isNumeric(to) || to.kind === 'varchar';
    case 'varchar':
      return isNumeric(to) || ['boolean', 'varchar', 'date', 'timestamp', 'time', 'timestamp with time zone', 'varbinary', 'uuid'].includes(to.kind);
    case 'date':
    case 'timestamp':
    case 'timestamp with time zone':
      return ['date', 'timestamp', 'timestamp with time zone', 'varchar'].includes(to.kind) || (to.kind === 'time' && from.kind === 'timestamp');
    case 'time':
      return to.kind === 'varchar' || to.kind === 'time';
    case 'uuid':
      return to.kind === 'varchar' || to.kind === 'varbinary';
    case 'interval day to second':
    case 'interval year to month':
      return to.kind === 'varchar';
    default:
      return false;
  }
}

function jsonable(type: TrinoType): boolean {
  switch (type.kind) {
    case 'array':
      return jsonable(type.element);
    case 'map':
      return ['varchar', 'boolean', 'unknown'].includes(type.key.kind) || isNumeric(type.key) ? jsonable(type.value) : false;
    case 'row':
      return type.fields.every((f) => jsonable(f.type));
    default:
      return isNumeric(type) || ['boolean', 'varchar', 'json', 'date', 'timestamp', 'unknown'].includes(type.kind);
  }
}

function fromJson(type: TrinoType): boolean {
  switch (type.kind) {
    case 'array':
      return fromJson(type.element);
    case 'map':
      return type.key.kind === 'varchar' && fromJson(type.value);
    case 'row':
      return type.fields.every((f) => fromJson(f.type));
    default:
      return isNumeric(type) || ['boolean', 'varchar', 'json'].includes(type.kind);
  }
}

/** DuckDB's SQL for turning `sql` of type `from` into `to`; the pair is known to be castable. */
export function convert(sql: string, from: TrinoType, to: TrinoType): string {
  if (same(from, to)) return sql;
  if (from.kind === 'unknown') return `CAST(${sql} AS ${duckType(to)})`;
  if (to.kind === 'json') return toJson(sql, from);
  if (from.kind === 'json') return jsonTo(sql, to);
  if (from.kind === 'array' && to.kind === 'array') return `list_transform(${sql}, lambda e: ${convert('e', from.element, to.element)})`;
  if (from.kind === 'map' && to.kind === 'map') {
    const entry = `struct_pack(key := ${convert('e.key', from.key, to.key)}, value := ${convert('e.value', from.value, to.value)})`;
    return `map_from_entries(list_transform(map_entries(${sql}), lambda e: ${entry}))`;
  }
  if (from.kind === 'row' && to.kind === 'row') return convertRow(sql, from, to);
  if (to.kind === 'varchar') return toVarchar(sql, from, to.length);
  if (from.kind === 'varchar') return fromVarchar(sql, to);
  if (to.kind === 'boolean') return `(${sql} <> 0)`;
  if (isInteger(to)) return toInteger(sql, from, to);
  if (to.kind === 'decimal') return toDecimal(sql, from, to);
  if (isFloating(to)) return `CAST(${sql} AS ${duckType(to)})`;
  return convertTime(sql, from, to);
}

function toInteger(sql: string, from: TrinoType, to: TrinoType): string {
  if (from.kind === 'boolean' || from.kind === 'decimal') return `CAST(${from.kind === 'decimal' ? `round(${sql}, 0)` : sql} AS ${duckType(to)})`;
  if (isInteger(from)) return `CAST(${sql} AS ${duckType(to)})`;
  // A double is rounded half away from zero; DuckDB's cast would round half to even.
  return `CAST(trino_double_to_integer(CAST(${sql} AS DOUBLE), ${literal(to.kind)}) AS ${duckType(to)})`;
}

function toDecimal(sql: string, from: TrinoType, to: TrinoType & { kind: 'decimal' }): string {
  if (isFloating(from)) return `CAST(trino_double_to_decimal(CAST(${sql} AS DOUBLE), ${to.precision}, ${to.scale}) AS ${duckType(to)})`;
  return `CAST(${sql} AS ${duckType(to)})`;
}

/** The text of a value as `CAST(… AS varchar)` gives it. */
export function toVarcharText(sql: string, from: TrinoType): string {
  return toVarchar(sql, from, undefined);
}

/** Text is cut to `varchar(n)`; anything else must fit. */
function toVarchar(sql: string, from: TrinoType, length: number | undefined): string {
  const cut = (inner: string): string => (length === undefined ? inner : `trino_fit(${inner}, ${length})`);
  switch (from.kind) {
    case 'varchar':
      return length !== undefined && (from.length === undefined || from.length > length) ? `substring(${sql}, 1, ${length})` : sql;
    case 'decimal':
      // DuckDB leaves the zero before the point out where no whole digit fits.
      return cut(from.precision === from.scale ? `regexp_replace(CAST(${sql} AS VARCHAR), '^(-?)[.]', '\\10.')` : `CAST(${sql} AS VARCHAR)`);
    case 'boolean':
      return cut(`CASE ${sql} WHEN true THEN 'true' WHEN false THEN 'false' END`);
    case 'double':
      return cut(`trino_double_text(${sql})`);
    case 'real':
      return cut(`trino_real_text(CAST(${sql} AS DOUBLE))`);
    case 'timestamp':
      return cut(timestampText(sql, from.precision));
    case 'time':
      return cut(`substring(strftime(DATE '2000-01-01' + ${sql}, '%H:%M:%S.%f'), 1, ${from.precision === 0 ? 8 : 9 + from.precision})`);
    case 'timestamp with time zone':
      return cut(bind([sql], ([t]) => `trino_zoned_text(epoch_us((${t}).u), (${t}).z, ${from.precision})`));
    case 'interval day to second':
      return cut(`trino_day_second_text(${sql})`);
    case 'interval year to month':
      return cut(`trino_year_month_text(${sql})`);
    default:
      return cut(`CAST(${sql} AS VARCHAR)`);
  }
}

/** `yyyy-MM-dd HH:mm:ss.SSS` with as many digits of a second as the precision says. */
export function timestampText(sql: string, precision: number): string {
  return `trino_timestamp_text(epoch_us(${sql}), ${precision})`;
}

function fromVarchar(sql: string, to: TrinoType): string {
  const parsed = (kind: string): string => `trino_parse_${kind}(${sql})`;
  switch (to.kind) {
    case 'boolean':
      return parsed('boolean');
    case 'real':
      return `CAST(trino_parse_floating(${sql}, 'REAL') AS FLOAT)`;
    case 'double':
      return `trino_parse_floating(${sql}, 'DOUBLE')`;
    case 'decimal':
      return `CAST(trino_parse_decimal(${sql}, ${to.precision}, ${to.scale}) AS ${duckType(to)})`;
    case 'date':
      return `CAST(make_timestamp(trino_parse_date(${sql})) AS DATE)`;
    case 'timestamp':
      return `make_timestamp(trino_parse_timestamp(${sql}, ${to.precision}))`;
    case 'timestamp with time zone':
      return zoned(`trino_parse_zoned(${sql}, ${to.precision})`);
    case 'time':
      return `CAST(make_timestamp(trino_parse_time(${sql}, ${to.precision})) AS TIME)`;
    case 'varbinary':
      return `encode(${sql})`;
    case 'uuid':
      return `CAST(${sql} AS UUID)`;
    default:
      return `CAST(trino_parse_integer(${sql}, ${literal(to.kind.toUpperCase())}) AS ${duckType(to)})`;
  }
}

/** The encoded timestamp with time zone that a function answered as `micros zone`. */
export function zoned(sql: string): string {
  return bind([sql], ([s]) => `CASE WHEN ${s} IS NOT NULL THEN struct_pack(u := make_timestamp(CAST(split_part(${s}, ' ', 1) AS BIGINT)), z := split_part(${s}, ' ', 2)) END`);
}

/** The encoded timestamp with time zone of a UTC instant (a DuckDB TIMESTAMP) in a zone; NULL when either is. */
export function zonedAt(utc: string, zone: string): string {
  return bind([utc, zone], ([u, z]) => `CASE WHEN ${u} IS NOT NULL AND ${z} IS NOT NULL THEN struct_pack(u := ${u}, z := ${z}) END`);
}

/** The wall clock of an encoded timestamp with time zone, in its own zone. */
export function wallClock(sql: string): string {
  return bind([sql], ([t]) => `make_timestamp(trino_to_local(epoch_us((${t}).u), (${t}).z))`);
}

function roundTimestamp(sql: string, precision: number, from: number): string {
  return precision < from ? `make_timestamp(trino_round_micros(epoch_us(${sql}), ${precision}))` : sql;
}

function convertTime(sql: string, from: TrinoType, to: TrinoType): string {
  if (from.kind === 'date') return to.kind === 'timestamp' ? `CAST(${sql} AS TIMESTAMP)` : zonedAt(`CAST(${sql} AS TIMESTAMP)`, `'UTC'`);
  if (from.kind === 'timestamp') {
    if (to.kind === 'date') return `CAST(${sql} AS DATE)`;
    if (to.kind === 'time') return `CAST(${sql} AS TIME)`;
    if (to.kind === 'timestamp') return roundTimestamp(sql, to.precision, from.precision);
    return zonedAt(sql, `'UTC'`);
  }
  if (from.kind === 'timestamp with time zone') {
    if (to.kind === 'date') return `CAST(${wallClock(sql)} AS DATE)`;
    if (to.kind === 'timestamp') return roundTimestamp(wallClock(sql), to.precision, from.precision);
    if (to.kind === 'timestamp with time zone') {
      return bind([sql], ([t]) => zonedAt(roundTimestamp(`(${t}).u`, to.precision, from.precision), `(${t}).z`));
    }
  }
  if (from.kind === 'uuid' && to.kind === 'varbinary') return `from_hex(replace(CAST(${sql} AS VARCHAR), '-', ''))`;
  return `CAST(${sql} AS ${duckType(to)})`;
}

function convertRow(row: string, from: TrinoType & { kind: 'row' }, to: TrinoType & { kind: 'row' }): string {
  return bind([row], ([sql]) => packRow(sql, from, to));
}

function packRow(sql: string, from: TrinoType & { kind: 'row' }, to: TrinoType & { kind: 'row' }): string {
  const fields = from.fields.map((field, i) => {
    const access = `struct_extract(${sql}, ${literal(fieldName(field.name, i))})`;
    return `${quote(fieldName(to.fields[i]!.name, i))} := ${convert(access, field.type, to.fields[i]!.type)}`;
  });
  return `CASE WHEN ${sql} IS NOT NULL THEN struct_pack(${fields.join(', ')}) END`;
}

/** The JSON text of a value; SQL NULL stays NULL at the top and becomes `null` inside. */
function toJson(sql: string, from: TrinoType): string {
  switch (from.kind) {
    case 'varchar':
      return `trino_json_quote(${sql})`;
    case 'date':
    case 'timestamp':
      return `'"' || ${toVarchar(sql, from, undefined)} || '"'`;
    case 'array':
      return `'[' || array_to_string(list_transform(${sql}, lambda e: coalesce(${toJson('e', from.element)}, 'null')), ',') || ']'`;
    case 'map': {
      const key = from.key.kind === 'varchar' ? 'e.key' : toVarchar('e.key', from.key, undefined);
      const entry = `trino_json_quote(${key}) || ':' || coalesce(${toJson('e.value', from.value)}, 'null')`;
      return `trino_json_parse('{' || array_to_string(list_transform(map_entries(${sql}), lambda e: ${entry}), ',') || '}')`;
    }
    case 'row': {
      // Athena's engine version 3 turns rows into JSON objects.
      return bind([sql], ([r]) => {
        const fields = from.fields.map((f, i) => `${literal(`${JSON.stringify(f.name ?? '')}:`)} || coalesce(${toJson(`struct_extract(${r}, ${literal(fieldName(f.name, i))})`, f.type)}, 'null')`);
        return `CASE WHEN ${r} IS NOT NULL THEN '{' || ${fields.join(` || ',' || `)} || '}' END`;
      });
    }
    case 'double':
    case 'real':
      return `trino_json_number(CAST(${sql} AS DOUBLE), ${from.kind === 'real'})`;
    default:
      return toVarchar(sql, from, undefined);
  }
}

function jsonTo(sql: string, to: TrinoType): string {
  switch (to.kind) {
    case 'array':
      return `list_transform(trino_json_elements(${sql}), lambda e: ${jsonTo('e', to.element)})`;
    case 'map':
      return bind([sql], ([j]) => `CASE WHEN ${j} IS NOT NULL AND ${j} <> 'null' THEN map_from_entries(list_transform(trino_json_entries(${j}), lambda e: struct_pack(key := list_extract(e, 1), value := ${jsonTo('list_extract(e, 2)', to.value)}))) END`);
    case 'row': {
      return bind([sql], ([j]) => {
        const fields = to.fields.map((f, i) => `${quote(fieldName(f.name, i))} := ${jsonTo(`trino_json_field(${j}, ${literal(f.name ?? '')}, CAST(${i} AS INTEGER))`, f.type)}`);
        return `CASE WHEN ${j} IS NOT NULL AND ${j} <> 'null' THEN struct_pack(${fields.join(', ')}) END`;
      });
    }
    case 'json':
      return sql;
    case 'varchar': {
      const scalar = `trino_json_scalar(${sql}, 'varchar')`;
      return to.length === undefined ? scalar : `substring(${scalar}, 1, ${to.length})`;
    }
    default:
      return fromJsonScalar(`trino_json_scalar(${sql}, ${literal(to.kind)})`, to);
  }
}

function fromJsonScalar(sql: string, to: TrinoType): string {
  if (to.kind === 'boolean') return fromVarchar(sql, to);
  if (isInteger(to)) return `CAST(trino_parse_integer(${sql}, ${literal(to.kind.toUpperCase())}) AS ${duckType(to)})`;
  return fromVarchar(sql, to);
}
