import { randomBytes } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sheetsOf } from '../../../electron/results/engine/excel.ts';
import { athenaCsv } from '../../../electron/results/athenaCsv.ts';
import type { ResultColumn } from '../../../shared/contract/results.ts';
import { readSheet, sheetNames } from '../../support/xlsx.ts';
import { parseCsv } from '../../support/csv.ts';
import { startTestEngine, varchars, type TestEngine } from '../../support/resultsEngine.ts';

let tester: TestEngine;
beforeAll(async () => {
  tester = await startTestEngine();
});
afterAll(() => tester.close());

const TYPED: ResultColumn[] = [
  { name: 'n', type: 'bigint' },
  { name: 'd', type: 'double' },
  { name: 'dec', type: 'decimal(38,2)' },
  { name: 'ok', type: 'boolean' },
  { name: 'day', type: 'date' },
  { name: 'at', type: 'timestamp' },
  { name: 'tags', type: 'array' },
  { name: 'bin', type: 'varbinary' },
];
const TYPED_ROWS: (string | null)[][] = [
  ['-13', '1.0E10', '123456789012345678901234567890.10', 'true', '2001-01-01', '2001-01-01 00:01:00.000', '[a, b]', '68 69'],
  [null, null, null, null, null, null, null, null],
  ['9223372036854775807', 'NaN', '-0.05', 'false', '1969-12-31', '1969-12-31 23:59:59.999', '[]', ''],
];
const typed = () => tester.load(athenaCsv([TYPED.map(({ name }) => name), ...TYPED_ROWS]), TYPED);

test('JSON lines keep numbers as numbers, digit for digit, and what JSON lacks as text', async () => {
  const { file } = await typed();
  const target = path.join(tester.dir, 'typed.jsonl');
  await tester.engine.call('export', { file, target, columns: TYPED, format: 'jsonl', options: { escapeFormulas: false } });
  const lines = (await readFile(target, 'utf8')).split('\n');
  expect(lines[0]).toBe(
    '{"n":-13,"d":1.0E10,"dec":123456789012345678901234567890.10,"ok":true,"day":"2001-01-01","at":"2001-01-01 00:01:00.000","tags":"[a, b]","bin":"68 69"}',
  );
  expect(JSON.parse(lines[1]!)).toEqual(Object.fromEntries(TYPED.map(({ name }) => [name, null])));
  expect(lines[2]).toContain('"d":"NaN"');
});

test('Parquet is typed, and NULL stays NULL', async () => {
  const { file } = await typed();
  const target = path.join(tester.dir, 'typed.parquet');
  await tester.engine.call('export', { file, target, columns: TYPED, format: 'parquet', options: { escapeFormulas: false } });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const types = (await connection.runAndReadAll(`DESCRIBE FROM '${target}'`)).getColumns()[1];
  expect(types).toEqual(['BIGINT', 'DOUBLE', 'DECIMAL(38,2)', 'BOOLEAN', 'DATE', 'TIMESTAMP', 'VARCHAR', 'BLOB']);
  const rows = (await connection.runAndReadAll(`SELECT n::VARCHAR, dec::VARCHAR, "at"::VARCHAR, bin::VARCHAR FROM '${target}'`)).getRows();
  expect(rows).toEqual([
    ['-13', '123456789012345678901234567890.10', '2001-01-01 00:01:00', 'hi'],
    [null, null, null, null],
    ['9223372036854775807', '-0.05', '1969-12-31 23:59:59.999', ''],
  ]);
});

test('a column whose text is not of its type goes into Parquet as text, nothing lost', async () => {
  const columns: ResultColumn[] = [{ name: 'n', type: 'bigint' }];
  const { file } = await tester.load(athenaCsv([['n'], ['1'], ['one'], [null]]), columns);
  const target = path.join(tester.dir, 'odd.parquet');
  await tester.engine.call('export', { file, target, columns, format: 'parquet', options: { escapeFormulas: false } });
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  expect((await connection.runAndReadAll(`FROM '${target}'`)).getColumns()).toEqual([['1', 'one', null]]);
});

test('FAULTS 25: formulas are text as they are, and get an apostrophe only when asked', async () => {
  const columns: ResultColumn[] = [...varchars('text', '=name'), { name: 'n', type: 'integer' }];
  const rows = [['=cmd|x', '@a', '-5'], ['+1', '-1', '5'], ['a=b', '<script>', null]];
  const { file } = await tester.load(athenaCsv([['text', '=name', 'n'], ...rows]), columns);
  const read = async (escapeFormulas: boolean) => {
    const target = path.join(tester.dir, `formulas-${escapeFormulas}.csv`);
    await tester.engine.call('export', { file, target, columns, format: 'csv', options: { escapeFormulas } });
    return parseCsv(await readFile(target, 'utf8'));
  };
  expect(await read(false)).toEqual([['text', '=name', 'n'], ...rows]);
  expect(await read(true)).toEqual([
    ['text', "'=name", 'n'],
    ["'=cmd|x", "'@a", '-5'],
    ["'+1", "'-1", '5'],
    ['a=b', '<script>', null],
  ]);
});

test('repeated and empty column names stay in the header as they are', async () => {
  const columns = varchars('a', 'A', 'a', '');
  const { file } = await tester.load(athenaCsv([['a', 'A', 'a', ''], ['1', null, '', '4']]), columns);
  const target = path.join(tester.dir, 'repeated.csv');
  await tester.engine.call('export', { file, target, columns, format: 'csv', options: { escapeFormulas: false } });
  expect(await readFile(target, 'utf8')).toBe('a,A,a,""\r\n1,,"",4\r\n');
});

test('a cancelled export leaves no file', async () => {
  const line = `${'"some text to write","more of it",\n'.repeat(1000)}`;
  const { file } = await tester.load(`"a","b","c"\n${line.repeat(1000)}`, varchars('a', 'b', 'c'));
  const target = path.join(tester.dir, 'cancelled.csv');
  const leave = new AbortController();
  const begun = tester.engine.call('export', { file, target, columns: varchars('a', 'b', 'c'), format: 'csv', options: { escapeFormulas: false } }, { signal: leave.signal, onProgress: () => leave.abort() });
  await expect(begun).rejects.toMatchObject({ code: 'Cancelled' });
  await expect(stat(target)).rejects.toMatchObject({ code: 'ENOENT' });
});

test('the engine touches nothing outside its folders', async () => {
  const { file } = await typed();
  const begun = tester.engine.call('export', { file, target: '/tmp/secchi-outside.csv', columns: TYPED, format: 'csv', options: { escapeFormulas: false } });
  await expect(begun).rejects.toMatchObject({ code: 'Internal' });
  await expect(tester.engine.call('page', { file: '/etc/passwd', columns: 1, start: 0, count: 1 })).rejects.toThrow();
});

test('Excel: more rows than a sheet holds are refused with words, or split over several sheets', () => {
  const most = 1_048_575;
  expect(() => sheetsOf(most + 1, 3, {})).toThrow('An Excel sheet has 1,048,576 rows; 1,048,576 do not fit.');
  expect(sheetsOf(most, 3, {})).toEqual([{ name: 'Result', from: 0, to: most }]);
  expect(sheetsOf(most + 1, 3, { split: true })).toEqual([{ name: 'Result', from: 0, to: most }, { name: 'Result 2', from: most, to: most + 1 }]);
  expect(sheetsOf(most + 1, 3, { header: false })).toHaveLength(1);
  expect(() => sheetsOf(1, 16_385, { split: true })).toThrow('16,385');
});

test('Excel: a split result goes on in the next sheet where the one before ended', async () => {
  const columns: ResultColumn[] = [{ name: 'n', type: 'integer' }];
  const rows = 1_048_577;
  const { file } = await tester.load(`"n"\n${Array.from({ length: rows }, (_, i) => `"${i}"\n`).join('')}`, columns);
  const target = path.join(tester.dir, 'split.xlsx');
  await tester.engine.call('export', { file, target, columns, format: 'xlsx', options: { escapeFormulas: false, split: true } });
  expect(await sheetNames(target)).toEqual(['Result', 'Result 2']);
  expect((await readSheet(target, 2)).map(([cell]) => cell!.value)).toEqual(['n', '1048575', '1048576']);
});

test('FAULTS 25: in Excel a formula is a text, and a text longer than a cell is refused by name', async () => {
  const columns = varchars('=a', 'b');
  const rows = [['=1+1', '\u0000_x0041_\r\n<&>'], ['+cmd|x', 'x'.repeat(32_767)]];
  const { file } = await tester.load(athenaCsv([['=a', 'b'], ...rows]), columns);
  const target = path.join(tester.dir, 'texts.xlsx');
  await tester.engine.call('export', { file, target, columns, format: 'xlsx', options: { escapeFormulas: false } });
  expect((await readSheet(target)).map((cells) => cells.map((cell) => [cell!.kind, cell!.value]))).toEqual([['=a', 'b'], ...rows].map((cells) => cells.map((value) => ['text', value])));
  const long = await tester.load(athenaCsv([['=a', 'b'], ['', 'y'.repeat(32_768)]]), columns);
  const begun = tester.engine.call('export', { file: long.file, target, columns, format: 'xlsx', options: { escapeFormulas: false } });
  await expect(begun).rejects.toMatchObject({ code: 'BadInput', message: 'b holds a text of 32,768 characters; an Excel cell holds 32,767.' });
});

test.each([['csv', 'a,b\r\n'], ['json', '[]\n'], ['jsonl', ''], ['sql', '']] as const)('%s of no rows is a whole file', async (format, expected) => {
  const { file } = await tester.load('"a","b"\n', varchars('a', 'b'));
  const target = path.join(tester.dir, `none.${format}`);
  await tester.engine.call('export', { file, target, columns: varchars('a', 'b'), format, options: { escapeFormulas: false } });
  expect(await readFile(target, 'utf8')).toBe(expected);
});

test('FAULTS 24: a file that is no result is refused, and the engine goes on', async () => {
  const file = path.join(tester.dir, 'hostile.duckdb');
  await writeFile(file, randomBytes(20_000));
  await expect(tester.engine.call('page', { file, columns: 1, start: 0, count: 1 })).rejects.toMatchObject({ code: 'Internal' });
  const { file: good } = await typed();
  expect((await tester.engine.call('page', { file: good, columns: [0], start: 0, count: 1 })).cells).toEqual([['-13']]);
});
