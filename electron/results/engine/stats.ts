import type { SelectionStats } from '../../../shared/contract/resultAnalysis.ts';
import type { Call } from '../../processes/child.ts';
import { cellsOf, type Cell } from './cells.ts';
import type { Database } from './database.ts';
import { addDecimals, decimalText, divideDecimal, exactScale, parseDecimal, shortened, type Decimal } from './decimal.ts';
import type { EngineMethods } from './protocol.ts';
import { valueType } from './types.ts';

/** More cells than this are not each remembered to count the distinct ones. */
export const MOST_EXACT_DISTINCT = 20_000_000;

interface ColumnStats {
  type: string;
  nulls: number;
  numbers: number;
  sum: string | null;
  min: string | null;
  max: string | null;
}

const isNumber = (type: string) => valueType(type).kind === 'number';

/** Runs a query that sums exactly; `rough`, as floats, where 38 digits do not hold a sum. */
export async function exactFirst<T>(query: (rough: boolean) => Promise<T>): Promise<T> {
  return query(false).catch((error: unknown) => {
    if (!/out of range|overflow/i.test(String(error))) throw error;
    return query(true);
  });
}

/** NaN and Infinity take no part in sums. */
function sumOf({ type, value }: Cell, rough: boolean): string {
  if (exactScale(type) !== undefined) return `sum(${rough ? `CAST(${value} AS DOUBLE)` : value})`;
  return `fsum(${value}) FILTER (isfinite(${value}))`;
}

const numbersOf = ({ type, value }: Cell) => (exactScale(type) === undefined ? `count(*) FILTER (isfinite(${value}))` : `count(${value})`);

/** The text of the least or greatest value. */
export const extremeText = (which: 'min' | 'max', { key, order, typed, print }: Cell): string => (typed ? print(`${which}(${key})`) : `arg_${which}(${key}, ${order})`);

/** The text of a sum; NULL where no float holds it. */
export const sumText = (sum: string, { type }: Cell): string => (exactScale(type) === undefined ? `CASE WHEN isfinite(${sum}) THEN CAST(${sum} AS VARCHAR) END` : `CAST(${sum} AS VARCHAR)`);

/** One aggregate row for each column: nulls, numbers, sum, min, max. */
function columnList(cells: Cell[], rough: boolean): string {
  return cells
    .flatMap((cell) => {
      const numeric = cell.kind === 'number';
      return [`count(*) - count(${cell.key})`, numeric ? numbersOf(cell) : '0', numeric ? sumText(sumOf(cell, rough), cell) : 'NULL', extremeText('min', cell), extremeText('max', cell)];
    })
    .join(', ');
}

/** Sum and average of all number columns: exact unless floats are among them. */
function total(columns: ColumnStats[]): Pick<SelectionStats, 'numbers' | 'sum' | 'average'> {
  const numeric = columns.filter(({ numbers }) => numbers > 0);
  const numbers = numeric.reduce((count, one) => count + one.numbers, 0);
  if (numbers === 0 || numeric.some(({ sum }) => sum === null)) return { numbers };
  if (numeric.every(({ type }) => exactScale(type) !== undefined)) {
    const sum = numeric.map(({ sum: text }) => parseDecimal(text!)!).reduce(addDecimals, { digits: 0n, scale: 0 } satisfies Decimal);
    return { numbers, sum: decimalText(shortened(sum)), average: decimalText(shortened(divideDecimal(sum, BigInt(numbers), 4))) };
  }
  const sum = numeric.reduce((all, { sum: text }) => all + Number(text), 0);
  if (!Number.isFinite(sum)) return { numbers };
  return { numbers, sum: String(sum), average: String(Number((sum / numbers).toPrecision(12))) };
}

/** Least and greatest of several columns; only where they are of one type, or all numbers. */
function extremes(columns: ColumnStats[]): Pick<SelectionStats, 'min' | 'max'> {
  const [first, ...rest] = columns.filter(({ min }) => min !== null);
  if (!first) return {};
  if (rest.length === 0) return { min: first.min!, max: first.max! };
  const numeric = [first, ...rest].every(({ type }) => isNumber(type));
  // Dates and times of one type sort as their texts do; zones and intervals do not.
  const texts = [first, ...rest].every(({ type }) => type === first.type && !/zone|interval/i.test(type));
  if (!numeric && !texts) return {};
  const less = numeric ? (a: string, b: string) => Number(a) < Number(b) : (a: string, b: string) => a < b;
  return {
    min: rest.reduce((least, { min }) => (less(min!, least) ? min! : least), first.min!),
    max: rest.reduce((most, { max }) => (less(most, max!) ? max! : most), first.max!),
  };
}

/** What the foot says of selected cells, however many. */
export async function selectionStats(database: Database, { file, about, top, bottom, columns }: EngineMethods['stats']['args'], { signal }: Call): Promise<SelectionStats> {
  const rows = bottom - top + 1;
  const count = rows * columns.length;
  const estimate = count > MOST_EXACT_DISTINCT;
  return database.use(
    file,
    async (connection, table, shape) => {
      const all = cellsOf(about, shape);
      const cells = columns.map((place) => all[place]!);
      const from = `FROM ${table} WHERE rowid BETWEEN ${Math.trunc(top)} AND ${Math.trunc(bottom)}`;
      const row = (await exactFirst((rough) => connection.runAndReadAll(`SELECT ${columnList(cells, rough)} ${from}`))).getRows()[0]!;
      const each = columns.map((place, i): ColumnStats => {
        const [nulls, numbers, sum, min, max] = row.slice(i * 5, i * 5 + 5);
        return { type: about[place]!.type, nulls: Number(nulls), numbers: Number(numbers), sum: sum as string | null, min: min as string | null, max: max as string | null };
      });
      const counted = estimate ? 'approx_count_distinct(v)' : 'count(DISTINCT v)';
      const values = cells.length === 1 ? `SELECT ${cells[0]!.key} AS v ${from}` : `SELECT unnest([${cells.map(({ text }) => text).join(', ')}]) AS v ${from}`;
      const distinct = Number((await connection.runAndReadAll(`SELECT ${counted} FROM (${values})`)).getRows()[0]![0]);
      return { cells: count, nulls: each.reduce((sum, { nulls }) => sum + nulls, 0), ...total(each), ...extremes(each), distinct, distinctIsEstimate: estimate };
    },
    signal,
  );
}
