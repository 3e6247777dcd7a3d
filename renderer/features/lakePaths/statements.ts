import type { CoveringTable } from '../../../shared/contract/catalogPaths.ts';
import { quoteName } from '../../editor/completion/suggestions.ts';
import { sqlName } from '../catalog/names.ts';

type Named = CoveringTable['named'];

const HIVE_NULL = '__HIVE_DEFAULT_PARTITION__';
/** Partitions one statement adds or drops: a statement may have 262,144 bytes. */
export const MOST_AT_ONCE = 200;

/** A value as Trino's SQL writes it for its type. */
function literal(value: string, type: string): string {
  if (/^(tinyint|smallint|int|integer|bigint)$/i.test(type) && /^-?\d+$/.test(value)) return value;
  const text = `'${value.replaceAll("'", "''")}'`;
  return /^date$/i.test(type) ? `DATE ${text}` : /^timestamp/i.test(type) ? `TIMESTAMP ${text}` : text;
}

const condition = ({ name, type, value }: Named[number]): string => `${quoteName(name)} ${value === HIVE_NULL ? 'IS NULL' : `= ${literal(value, type)}`}`;

/** A query of only the partition a place is, and of only the object where it is one. */
export function placeSql({ database, table, named }: Pick<CoveringTable, 'database' | 'table' | 'named'>, object?: string): string {
  const conditions = [...named.map(condition), ...(object ? [`"$path" = '${object.replaceAll("'", "''")}'`] : [])];
  return `SELECT *\nFROM ${sqlName({ catalog: 'AwsDataCatalog', database, table })}\n${conditions.length > 0 ? `WHERE ${conditions.join('\n  AND ')}\n` : ''}LIMIT 100;\n`;
}

interface Spec {
  values: string[];
  location: string;
}
interface Target {
  database: string;
  table: string;
  keys: { name: string; type: string }[];
}

// Hive's DDL: names in backticks, backslash escapes.
const ddlName = (name: string): string => `\`${name.replaceAll('`', '``')}\``;
const ddlText = (text: string): string => `'${text.replace(/[\\']/g, (letter) => `\\${letter}`)}'`;
const ddlValue = (value: string, type: string): string => (/^(tinyint|smallint|int|integer|bigint)$/i.test(type) && /^-?\d+$/.test(value) ? value : ddlText(value));
const spec = ({ keys }: Target, values: string[]): string => `PARTITION (${keys.map(({ name, type }, at) => `${ddlName(name)} = ${ddlValue(values[at] ?? '', type)}`).join(', ')})`;

/** https://docs.aws.amazon.com/athena/latest/ug/alter-table-add-partition.html */
export const addPartitions = (target: Target, partitions: readonly Spec[]): string =>
  `ALTER TABLE ${ddlName(target.database)}.${ddlName(target.table)} ADD IF NOT EXISTS\n${partitions.slice(0, MOST_AT_ONCE).map(({ values, location }) => `  ${spec(target, values)} LOCATION ${ddlText(location)}`).join('\n')};\n`;

/** https://docs.aws.amazon.com/athena/latest/ug/alter-table-drop-partition.html */
export const dropPartitions = (target: Target, partitions: readonly Spec[]): string =>
  `ALTER TABLE ${ddlName(target.database)}.${ddlName(target.table)} DROP IF EXISTS\n${partitions.slice(0, MOST_AT_ONCE).map(({ values }) => `  ${spec(target, values)}`).join(',\n')};\n`;
