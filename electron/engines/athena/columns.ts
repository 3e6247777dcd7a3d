import type { ColumnInfo } from '@aws-sdk/client-athena';
import type { ResultColumn } from '../../../shared/contract/results.ts';

/** Athena's column metadata as a name and Trino's type; Athena calls `real` `float` and keeps decimal's digits apart. */
export function toResultColumn(info: ColumnInfo): ResultColumn {
  const type = (info.Type ?? 'varchar').toLowerCase();
  const named = type === 'float' ? 'real' : type;
  return {
    name: info.Label ?? info.Name ?? '',
    type: named === 'decimal' && info.Precision ? `decimal(${info.Precision},${info.Scale ?? 0})` : named,
  };
}
