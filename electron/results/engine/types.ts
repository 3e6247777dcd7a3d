/** How a column's text is read as a value: for sorting, filtering, and typed formats. */
export interface ValueType {
  /** DuckDB's type; VARCHAR where the text itself is the value. */
  duckType: string;
  /** An SQL expression giving the value of a text column, NULL where the text is no such value. */
  value(column: string): string;
  /** An expression to compare by; `value` where that is not enough. */
  order(column: string): string;
  /** `number` and `boolean` are bare in JSON and never a formula in a spreadsheet. */
  kind: 'number' | 'boolean' | 'time' | 'binary' | 'text';
}

/** -0.0 equals 0.0, and so must keep its text. */
const floating = (value: string) => `CASE WHEN ${value} = 0 THEN '0.0' ELSE CAST(${value} AS VARCHAR) END`;
/** Athena writes milliseconds always, DuckDB no zeros at the end; whole seconds, which are most, are printed in half the time by a cast. */
const moment = (value: string) => `CASE WHEN epoch_us(${value}) % 1000000 = 0 THEN CAST(${value} AS VARCHAR) || '.000' ELSE strftime(${value}, '%Y-%m-%d %H:%M:%S.%g') END`;
const plain = (value: string) => `CAST(${value} AS VARCHAR)`;

/** Special numbers have Athena's names in what this desk's DuckDB answers too. */
const named = (value: string) => `CASE WHEN isfinite(${value}) THEN CAST(${value} AS VARCHAR) WHEN isnan(${value}) THEN 'NaN' WHEN ${value} > 0 THEN 'Infinity' WHEN ${value} < 0 THEN '-Infinity' END`;

/** How the values of a column become texts. */
export interface Printing {
  print(value: string): string;
  /** As DuckDB itself writes them, in a CSV file too. */
  isPlain: boolean;
  /** No text of them has a capital letter. */
  isSmall: boolean;
}

const exactly: Printing = { print: plain, isPlain: true, isSmall: true };

/** How Athena writes most values of a DuckDB type; undefined where values do not tell their text. */
export function printed(duckType: string): Printing | undefined {
  if (duckType === 'TIMESTAMP') return { print: moment, isPlain: false, isSmall: true };
  if (duckType === 'FLOAT' || duckType === 'DOUBLE') return { print: floating, isPlain: false, isSmall: true };
  return /^(BOOLEAN|TINYINT|SMALLINT|INTEGER|BIGINT|DATE|DECIMAL.*)$/.test(duckType) ? exactly : undefined;
}

/** The same of what DuckDB on this desk answered: it stores no value whose text is another's too. */
export function printedOnDesk(duckType: string): Printing | undefined {
  if (duckType === 'FLOAT' || duckType === 'DOUBLE') return { print: named, isPlain: false, isSmall: false };
  // Days before our era end in (BC).
  if (/^(DATE|TIME|TIMESTAMP.*)$/.test(duckType)) return { print: plain, isPlain: true, isSmall: false };
  return /^(BOOLEAN|TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT|DECIMAL.*)$/.test(duckType) ? exactly : undefined;
}

const cast = (duckType: string, kind: ValueType['kind'], text = (column: string) => column): ValueType => {
  const value = (column: string) => `TRY_CAST(${text(column)} AS ${duckType})`;
  return { duckType, kind, value, order: value };
};

/** Stays text in every format, and is compared by `order`. */
const textBy = (order: (column: string) => string): ValueType => ({ duckType: 'VARCHAR', kind: 'text', value: (column) => column, order });
const TEXT = textBy((column) => column);

const sign = (column: string) => `CASE WHEN starts_with(${column}, '-') THEN -1 ELSE 1 END`;
/** `1-3`, `-0-11`: months. */
const months = (column: string) => `${sign(column)} * (12 * TRY_CAST(split_part(ltrim(${column}, '-'), '-', 1) AS BIGINT) + TRY_CAST(split_part(ltrim(${column}, '-'), '-', 2) AS BIGINT))`;
/** `2 03:04:05.678`: seconds. */
const seconds = (column: string) =>
  `${sign(column)} * (86400 * TRY_CAST(split_part(ltrim(${column}, '-'), ' ', 1) AS BIGINT) + date_part('epoch', TRY_CAST(split_part(${column}, ' ', 2) AS INTERVAL)))`;

const binary = (column: string) => `TRY(unhex(replace(${column}, ' ', '')))`;

const TYPES: Record<string, ValueType> = {
  boolean: cast('BOOLEAN', 'boolean'),
  tinyint: cast('TINYINT', 'number'),
  smallint: cast('SMALLINT', 'number'),
  int: cast('INTEGER', 'number'),
  integer: cast('INTEGER', 'number'),
  bigint: cast('BIGINT', 'number'),
  real: cast('FLOAT', 'number'),
  float: cast('FLOAT', 'number'),
  double: cast('DOUBLE', 'number'),
  date: cast('DATE', 'time'),
  time: cast('TIME', 'time'),
  timestamp: cast('TIMESTAMP', 'time'),
  // Text such as `2020-01-01 00:00:00.000 Asia/Seoul` or `… +09:00`; DuckDB takes an offset without the space only.
  'timestamp with time zone': cast('TIMESTAMPTZ', 'time', (column) => `replace(replace(${column}, ' +', '+'), ' -', '-')`),
  'time with time zone': textBy((column) => `TRY_CAST(${column} AS TIMETZ)`),
  'interval day to second': textBy(seconds),
  'interval year to month': textBy(months),
  // Athena writes binary as hex pairs with spaces between.
  varbinary: { duckType: 'BLOB', kind: 'binary', value: binary, order: binary },
};

/** What a column of Trino's type holds. Nested types, json, char, intervals and what is not known stay text. */
export function valueType(trinoType: string): ValueType {
  const type = trinoType.trim().toLowerCase();
  const decimal = /^decimal\((\d+),\s*(\d+)\)$/.exec(type);
  if (decimal) return cast(`DECIMAL(${decimal[1]},${decimal[2]})`, 'number');
  // timestamp(3) and time(3) differ in digits only.
  return TYPES[type.replace(/^(timestamp|time)\(\d+\)/, '$1')] ?? TEXT;
}

/** A name or path inside SQL. */
export const identifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;
/** Columns are stored under names of our own: a result may repeat a name. */
export const storedName = (index: number): string => `c${index}`;
/** A column that holds nothing: the values beside it print as DuckDB on this desk prints them. */
export const ON_DESK = 'on_desk';
/** Beside a column that is stored as text: its values. */
export const valueName = (index: number): string => `v${index}`;
