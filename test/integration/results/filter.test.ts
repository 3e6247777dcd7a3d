import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { athenaCsv } from '../../../electron/results/athenaCsv.ts';
import type { CellTest, ResultColumn, RowsSpec } from '../../../shared/contract/resultViews.ts';
import { startTestEngine, varchars, type TestEngine } from '../../support/resultsEngine.ts';

let tester: TestEngine;
let views = 0;
beforeAll(async () => {
  tester = await startTestEngine();
});
afterAll(() => tester.close());

async function passing(columns: ResultColumn[], rows: (string | null)[][], spec: Partial<RowsSpec>): Promise<(string | null)[][]> {
  const { file } = await tester.load(athenaCsv([columns.map(({ name }) => name), ...rows]), columns);
  const target = path.join(tester.dir, `filtered-${views++}.duckdb`);
  const { rows: count } = await tester.engine.call('view', { file, target, columns, spec: { sort: [], filters: [], search: '', ...spec } });
  const { cells } = await tester.engine.call('page', { file: target, columns: columns.length, start: 0, count: 1000 });
  const found = (cells[0] ?? []).map((_, row) => cells.map((column) => column[row]!));
  expect(found).toHaveLength(count);
  return found;
}

const ofType = async (type: string, values: (string | null)[], wanted: CellTest, not = false) =>
  (await passing([{ name: 'x', type }], values.map((value) => [value]), { filters: [{ column: 0, not, test: wanted }] })).map(([value]) => value!);

const range = (from?: string, to?: string): CellTest => ({ kind: 'range', from, to });
const text = (how: 'contains' | 'equals' | 'starts' | 'ends' | 'regex', value: string, matchCase = false): CellTest => ({ kind: 'text', how, text: value, matchCase });

test.each([
  ['bigint', ['9', '10', '9223372036854775807', '-1', null], range('9.5'), ['10', '9223372036854775807']],
  ['bigint', ['9', '10', '-1'], range(undefined, '9.5'), ['9', '-1']],
  ['bigint', ['9223372036854775806', '9223372036854775807'], range('9223372036854775807'), ['9223372036854775807']],
  ['bigint', ['1000', '999'], range('1e3'), ['1000']],
  ['tinyint', ['127', '-128'], range('100', '1000'), ['127']],
  ['decimal(38,2)', ['0.10', '0.11', '123456789012345678901234567890.10'], range('0.105'), ['0.11', '123456789012345678901234567890.10']],
  ['decimal(38,2)', ['123456789012345678901234567890.10', '123456789012345678901234567890.11'], range('123456789012345678901234567890.11'), ['123456789012345678901234567890.11']],
  ['decimal(10,2)', ['-1.50', '-1.51'], range(undefined, '-1.505'), ['-1.51']],
  ['double', ['2.5', '1.0E10', '-3.0', 'NaN', 'Infinity', null], range('2.5', '1e11'), ['2.5', '1.0E10']],
  ['date', ['2001-09-30', '2001-10-01', null], range('2001-10-01', '2001-10-01'), ['2001-10-01']],
  ['timestamp', ['2001-10-01 00:00:00.000', '2001-10-01 23:59:59.999', '2001-10-02 00:00:00.000'], range('2001-10-01', '2001-10-01'), ['2001-10-01 00:00:00.000', '2001-10-01 23:59:59.999']],
  ['timestamp with time zone', ['2020-01-01 00:00:00.000 UTC', '2020-01-01 01:00:00.000 Asia/Seoul', '2020-01-01 10:00:00.000 +09:00'], range('2020-01-01 00:30:00 UTC'), ['2020-01-01 10:00:00.000 +09:00']],
  ['time', ['09:00:00.000', '10:00:00.000'], range('09:30'), ['10:00:00.000']],
  ['interval day to second', ['2 00:00:00.000', '10 00:00:00.000', '-1 12:00:00.000'], range('3 00:00:00'), ['10 00:00:00.000']],
  ['interval year to month', ['2-0', '10-0', '-0-11'], range(undefined, '2-0'), ['2-0', '-0-11']],
])('%s: a range compares by value, exactly', async (type, values, wanted, expected) => {
  expect(await ofType(type, values, wanted)).toEqual(expected);
});

const WORDS = ['Seoul', 'seoul tower', 'New SEOUL', '', 'NULL', null, '50%_off', 'É'];
test.each([
  [text('contains', 'seoul'), ['Seoul', 'seoul tower', 'New SEOUL']],
  [text('contains', 'Seoul', true), ['Seoul']],
  [text('contains', '%_'), ['50%_off']],
  [text('equals', ''), ['']],
  [text('equals', 'null'), ['NULL']],
  [text('starts', 'seo'), ['Seoul', 'seoul tower']],
  [text('ends', 'OUL'), ['Seoul', 'New SEOUL']],
  [text('regex', '^s.*r$'), ['seoul tower']],
  [text('contains', 'é'), ['É']],
  [{ kind: 'null' } as CellTest, [null]],
  [{ kind: 'in', values: ['Seoul', null, ''] } as CellTest, ['Seoul', '', null]],
])('FAULTS 21: a text filter %j tells NULL, "" and "NULL" apart', async (wanted, expected) => {
  expect(await ofType('varchar', WORDS, wanted)).toEqual(expected);
  // A filter and its opposite are all rows, each once.
  const others = await ofType('varchar', WORDS, wanted, true);
  expect([...expected, ...others].sort()).toEqual([...WORDS].sort());
});

test('several filters must all hold, a search looks into every column, and an order is kept', async () => {
  const columns = [{ name: 'n', type: 'integer' }, ...varchars('city', 'note')];
  const rows = [['1', 'Paris', null], ['3', 'paris', 'x'], ['2', 'Rome', 'Paris, too'], ['10', 'PARIS', ''], ['4', null, null]];
  expect(await passing(columns, rows, { search: 'paris', sort: [{ column: 0, direction: 'desc' }] })).toEqual([rows[3], rows[1], rows[2], rows[0]]);
  const filters = [{ column: 0, not: false, test: range('2') }, { column: 1, not: false, test: text('equals', 'paris') }];
  expect(await passing(columns, rows, { filters })).toEqual([rows[1], rows[3]]);
  expect(await passing(columns, rows, { search: 'nothing of the kind' })).toEqual([]);
});

test('FAULTS 25: what is typed into a filter is text, never SQL', async () => {
  const hostile = "x' OR '1'='1";
  expect(await ofType('varchar', ['a', hostile], text('equals', hostile))).toEqual([hostile]);
  expect(await ofType('varchar', ['a', hostile], { kind: 'in', values: [hostile, "'; DROP TABLE r; --"] })).toEqual([hostile]);
});

test.each([
  ['bigint', range('ten'), '“ten” is no bigint.'],
  ['date', range('2001-13-01'), '“2001-13-01” is no date.'],
  ['varchar', text('regex', '('), '“(” is no regular expression.'],
])('%s: a filter that makes no sense is refused by name', async (type, wanted, message) => {
  await expect(ofType(type, ['1'], wanted)).rejects.toMatchObject({ code: 'BadInput', message });
});
