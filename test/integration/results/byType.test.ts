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

test('sorted by any column, and filtered by ranges, texts and NULL, the rows are the same wherever they are kept', async () => {
  const files = await everyWay([...rowsOf(0, 700), ...rowsOf('both', 70)]);
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
  for (const file of Object.values(await everyWay([...rowsOf(0, 700), ...rowsOf('both', 70)]))) {
    const target = path.join(tester.dir, `by-type.${format}`);
    await tester.engine.call('export', { file, target, columns, format, options: { escapeFormulas: false } });
    const duck = await (await DuckDBInstance.create(':memory:')).connect();
    const sql = format === 'parquet' ? `SELECT md5(string_agg(CAST(p AS VARCHAR), chr(10))) FROM '${target}' AS p` : `SELECT md5(content) FROM read_text('${target}')`;
    read.push(String((await duck.runAndReadAll(sql)).getRows()[0]![0]));
    duck.closeSync();
  }
  expect(new Set(read).size).toBe(1);
});
