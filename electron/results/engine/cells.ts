import type { ResultColumn } from '../../../shared/contract/resultViews.ts';
import { ON_DESK, printed, printedOnDesk, storedName, valueName, valueType, type Printing, type ValueType } from './types.ts';

/** DuckDB's types of a stored table's columns, by name. `unordered`: its rows come in their order only if sorted by rowid. */
export type Shape = ReadonlyMap<string, string> & { unordered?: boolean };

/** How a stored column's values become texts; undefined where it holds the texts. A copy has the mark of what it is of. */
export const printingOf = (column: string, shape: Shape): Printing | undefined => (shape.has(ON_DESK) ? printedOnDesk : printed)(shape.get(column) ?? 'VARCHAR');

/** A table's rows, in their order. */
export const inOrder = (table: string, { unordered }: Shape): string => (unordered ? `(SELECT * FROM ${table} ORDER BY rowid)` : table);

/**
 * A column of a stored table, as SQL. It is stored as its value where every value prints as the text Athena wrote, else as
 * that text, with the values beside it where the type has any; while a result loads as text alone.
 */
export interface Cell {
  name: string;
  type: string;
  kind: ValueType['kind'];
  /** The column as stored: NULL where the text is, equal where the texts are. */
  key: string;
  /** The text Athena wrote. */
  text: string;
  /** The text of something derived from `key`. */
  print(key: string): string;
  /** The value, of `valueType(type).duckType`; NULL where the text is no such value. */
  value: string;
  /** What rows are ordered and compared by. */
  order: string;
  /** `key` is the value. */
  typed: boolean;
  /** A writer of text may be given `key` for `text`: DuckDB prints it the same. */
  isPlain: boolean;
  /** No text has a capital letter. */
  isSmall: boolean;
}

/** A column of which only the place is known: what is stored, and how it reads. */
export function storedCell(index: number, shape: Shape): Pick<Cell, 'key' | 'text' | 'print' | 'typed' | 'isPlain' | 'isSmall'> {
  const key = storedName(index);
  const printing = printingOf(key, shape);
  return printing ? { key, ...printing, text: printing.print(key), typed: true } : { key, print: (one) => one, text: key, typed: false, isPlain: false, isSmall: false };
}

/** The column at that place. */
export function oneCell({ name, type }: ResultColumn, index: number, shape: Shape): Cell {
  const { duckType, kind, value, order } = valueType(type);
  const stored = storedCell(index, shape);
  const about = { name, type, kind, ...stored };
  // What this desk stored may be of a wider type, but no value that does not fit.
  const typed = shape.get(stored.key) === duckType ? stored.key : `CAST(${stored.key} AS ${duckType})`;
  const own = stored.typed ? typed : shape.has(valueName(index)) ? valueName(index) : undefined;
  return { ...about, value: own ?? value(stored.key), order: own ?? order(stored.key) };
}

/** The columns of a result in a table of that shape. */
export const cellsOf = (columns: ResultColumn[], shape: Shape): Cell[] => columns.map((column, index) => oneCell(column, index, shape));

/** A table's rows as the texts Athena wrote, under the stored names. */
export const asTexts = (table: string, cells: Cell[]): string =>
  cells.some(({ typed }) => typed) ? `(SELECT ${cells.map(({ text }, i) => `${text} AS ${storedName(i)}`).join(', ')} FROM ${table})` : table;
