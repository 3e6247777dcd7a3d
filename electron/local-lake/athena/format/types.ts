import { DuckDBTypeId, type DuckDBDecimalType, type DuckDBListType, type DuckDBMapType, type DuckDBStructType, type DuckDBType } from '@duckdb/node-api';
import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';

const SIMPLE: Partial<Record<DuckDBTypeId, TrinoType>> = {
  [DuckDBTypeId.BOOLEAN]: { kind: 'boolean' },
  [DuckDBTypeId.TINYINT]: { kind: 'tinyint' },
  [DuckDBTypeId.SMALLINT]: { kind: 'smallint' },
  [DuckDBTypeId.INTEGER]: { kind: 'integer' },
  [DuckDBTypeId.BIGINT]: { kind: 'bigint' },
  [DuckDBTypeId.UTINYINT]: { kind: 'smallint' },
  [DuckDBTypeId.USMALLINT]: { kind: 'integer' },
  [DuckDBTypeId.UINTEGER]: { kind: 'bigint' },
  [DuckDBTypeId.UBIGINT]: { kind: 'decimal', precision: 20, scale: 0 },
  [DuckDBTypeId.HUGEINT]: { kind: 'decimal', precision: 38, scale: 0 },
  [DuckDBTypeId.FLOAT]: { kind: 'real' },
  [DuckDBTypeId.DOUBLE]: { kind: 'double' },
  [DuckDBTypeId.DATE]: { kind: 'date' },
  [DuckDBTypeId.TIME]: { kind: 'time', precision: 3 },
  [DuckDBTypeId.TIMESTAMP]: { kind: 'timestamp', precision: 3 },
  [DuckDBTypeId.TIMESTAMP_S]: { kind: 'timestamp', precision: 3 },
  [DuckDBTypeId.TIMESTAMP_MS]: { kind: 'timestamp', precision: 3 },
  [DuckDBTypeId.TIMESTAMP_NS]: { kind: 'timestamp', precision: 3 },
  [DuckDBTypeId.TIMESTAMP_TZ]: { kind: 'timestamp with time zone', precision: 3 },
  [DuckDBTypeId.BLOB]: { kind: 'varbinary' },
  [DuckDBTypeId.UUID]: { kind: 'uuid' },
  [DuckDBTypeId.INTERVAL]: { kind: 'interval day to second' },
  [DuckDBTypeId.SQLNULL]: { kind: 'unknown' },
};

/** The Trino type that has the values of a DuckDB type. */
export function trinoTypeOf(type: DuckDBType): TrinoType {
  switch (type.typeId) {
    case DuckDBTypeId.DECIMAL: {
      const { width, scale } = type as DuckDBDecimalType;
      return { kind: 'decimal', precision: width, scale };
    }
    case DuckDBTypeId.LIST:
    case DuckDBTypeId.ARRAY:
      return { kind: 'array', element: trinoTypeOf((type as DuckDBListType).valueType) };
    case DuckDBTypeId.MAP: {
      const { keyType, valueType } = type as DuckDBMapType;
      return { kind: 'map', key: trinoTypeOf(keyType), value: trinoTypeOf(valueType) };
    }
    case DuckDBTypeId.STRUCT: {
      const { entryNames, entryTypes } = type as DuckDBStructType;
      return { kind: 'row', fields: entryTypes.map((entry, i) => ({ ...(entryNames[i] ? { name: entryNames[i] } : {}), type: trinoTypeOf(entry) })) };
    }
    default:
      return SIMPLE[type.typeId] ?? { kind: 'varchar' };
  }
}
