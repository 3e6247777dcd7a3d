import { DuckDBTypeId, type DuckDBDecimalType, type DuckDBListType, type DuckDBMapType, type DuckDBStructType, type DuckDBType } from '@duckdb/node-api';

/** What columns hold in the words results use for types: Trino's. */
const NAMES: Partial<Record<DuckDBTypeId, string>> = {
  [DuckDBTypeId.BOOLEAN]: 'boolean',
  [DuckDBTypeId.TINYINT]: 'tinyint',
  [DuckDBTypeId.SMALLINT]: 'smallint',
  [DuckDBTypeId.INTEGER]: 'integer',
  [DuckDBTypeId.BIGINT]: 'bigint',
  [DuckDBTypeId.UTINYINT]: 'smallint',
  [DuckDBTypeId.USMALLINT]: 'integer',
  [DuckDBTypeId.UINTEGER]: 'bigint',
  [DuckDBTypeId.UBIGINT]: 'decimal(20,0)',
  [DuckDBTypeId.HUGEINT]: 'decimal(38,0)',
  [DuckDBTypeId.UHUGEINT]: 'decimal(38,0)',
  [DuckDBTypeId.FLOAT]: 'real',
  [DuckDBTypeId.DOUBLE]: 'double',
  [DuckDBTypeId.DATE]: 'date',
  [DuckDBTypeId.TIME]: 'time',
  [DuckDBTypeId.TIME_TZ]: 'time with time zone',
  [DuckDBTypeId.TIMESTAMP]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_S]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_MS]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_NS]: 'timestamp',
  [DuckDBTypeId.TIMESTAMP_TZ]: 'timestamp with time zone',
  [DuckDBTypeId.BLOB]: 'varbinary',
  [DuckDBTypeId.UUID]: 'uuid',
  [DuckDBTypeId.UNION]: 'json',
};

/** The name a result's column shows for a DuckDB type; what has no other name is text. */
export function typeName(type: DuckDBType): string {
  switch (type.typeId) {
    case DuckDBTypeId.DECIMAL: {
      const { width, scale } = type as DuckDBDecimalType;
      return `decimal(${width},${scale})`;
    }
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return `array(${typeName((type as DuckDBListType).valueType)})`;
    case DuckDBTypeId.MAP: {
      const { keyType, valueType } = type as DuckDBMapType;
      return `map(${typeName(keyType)}, ${typeName(valueType)})`;
    }
    case DuckDBTypeId.STRUCT: {
      const { entryNames, entryTypes } = type as DuckDBStructType;
      return `row(${entryTypes.map((entry, i) => `${entryNames[i] ?? ''} ${typeName(entry)}`.trim()).join(', ')})`;
    }
    default:
      return type.alias === 'JSON' ? 'json' : (NAMES[type.typeId] ?? 'varchar');
  }
}

const nested = new Set([DuckDBTypeId.LIST, DuckDBTypeId.ARRAY, DuckDBTypeId.MAP, DuckDBTypeId.STRUCT, DuckDBTypeId.UNION]);

/** An expression for a column's text: nested values as JSON, binary in pairs of hex digits, special numbers by their names. */
export function textOf(column: string, type: DuckDBType): string {
  if (nested.has(type.typeId)) return `CAST(to_json(${column}) AS VARCHAR)`;
  switch (type.typeId) {
    case DuckDBTypeId.VARCHAR:
      return column;
    case DuckDBTypeId.BLOB:
      return `rtrim(regexp_replace(lower(hex(${column})), '(..)', '\\1 ', 'g'))`;
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return `CASE WHEN isnan(${column}) THEN 'NaN' WHEN isinf(${column}) THEN CASE WHEN ${column} > 0 THEN 'Infinity' ELSE '-Infinity' END ELSE CAST(${column} AS VARCHAR) END`;
    default:
      return `CAST(${column} AS VARCHAR)`;
  }
}

/** Types whose values the result store prints as DuckDB does. */
const KEPT = new Set([
  ...[DuckDBTypeId.BOOLEAN, DuckDBTypeId.TINYINT, DuckDBTypeId.SMALLINT, DuckDBTypeId.INTEGER, DuckDBTypeId.BIGINT, DuckDBTypeId.HUGEINT, DuckDBTypeId.DECIMAL, DuckDBTypeId.FLOAT, DuckDBTypeId.DOUBLE],
  ...[DuckDBTypeId.DATE, DuckDBTypeId.TIME, DuckDBTypeId.TIMESTAMP, DuckDBTypeId.TIMESTAMP_S, DuckDBTypeId.TIMESTAMP_MS, DuckDBTypeId.TIMESTAMP_NS, DuckDBTypeId.TIMESTAMP_TZ],
]);
/** Types that are stored as the next wider one with a sign. */
const WIDER: Partial<Record<DuckDBTypeId, string>> = {
  [DuckDBTypeId.UTINYINT]: 'SMALLINT',
  [DuckDBTypeId.USMALLINT]: 'INTEGER',
  [DuckDBTypeId.UINTEGER]: 'BIGINT',
  [DuckDBTypeId.UBIGINT]: 'DECIMAL(20,0)',
};

/** An expression for what is stored of a column: its values where their text is told by them, else the text. */
export function storedOf(column: string, type: DuckDBType): string {
  const wider = WIDER[type.typeId];
  return KEPT.has(type.typeId) ? column : wider ? `CAST(${column} AS ${wider})` : textOf(column, type);
}

/** A condition of the stored values that must be kept as text after all; undefined where there are none of that type. */
export function misfit(column: string, type: DuckDBType, valueType: string): string | undefined {
  switch (type.typeId) {
    // Equal to 0.0, and another text.
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return `${column} = 0 AND signbit(${column})`;
    // A text is cut to microseconds, a value rounded to the next one.
    case DuckDBTypeId.TIMESTAMP_NS:
      return `${column} < TIMESTAMP_NS '1970-01-01' AND CAST(CAST(${column} AS TIMESTAMP) AS TIMESTAMP_NS) <> ${column}`;
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
      return `${column} IS NOT NULL AND TRY_CAST(${column} AS ${valueType}) IS NULL`;
    default:
      return undefined;
  }
}
