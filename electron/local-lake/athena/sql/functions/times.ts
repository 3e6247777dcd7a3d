import { SqlError } from '../../../../../shared/sql/errors.ts';
import type { TrinoType } from '../../../../../shared/sql/hiveTypes.ts';
import { shift } from '../arithmetic.ts';
import { bind } from '../bind.ts';
import { toVarcharText, wallClock, zoned, zonedAt } from '../casts.ts';
import { fail } from '../fail.ts';
import { DAY_SECOND, YEAR_MONTH } from '../types.ts';
import type { Bound, Implementation } from './call.ts';

/** The wall clock of a date or timestamp as a DuckDB DATE or TIMESTAMP. */
function clock(sql: string, type: TrinoType): string {
  return type.kind === 'timestamp with time zone' ? wallClock(sql) : sql;
}

const part = (field: string, wrap = (sql: string): string => sql): Implementation => ([value], { types }) => wrap(`CAST(extract(${field} FROM ${clock(value!, types[0]!)}) AS BIGINT)`);

/** The constant unit of date_add and its kin, lower case; anything else fails by name. */
function unitOf(bound: Bound, known: string[]): string {
  const [unit] = bound.call.args;
  if (unit?.kind !== 'string') throw new SqlError('NOT_SUPPORTED', `${bound.call.name} with a unit that is no constant is not supported`, bound.call);
  const name = unit.value.toLowerCase();
  const type = bound.types[1]!.kind === 'date' || bound.types[2]?.kind === 'date' ? 'DATE' : 'TIMESTAMP';
  if (!known.includes(name)) throw new SqlError('INVALID_FUNCTION_ARGUMENT', `'${unit.value}' is not a valid ${type} field`, unit);
  return name;
}

const dateUnits = ['day', 'week', 'month', 'quarter', 'year'];
const clockUnits = ['millisecond', 'second', 'minute', 'hour'];
const millis: Record<string, number> = { millisecond: 1, second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000, week: 604_800_000 };
const months: Record<string, number> = { month: 1, quarter: 3, year: 12 };

const units = (type: TrinoType): string[] => (type.kind === 'date' ? dateUnits : [...dateUnits, ...clockUnits]);

const dateAdd: Implementation = ([, count, value], bound) => {
  const type = bound.types[2]!;
  const unit = unitOf(bound, units(type));
  const target = { sql: value!, type };
  if (months[unit]) return shift(target, { sql: `CAST(${count} * ${months[unit]} AS INTEGER)`, type: YEAR_MONTH }, bound.call).sql;
  if (type.kind === 'timestamp with time zone' && (unit === 'day' || unit === 'week')) {
    // A day is a day of the zone's calendar, which may last 23 or 25 hours.
    return bind([value!, count!], ([v, n]) => zonedAt(`make_timestamp(trino_to_utc(epoch_us(${wallClock(v)}) + ${n} * ${millis[unit]}000, (${v}).z))`, `(${v}).z`));
  }
  const moved = shift(target, { sql: `(${count} * ${millis[unit]})`, type: DAY_SECOND }, bound.call).sql;
  if (unit !== 'millisecond' || (type as { precision: number }).precision >= 3) return moved;
  throw new SqlError('NOT_SUPPORTED', `date_add of milliseconds to ${type.kind} of fewer than 3 digits of a second is not supported`, bound.call);
};

/** Complete units: DuckDB's date_diff would count the boundaries crossed. */
const dateDiff: Implementation = ([, from, to], bound) => {
  const type = bound.types[1]!;
  const unit = unitOf(bound, units(type));
  const calendar = months[unit] !== undefined || ((unit === 'day' || unit === 'week') && type.kind === 'timestamp with time zone');
  const side = (sql: string): string => (type.kind === 'timestamp with time zone' && !calendar ? `(${sql}).u` : type.kind === 'date' ? `CAST(${sql} AS TIMESTAMP)` : clock(sql, type));
  if (months[unit]) return bind([side(from!), side(to!)], ([a, b]) => `(CAST(datesub('month', ${a}, ${b}) AS BIGINT) // ${months[unit]})`);
  return `((epoch_us(${side(to!)}) - epoch_us(${side(from!)})) // ${millis[unit]}000)`;
};

const dateTrunc: Implementation = ([, value], bound) => {
  const type = bound.types[1]!;
  const unit = unitOf(bound, units(type));
  if (type.kind === 'date') return `CAST(date_trunc('${unit}', ${value}) AS DATE)`;
  if (type.kind === 'timestamp') return `date_trunc('${unit}', ${value})`;
  return bind([value!], ([v]) => zonedAt(`make_timestamp(trino_to_utc(epoch_us(date_trunc('${unit}', ${wallClock(v)})), (${v}).z))`, `(${v}).z`));
};

const toIso: Implementation = ([value], { types }) => {
  const [type] = types;
  if (type!.kind === 'date') return `CAST(${value} AS VARCHAR)`;
  if (type!.kind === 'timestamp') return `replace(${toVarcharText(value!, type!)}, ' ', 'T')`;
  return bind([value!], ([v]) => `(replace(trino_timestamp_text(epoch_us(${wallClock(v)}), ${(type as { precision: number }).precision}), ' ', 'T') || trino_offset_text(epoch_us((${v}).u), (${v}).z))`);
};

const fromUnix: Implementation = ([seconds, zone]) => {
  const utc = bind([seconds!], ([s]) => `make_timestamp(CAST(floor(${s} * 1000 + 0.5) AS BIGINT) * 1000)`);
  return zonedAt(utc, zone === undefined ? `'UTC'` : `trino_zone_name(${zone})`);
};

const offset = (sql: string): string => bind([sql], ([v]) => `trino_offset_minutes(epoch_us((${v}).u), (${v}).z)`);
const dayOfWeek = part('isodow');

export const times: Record<string, Implementation> = {
  year: part('year'),
  quarter: part('quarter'),
  month: part('month'),
  week: part('week'),
  week_of_year: part('week'),
  day: part('day'),
  day_of_month: part('day'),
  day_of_week: dayOfWeek,
  dow: dayOfWeek,
  day_of_year: part('doy'),
  doy: part('doy'),
  year_of_week: part('isoyear'),
  yow: part('isoyear'),
  hour: part('hour'),
  minute: part('minute'),
  second: part('second'),
  millisecond: part('millisecond', (sql) => `(${sql} % 1000)`),
  at_timezone: ([value, zone]) => bind([value!, zone!], ([v, z]) => zonedAt(`(${v}).u`, `trino_zone_name(${z})`)),
  current_timezone: () => `'UTC'`,
  date: ([value], { types }) => (types[0]!.kind === 'varchar' ? `CAST(make_timestamp(trino_parse_date(${value})) AS DATE)` : `CAST(${clock(value!, types[0]!)} AS DATE)`),
  date_add: dateAdd,
  date_diff: dateDiff,
  date_format: ([value, pattern], { types }) => `trino_mysql_format(epoch_us(${clock(value!, types[0]!)}), ${pattern})`,
  date_parse: ([text, pattern]) => `make_timestamp(trino_mysql_parse(${text}, ${pattern}))`,
  date_trunc: dateTrunc,
  format_datetime: ([value, pattern], { types }) =>
    types[0]!.kind === 'timestamp' ? `trino_joda_format(epoch_us(${value}), 'UTC', ${pattern})` : bind([value!], ([v]) => `trino_joda_format(epoch_us((${v}).u), (${v}).z, ${pattern})`),
  from_iso8601_date: ([text]) => `CAST(make_timestamp(trino_parse_date(${text})) AS DATE)`,
  from_iso8601_timestamp: ([text]) => zoned(`trino_parse_iso(${text})`),
  from_unixtime: fromUnix,
  last_day_of_month: ([value], { types }) => `last_day(${clock(value!, types[0]!)})`,
  now: (_args, { now }) => zonedAt(now, `'UTC'`),
  parse_datetime: ([text, pattern]) => zoned(`trino_joda_parse(${text}, ${pattern})`),
  timezone_hour: ([value]) => `(${offset(value!)} // 60)`,
  timezone_minute: ([value]) => `(${offset(value!)} % 60)`,
  to_iso8601: toIso,
  to_milliseconds: ([value]) => value!,
  to_unixtime: ([value], { types }) => `(CAST(epoch_us(${types[0]!.kind === 'timestamp' ? value : `(${value}).u`}) AS DOUBLE) / CAST(1000000 AS DOUBLE))`,
  with_timezone: ([value, zone]) => bind([value!, zone!], ([v, z]) => zonedAt(`make_timestamp(trino_to_utc(epoch_us(${v}), ${z}))`, `trino_zone_name(${z})`)),
};

/** A list of dates or timestamps from start to stop by an interval, for sequence(). */
export function timeSequence([start, stop, step]: string[], bound: Bound): string {
  const type = bound.types[0]!;
  const monthly = bound.types[2]?.kind === 'interval year to month';
  return bind([start!, stop!, step ?? 'CAST(NULL AS BIGINT)'], ([a, b, s]) => {
    const by = step === undefined ? `CASE WHEN ${a} <= ${b} THEN CAST(86400000 AS BIGINT) ELSE CAST(-86400000 AS BIGINT) END` : s;
    return bind([by], ([n]) => {
      const span = monthly ? `to_months(${n})` : `to_microseconds(${n} * 1000)`;
      const list = `generate_series(CAST(${a} AS TIMESTAMP), CAST(${b} AS TIMESTAMP), ${span})`;
      const wrong = fail('INVALID_FUNCTION_ARGUMENT', 'sequence stop value should be greater than or equal to start value if step is greater than zero otherwise stop should be less than or equal to start', n);
      const dated = type.kind === 'date' ? `list_transform(${list}, lambda d: CAST(d AS DATE))` : list;
      return `CASE WHEN ${n} = 0 THEN ${fail('INVALID_FUNCTION_ARGUMENT', 'step must not be zero', n)} WHEN (${n} > 0 AND ${a} > ${b}) OR (${n} < 0 AND ${a} < ${b}) THEN ${wrong} ELSE ${dated} END`;
    });
  });
}
