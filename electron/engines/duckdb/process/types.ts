import { DuckDBTypeId, type DuckDBDecimalType, type DuckDBListType, type DuckDBMapType, type DuckDBStructType, type DuckDBType } from '@duckdb/node-api';

/** Columns of text, and what they hold in the words results use for types: Trino's. */
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
