import type { DuckDBConnection } from '@duckdb/node-api';
import { mostPivotColumns, mostPivotRows, type PivotSpec, type ResultColumn } from '../../../shared/contract/resultViews.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Call } from '../../processes/child.ts';
import { cellsOf, type Cell } from './cells.ts';
import type { Database } from './database.ts';
import { exactScale } from './decimal.ts';
import { where } from './filter.ts';
import type { EngineMethods } from './protocol.ts';
import { extremeText } from './stats.ts';
import { literal, storedName, valueType } from './types.ts';
import { assertChecks, writeAside } from './view.ts';

interface Value {
  name: string;
  type: string;
  sql: string;
}

/** `sum(delay)`: its SQL, as text, and what Trino would call its type. */
function valueOf({ column, aggregate }: PivotSpec['values'][number], cells: Cell[]): Value {
  if (column === undefined) {
    if (aggregate !== 'count') throw new AppError('BadInput', `A pivot needs a column to take the ${aggregate} of.`);
    return { name: 'count(*)', type: 'bigint', sql: 'count(*)' };
  }
  const cell = cells[column];
  if (!cell) throw new AppError('BadInput', `The result has no column ${column}.`);
  const { kind, key, value } = cell;
  const named = (type: string, sql: string): Value => ({ name: `${aggregate === 'countDistinct' ? 'count distinct' : aggregate}(${cell.name})`, type, sql });
  if (aggregate === 'count') return named('bigint', `count(${key})`);
  if (aggregate === 'countDistinct') return named('bigint', `count(DISTINCT ${key})`);
  if (aggregate === 'min' || aggregate === 'max') return named(cell.type, extremeText(aggregate, cell));
  if (kind !== 'number') throw new AppError('BadInput', `The ${aggregate} of ${cell.name} cannot be taken: it is ${cell.type}, not a number.`);
  if (aggregate === 'average') return named('double', `avg(CAST(${value} AS DOUBLE))`);
  const scale = exactScale(cell.type);
  return scale === undefined ? named('double', `sum(CAST(${value} AS DOUBLE))`) : named(`decimal(38,${scale})`, `sum(${value})`);
}

/** What a row or column of totals is called, as `NULL` and `(empty)` are: not in the language of the window. */
const TOTAL = 'Total';

const shown = (value: string | null): string => (value === null ? 'NULL' : value === '' ? '(empty)' : value);
/** Of groups, whose keys have names of their own. */
const orderOf = (places: number[], cells: Cell[], nameOf: (place: number) => string) =>
  places.map((place) => `${cells[place]!.typed ? nameOf(place) : valueType(cells[place]!.type).order(nameOf(place))} NULLS LAST, ${nameOf(place)}`).join(', ');
const same = (cell: string, value: string | null) => (value === null ? `${cell} IS NULL` : `${cell} = ${literal(value)}`);

/** The combinations of values that become columns, in their order. */
async function heads(connection: DuckDBConnection, from: string, spec: PivotSpec, cells: Cell[]): Promise<(string | null)[][]> {
  if (spec.columns.length === 0) return [[]];
  const most = Math.floor((mostPivotColumns - spec.rows.length) / spec.values.length) - (spec.totals ? 1 : 0);
  const keys = spec.columns.map((place) => cells[place]!.key).join(', ');
  const texts = spec.columns.map((place) => cells[place]!.text).join(', ');
  const found = (await connection.runAndReadAll(`SELECT ${texts} FROM (SELECT DISTINCT ${keys} FROM ${from}) ORDER BY ${orderOf(spec.columns, cells, storedName)} LIMIT ${most + 1}`)).getRows();
  if (found.length > most) {
    const names = spec.columns.map((place) => cells[place]!.name).join(' and ');
    throw new AppError('BadInput', `${names} would make more than ${most.toLocaleString('en')} columns.`, { detail: 'Put it into the rows, or filter the result first.' });
  }
  return found as (string | null)[][];
}

/** How a pivot is grouped; with totals also over all rows, over all columns, and over both, and what tells these apart. */
function groupings(rows: string[], headings: string[], totals: boolean): { sets: string; inRow?: string; inColumn?: string } {
  const all = [...rows, ...headings];
  if (all.length === 0) return { sets: '' };
  if (!totals) return { sets: ` GROUP BY ${all.join(', ')}` };
  const sets = [all, ...(rows.length > 0 && headings.length > 0 ? [rows, headings] : []), []];
  const over = (keys: string[]) => (keys.length > 0 ? `GROUPING(${keys[0]}) = 1` : undefined);
  return { sets: ` GROUP BY GROUPING SETS (${sets.map((set) => `(${set.join(', ')})`).join(', ')})`, inRow: over(rows), inColumn: over(headings) };
}

function assertPlaces({ rows, columns: heading }: PivotSpec, columns: ResultColumn[]): void {
  const unknown = [...rows, ...heading].find((place) => place >= columns.length);
  if (unknown !== undefined) throw new AppError('BadInput', `The result has no column ${unknown}.`);
}

/** Writes the pivot of the rows that pass. It is grouped once by rows and columns; what is small then is turned. */
export async function writePivot(database: Database, { file, target, columns, spec }: EngineMethods['pivot']['args'], call: Call): Promise<EngineMethods['pivot']['value']> {
  assertPlaces(spec, columns);
  let made: ResultColumn[] = [];
  const written = await database.use(file, (_reading, table, shape) => {
    const cells = cellsOf(columns, shape);
    const values = spec.values.map((value) => valueOf(value, cells));
    return writeAside(
      database,
      target,
      async (connection) => {
        const { sql, checks } = where(cells, spec);
        await assertChecks(connection, checks);
        const from = `${table}${sql}`;
        const combinations = await heads(connection, from, spec, cells);
        const rows = spec.rows.map(storedName);
        // By names of their own: a column may stand in rows and columns.
        const headings = spec.columns.map((place) => `h${place}`);
        const headed = headings.length > 0 ? `(SELECT *, ${spec.columns.map((place) => `${storedName(place)} AS h${place}`).join(', ')} FROM ${from})` : from;
        const { sets, inRow, inColumn } = groupings(rows, headings, spec.totals ?? false);
        const turnedBy = (head: string, test: string) =>
          values.map(({ name, type }, v) => ({ name: head === '' ? name : values.length === 1 ? head : `${head} · ${name}`, type, sql: `any_value(a${v})${test ? ` FILTER (${test})` : ''}` }));
        const turned = [
          ...combinations.flatMap((combination) => turnedBy(combination.map(shown).join(' / '), [...(inColumn ? ['NOT in_column'] : []), ...spec.columns.map((place, i) => same(`h${place}`, combination[i]!))].join(' AND '))),
          ...(inColumn ? turnedBy(TOTAL, 'in_column') : []),
        ];
        made = [...spec.rows.map((place, i) => (inRow && i === 0 ? { ...columns[place]!, type: 'varchar' } : columns[place]!)), ...turned.map(({ name, type }) => ({ name, type }))];
        const printed = spec.rows.map((place, i) => {
          const text = cells[place]!.print(`g.${storedName(place)}`);
          return inRow && i === 0 ? `CASE WHEN g.in_row THEN ${literal(TOTAL)} ELSE ${text} END` : text;
        });
        const list = [...printed, ...turned.map(({ sql: one }) => one)].map((one, i) => `${one} AS ${storedName(i)}`).join(', ');
        const flags = [inRow && `${inRow} AS in_row`, inColumn && `${inColumn} AS in_column`].filter((one) => one !== undefined);
        const inner = `SELECT ${[...rows, ...headings, ...flags, ...values.map((value, v) => `CAST(${value.sql} AS VARCHAR) AS a${v}`)].join(', ')} FROM ${headed}${sets}`;
        const count = rows.length === 0 ? 1 : Number((await connection.runAndReadAll(`SELECT count(*) FROM (SELECT DISTINCT ${rows.join(', ')} FROM ${from})`)).getRows()[0]![0]);
        if (count > mostPivotRows) throw new AppError('BadInput', `The pivot would have ${count.toLocaleString('en')} rows; ${mostPivotRows.toLocaleString('en')} are the most.`, { detail: 'Choose fewer or coarser rows.' });
        const [byTotal, inOrder] = inRow ? [', g.in_row', 'g.in_row, '] : ['', ''];
        return `SELECT ${list} FROM (${inner}) AS g${rows.length > 0 ? ` GROUP BY ${rows.map((row) => `g.${row}`).join(', ')}${byTotal} ORDER BY ${inOrder}${orderOf(spec.rows, cells, (place) => `g.${storedName(place)}`)}` : ''}`;
      },
      call,
    );
  });
  return { ...written, columns: made };
}
