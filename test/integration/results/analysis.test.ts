import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { athenaCsv } from '../../../electron/results/athenaCsv.ts';
import type { ResultColumn } from '../../../shared/contract/resultViews.ts';
import { startTestEngine, varchars, type TestEngine } from '../../support/resultsEngine.ts';

let tester: TestEngine;
let views = 0;
beforeAll(async () => {
  tester = await startTestEngine();
});
afterAll(() => tester.close());

type Rows = (string | null)[][];
const load = (columns: ResultColumn[], rows: Rows) => tester.load(athenaCsv([columns.map(({ name }) => name), ...rows]), columns);
const target = () => path.join(tester.dir, `derived-${views++}.duckdb`);
async function read(file: string, columns: number): Promise<Rows> {
  const { cells } = await tester.engine.call('page', { file, columns, start: 0, count: 1000 });
  return (cells[0] ?? []).map((_, row) => cells.map((column) => column[row]!));
}

async function stats(columns: ResultColumn[], rows: Rows, places = columns.map((_, i) => i), [top, bottom] = [0, rows.length - 1]) {
  const { file } = await load(columns, rows);
  return tester.engine.call('stats', { file, about: columns, top, bottom, columns: places });
}
const typed = (type: string): ResultColumn[] => [{ name: 'x', type }];
const column = (values: (string | null)[]): Rows => values.map((value) => [value]);

test('sums of integers and decimals are exact, whatever their size', async () => {
  expect(await stats(typed('bigint'), column(['9223372036854775807', '9223372036854775807', null, '1']))).toMatchObject({ cells: 4, nulls: 1, numbers: 3, sum: '18446744073709551615', min: '1', max: '9223372036854775807', distinct: 2 });
  expect(await stats(typed('decimal(38,2)'), column(['123456789012345678901234567890.10', '0.05']))).toMatchObject({ sum: '123456789012345678901234567890.15', average: '61728394506172839450617283945.075' });
});

test('floats are summed as floats, NaN and Infinity left out', async () => {
  expect(await stats(typed('double'), column(['1.5', '2.5', 'NaN', 'Infinity']))).toMatchObject({ numbers: 2, sum: '4', average: '2' });
});

test('dates and texts have extremes and no sum; zones compare by instant', async () => {
  expect(await stats(typed('date'), column(['2001-10-01', '2001-09-30']))).toEqual({ cells: 2, nulls: 0, numbers: 0, min: '2001-09-30', max: '2001-10-01', distinct: 2, distinctIsEstimate: false });
  expect(await stats(typed('timestamp with time zone'), column(['2020-01-01 00:00:00.000 UTC', '2020-01-01 01:00:00.000 Asia/Seoul']))).toMatchObject({ min: '2020-01-01 01:00:00.000 Asia/Seoul', max: '2020-01-01 00:00:00.000 UTC' });
});

test('a selection of some rows and columns counts these only; columns that do not compare have no extremes', async () => {
  const columns = [{ name: 'n', type: 'integer' }, ...varchars('t'), { name: 'd', type: 'decimal(3,1)' }];
  const rows = [['1', 'a', '0.5'], ['2', 'b', '1.5'], ['3', 'a', null]];
  expect(await stats(columns, rows, [0, 2], [0, 1])).toEqual({ cells: 4, nulls: 0, numbers: 4, sum: '5', average: '1.25', min: '0.5', max: '2', distinct: 4, distinctIsEstimate: false });
  const mixed = await stats(columns, rows);
  expect(mixed).toMatchObject({ cells: 9, nulls: 1, distinct: 7 });
  expect(mixed).not.toHaveProperty('min');
});

test('a profile tells counts, extremes, quantiles, a histogram of all values and the top values', async () => {
  const values = [...Array.from({ length: 100 }, (_, i) => String(i)), '5', '5', null, null];
  const { file, rows } = await load(typed('integer'), column(values));
  const profile = await tester.engine.call('profile', { file, column: 0, about: typed('integer')[0]!, rows });
  expect(profile).toMatchObject({ rows: 104, nulls: 2, distinct: 100, odd: 0, min: '0', max: '99', sum: '4960', length: null });
  expect(profile.quantiles.find(({ at }) => at === 0.5)).toEqual({ at: 0.5, value: '48' });
  expect(profile.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(102);
  expect(profile.histogram[0]).toEqual({ from: '0', to: '4', count: 5 });
  expect(profile.top.slice(0, 2)).toEqual([{ value: '5', count: 3 }, { value: null, count: 2 }]);
});

test('a column of floats near the largest has an average, a deviation and a histogram; a sum no float holds is left out', async () => {
  const { file, rows } = await load(typed('double'), column(['1.0E300', '-1.0E300', '1.7E308', '1.7E308', 'Infinity', null]));
  const profile = await tester.engine.call('profile', { file, column: 0, about: typed('double')[0]!, rows });
  expect(profile).toMatchObject({ rows: 6, nulls: 1, sum: null });
  expect(Number(profile.mean) / 1e308).toBeCloseTo(0.85, 6);
  expect(Number(profile.deviation) / 1e308).toBeCloseTo(0.98149546, 6);
  expect(profile.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(4);
  expect(await stats(typed('double'), column(['1.7E308', '1.7E308']))).toMatchObject({ numbers: 2, max: '1.7E308' });
  const apart = await load(typed('double'), column(['1.7E308', '-1.7E308']));
  const far = await tester.engine.call('profile', { file: apart.file, column: 0, about: typed('double')[0]!, rows: 2 });
  expect(far).toMatchObject({ mean: '0.0', deviation: null });
  expect(far.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(2);
  expect(far.histogram.at(-1)!.to).toBe('1.7e+308');
});

test('a sum of decimals beyond 38 digits is rough, in a profile and for a selection', async () => {
  const rows = column(['9'.repeat(38), '9'.repeat(38), '5']);
  const { file } = await load(typed('decimal(38,0)'), rows);
  const profile = await tester.engine.call('profile', { file, column: 0, about: typed('decimal(38,0)')[0]!, rows: 3 });
  expect(profile).toMatchObject({ sum: '2e+38', max: '9'.repeat(38) });
  expect(Number(profile.mean) / 1e37).toBeCloseTo(6.6666667, 6);
  expect(await stats(typed('decimal(38,0)'), rows)).toMatchObject({ numbers: 3, sum: `2${'0'.repeat(38)}`, min: '5' });
});

test.each(['varchar', 'boolean', 'date', 'timestamp', 'time', 'double', 'decimal(38,2)', 'timestamp with time zone', 'varbinary', 'array(integer)', 'interval day to second'])('a %s column without a value has a profile', async (type) => {
  const { file, rows } = await load(typed(type), column([null, null]));
  const profile = await tester.engine.call('profile', { file, column: 0, about: typed(type)[0]!, rows });
  expect(profile).toMatchObject({ rows: 2, nulls: 2, distinct: 0, min: null, histogram: [], top: [{ value: null, count: 2 }] });
});

test.each([
  ['date', ['2001-01-01', '2001-01-31']],
  ['timestamp', ['2001-01-01 00:00:00.000', '2001-01-02 00:00:00.000']],
  ['double', ['-1.5', '2.5E3', 'NaN']],
  ['decimal(10,2)', ['1.50', '1.50']],
])('a histogram of %s holds every finite value once', async (type, values) => {
  const { file, rows } = await load(typed(type), column(values));
  const { histogram } = await tester.engine.call('profile', { file, column: 0, about: typed(type)[0]!, rows });
  expect(histogram.reduce((sum, { count }) => sum + count, 0)).toBe(values.filter((value) => value !== 'NaN').length);
});

const SALES = [{ name: 'city', type: 'varchar' }, { name: 'year', type: 'integer' }, { name: 'price', type: 'decimal(10,2)' }];
const SALES_ROWS: Rows = [['Seoul', '2020', '1.10'], ['Seoul', '2021', '2.20'], ['Busan', '2020', '3.30'], ['Seoul', '2020', '4.40'], [null, '2021', null]];

test('a pivot has a row for each value of its rows, a column for each of its columns, and exact sums', async () => {
  const { file } = await load(SALES, SALES_ROWS);
  const to = target();
  const { rows, columns } = await tester.engine.call('pivot', { file, target: to, columns: SALES, spec: { kind: 'pivot', filters: [], search: '', rows: [0], columns: [1], values: [{ column: 2, aggregate: 'sum' }] } });
  expect(columns).toEqual([SALES[0], { name: '2020', type: 'decimal(38,2)' }, { name: '2021', type: 'decimal(38,2)' }]);
  expect(rows).toBe(3);
  expect(await read(to, 3)).toEqual([['Busan', '3.30', null], ['Seoul', '5.50', '2.20'], [null, null, null]]);
});

test('a pivot of several values, of filtered rows, without columns or rows', async () => {
  const { file } = await load(SALES, SALES_ROWS);
  const pivot = async (spec: object) => {
    const to = target();
    const { columns } = await tester.engine.call('pivot', { file, target: to, columns: SALES, spec: { kind: 'pivot', filters: [], search: '', rows: [], columns: [], values: [], ...spec } });
    return [columns.map(({ name }) => name), ...(await read(to, columns.length))];
  };
  expect(await pivot({ rows: [1], values: [{ aggregate: 'count' }, { column: 2, aggregate: 'max' }, { column: 0, aggregate: 'countDistinct' }] })).toEqual([
    ['year', 'count(*)', 'max(price)', 'count distinct(city)'],
    ['2020', '3', '4.40', '2'],
    ['2021', '2', '2.20', '1'],
  ]);
  expect(await pivot({ columns: [0], values: [{ aggregate: 'count' }], filters: [{ column: 1, not: false, test: { kind: 'in', values: ['2020'] } }] })).toEqual([['Busan', 'Seoul'], ['1', '2']]);
});

test('totals of a pivot are of all rows behind them: no average of averages, no sum of distinct counts', async () => {
  const { file } = await load(SALES, SALES_ROWS);
  const pivot = async (spec: object) => {
    const to = target();
    const { columns } = await tester.engine.call('pivot', { file, target: to, columns: SALES, spec: { kind: 'pivot', filters: [], search: '', rows: [], columns: [], values: [{ column: 2, aggregate: 'average' }], totals: true, ...spec } });
    return [columns.map(({ name }) => name), ...(await read(to, columns.length))];
  };
  expect(await pivot({ rows: [0], columns: [1], values: [{ column: 2, aggregate: 'sum' }] })).toEqual([
    ['city', '2020', '2021', 'Total'],
    ['Busan', '3.30', null, '3.30'],
    ['Seoul', '5.50', '2.20', '7.70'],
    [null, null, null, null],
    ['Total', '8.80', '2.20', '11.00'],
  ]);
  // Seoul's average is 2.57 (of 1.10, 2.20, 4.40), Busan's 3.30; of all four it is 2.75.
  expect((await pivot({ rows: [0] })).at(-1)).toEqual(['Total', '2.75']);
  expect(await pivot({ columns: [1], values: [{ aggregate: 'count' }, { column: 0, aggregate: 'countDistinct' }] })).toEqual([
    ['2020 · count(*)', '2020 · count distinct(city)', '2021 · count(*)', '2021 · count distinct(city)', 'Total · count(*)', 'Total · count distinct(city)'],
    ['3', '2', '2', '1', '5', '2'],
  ]);
  expect(await pivot({ rows: [1], columns: [1], values: [{ aggregate: 'count' }] })).toEqual([['year', '2020', '2021', 'Total'], ['2020', '3', null, '3'], ['2021', null, '2', '2'], ['Total', '3', '2', '5']]);
});

test('a pivot of too many columns, or of a sum of texts, is refused with the reason', async () => {
  const columns = [...varchars('key'), { name: 'n', type: 'integer' }];
  const { file } = await load(columns, Array.from({ length: 1200 }, (_, i) => [`k${i}`, '1']));
  const pivot = (spec: object) => tester.engine.call('pivot', { file, target: target(), columns, spec: { kind: 'pivot', filters: [], search: '', rows: [], columns: [], values: [{ aggregate: 'count' }], ...spec } as never });
  await expect(pivot({ columns: [0] })).rejects.toMatchObject({ code: 'BadInput', message: 'key would make more than 1,000 columns.' });
  await expect(pivot({ values: [{ column: 0, aggregate: 'sum' }] })).rejects.toMatchObject({ code: 'BadInput' });
});

test('two results are compared by key: what was added, removed and changed, with what was there before', async () => {
  const columns = varchars('id', 'name', 'city');
  const before = await load(columns, [['1', 'a', 'x'], ['2', 'b', ''], ['3', 'c', null], ['4', 'd', 'z']]);
  const now = await load(varchars('name', 'id', 'city'), [['a', '1', 'x'], ['b', '2', null], ['new', '3', null], ['e', '5', 'q']]);
  const to = target();
  const made = await tester.engine.call('compare', { file: now.file, columns: varchars('name', 'id', 'city'), before: { file: before.file, columns }, target: to, keys: ['id'] });
  expect(made.columns.map(({ name }) => name)).toEqual(['change', 'id', 'name', 'name (before)', 'city', 'city (before)']);
  expect(await read(to, 6)).toEqual([
    ['changed', '2', 'b', 'b', null, ''],
    ['changed', '3', 'new', 'c', null, null],
    ['removed', '4', null, 'd', null, 'z'],
    ['added', '5', 'e', null, 'q', null],
  ]);
});

test('without a key whole rows are compared, each as often as it is there; a key that repeats is refused', async () => {
  const columns = varchars('a');
  const before = await load(columns, [['x'], ['x'], ['y']]);
  const now = await load(columns, [['x'], ['y'], ['y'], [null]]);
  const compare = async (keys: string[]) => {
    const to = target();
    await tester.engine.call('compare', { file: now.file, columns, before: { file: before.file, columns }, target: to, keys });
    return read(to, 2);
  };
  expect(await compare([])).toEqual([['removed', 'x'], ['added', 'y'], ['added', null]]);
  await expect(compare(['a'])).rejects.toMatchObject({ code: 'BadInput', message: '2 rows of this result share their key with another.' });
});
