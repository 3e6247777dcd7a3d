import type { DuckDBConnection } from '@duckdb/node-api';
import type { ChartNote, ChartWindow } from '../../../../shared/contract/charts.ts';
import type { Field, Fields, MeasureField } from './fields.ts';

/** The columns a chart needs, typed once, for the statements that follow: x, xs (as stored), sv and st (the same of the series), y0 …, z. */
export interface Source {
  connection: DuckDBConnection;
  fields: Fields;
  /** Rows that have an x (where there is one) inside the window. */
  rows: number;
  /** Of x, as numbers: ms or values. */
  min: number;
  max: number;
  notes: ChartNote[];
}

export const SOURCE = 'temp.chart_source';
/** ms since 1970 of a TIMESTAMP. */
export const millis = (time: string): string => `CAST(epoch_ms(${time}) AS DOUBLE)`;

/** A number inside SQL; DuckDB has no literal for what is beyond a DOUBLE. */
export const sqlNumber = (value: number): string => (Number.isFinite(value) ? `CAST(${value} AS DOUBLE)` : value > 0 ? '1.7e308' : '-1.7e308');

const isFinite = ({ floating, role }: Field, column: string): string => (floating || role === 'time' ? `isfinite(${column})` : 'true');

/** What is stored of a measure: enough to aggregate it. NaN and infinity are no values. */
function measured({ aggregate, field }: MeasureField, asDouble: boolean): string {
  if (!field) return '1';
  if (aggregate === 'count') return `CASE WHEN ${field.key} IS NOT NULL THEN 1 END`;
  if (aggregate === 'distinct') return field.key;
  if (field.floating) return `CASE WHEN isfinite(${field.value}) THEN ${field.value} END`;
  return asDouble && field.role === 'number' ? `CAST(${field.value} AS DOUBLE)` : field.value;
}

/** First row of a query, as numbers (NULL: NaN). */
export async function numbersOf(connection: DuckDBConnection, sql: string): Promise<number[]> {
  const columns = (await connection.runAndReadAll(sql)).getColumns();
  return columns.map(([value]) => (value === null || value === undefined ? Number.NaN : Number(value)));
}

/** Rows lost to a column, by reason. `there`: its text is not NULL. */
function losses(field: Field, column: string, there: string): string[] {
  const finite = isFinite(field, column);
  return [`count(*) FILTER (NOT ${there})`, `count(*) FILTER (${there} AND ${column} IS NULL)`, `count(*) FILTER (${column} IS NOT NULL AND NOT ${finite})`];
}

export interface SourceRequest {
  table: string;
  fields: Fields;
  window: ChartWindow | undefined;
  /** Exact sums overflowed: numbers as DOUBLE. */
  asDouble: boolean;
}

/** Reads and types what the chart needs, once. Dropped by `dropSource`. */
export async function createSource(connection: DuckDBConnection, { table, fields, window, asDouble }: SourceRequest): Promise<Source> {
  await dropSource(connection);
  const { x, y, series, size } = fields;
  const list = [
    ...(x ? [`${x.role === 'number' ? `CAST(${x.value} AS DOUBLE)` : x.value} AS x`, `${x.key} AS xs`] : []),
    ...(series ? [`${series.role === 'number' ? `CAST(${series.value} AS DOUBLE)` : series.value} AS sv`, `${series.key} AS st`] : []),
    ...y.flatMap((one, i) => [`${measured(one, asDouble)} AS y${i}`, ...(one.field ? [`${one.field.key} IS NOT NULL AS there${i}`] : [])]),
    ...(size ? [`CAST(${size.value} AS DOUBLE) AS z`] : []),
  ];
  const inside = x && window && x.role !== 'text' ? `WHERE ${x.role === 'time' ? millis('x') : 'x'} BETWEEN ${sqlNumber(window.from)} AND ${sqlNumber(window.to)}` : '';
  await connection.run(`CREATE TEMP TABLE chart_source AS SELECT * FROM (SELECT ${list.length > 0 ? list.join(', ') : '1'} FROM ${table}) ${inside}`);

  const notes: ChartNote[] = [];
  const note = (code: ChartNote['code'], count: number) => {
    if (!(count > 0)) return;
    const known = notes.find((one) => one.code === code);
    if (known) known.count += count;
    else notes.push({ code, count });
  };
  // NULL is a group of a text axis, and no place on a time or number axis.
  const placed = x !== undefined && x.role !== 'text';
  const lost = [...(placed ? losses(x, 'x', 'xs IS NOT NULL') : []), ...y.flatMap(({ aggregate, field }, i) => (field && aggregate !== 'count' ? measureLosses(field, i, aggregate === 'distinct') : []))];
  const bounds = placed ? [`min(${x.role === 'time' ? millis('x') : 'x'}) FILTER (${isFinite(x, 'x')})`, `max(${x.role === 'time' ? millis('x') : 'x'}) FILTER (${isFinite(x, 'x')})`] : ['0', '0'];
  const [rows = 0, min = 0, max = 0, ...counts] = await numbersOf(connection, `SELECT count(*), ${bounds.join(', ')}${lost.map((one) => `, ${one}`).join('')} FROM ${SOURCE}`);
  for (let at = 0; at + 2 < counts.length; at += 3) {
    note(placed && at === 0 ? 'xMissing' : 'yMissing', counts[at]!);
    note('unreadable', counts[at + 1]!);
    note('notFinite', counts[at + 2]!);
  }
  if (placed) await connection.run(`DELETE FROM ${SOURCE} WHERE x IS NULL OR NOT ${isFinite(x, 'x')}`);
  return { connection, fields, rows, min, max, notes };
}

/** A measure's column is NULL for NaN and infinity too, so these are told by what the text reads. */
function measureLosses(field: Field, i: number, asText: boolean): string[] {
  if (asText) return [`count(*) FILTER (NOT there${i})`, '0', '0'];
  const lost = `count(*) FILTER (there${i} AND y${i} IS NULL)`;
  return [`count(*) FILTER (NOT there${i})`, field.floating ? '0' : lost, field.floating ? lost : '0'];
}

export async function dropSource(connection: DuckDBConnection): Promise<void> {
  for (const table of ['chart_source', 'chart_groups', 'chart_series']) await connection.run(`DROP TABLE IF EXISTS temp.${table}`);
}
