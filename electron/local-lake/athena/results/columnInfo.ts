import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import type { ResultColumn } from '../executions/record.ts';

const MOST_CHARACTERS = 2_147_483_647;
const MOST_BYTES = 1_073_741_824;

const PRECISION: Partial<Record<TrinoType['kind'], number>> = {
  tinyint: 3,
  smallint: 5,
  integer: 10,
  bigint: 19,
  real: 17,
  double: 17,
  varbinary: MOST_BYTES,
  json: MOST_CHARACTERS,
};

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_ColumnInfo.html; types by their names without arguments. */
export function columnInfo({ name, type }: ResultColumn) {
  return {
    CatalogName: 'hive',
    SchemaName: '',
    TableName: '',
    Name: name,
    Label: name,
    Type: type.kind === 'real' ? 'float' : type.kind,
    Precision: precision(type),
    Scale: type.kind === 'decimal' ? type.scale : 0,
    Nullable: 'UNKNOWN',
    CaseSensitive: type.kind === 'varchar' || type.kind === 'char',
  };
}

function precision(type: TrinoType): number {
  switch (type.kind) {
    case 'decimal':
    case 'timestamp':
    case 'timestamp with time zone':
    case 'time':
      return type.precision;
    case 'varchar':
    case 'char':
      return type.length ?? MOST_CHARACTERS;
    default:
      return PRECISION[type.kind] ?? 0;
  }
}
