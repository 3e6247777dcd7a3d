import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { athenaCsv } from '../../../electron/results/athenaCsv.ts';
import type { ResultColumn } from '../../../shared/contract/resultViews.ts';
import { parseCsv } from '../../support/csv.ts';
import { startTestEngine, type TestEngine } from '../../support/resultsEngine.ts';

const ROWS = 5000;
const COLUMNS = 500;
const TYPES = ['integer', 'double', 'varchar', 'timestamp', 'bigint'];
const columns: ResultColumn[] = Array.from({ length: COLUMNS }, (_, i) => ({ name: `col_${i}`, type: TYPES[i % TYPES.length]! }));
const cell = (row: number, column: number): string | null => {
  const n = (row * 7919 + column * 104729) % 999983;
  if (n % 50 === 0) return null;
  return [String(n), `${n % 1000}.5`, `text ${n % 300}`, `2001-02-03 04:05:${String(n % 60).padStart(2, '0')}.000`, String(n * 1_000_003)][column % TYPES.length]!;
};
const rows = Array.from({ length: ROWS }, (_, row) => columns.map((_, column) => cell(row, column)));

let tester: TestEngine;
let file: string;
beforeAll(async () => {
  tester = await startTestEngine();
  ({ file } = await tester.load(athenaCsv([columns.map(({ name }) => name), ...rows]), columns, { inMemory: true }));
  await tester.engine.call('settle', { file, columns });
});
afterAll(() => tester.close());

const view = async (name: string, spec: object) => {
  const target = path.join(tester.dir, `${name}.duckdb`);
  const { rows: count } = await tester.engine.call('view', { file, target, columns, byRow: true, spec: { sort: [], filters: [], search: '', ...spec } });
  return { target, count };
};
const byNumber = (column: number) => (a: (string | null)[], b: (string | null)[]) => (a[column] === null ? 1 : 0) - (b[column] === null ? 1 : 0) || Number(b[column]) - Number(a[column]);

test('a result of five hundred columns is paged anywhere, any forty columns of it', async () => {
  for (const [start, first] of [[0, 0], [2500, 230], [4600, 460]] as const) {
    const places = Array.from({ length: 40 }, (_, i) => first + i);
    const { cells } = await tester.engine.call('page', { file, columns: places, start, count: 400 });
    expect(cells).toEqual(places.map((place) => rows.slice(start, start + 400).map((row) => row[place])));
  }
});

test('it is sorted and filtered, and exported in that order', async () => {
  const { target, count } = await view('sorted', { sort: [{ column: 490, direction: 'desc' }], filters: [{ column: 2, not: false, test: { kind: 'text', how: 'contains', text: '7', matchCase: false } }] });
  const expected = rows.filter((row) => row[2]?.includes('7')).sort(byNumber(490));
  expect(count).toBe(expected.length);
  const { cells } = await tester.engine.call('page', { file: target, columns: [490, 2, 499], start: 10, count: 300 });
  expect(cells).toEqual([490, 2, 499].map((place) => expected.slice(10, 310).map((row) => row[place])));
  const csv = path.join(tester.dir, 'sorted.csv');
  await tester.engine.call('export', { file: target, target: csv, columns, format: 'csv', options: { escapeFormulas: false } });
  const written = parseCsv(await readFile(csv, 'utf8'));
  expect(written).toHaveLength(expected.length + 1);
  for (const at of [0, 1, Math.floor(expected.length / 2), expected.length - 1]) expect(written[at + 1]).toEqual(expected[at]);
});

test('a search finds a value in any column', async () => {
  const wanted = cell(4321, 444)!;
  const { target, count } = await view('found', { search: wanted });
  expect(count).toBe(rows.filter((row) => row.some((value) => value?.includes(wanted))).length);
  expect((await tester.engine.call('page', { file: target, columns: [444], start: 0, count: 10 })).cells[0]).toContain(wanted);
});

test('Parquet of all five hundred columns, and of what a search found, holds every value by type', async () => {
  const found = await view('searched', { search: 'text 77' });
  const passing = rows.filter((row) => row.some((value) => value?.includes('text 77')));
  expect(found.count).toBe(passing.length);
  const duck = await (await DuckDBInstance.create(':memory:')).connect();
  for (const [source, expected] of [[file, rows], [found.target, passing]] as const) {
    const parquet = path.join(tester.dir, 'wide.parquet');
    await tester.engine.call('export', { file: source, target: parquet, columns, format: 'parquet', options: { escapeFormulas: false } });
    const types = (await duck.runAndReadAll(`DESCRIBE FROM '${parquet}'`)).getColumns()[1]!;
    expect(types.slice(0, 5)).toEqual(['INTEGER', 'DOUBLE', 'VARCHAR', 'TIMESTAMP', 'BIGINT']);
    const texts = columns.map(({ name }, i) => (i % 5 === 3 ? `strftime(${name}, '%Y-%m-%d %H:%M:%S.%g')` : `CAST(${name} AS VARCHAR)`));
    expect((await duck.runAndReadAll(`SELECT ${texts.join(', ')} FROM '${parquet}'`)).getRows()).toEqual(expected);
  }
  duck.closeSync();
});

test('a wide result that grows in its file is there by whole groups before it settles, and a late odd text makes its column text', async () => {
  const wide: ResultColumn[] = Array.from({ length: 101 }, (_, i) => ({ name: `n${i}`, type: 'integer' }));
  const count = 80_000;
  const number = (row: number, column: number) => (row === 79_000 && column === 50 ? '007' : String((row * 7919 + column * 104_729) % 999_983));
  const lines = Array.from({ length: count }, (_, row) => wide.map((_, i) => `"${number(row, i)}"`).join(','));
  const grown = await tester.load([wide.map(({ name }) => `"${name}"`).join(','), ...lines, ''].join('\n'), wide, { partBytes: 4 * 1024 * 1024 });
  expect(grown.rows).toBe(count);
  // What is no whole group waits in the log; the rest is written once.
  expect((await stat(grown.file)).size).toBeGreaterThan(2 ** 23);
  await tester.engine.call('settle', { file: grown.file, columns: wide });
  for (const start of [0, 10_000, 30_700, 61_400, 78_990, count - 20]) {
    const { cells } = await tester.engine.call('page', { file: grown.file, columns: [0, 50, 100], start, count: 20 });
    expect(cells).toEqual([0, 50, 100].map((column) => Array.from({ length: 20 }, (_, i) => number(start + i, column))));
  }
});
