import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { athenaCsv } from '../../../electron/results/athenaCsv.ts';
import type { ColumnFilter, ResultColumn, SortKey } from '../../../shared/contract/resultViews.ts';
import { startTestEngine, type TestEngine } from '../../support/resultsEngine.ts';

let tester: TestEngine;
beforeAll(async () => {
  tester = await startTestEngine();
});
afterAll(() => tester.close());

type Texts = (string | null)[];
/** Texts of each type: first those that can be made from the value again, then some that cannot. */
const TYPES: Record<string, [Texts, Texts]> = {
  'integer': [['1', '-20', null, '300'], ['007', '+5', 'none', '']],
  'bigint': [['9223372036854775807', '-9223372036854775808', null], ['9223372036854775808', ' 1']],
  'double': [['0.1', '-2.5', null, '0.0'], ['-0.0', 'NaN', '-Infinity', '1.0E10', '1.0E-5']],
  'real': [['1.5', '0.25', null], ['-0.0', '3.4028235E38']],
  'decimal(10,2)': [['0.10', '-0.25', null, '12345678.90'], ['1.5', '01.00']],
  'boolean': [['true', 'false', null], ['TRUE', 't']],
  'date': [['2001-01-31', '1969-12-31', null], ['2001-1-1', 'yesterday']],
  'timestamp': [['2001-01-01 00:00:00.000', '1969-12-31 23:59:59.999', null], ['2001-01-01 00:00:00', '2001-01-01 00:00:00.000001']],
  'varchar': [['10', '9', null, ''], ['1.0', 'NULL', '\ufeffx']],
};
const columns: ResultColumn[] = Object.keys(TYPES).map((type) => ({ name: type, type }));
const names = columns.map(({ name }) => name);
const rowsOf = (from: 0 | 1 | 'both', count: number): Texts[] =>
  Array.from({ length: count }, (_, row) =>
    Object.values(TYPES).map(([plain, odd]) => {
      const list = from === 0 ? plain : from === 1 ? odd : [...plain, ...odd];
      return list[row % list.length]!;
    }),
  );

async function page(file: string): Promise<Texts[]> {
  const { cells } = await tester.engine.call('page', { file, columns: columns.length, start: 0, count: 10_000 });
  return (cells[0] ?? []).map((_, row) => cells.map((column) => column[row]!));
}
let views = 0;
async function view(file: string, spec: { sort?: SortKey[]; filters?: ColumnFilter[]; search?: string }): Promise<Texts[]> {
  const target = path.join(tester.dir, `by-type-${views++}.duckdb`);
  await tester.engine.call('view', { file, target, columns, spec: { sort: [], filters: [], search: '', ...spec } });
  return page(target);
}
/** In memory (texts), settled (by type, chosen by all rows), and in a file from the beginning (chosen by the first ones). */
async function everyWay(rows: Texts[]): Promise<Record<string, string>> {
  const csv = athenaCsv([names, ...rows]);
  const [memory, settled] = [await tester.load(csv, columns, { inMemory: true }), await tester.load(csv, columns, { inMemory: true })];
  await tester.engine.call('settle', { file: settled.file, columns });
  return { memory: memory.file, settled: settled.file, grown: (await tester.load(csv, columns, { partBytes: 2000 })).file };
}

test.each([
  ['that values print as they are', rowsOf(0, 50)],
  ['that values do not print as they are', rowsOf(1, 50)],
  ['of both kinds', rowsOf('both', 50)],
  ['whose later rows are unlike the first ones', [...rowsOf(0, 900), ...rowsOf(1, 40), ...rowsOf(0, 50)]],
  ['of NULLs only', Array.from({ length: 3 }, () => names.map(() => null))],
])('FAULTS 21: texts %s stay what they are, wherever they are kept', async (_, rows) => {
  for (const [where, file] of Object.entries(await everyWay(rows))) expect(await page(file), where).toEqual(rows);
});

test('FAULTS 21: a column of a large result whose later values do not print as they are becomes text, and no row changes', async () => {
  const about = [{ name: 'n', type: 'integer' }, { name: 'd', type: 'double' }];
  const rows: Texts[] = Array.from({ length: 300_000 }, (_, n) => [String(n), n === 299_000 ? '1.0E10' : n % 7 === 0 ? null : `${n % 1000}.5`]);
  const { file } = await tester.load(athenaCsv([['n', 'd'], ...rows]), about, { partBytes: 250_000 });
  for (const start of [0, 150_000, 298_900]) {
    const { cells } = await tester.engine.call('page', { file, columns: 2, start, count: 1000 });
    expect(cells).toEqual([0, 1].map((column) => rows.slice(start, start + 1000).map((row) => row[column])));
  }
  const target = path.join(tester.dir, 'grown-sorted.duckdb');
  await tester.engine.call('view', { file, target, columns: about, spec: { sort: [{ column: 1, direction: 'desc' }], filters: [], search: '' } });
  expect((await tester.engine.call('page', { file: target, columns: 2, start: 0, count: 2 })).cells).toEqual([['299000', '999'], ['1.0E10', '999.5']]);
});

test('a view of many columns holds which rows pass, in their order, and is paged, exported and counted like a copy', async () => {
  const wide: ResultColumn[] = Array.from({ length: 120 }, (_, i) => ({ name: `c_${i}`, type: i % 2 === 0 ? 'integer' : 'varchar' }));
  const rows: Texts[] = Array.from({ length: 2500 }, (_, r) => wide.map((_, c) => (c % 2 === 0 ? String((r * 7919) % 2500) : r % 10 === 0 ? null : `text ${r} ${c}`)));
  const { file } = await tester.load(athenaCsv([wide.map(({ name }) => name), ...rows]), wide, { inMemory: true });
  await tester.engine.call('settle', { file, columns: wide });
  const spec = { sort: [{ column: 0, direction: 'desc' as const }], filters: [{ column: 1, not: true, test: { kind: 'null' as const } }], search: '' };
  const made = [];
  for (const byRow of [false, true]) {
    const target = path.join(tester.dir, `wide-${byRow}.duckdb`);
    const { rows: count } = await tester.engine.call('view', { file, target, columns: wide, spec, byRow });
    const csv = path.join(tester.dir, `wide-${byRow}.csv`);
    await tester.engine.call('export', { file: target, target: csv, columns: wide, format: 'csv', options: { escapeFormulas: false } });
    const json = path.join(tester.dir, `wide-${byRow}.json`);
    await tester.engine.call('export', { file: target, target: json, columns: wide, format: 'json', options: { escapeFormulas: false } });
    made.push({
      count,
      page: (await tester.engine.call('page', { file: target, columns: [0, 1, 119], start: 1000, count: 500 })).cells,
      stats: await tester.engine.call('stats', { file: target, about: wide, top: 10, bottom: 20, columns: [0, 1] }),
      histogram: (await tester.engine.call('profile', { file: target, column: 0, about: wide[0]!, rows: count })).histogram,
      csv: await readFile(csv, 'utf8'),
      json: await readFile(json, 'utf8'),
    });
  }
  for (const key of ['count', 'page', 'stats', 'histogram', 'csv', 'json'] as const) expect(made[1]![key] as unknown, key).toEqual(made[0]![key]);
  const expected = rows.filter((row) => row[1] !== null).sort((a, b) => Number(b[0]) - Number(a[0]));
  expect(made[1]!.page[0]).toEqual(expected.slice(1000, 1500).map((row) => row[0]));
  expect(made[1]!.csv.split('\r\n').slice(1, 4)).toEqual(expected.slice(0, 3).map((row) => row.join(',')));
});

test('sorted by any column, and filtered by ranges, texts and NULL, the rows are the same wherever they are kept', async () => {
  const files = await everyWay([...rowsOf(0, 300), ...rowsOf('both', 40)]);
  const specs: Parameters<typeof view>[1][] = names.flatMap((name, column): Parameters<typeof view>[1][] => [
    { sort: [{ column, direction: 'asc' }] },
    { sort: [{ column, direction: 'desc' }] },
    { filters: [{ column, not: false, test: { kind: 'text', how: 'contains', text: name === 'boolean' ? 'R' : '0', matchCase: false } }] },
    { filters: [{ column, not: true, test: { kind: 'in', values: ['1', '0.10', 'true', '2001-01-31', null] } }] },
  ]);
  specs.push({ search: 'e' }, { search: '00:00' }, { filters: [{ column: 0, not: false, test: { kind: 'range', from: '-19.5', to: '299.5' } }, { column: 4, not: true, test: { kind: 'range', from: '0' } }] });
  specs.push({ filters: [{ column: 7, not: false, test: { kind: 'range', from: '2001-01-01', to: '2001-01-01' } }] });
  for (const spec of specs) {
    const expected = await view(files.memory!, spec);
    expect(expected.length, JSON.stringify(spec)).toBeGreaterThan(0);
    expect(await view(files.settled!, spec), `settled ${JSON.stringify(spec)}`).toEqual(expected);
    expect(await view(files.grown!, spec), `grown ${JSON.stringify(spec)}`).toEqual(expected);
  }
});

test('text that looks like a number sorts as text, a number as a number', async () => {
  const { settled } = await everyWay([['10'], ['9'], ['100']].map(([n]) => names.map((name) => (name === 'varchar' || name === 'integer' ? n! : null))));
  const [integer, varchar] = [names.indexOf('integer'), names.indexOf('varchar')];
  expect((await view(settled!, { sort: [{ column: integer, direction: 'asc' }] })).map((row) => row[integer])).toEqual(['9', '10', '100']);
  expect((await view(settled!, { sort: [{ column: varchar, direction: 'asc' }] })).map((row) => row[varchar])).toEqual(['10', '100', '9']);
});

test.each(['csv', 'jsonl', 'parquet', 'sql'] as const)('%s exports are the same wherever the rows are kept', async (format) => {
  const read: string[] = [];
  for (const file of Object.values(await everyWay([...rowsOf(0, 300), ...rowsOf('both', 40)]))) {
    const target = path.join(tester.dir, `by-type.${format}`);
    await tester.engine.call('export', { file, target, columns, format, options: { escapeFormulas: false } });
    const duck = await (await DuckDBInstance.create(':memory:')).connect();
    const sql = format === 'parquet' ? `SELECT md5(string_agg(CAST(p AS VARCHAR), chr(10))) FROM '${target}' AS p` : `SELECT md5(content) FROM read_text('${target}')`;
    read.push(String((await duck.runAndReadAll(sql)).getRows()[0]![0]));
    duck.closeSync();
  }
  expect(new Set(read).size).toBe(1);
});
