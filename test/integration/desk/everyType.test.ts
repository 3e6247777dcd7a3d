import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDeskProcesses, type DeskProcesses } from '../../../electron/engines/duckdb/processes.ts';
import { nodeStartChild } from '../../../electron/processes/parent.ts';
import { athenaCsv } from '../../../electron/results/athenaCsv.ts';
import type { ColumnProfile } from '../../../shared/contract/resultAnalysis.ts';
import type { ExportFormat } from '../../../shared/contract/resultExports.ts';
import type { ResultColumn, ViewSpec } from '../../../shared/contract/resultViews.ts';
import { startTestEngine, type TestEngine } from '../../support/resultsEngine.ts';
import { outDir } from '../../support/serve.ts';
import { readSheet } from '../../support/xlsx.ts';

type Texts = (string | null)[];
let tester: TestEngine;
let desk: DeskProcesses;
let duck: DuckDBConnection;
beforeAll(async () => {
  tester = await startTestEngine();
  desk = createDeskProcesses(nodeStartChild(outDir));
  duck = await (await DuckDBInstance.create(':memory:')).connect();
  await duck.run("SET TimeZone = 'UTC'");
});
afterAll(async () => {
  desk.close();
  await tester.close();
});

/** Values of every type, as SQL, and where DuckDB's text of them is not the one shown, that text. */
const VALUES: Record<string, (string | [string, string])[]> = {
  boolean: ['true', 'false'],
  tinyint: ['(-128)::TINYINT', '127::TINYINT'],
  utinyint: ['255::UTINYINT', '0::UTINYINT'],
  smallint: ['(-32768)::SMALLINT', '7::SMALLINT'],
  usmallint: ['65535::USMALLINT', '0::USMALLINT'],
  integer: ['-2147483648', '9', '10', '100'],
  uinteger: ['4294967295::UINTEGER', '0::UINTEGER'],
  bigint: ['9223372036854775807', '(-9223372036854775808)::BIGINT', '0::BIGINT'],
  ubigint: ['18446744073709551615::UBIGINT', '1::UBIGINT'],
  hugeint: ['99999999999999999999999999999999999999::HUGEINT', '(-5)::HUGEINT'],
  toohuge: ['170141183460469231731687303715884105727::HUGEINT', '(-5)::HUGEINT', '12::HUGEINT'],
  uhugeint: ['340282366920938463463374607431768211455::UHUGEINT', '3::UHUGEINT'],
  decimal: ['0.10::DECIMAL(10,2)', '(-99999999.99)::DECIMAL(10,2)', '0::DECIMAL(10,2)'],
  wide: ['12345678901234567890123456789.123456789::DECIMAL(38,9)', '(-0.000000001)::DECIMAL(38,9)'],
  real: ['1.5::REAL', '3.4028235e38::REAL', ["'nan'::REAL", 'NaN'], ["'-inf'::REAL", '-Infinity'], '0::REAL'],
  double: ['0.1::DOUBLE', '1e300::DOUBLE', '1e-7::DOUBLE', ["'nan'::DOUBLE", 'NaN'], ["'inf'::DOUBLE", 'Infinity'], '5e15::DOUBLE', '0::DOUBLE'],
  negativezero: ["'-0.0'::DOUBLE", '0.0::DOUBLE', '(-1.5)::DOUBLE', ["'nan'::DOUBLE", 'NaN']],
  date: ["DATE '2024-02-29'", "DATE '0044-03-15 (BC)'", "'infinity'::DATE", "DATE '1969-12-31'"],
  time: ["TIME '00:00:00'", "TIME '23:59:59.5'", "TIME '12:00:00.000001'"],
  timetz: ["TIMETZ '12:00:00+09'", "TIMETZ '11:59:59.25-03:30'"],
  timestamp: ["TIMESTAMP '2024-02-29 01:02:03'", "TIMESTAMP '1969-12-31 23:59:59.999999'", "TIMESTAMP '2024-01-01 00:00:00.5'", "'-infinity'::TIMESTAMP", "CAST(DATE '0044-03-15 (BC)' AS TIMESTAMP)"],
  seconds: ["TIMESTAMP_S '2024-02-29 01:02:03'", "TIMESTAMP_S '1960-01-01 00:00:00'"],
  millis: ["TIMESTAMP_MS '2024-02-29 01:02:03.120'", "TIMESTAMP_MS '1960-01-01 00:00:00'"],
  nanos: ["TIMESTAMP_NS '2024-02-29 01:02:03.123456789'", "TIMESTAMP_NS '1960-01-01 00:00:00.5'"],
  oldnanos: ["TIMESTAMP_NS '1969-12-31 23:59:59.999999999'", "TIMESTAMP_NS '2024-01-01 00:00:00'"],
  zoned: ["TIMESTAMPTZ '2024-02-29 01:02:03+09'", "TIMESTAMPTZ '1969-12-31 23:59:59.25 UTC'"],
  interval: ['INTERVAL 90 MINUTE', 'INTERVAL 13 MONTH'],
  varchar: ["''", "'NULL'", "'A,\"b\"'", "'두 줄' || chr(10) || 'x'", "'=1+1'", "chr(65279) || 'x'"],
  enum: ["'Xy'::ENUM ('Xy', 'b')", "'b'::ENUM ('Xy', 'b')"],
  uuid: ["'6f1b2f0e-3b7a-4c0e-9d8e-3f6f5b1a2c3d'::UUID"],
  blob: [["'\\x00\\xFF'::BLOB", '00 ff'], ["''::BLOB", '']],
  list: [['[1, NULL]', '[1,null]'], ['[]::INTEGER[]', '[]']],
  struct: [["{'a': 'x, y', 'b': [1]}", '{"a":"x, y","b":[1]}']],
  map: [["map {'k': 1}", '{"k":1}']],
  nothing: ['NULL'],
};
const names = Object.keys(VALUES);
const ROWS = 60;
const pick = (row: number, column: number) => {
  const list = Object.values(VALUES)[column]!;
  return row > 0 && (row + column) % 7 === 0 ? 'NULL' : list[row % list.length]!;
};
const SQL = Array.from({ length: ROWS }, (_, row) => `SELECT ${names.map((name, column) => `${[pick(row, column)].flat()[0]} AS "${name}"`).join(', ')}`).join(' UNION ALL ');

/** What the rows read, cell by cell: DuckDB's own text but where another is named above. */
async function expectedTexts(): Promise<Texts[]> {
  const casts = names.map((name) => `CAST("${name}" AS VARCHAR)`).join(', ');
  const own = (await duck.runAndReadAll(`SELECT ${casts.replace('CAST("varchar" AS VARCHAR)', `chr(65279) || "varchar"`)} FROM (${SQL})`)).getRows() as Texts[];
  return own.map((cells, row) =>
    cells.map((text, column) => {
      const value = pick(row, column);
      return Array.isArray(value) ? value[1]! : text;
    }),
  );
}

let made: Promise<{ texts: Texts[]; columns: ResultColumn[]; files: { desk: string; text: string } }> | undefined;
/** The rows as the desk's engine stores them, and the same as texts. */
const results = () =>
  (made ??= (async () => {
    const tempDir = path.join(tester.dir, 'desk-tmp');
    await mkdir(tempDir, { recursive: true });
    const target = path.join(tester.dir, 'desk.duckdb');
    const { columns, rows } = await desk.call('run', { sql: SQL, tables: [], sandbox: { files: [], folders: [], tempDir, memoryLimit: '1GB' }, target }, new AbortController().signal);
    expect(rows).toBe(ROWS);
    const texts = await expectedTexts();
    const { file } = await tester.load(athenaCsv([columns.map(({ name }) => name), ...texts]), columns, { inMemory: true });
    return { texts, columns, files: { desk: target, text: file } };
  })());

async function page(file: string, columns: number): Promise<Texts[]> {
  const { cells } = await tester.engine.call('page', { file, columns, start: 0, count: 1000 });
  return (cells[0] ?? []).map((_, row) => cells.map((column) => column[row]!));
}

test('FAULTS 21: the grid shows every type’s values of a statement of this desk as DuckDB writes them', async () => {
  const { texts, columns, files } = await results();
  expect(await page(files.desk, columns.length)).toEqual(texts);
});

let views = 0;
test('its rows sort, filter and are found as their texts with the same types do', async () => {
  const { columns, files } = await results();
  const view = async (file: string, spec: Partial<Extract<ViewSpec, { kind: 'rows' }>>) => {
    const target = path.join(tester.dir, `desk-view-${views++}.duckdb`);
    await tester.engine.call('view', { file, target, columns, spec: { sort: [], filters: [], search: '', ...spec } });
    return page(target, columns.length);
  };
  const specs = columns.flatMap((_, column) => [
    { sort: [{ column, direction: 'asc' as const }] },
    { sort: [{ column, direction: 'desc' as const }] },
    { filters: [{ column, not: false, test: { kind: 'text' as const, how: 'contains' as const, text: '1', matchCase: false } }] },
    { filters: [{ column, not: true, test: { kind: 'null' as const } }] },
  ]);
  const range = (name: string, from: string, to?: string) => ({ filters: [{ column: names.indexOf(name), not: false, test: { kind: 'range' as const, from, to } }] });
  const ranges = [range('hugeint', '-5', '7'), range('toohuge', '0'), range('ubigint', '2'), range('double', '0.05', '1e20'), range('nanos', '1960-01-01', '2024-02-29'), range('zoned', '2000-01-01'), range('time', '01:00:00')];
  const searches = ['nan', 'INFINITY', 'bc', 'xy', '00'].map((search) => ({ search }));
  for (const spec of [...specs, ...ranges, ...searches]) expect(await view(files.desk, spec), JSON.stringify(spec)).toEqual(await view(files.text, spec));
});

/** Values there are equally many of come by value, or by text where texts are all there is. */
const ofTopInAnyOrder = ({ top, ...profile }: ColumnProfile) => ({ ...profile, top: top.map(({ value, count }) => `${count} ${value}`).sort() });

test('profiles and statistics say of it what they say of its texts', async () => {
  const { columns, files } = await results();
  // Their sums, or the deviation, are beyond DuckDB's types.
  const overflowing = ['hugeint', 'wide', 'double'];
  for (const [column, name] of names.entries()) {
    if (overflowing.includes(name)) continue;
    const about = async (file: string) => ({
      profile: ofTopInAnyOrder(await tester.engine.call('profile', { file, column, about: columns[column]!, rows: ROWS })),
      stats: await tester.engine.call('stats', { file, about: columns, top: 3, bottom: 40, columns: [column] }),
    });
    const [own, text] = [await about(files.desk), await about(files.text)];
    expect(own, name).toEqual(text);
  }
});

test.each<ExportFormat>(['csv', 'tsv', 'json', 'jsonl', 'sql', 'parquet', 'xlsx'])('FAULTS 21: %s of it holds what its texts with the same types would', async (format) => {
  const { columns, files } = await results();
  const read = async (file: string) => {
    const target = path.join(tester.dir, `desk-export.${format}`);
    await tester.engine.call('export', { file, target, columns, format, options: { escapeFormulas: true } });
    if (format === 'xlsx') return readSheet(target);
    const sql = format === 'parquet' ? `FROM '${target}'` : `SELECT content FROM read_text('${target}')`;
    const types = format === 'parquet' ? (await duck.runAndReadAll(`DESCRIBE ${sql}`)).getColumns().slice(0, 2) : [];
    return [types, (await duck.runAndReadAll(sql)).getRowsJson()];
  };
  expect(await read(files.desk)).toEqual(await read(files.text));
});
