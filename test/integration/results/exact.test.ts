import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { athenaCsv } from '../../../electron/results/athenaCsv.ts';
import { parseCsv } from '../../support/csv.ts';
import { startTestEngine, varchars, type TestEngine } from '../../support/resultsEngine.ts';

let tester: TestEngine;
beforeAll(async () => {
  tester = await startTestEngine();
});
afterAll(() => tester.close());

const transposed = (cells: (string | null)[][]) => (cells[0] ?? []).map((_, row) => cells.map((column) => column[row]!));

const HARD: (string | null)[][] = [
  ['a', 'b', 'c'],
  [null, null, null],
  ['', '', ''],
  ['NULL', null, 'null'],
  [null, 'NULL', ''],
  ['line\nbreak', 'carriage\rreturn', 'both\r\n'],
  ['a "quoted" word', '"', '""'],
  [',', ';', '\t'],
  [' leading', 'trailing ', ' '],
  ['\\N', '\\"', '\\'],
  ['한글', '🌊', 'e\u0301'],
  ['=cmd|x', '<script>alert(1)</script>', '#'],
  ['\u0000', '\ufeff', '\u2028'],
  [null, null, 'after'],
  ['x'.repeat(5000), null, ''],
];

test('FAULTS 21: NULL, "", "NULL", a row of NULLs, newlines and quotes are exact in pages', async () => {
  const { file, rows } = await tester.load(athenaCsv([['a', 'b', 'c'], ...HARD]), varchars('a', 'b', 'c'));
  expect(rows).toBe(HARD.length);
  const { cells } = await tester.engine.call('page', { file, columns: 3, start: 0, count: 100 });
  expect(transposed(cells)).toEqual(HARD);
});

test('FAULTS 21: a single column of NULLs, empty strings and text keeps every row', async () => {
  const values = [null, null, '', 'x', null, '', '\n', null];
  const { file, rows } = await tester.load(athenaCsv([['only'], ...values.map((value) => [value])]), varchars('only'));
  expect(rows).toBe(values.length);
  expect((await tester.engine.call('page', { file, columns: 1, start: 0, count: 100 })).cells).toEqual([values]);
});

test.each(['csv', 'tsv'] as const)('FAULTS 21: %s export is exact, with CRLF and the header', async (format) => {
  const columns = varchars('a', 'b "q"', 'c');
  const { file } = await tester.load(athenaCsv([columns.map(({ name }) => name), ...HARD]), columns);
  const target = path.join(tester.dir, `hard.${format}`);
  await tester.engine.call('export', { file, target, columns, format, options: { escapeFormulas: false } });
  const text = await readFile(target, 'utf8');
  expect(parseCsv(text, { delimiter: format === 'csv' ? ',' : '\t' })).toEqual([['a', 'b "q"', 'c'], ...HARD]);
});

test('FAULTS 21: JSON lines keep every text and NULL', async () => {
  const columns = varchars('a', 'b', 'c');
  const { file } = await tester.load(athenaCsv([['a', 'b', 'c'], ...HARD]), columns);
  const target = path.join(tester.dir, 'hard.jsonl');
  await tester.engine.call('export', { file, target, columns, format: 'jsonl', options: { escapeFormulas: false } });
  const lines = (await readFile(target, 'utf8')).trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, string | null>);
  expect(lines.map(({ a, b, c }) => [a, b, c])).toEqual(HARD);
});

test('FAULTS 21: exact however the bytes are cut into parts', async () => {
  // A generator of its own, so that a failure repeats.
  let seed = 42;
  const random = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  const pieces = ['', 'a', '"', '\n', ',', '\r\n', 'NULL', '""', ' ', '한', 'long '.repeat(200)];
  const value = () => (random(4) === 0 ? null : Array.from({ length: random(5) }, () => pieces[random(pieces.length)]).join(''));
  const rows = Array.from({ length: 3000 }, () => [value(), value()]);
  const csv = athenaCsv([['a', 'b'], ...rows]);
  for (const partBytes of [997, 65_536, 1_000_003]) {
    const { file, rows: stored } = await tester.load(csv, varchars('a', 'b'), { partBytes, inMemory: partBytes < 1000 });
    expect(stored).toBe(rows.length);
    const pages = [];
    for (let start = 0; start < rows.length; start += 1000) pages.push(...transposed((await tester.engine.call('page', { file, columns: 2, start, count: 1000 })).cells));
    expect(pages).toEqual(rows);
  }
});

test('a record longer than DuckDB reads by default is stored whole', async () => {
  const long = 'y"\n'.repeat(1_500_000);
  const { file } = await tester.load(athenaCsv([['a', 'b'], ['1', long], [null, '']]), varchars('a', 'b'), { partBytes: 1_000_000 });
  const { cells } = await tester.engine.call('page', { file, columns: 2, start: 0, count: 10 });
  expect(cells[1]![0] === long).toBe(true);
  expect([cells[0], cells[1]![1]]).toEqual([['1', null], '']);
});

test('bytes that are no UTF-8 show as U+FFFD, as Athena’s API shows them', async () => {
  const { file } = await tester.load(Buffer.concat([Buffer.from('"a"\n"'), Buffer.from([0xff, 0x41]), Buffer.from('"\n')]), varchars('a'));
  expect((await tester.engine.call('page', { file, columns: 1, start: 0, count: 1 })).cells).toEqual([['\ufffdA']]);
});

test('FAULTS 22: an object that does not begin with the result’s columns is refused, not shown', async () => {
  await expect(tester.load('\u0001garbage\n"x"\n', varchars('a'))).rejects.toMatchObject({ code: 'Conflict' });
});
