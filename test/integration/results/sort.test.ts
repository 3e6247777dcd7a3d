import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { athenaCsv } from '../../../electron/results/athenaCsv.ts';
import type { ResultColumn, SortKey } from '../../../shared/contract/results.ts';
import { startTestEngine, type TestEngine } from '../../support/resultsEngine.ts';

let tester: TestEngine;
beforeAll(async () => {
  tester = await startTestEngine();
});
afterAll(() => tester.close());

let views = 0;
async function sorted(columns: ResultColumn[], rows: (string | null)[][], sort: SortKey[]) {
  const { file } = await tester.load(athenaCsv([columns.map(({ name }) => name), ...rows]), columns);
  const target = path.join(tester.dir, `view-${views++}.duckdb`);
  await tester.engine.call('view', { file, target, columns, spec: { sort, filters: [], search: '' } });
  return (await tester.engine.call('page', { file: target, columns: columns.length, start: 0, count: 100 })).cells;
}

test.each([
  ['bigint', ['9', '10', '-1', null], ['-1', '9', '10', null], ['10', '9', '-1', null]],
  ['double', ['2.5', '1.0E10', '-3.0'], ['-3.0', '2.5', '1.0E10'], ['1.0E10', '2.5', '-3.0']],
  ['decimal(10,2)', ['10.00', '9.99', null], ['9.99', '10.00', null], ['10.00', '9.99', null]],
  ['date', ['2001-10-01', '2001-09-30'], ['2001-09-30', '2001-10-01'], ['2001-10-01', '2001-09-30']],
  ['varchar', ['9', '10', '', null], ['', '10', '9', null], ['9', '10', '', null]],
  ['boolean', ['true', null, 'false'], ['false', 'true', null], ['true', 'false', null]],
  ['timestamp with time zone', ['2020-01-01 00:00:00.000 UTC', '2020-01-01 01:00:00.000 Asia/Seoul'], ['2020-01-01 01:00:00.000 Asia/Seoul', '2020-01-01 00:00:00.000 UTC'], ['2020-01-01 00:00:00.000 UTC', '2020-01-01 01:00:00.000 Asia/Seoul']],
])('%s sorts by value, NULLs last both ways', async (type, values, ascending, descending) => {
  const rows = values.map((value) => [value]);
  expect(await sorted([{ name: 'x', type }], rows, [{ column: 0, direction: 'asc' }])).toEqual([ascending]);
  expect(await sorted([{ name: 'x', type }], rows, [{ column: 0, direction: 'desc' }])).toEqual([descending]);
});

test('equal rows keep the result’s own order, and later keys break ties', async () => {
  const columns = [{ name: 'k', type: 'integer' }, { name: 'v', type: 'varchar' }, { name: 'n', type: 'integer' }];
  const rows = [['2', 'a', '0'], ['1', 'b', '1'], ['2', 'c', '2'], ['1', 'a', '3'], ['2', 'a', '4']];
  expect((await sorted(columns, rows, [{ column: 0, direction: 'asc' }]))[2]).toEqual(['1', '3', '0', '2', '4']);
  expect((await sorted(columns, rows, [{ column: 0, direction: 'desc' }, { column: 1, direction: 'asc' }]))[2]).toEqual(['0', '4', '2', '3', '1']);
});
