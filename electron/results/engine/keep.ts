import type { DuckDBConnection } from '@duckdb/node-api';
import type { ResultColumn } from '../../../shared/contract/resultViews.ts';
import { printed, storedName, valueName, valueType } from './types.ts';

/** Rows of a group: of many columns fewer, as a group is held in memory while it is written. A column of it then fills one block of 256 KB. */
const GROUP = 122_880;
const WIDE_GROUP = 30_720;
const WIDE = 100;
export const isWide = (columns: number): boolean => columns > WIDE;
/** DuckDB's groups are of whole vectors. */
const VECTOR = 2048;
/** `most`: rows there should be at most. */
export const groupOf = (columns: number, most = Infinity): number => Math.max(VECTOR, Math.min(isWide(columns) ? WIDE_GROUP : GROUP, Math.floor(most / VECTOR) * VECTOR));

/** The columns of a table of texts, as in CREATE TABLE. */
export const textColumns = (columns: ResultColumn[]): string => columns.map((_, i) => `${storedName(i)} VARCHAR`).join(', ');

/** How a column is kept: as its values alone, as text with its values beside it, or as text. */
export type Kept = 'value' | 'both' | 'text';

/** What a column would be kept as if all its texts can be made from its values again. */
export const hoped = ({ type }: ResultColumn): Kept => {
  const { duckType } = valueType(type);
  return printed(duckType) ? 'value' : duckType === 'VARCHAR' || duckType === 'BLOB' ? 'text' : 'both';
};

/** Which of the hoped-for columns of a table of texts print from their values exactly as they are. */
export async function keptOf(connection: DuckDBConnection, table: string, columns: ResultColumn[], hopes: Kept[]): Promise<Kept[]> {
  const tested = columns.flatMap(({ type }, i) => (hopes[i] === 'value' ? [{ i, value: valueType(type).value(storedName(i)), print: printed(valueType(type).duckType)!.print }] : []));
  if (tested.length === 0) return hopes;
  const tests = tested.map(({ i, print, value }) => `bool_and(coalesce(${print(value)} = ${storedName(i)}, ${storedName(i)} IS NULL))`);
  const exact = (await connection.runAndReadAll(`SELECT ${tests.join(', ')} FROM ${table}`)).getColumns().map(([one]) => one !== false);
  const failed = new Set(tested.flatMap(({ i }, at) => (exact[at] ? [] : [i])));
  return hopes.map((hope, i) => (failed.has(i) ? 'both' : hope));
}

/** The columns of such a table, as in CREATE TABLE. */
export const keptColumns = (columns: ResultColumn[], kept: Kept[]): string =>
  columns
    .flatMap(({ type }, i) => {
      const { duckType } = valueType(type);
      return [`${storedName(i)} ${kept[i] === 'value' ? duckType : 'VARCHAR'}`, ...(kept[i] === 'both' ? [`${valueName(i)} ${duckType}`] : [])];
    })
    .join(', ');

/** What goes into them, selected from a table of texts. */
export const keptList = (columns: ResultColumn[], kept: Kept[]): string =>
  columns
    .flatMap(({ type }, i) => {
      const [text, value] = [storedName(i), valueType(type).value(storedName(i))];
      return kept[i] === 'value' ? [`${value} AS ${text}`] : [text, ...(kept[i] === 'both' ? [`${value} AS ${valueName(i)}`] : [])];
    })
    .join(', ');

/** What a statement fails with that would store a value whose text is another. */
export const ODD = 'a text is not what its value prints';

/** The same of a source of texts, as a whole statement; it fails with ODD where a text cannot be made from its value. */
export function checkedList(columns: ResultColumn[], kept: Kept[], source: string): string {
  const values = columns.flatMap(({ type }, i) => (kept[i] === 'value' ? [`${valueType(type).value(storedName(i))} AS ${valueName(i)}`] : []));
  const list = columns.flatMap(({ type }, i) => {
    const [text, value] = [storedName(i), valueName(i)];
    if (kept[i] !== 'value') return [text, ...(kept[i] === 'both' ? [valueType(type).value(text)] : [])];
    return [`CASE WHEN coalesce(${printed(valueType(type).duckType)!.print(value)} = ${text}, ${text} IS NULL) THEN ${value} ELSE error('${ODD}') END`];
  });
  return `SELECT ${list.join(', ')} FROM (SELECT ${[...columns.map((_, i) => storedName(i)), ...values].join(', ')} FROM ${source})`;
}
