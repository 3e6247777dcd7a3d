import { expect, test } from 'vitest';
import { pointFilters } from '../../../../../renderer/features/charts/pointFilters.ts';
import { chartSpec, type ChartData } from '../../../../../shared/contract/charts.ts';

const columns = [
  { name: 'at', type: 'timestamp' },
  { name: 'day', type: 'date' },
  { name: 'delay', type: 'integer' },
  { name: 'origin', type: 'varchar' },
  { name: 'zoned', type: 'timestamp with time zone' },
];
const spec = (x: string, series?: string) => chartSpec.parse({ kind: 'bar', x, y: [{ aggregate: 'count' }], ...(series && { series }) });
const data = (x: ChartData['x'], places: (number | string | null)[], more: Partial<ChartData['series'][number]> = {}): ChartData => ({ rows: 9, x, notes: [], series: [{ measure: 0, x: places, y: places.map(() => '1'), ...more }] });
const first = { series: 0, point: 0 };
const range = (column: number, from: string, to: string) => ({ column, not: false, test: { kind: 'range', from, to } });

test('a group is its value, or NULL; all others together are no filter', () => {
  const groups = data({ kind: 'text', other: true }, ['JFK', null, null]);
  expect(pointFilters(groups, spec('origin'), columns, first)).toEqual([{ column: 3, not: false, test: { kind: 'in', values: ['JFK'] } }]);
  expect(pointFilters(groups, spec('origin'), columns, { series: 0, point: 1 })).toEqual([{ column: 3, not: false, test: { kind: 'null' } }]);
  expect(pointFilters(groups, spec('origin'), columns, { series: 0, point: 2 })).toBeUndefined();
});

test('a bucket of time is a range of its column’s type that ends before the next begins', () => {
  const february = Date.UTC(2024, 1, 1);
  expect(pointFilters(data({ kind: 'time', bucket: 'month' }, [february]), spec('at'), columns, first)).toEqual([range(0, '2024-02-01', '2024-02-29')]);
  expect(pointFilters(data({ kind: 'time', bucket: 'day' }, [february]), spec('day'), columns, first)).toEqual([range(1, '2024-02-01', '2024-02-01')]);
  expect(pointFilters(data({ kind: 'time', bucket: 'hour' }, [february]), spec('at'), columns, first)).toEqual([range(0, '2024-02-01 00:00:00.000000', '2024-02-01 00:59:59.999999')]);
  expect(pointFilters(data({ kind: 'time', bucket: 'month', utc: true }, [february]), spec('zoned'), columns, first)).toEqual([range(4, '2024-02-01 00:00:00.000000+00:00', '2024-02-29 23:59:59.999999+00:00')]);
  expect(pointFilters(data({ kind: 'time', bucket: 'none' }, [february + 5]), spec('at'), columns, first)).toEqual([range(0, '2024-02-01 00:00:00.005000', '2024-02-01 00:00:00.005999')]);
});

test('a bin of numbers leaves its end to the next, the last one keeps it', () => {
  const bins = data({ kind: 'number', step: 0.1 }, [0.1, 0.2]);
  expect(pointFilters(bins, spec('delay'), columns, first)).toEqual([range(2, '0.1', '0.2'), { column: 2, not: true, test: { kind: 'range', from: '0.2' } }]);
  expect(pointFilters(bins, spec('delay'), columns, { series: 0, point: 1 })).toEqual([range(2, '0.2', '0.3')]);
  expect(pointFilters(data({ kind: 'number' }, [7]), spec('delay'), columns, first)).toEqual([range(2, '7', '7')]);
});

test('a colour is a filter too; the other colours together are none', () => {
  const coloured = data({ kind: 'number' }, [7], { name: null });
  expect(pointFilters(coloured, spec('delay', 'origin'), columns, first)).toEqual([range(2, '7', '7'), { column: 3, not: false, test: { kind: 'null' } }]);
  expect(pointFilters(data({ kind: 'number' }, [7], { other: true }), spec('delay', 'origin'), columns, first)).toBeUndefined();
});
