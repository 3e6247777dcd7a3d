/** How a column's text is read as a value: for sorting, and for typed formats. */
export interface ValueType {
  /** DuckDB's type; VARCHAR where the text itself is the value. */
  duckType: string;
  /** An SQL expression giving the value of a text column, NULL where the text is no such value. */
  value(column: string): string;
  /** `number` and `boolean` are bare in JSON and never a formula in a spreadsheet. */
  kind: 'number' | 'boolean' | 'time' | 'binary' | 'text';
}

const cast = (duckType: string, kind: ValueType['kind']): ValueType => ({ duckType, kind, value: (column) => `TRY_CAST(${column} AS ${duckType})` });

const TEXT: ValueType = { duckType: 'VARCHAR', kind: 'text', value: (column) => column };

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
  // Text such as `2020-01-01 00:00:00.000 Asia/Seoul`.
  'timestamp with time zone': cast('TIMESTAMPTZ', 'time'),
  // Athena writes binary as hex pairs with spaces between.
  varbinary: { duckType: 'BLOB', kind: 'binary', value: (column) => `TRY(unhex(replace(${column}, ' ', '')))` },
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
