import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { athenaCsv } from '../../../electron/results/athenaCsv.ts';
import type { ChartData, ChartSpec, ChartWindow } from '../../../shared/contract/charts.ts';
import type { ResultColumn } from '../../../shared/contract/results.ts';
import { startTestEngine, type TestEngine } from '../../support/resultsEngine.ts';

let tester: TestEngine;
beforeAll(async () => {
  tester = await startTestEngine();
});
afterAll(() => tester.close());

type Spec = Pick<ChartSpec, 'kind'> & Partial<ChartSpec>;
const full = (spec: Spec): ChartSpec => ({ bucket: 'auto', y: [], limit: 20, other: true, sort: 'valueDown', log: false, ...spec });
interface Stored {
  file: string;
  columns: ResultColumn[];
}
const draw = ({ file, columns }: Stored, spec: Spec, more: { window?: ChartWindow; width?: number } = {}): Promise<ChartData> => tester.engine.call('chart', { file, columns, spec: full(spec), width: 800, ...more });
const store = async (columns: ResultColumn[], rows: (string | null)[][]): Promise<Stored> => ({ ...(await tester.load(athenaCsv([columns.map(({ name }) => name), ...rows]), columns)), columns });
/** x → y of the first series of a measure. */
const points = ({ series }: ChartData, measure = 0, name?: string | null) => {
  const one = series.find((each) => each.measure === measure && (name === undefined || each.name === name))!;
  return Object.fromEntries(one.x.map((x, i) => [String(x), one.y[i]]));
};

/** A million rows whose answers DuckDB itself can give: at (ms apart by 7 minutes), value, place, amount. */
const MILLION = 1_000_000;
const MADE = `SELECT TIMESTAMP '1969-06-01 00:00:00' + INTERVAL 7 MINUTE * i AS "at", CASE WHEN i % 1000 = 0 THEN NULL ELSE round(sin(i / 5000.0) * 100 + (hash(i) % 100) / 10.0, 3) END AS value,
  'place ' || (hash(i) % 50) AS place, CAST((hash(i * 3) % 100000) / 100.0 AS DECIMAL(12,2)) AS amount FROM range(${MILLION}) t(i)`;
const MILLION_COLUMNS = [
  { name: 'at', type: 'timestamp(3)' },
  { name: 'value', type: 'double' },
  { name: 'place', type: 'varchar' },
  { name: 'amount', type: 'decimal(12,2)' },
];

describe('a million rows', () => {
  let million: Stored;
  let peer: Awaited<ReturnType<DuckDBInstance['connect']>>;
  const truth = async (sql: string): Promise<unknown[][]> => (await peer.runAndReadAll(sql)).getRows();

  beforeAll(async () => {
    peer = await (await DuckDBInstance.create(':memory:')).connect();
    await peer.run(`CREATE TABLE made AS ${MADE}`);
    await peer.run(`COPY (SELECT strftime("at", '%Y-%m-%d %H:%M:%S.000') AS "at", CAST(value AS VARCHAR) AS value, place, CAST(amount AS VARCHAR) AS amount FROM made) TO '${tester.dir}/made.csv' (FORMAT csv, HEADER true, FORCE_QUOTE *)`);
    const { readFile } = await import('node:fs/promises');
    million = { ...(await tester.load(await readFile(`${tester.dir}/made.csv`), MILLION_COLUMNS)), columns: MILLION_COLUMNS };
  }, 120_000);

  test('groups, their rest and their order are those of SQL', async () => {
    const data = await draw(million, { kind: 'bar', x: 'place', y: [{ aggregate: 'sum', column: 'amount' }, { aggregate: 'avg', column: 'value' }, { aggregate: 'count' }, { aggregate: 'distinct', column: 'amount' }], limit: 7 });
    const expected = await truth(`SELECT place, CAST(sum(amount) AS VARCHAR), CAST(avg(value) AS DOUBLE), CAST(count(*) AS VARCHAR), CAST(count(DISTINCT amount) AS VARCHAR) FROM made GROUP BY 1 ORDER BY sum(amount) DESC LIMIT 7`);
    const rest = await truth(`SELECT CAST(sum(amount) AS VARCHAR), CAST(count(*) AS VARCHAR) FROM made WHERE place NOT IN (${expected.map(([place]) => `'${String(place)}'`).join(', ')})`);
    expect(data.x).toEqual({ kind: 'text', other: true });
    expect(data.series[0]!.x).toEqual([...expected.map(([place]) => place), null]);
    expect(data.series[0]!.y).toEqual([...expected.map(([, sum]) => sum), rest[0]![0]]);
    expected.forEach(([, , avg], i) => expect(Number(data.series[1]!.y[i])).toBeCloseTo(avg as number, 9));
    expect(data.series[2]!.y).toEqual([...expected.map(([, , , count]) => count), rest[0]![1]]);
    expect(data.series[3]!.y.slice(0, 7)).toEqual(expected.map(([, , , , distinct]) => distinct));
    expect(data.notes).toEqual([{ code: 'yMissing', count: 1000 }, { code: 'otherGroups', count: 43 }]);
  });

  test('times are cut into buckets, before 1970 too, and equal date_trunc', async () => {
    const data = await draw(million, { kind: 'line', x: 'at', bucket: 'month', y: [{ aggregate: 'median', column: 'value' }, { aggregate: 'count' }] });
    const expected = await truth(`SELECT CAST(epoch_ms(date_trunc('month', "at")) AS DOUBLE), CAST(median(value) AS VARCHAR), CAST(count(*) AS VARCHAR) FROM made GROUP BY 1 ORDER BY 1`);
    expect(data.x).toMatchObject({ kind: 'time', bucket: 'month' });
    expect(data.series[0]!.x).toEqual(expected.map(([at]) => at));
    expect(data.series[0]!.x[0]).toBeLessThan(0);
    expect(data.series[0]!.y).toEqual(expected.map(([, median]) => median));
    expect(data.series[1]!.y).toEqual(expected.map(([, , count]) => count));
  });

  test('whatever is asked for, some thousand points come', async () => {
    const size = ({ series }: ChartData) => series.reduce((sum, { x }) => sum + x.length, 0);
    const specs: Spec[] = [
      { kind: 'line', x: 'at', y: [{ aggregate: 'value', column: 'value' }] },
      { kind: 'line', x: 'at', bucket: 'minute', y: [{ aggregate: 'count' }] },
      { kind: 'line', x: 'value', y: [{ aggregate: 'count' }], series: 'place' },
      { kind: 'scatter', x: 'amount', y: [{ aggregate: 'value', column: 'value' }] },
      { kind: 'bar', x: 'amount', y: [{ aggregate: 'count' }] },
      { kind: 'bar', x: 'at', y: [{ aggregate: 'count' }], series: 'amount' },
      { kind: 'heatMap', x: 'at', series: 'amount', y: [{ aggregate: 'count' }] },
      { kind: 'histogram', x: 'value' },
      { kind: 'pie', x: 'place', y: [{ aggregate: 'sum', column: 'amount' }], limit: 5 },
    ];
    for (const spec of specs) expect(size(await draw(million, spec)), JSON.stringify(spec)).toBeLessThanOrEqual(20_000);
  });

  test('a line of all rows keeps the first, last, smallest and largest, and says it is one of fewer points', async () => {
    const data = await draw(million, { kind: 'line', x: 'at', y: [{ aggregate: 'value', column: 'value' }] });
    const [[low, high, first, last]] = (await truth(`SELECT CAST(min(value) AS VARCHAR), CAST(max(value) AS VARCHAR), CAST(arg_min(value, "at") AS VARCHAR), CAST(arg_max(value, "at") AS VARCHAR) FROM made`)) as [string[]];
    const { x, y } = data.series[0]!;
    expect([y[0], y.at(-1)]).toEqual([first, last]);
    expect(y).toContain(low);
    expect(y).toContain(high);
    expect(x).toEqual([...x].sort((a, b) => Number(a) - Number(b)));
    expect(data.notes).toContainEqual({ code: 'downsampled', count: x.length });
  });

  test('a scatter loses no row: its cells hold them all', async () => {
    const data = await draw(million, { kind: 'scatter', x: 'amount', y: [{ aggregate: 'value', column: 'value' }] });
    expect(data.series[0]!.count!.reduce((sum, count) => sum + count, 0)).toBe(MILLION - 1000);
    expect(data.notes.map(({ code }) => code)).toEqual(['yMissing', 'binned']);
  });

  test('a zoom asks only for what it shows, more finely', async () => {
    const window = { from: Date.UTC(1975, 0, 1), to: Date.UTC(1975, 0, 3) };
    const data = await draw(million, { kind: 'line', x: 'at', y: [{ aggregate: 'count' }] }, { window });
    const [[rows]] = (await truth(`SELECT CAST(count(*) AS INTEGER) FROM made WHERE "at" BETWEEN '1975-01-01' AND '1975-01-03'`)) as [[number]];
    expect(data.rows).toBe(rows);
    expect(data.x.bucket).toBe('minute15');
    expect(data.series[0]!.y.reduce((sum, y) => sum + Number(y), 0)).toBe(rows);
  });

  test('a bucket too fine for the span is made coarser, and that is said', async () => {
    const data = await draw(million, { kind: 'bar', x: 'at', bucket: 'minute', y: [{ aggregate: 'count' }] });
    expect(data.notes).toContainEqual({ code: 'coarsened', count: 1 });
    expect(data.series[0]!.x.length).toBeLessThanOrEqual(2000);
  });

  test('a histogram holds every finite value once', async () => {
    const data = await draw(million, { kind: 'histogram', x: 'value' });
    expect(data.series[0]!.y.reduce((sum, y) => sum + Number(y), 0)).toBe(MILLION - 1000);
    const counted = await truth(`SELECT count(*) FROM made WHERE value >= ${String(data.series[0]!.x[3])} AND value < ${String(data.series[0]!.x[4])}`);
    expect(data.series[0]!.y[3]).toBe(String(counted[0]![0]));
  });
});

test('NULL is a group of its own on a text axis, told from the empty string', async () => {
  const rows = await store([{ name: 'a', type: 'varchar' }], [['x'], [null], [''], [null], ['NULL']]);
  expect(points(await draw(rows, { kind: 'bar', x: 'a' }))).toEqual({ null: '2', x: '1', '': '1', NULL: '1' });
});

test('NaN and infinity are no values: they are left out and counted', async () => {
  const rows = await store([{ name: 'a', type: 'varchar' }, { name: 'v', type: 'double' }], [['x', '1.5'], ['x', 'NaN'], ['x', 'Infinity'], ['x', null], ['x', '2.5']]);
  const data = await draw(rows, { kind: 'bar', x: 'a', y: [{ aggregate: 'sum', column: 'v' }] });
  expect(points(data)).toEqual({ x: '4.0' });
  expect(data.notes).toEqual([{ code: 'yMissing', count: 1 }, { code: 'notFinite', count: 2 }]);
  const scattered = await draw(rows, { kind: 'histogram', x: 'v' });
  expect(scattered.series[0]!.y.reduce((sum, y) => sum + Number(y), 0)).toBe(2);
  expect(scattered.notes).toEqual([{ code: 'xMissing', count: 1 }, { code: 'notFinite', count: 2 }]);
});

test('integers beyond 2^53 and decimals are exact, and said to be drawn rounded', async () => {
  const rows = await store([{ name: 'a', type: 'varchar' }, { name: 'big', type: 'bigint' }, { name: 'd', type: 'decimal(38,10)' }], [['x', '9007199254740993', '0.1000000001'], ['x', '9223372036854775807', '12345678901234567890.0000000001']]);
  const data = await draw(rows, { kind: 'bar', x: 'a', y: [{ aggregate: 'sum', column: 'big' }, { aggregate: 'sum', column: 'd' }, { aggregate: 'max', column: 'big' }] });
  expect(data.series.map(({ y }) => y[0])).toEqual(['9232379236109516800', '12345678901234567890.1000000002', '9223372036854775807']);
  expect(data.notes.map(({ code }) => code)).toContain('rounded');
});

test('sums beyond 38 digits are computed as floating point, not refused', async () => {
  const huge = `${'9'.repeat(38)}`;
  const rows = await store([{ name: 'a', type: 'varchar' }, { name: 'd', type: 'decimal(38,0)' }], [['x', huge], ['x', huge]]);
  expect(Number(points(await draw(rows, { kind: 'bar', x: 'a', y: [{ aggregate: 'sum', column: 'd' }] })).x)).toBeCloseTo(2e38, -30);
});

test('a value asked for as it is, is; rows that share a place are added up, and that is said', async () => {
  const columns = [{ name: 'a', type: 'varchar' }, { name: 'n', type: 'integer' }];
  const once = await draw(await store(columns, [['x', '3'], ['y', '4']]), { kind: 'bar', x: 'a', y: [{ aggregate: 'value', column: 'n' }] });
  expect(points(once)).toEqual({ y: '4', x: '3' });
  expect(once.notes).toEqual([]);
  const twice = await draw(await store(columns, [['x', '3'], ['x', '4']]), { kind: 'bar', x: 'a', y: [{ aggregate: 'value', column: 'n' }] });
  expect(points(twice)).toEqual({ x: '7' });
  expect(twice.notes).toEqual([{ code: 'repeated', count: 2 }]);
});

test('the average of the rest is that of its rows, not of its groups', async () => {
  const rows = await store([{ name: 'a', type: 'varchar' }, { name: 'n', type: 'integer' }], [['x', '100'], ['y', '1'], ['y', '1'], ['y', '1'], ['z', '5']]);
  expect(points(await draw(rows, { kind: 'bar', x: 'a', limit: 1, y: [{ aggregate: 'avg', column: 'n' }] }))).toEqual({ x: '100.0', null: '2.0' });
});

test('series beyond ten are one more, and a missing combination is no bar', async () => {
  const rows = await store([{ name: 'a', type: 'varchar' }, { name: 's', type: 'varchar' }], Array.from({ length: 13 }, (_, i) => Array.from({ length: 13 - i }, () => ['x', `s${i}`])).flat().concat([['y', 's0']]));
  const data = await draw(rows, { kind: 'stackedBar', x: 'a', series: 's' });
  expect(data.series.map(({ name, other }) => (other ? 'other' : name))).toEqual([...Array.from({ length: 10 }, (_, i) => `s${i}`), 'other']);
  expect(data.series.at(-1)!.y[0]).toBe(String(3 + 2 + 1));
  expect(data.series[1]!.y).toEqual(['12', null]);
  expect(data.notes).toContainEqual({ code: 'otherSeries', count: 3 });
});

test('numbers stand in their own order, few of them value by value', async () => {
  const rows = await store([{ name: 'hour', type: 'integer' }], ['10', '9', '2', '10'].map((hour) => [hour]));
  const data = await draw(rows, { kind: 'bar', x: 'hour', sort: 'xUp' });
  expect(data.series[0]!.x).toEqual(['2', '9', '10']);
});

test('an empty bucket counts 0 and averages nothing', async () => {
  const rows = await store([{ name: 'd', type: 'date' }, { name: 'n', type: 'integer' }], [['1969-12-30', '1'], ['1970-01-02', '3']]);
  const data = await draw(rows, { kind: 'bar', x: 'd', bucket: 'day', y: [{ aggregate: 'count' }, { aggregate: 'avg', column: 'n' }] });
  expect(data.series[0]!.x).toEqual([-2, -1, 0, 1].map((day) => day * 86_400_000));
  expect(data.series[0]!.y).toEqual(['1', '0', '0', '1']);
  expect(data.series[1]!.y).toEqual(['1.0', null, null, '3.0']);
});

test('times with a zone are placed by their instant, in UTC', async () => {
  const rows = await store([{ name: 't', type: 'timestamp(3) with time zone' }], [['2024-01-01 08:30:00.000 Asia/Seoul'], ['2023-12-31 23:45:00.000 UTC']]);
  const data = await draw(rows, { kind: 'line', x: 't', bucket: 'hour' });
  expect(data.x.utc).toBe(true);
  expect(data.series[0]).toMatchObject({ x: [Date.UTC(2023, 11, 31, 23)], y: ['2'] });
});

const EVERY_TYPE: [type: string, values: (string | null)[]][] = [
  ['boolean', ['true', 'false', null]],
  ['tinyint', ['1', '-128', null]],
  ['smallint', ['1', '2', null]],
  ['integer', ['1', '2', null]],
  ['bigint', ['-9223372036854775808', '9223372036854775807', null]],
  ['real', ['1.5', 'NaN', null]],
  ['double', ['1.7976931348623157E308', '-1.7976931348623157E308', null]],
  ['decimal(10,2)', ['1.50', '-2.25', null]],
  ['varchar', ['a', '', null]],
  ['char(3)', ['a  ', 'b  ', null]],
  ['varbinary', ['61 62', '', null]],
  ['date', ['0001-01-01', '9999-12-31', null]],
  ['time(3)', ['00:00:00.000', '23:59:59.999', null]],
  ['timestamp(3)', ['1582-10-15 00:00:00.000', '2024-02-29 12:00:00.000', null]],
  ['timestamp(3) with time zone', ['1900-01-01 00:00:00.000 UTC', '2024-02-29 12:00:00.000 Asia/Seoul', null]],
  ['interval day to second', ['1 00:00:00.000', '0 00:00:01.000', null]],
  ['array(integer)', ['[1, 2]', '[]', null]],
  ['map(varchar,integer)', ['{a=1}', '{}', null]],
  ['row(a integer)', ['{a=1}', '{a=2}', null]],
  ['json', ['{"a":1}', '1', null]],
];

test.each(EVERY_TYPE)('a column of %s can be drawn, as x, as colour and as a value', async (type, values) => {
  const rows = await store([{ name: 'v', type }, { name: 'n', type: 'integer' }], values.map((value, i) => [value, String(i)]));
  for (const kind of ['bar', 'stackedBar', 'pie', 'line', 'area'] as const) {
    const data = await draw(rows, { kind, x: 'v' });
    const counted = data.series[0]!.y.reduce((sum, y) => sum + Number(y), 0);
    const out = data.notes.reduce((sum, { code, count }) => sum + (/xMissing|notFinite|unreadable/.test(code) ? count : 0), 0);
    expect(counted + out, kind).toBe(3);
  }
  await draw(rows, { kind: 'bar', x: 'n', series: 'v' });
  await draw(rows, { kind: 'heatMap', x: 'n', series: 'v' });
  expect((await draw(rows, { kind: 'number', y: [{ aggregate: 'distinct', column: 'v' }, { aggregate: 'count', column: 'v' }] })).series.map(({ y }) => y[0])).toEqual(['2', '2']);
  expect((await draw(rows, { kind: 'number', y: [{ aggregate: 'max', column: 'v' }] })).series[0]!.y[0]).not.toBeNull();
});

test('a column that is not there is named; so is a text that should be added up', async () => {
  const rows = await store([{ name: 'a', type: 'varchar' }], [['x']]);
  await expect(draw(rows, { kind: 'bar', x: 'b' })).rejects.toMatchObject({ code: 'BadInput', message: expect.stringContaining('“b”') });
  await expect(draw(rows, { kind: 'bar', x: 'a', y: [{ aggregate: 'sum', column: 'a' }] })).rejects.toMatchObject({ code: 'BadInput', message: expect.stringContaining('no numbers') });
  await expect(draw(rows, { kind: 'scatter', x: 'a', y: [{ aggregate: 'value', column: 'a' }] })).rejects.toMatchObject({ code: 'BadInput' });
});

test('no rows are no points, not an error', async () => {
  const rows = await store([{ name: 'a', type: 'timestamp(3)' }, { name: 'n', type: 'integer' }], []);
  for (const kind of ['line', 'bar', 'scatter', 'histogram', 'pie'] as const) {
    const data = await draw(rows, { kind, x: 'a', y: [{ aggregate: 'value', column: 'n' }] });
    expect(data.series.every(({ x }) => x.length === 0), kind).toBe(true);
  }
});

test('repeated names are told apart', async () => {
  const rows = await store([{ name: 'a', type: 'varchar' }, { name: 'a', type: 'integer' }], [['x', '3']]);
  expect(points(await draw(rows, { kind: 'bar', x: 'a', y: [{ aggregate: 'sum', column: 'a_2' }] }))).toEqual({ x: '3' });
});

test('what a proposal is made from: NULLs and different values of every column', async () => {
  const rows = await store([{ name: 'a', type: 'varchar' }, { name: 'n', type: 'integer' }], [['x', '1'], ['x', null], [null, '2']]);
  expect(await tester.engine.call('chartFacts', { file: rows.file, columns: 2, rows: 3 })).toEqual({ sampled: 3, rows: 3, columns: [{ nulls: 1, distinct: 1 }, { nulls: 1, distinct: 2 }] });
});
