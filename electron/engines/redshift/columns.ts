import type { ColumnMetadata, Field } from '@aws-sdk/client-redshift-data';
import type { ResultColumn } from '../../../shared/contract/results.ts';

/** Redshift's names of types (pg_catalog's), in the words results use: Trino's. https://docs.aws.amazon.com/redshift/latest/dg/c_Supported_data_types.html */
const NAMES: Record<string, string> = {
  bool: 'boolean',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  float4: 'real',
  float8: 'double',
  date: 'date',
  time: 'time',
  timetz: 'time with time zone',
  timestamp: 'timestamp',
  timestamptz: 'timestamp with time zone',
  super: 'json',
  varbyte: 'varbinary',
};

export function toColumn({ label, name, typeName = '', precision, scale }: ColumnMetadata): ResultColumn {
  const type = typeName.toLowerCase();
  const decimal = type === 'numeric' && precision ? `decimal(${precision},${scale ?? 0})` : undefined;
  return { name: label ?? name ?? '', type: decimal ?? NAMES[type] ?? 'varchar' };
}

/** A cell as text; null is NULL. */
export function cellOf(field: Field): string | null {
  if (field.stringValue !== undefined) return field.stringValue;
  if (field.longValue !== undefined) return String(field.longValue);
  if (field.doubleValue !== undefined) return String(field.doubleValue);
  if (field.booleanValue !== undefined) return String(field.booleanValue);
  if (field.blobValue !== undefined) return [...field.blobValue].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
  return null;
}
