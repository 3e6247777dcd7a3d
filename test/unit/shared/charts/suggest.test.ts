import { expect, test } from 'vitest';
import { asKind, chartColumns, fits, suggest } from '../../../../shared/charts/suggest.ts';
import type { ResultColumn } from '../../../../shared/contract/results.ts';

type Given = [name: string, type: string, distinct: number, nulls?: number];
const of = (rows: number, ...given: Given[]) =>
  chartColumns(
    given.map(([name, type]): ResultColumn => ({ name, type })),
    { rows, sampled: Math.min(rows, 50_000), columns: given.map(([, , distinct, nulls = 0]) => ({ distinct, nulls })) },
  );
const first = (rows: number, ...given: Given[]) => suggest(of(rows, ...given), rows)[0]!;

test('one row of numbers is shown as numbers', () => {
  expect(first(1, ['n', 'bigint', 1], ['avg', 'double', 1])).toMatchObject({ kind: 'number', y: [{ aggregate: 'value', column: 'n' }, { aggregate: 'value', column: 'avg' }] });
});

test('one number a time is a line of the numbers as they are', () => {
  expect(first(181, ['day', 'date', 181], ['flights', 'bigint', 170])).toMatchObject({ kind: 'line', x: 'day', y: [{ aggregate: 'value', column: 'flights' }] });
});

test('one number a time and kind is a line a kind', () => {
  expect(first(18, ['month', 'date', 6], ['carrier', 'varchar', 3], ['flights', 'bigint', 18])).toMatchObject({ kind: 'line', x: 'month', series: 'carrier', y: [{ aggregate: 'value', column: 'flights' }] });
});

test('rows of facts are counted over time', () => {
  expect(first(3_000_000, ['date', 'timestamp(3)', 200_000], ['delay', 'smallint', 800], ['origin', 'varchar', 225])).toMatchObject({ kind: 'line', x: 'date', y: [{ aggregate: 'count' }] });
});

test('one number a name is a bar chart of the numbers as they are', () => {
  expect(first(225, ['origin', 'varchar', 225], ['city', 'varchar', 220, 3], ['flights', 'bigint', 224])).toMatchObject({ kind: 'bar', x: 'origin', y: [{ aggregate: 'value', column: 'flights' }] });
});

test('one number for each two names is stacked, or a heat map where the colours would not do', () => {
  expect(first(30, ['state', 'varchar', 10], ['class', 'varchar', 3], ['n', 'bigint', 29])).toMatchObject({ kind: 'stackedBar', x: 'state', series: 'class' });
  expect(first(300, ['a', 'varchar', 20], ['b', 'varchar', 15], ['n', 'bigint', 200])).toMatchObject({ kind: 'heatMap', x: 'a', series: 'b' });
});

test('one number a whole number (hours, months) is a bar chart in their order', () => {
  expect(first(24, ['hour', 'bigint', 24], ['delay', 'double', 24])).toMatchObject({ kind: 'bar', x: 'hour', sort: 'xUp', y: [{ aggregate: 'value', column: 'delay' }] });
});

test('two numbers are a scatter, one is a histogram, only text is counted', () => {
  expect(first(5000, ['distance', 'double', 900], ['delay', 'double', 700])).toMatchObject({ kind: 'scatter', x: 'distance' });
  expect(first(5000, ['distance', 'double', 900])).toMatchObject({ kind: 'histogram', x: 'distance' });
  expect(first(5000, ['kind', 'varchar', 4])).toMatchObject({ kind: 'bar', x: 'kind', y: [{ aggregate: 'count' }] });
});

test('there is always a proposal, and every one names columns that are there', () => {
  expect(first(0, ['a', 'varchar', 0])).toMatchObject({ kind: 'number' });
  const columns = of(5000, ['t', 'timestamp(3)', 5000], ['a', 'varchar', 8], ['b', 'varchar', 4], ['n', 'double', 4000], ['m', 'bigint', 300]);
  for (const spec of suggest(columns, 5000)) expect(fits(spec, columns)).toBe(true);
});

test('another kind keeps what fits and chooses what it needs', () => {
  const columns = of(225, ['origin', 'varchar', 225], ['flights', 'bigint', 224], ['delay', 'double', 224]);
  const [bar] = suggest(columns, 225);
  expect(asKind(bar!, 'scatter', columns)).toMatchObject({ kind: 'scatter', x: 'flights', y: [{ aggregate: 'value', column: 'delay' }] });
  expect(asKind(bar!, 'histogram', columns)).toMatchObject({ kind: 'histogram', x: 'flights', y: [] });
  expect(asKind(bar!, 'heatMap', columns).series).toBeDefined();
  expect(asKind(bar!, 'line', columns)).toMatchObject({ x: 'origin', y: [{ aggregate: 'value', column: 'flights' }] });
});
