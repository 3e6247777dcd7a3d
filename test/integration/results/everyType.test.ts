import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { beforeAll, expect, test } from 'vitest';
import * as athena from '@aws-sdk/client-athena';
import { parseCsv } from '../../support/csv.ts';
import { servicesOnLake } from '../../support/servicesOnLake.ts';
import { readSheet } from '../../support/xlsx.ts';

const { services } = await servicesOnLake();
let duck: DuckDBConnection;
beforeAll(async () => {
  duck = await (await DuckDBInstance.create(':memory:')).connect();
  await duck.run("SET TimeZone = 'UTC'");
});

/** A generator of its own, so that a failure repeats. */
function generator(seed: number) {
  const next = (n: number) => (seed = (seed * 1103515245 + 12345) % 2147483648) % n;
  const digits = (count: number) => Array.from({ length: count }, (_, i) => (i === 0 ? 1 + next(9) : next(10))).join('');
  const pad = (value: number, width = 2) => String(value).padStart(width, '0');
  const pick = <T>(list: T[]): T => list[next(list.length)]!;
  return { next, digits, pad, pick };
}
const { next, digits, pad, pick } = generator(7);
const sign = () => pick(['', '-']);
const day = () => `${1900 + next(200)}-${pad(1 + next(12))}-${pad(1 + next(28))}`;
const clock = () => `${pad(next(24))}:${pad(next(60))}:${pad(next(60))}.${pad(next(1000), 3)}`;
const words = () => Array.from({ length: next(4) }, () => pick(['a', 'NULL', ' ', ',', '"', "''", ';', '\n', '\r\n', '\t', '한글', '🌊', '=1+1', '<b>', '\\', '|', '_x0041_'])).join('');
const text = () => `'${words()}'`;

/** Columns of every type, each with what makes a literal of it. */
const TYPES: Record<string, () => string> = {
  'boolean': () => pick(['true', 'false']),
  'tinyint': () => `TINYINT '${pick(['127', '-128', '0'])}'`,
  'smallint': () => `SMALLINT '${sign()}${digits(4)}'`,
  'integer': () => `${sign()}${digits(9)}`,
  'bigint': () => `BIGINT '${pick(['9223372036854775807', '-9223372036854775808', digits(17)])}'`,
  'real': () => pick(['REAL \'1.5\'', "CAST(nan() AS real)", "CAST(infinity() AS real)", "REAL '-0.25'"]),
  'double': () => pick(['nan()', 'infinity()', '-infinity()', `DOUBLE '${sign()}${digits(5)}.${digits(6)}'`, "DOUBLE '1.0E-300'", "DOUBLE '1.7976931348623157E308'"]),
  'decimal(38,9)': () => `CAST(DECIMAL '${sign()}${digits(29)}.${digits(9)}' AS decimal(38,9))`,
  'decimal(5,2)': () => `CAST(DECIMAL '${sign()}${digits(3)}.${digits(2)}' AS decimal(5,2))`,
  'varchar': text,
  'varbinary': () => `X'${pick(['', '00ff', '68656c6c6f'])}'`,
  'date': () => `DATE '${day()}'`,
  'time': () => `TIME '${clock()}'`,
  'timestamp': () => `TIMESTAMP '${day()} ${clock()}'`,
  'timestamp with time zone': () => `TIMESTAMP '20${pad(next(30))}-${pad(1 + next(12))}-${pad(1 + next(28))} ${clock()} ${pick(['UTC', 'Asia/Seoul', 'America/New_York'])}'`,
  'interval day to second': () => `INTERVAL ${pick(["'2' DAY", "'-36' HOUR", "'90' SECOND"])}`,
  'interval year to month': () => `INTERVAL ${pick(["'3' YEAR", "'-11' MONTH"])}`,
  'array(integer)': () => pick(['ARRAY[1, 2, NULL]', 'CAST(ARRAY[] AS array(integer))']),
  'map(varchar, double)': () => pick(["MAP(ARRAY['k'], ARRAY[1.5E0])", "MAP(ARRAY['a', 'b'], ARRAY[1E0, NULL])"]),
  'row': () => pick(["CAST(ROW(1, 'x') AS ROW(a integer, b varchar))", "CAST(ROW(NULL, '') AS ROW(a integer, b varchar))"]),
  'json': () => `json_parse('${pick(['{"a":[1,null]}', '[]', '"t"'])}')`,
};
const ROWS = 40;
const names = Object.keys(TYPES).map((_, i) => `c${i}`);
const row = (n: number) => `SELECT ${n} AS i, ${Object.values(TYPES).map((make, i) => `${next(6) === 0 && n > 0 ? 'NULL' : make()} AS ${names[i]}`).join(', ')}`;
const SQL = `SELECT ${names.join(', ')} FROM (${Array.from({ length: ROWS }, (_, n) => row(n)).join(' UNION ALL ')}) ORDER BY i`;

/** All rows as GetQueryResults gives them. */
async function fromApi(externalId: string): Promise<(string | null)[][]> {
  const { athena: client } = await services.aws.clients('local');
  const { ResultSet } = await client.send(new athena.GetQueryResultsCommand({ QueryExecutionId: externalId }));
  return ResultSet!.Rows!.slice(1).map((one) => one.Data!.map((datum) => datum.VarCharValue ?? null));
}

let shared: Promise<{ runId: string; externalId: string }> | undefined;
const result = () =>
  (shared ??= (async () => {
    const run = await services.run(SQL);
    if (run.state !== 'succeeded') throw new Error(run.error?.message);
    await services.load(run.id);
    return { runId: run.id, externalId: run.externalId! };
  })());
async function exported(format: 'csv' | 'tsv' | 'json' | 'jsonl' | 'parquet' | 'xlsx' | 'sql', options: object = {}): Promise<string> {
  const { runId } = await result();
  const file = path.join(services.dir, `every.${format}`);
  const job = await services.exportTo(file, { runId, format, ...options });
  if (job.state !== 'succeeded') throw new Error(`${format}: ${job.error?.message} ${job.error?.detail}`);
  return file;
}
const gridRows = async () => services.rows((await result()).runId);

test('FAULTS 21: the grid shows every type’s values as GetQueryResults gives them', async () => {
  const { runId, externalId } = await result();
  const rows = await services.rows(runId);
  expect(rows).toHaveLength(ROWS);
  expect(rows).toEqual(await fromApi(externalId));
  // Each type has values and NULLs, so that the test says something.
  for (const place of names.keys()) expect([rows.some((one) => one[place] === null), rows.some((one) => one[place] !== null)]).toEqual([true, true]);
});

test.each([
  ['csv', {}, ','],
  ['csv', { delimiter: ';', quoting: 'all', bom: true }, ';'],
  ['tsv', {}, '\t'],
] as const)('FAULTS 21: %s %j holds what the grid shows', async (format, options, delimiter) => {
  const written = await readFile(await exported(format, options), 'utf8');
  const body = written.startsWith('\ufeff') ? written.slice(1) : written;
  expect(written.startsWith('\ufeff')).toBe('bom' in options);
  expect(parseCsv(body, { delimiter })).toEqual([names, ...(await gridRows())]);
});

test('FAULTS 21: a NULL text of one’s own is told apart from a value that reads the same', async () => {
  const lines = (await readFile(await exported('csv', { nullText: 'NULL', header: false }), 'utf8')).split('\r\n');
  expect(lines[0]).not.toContain('c0');
  const run = await services.run("SELECT * FROM (VALUES ('NULL', 1), (NULL, 2), ('', 3)) AS t(v, n) ORDER BY n");
  await services.load(run.id);
  const file = path.join(services.dir, 'null.csv');
  await services.exportTo(file, { runId: run.id, format: 'csv', nullText: 'NULL' });
  expect(await readFile(file, 'utf8')).toBe('v,n\r\n"NULL",1\r\nNULL,2\r\n,3\r\n');
});

test.each(['jsonl', 'json'] as const)('FAULTS 21: %s holds what the grid shows', async (format) => {
  const written = await readFile(await exported(format), 'utf8');
  const objects = format === 'json' ? (JSON.parse(written) as Record<string, unknown>[]) : written.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
  // Numbers are compared as the digits that stand in the file: JSON.parse would round them.
  const lines = (format === 'json' ? written.trim().slice(1, -1).trim() : written.trimEnd()).split('\n').map((line) => line.replace(/^,/, '').trim());
  const rows = await gridRows();
  expect(objects).toHaveLength(rows.length);
  rows.forEach((cells, r) =>
    cells.forEach((cell, c) => {
      const value = objects[r]![names[c]!];
      if (typeof value === 'number') expect(lines[r]).toContain(`"${names[c]}":${cell}`);
      else expect(typeof value === 'boolean' ? String(value) : value).toEqual(cell);
    }),
  );
});

test('FAULTS 21: Parquet holds what the grid shows, by type', async () => {
  const file = await exported('parquet');
  const types = (await duck.runAndReadAll(`DESCRIBE FROM '${file}'`)).getColumns()[1] as string[];
  expect(types).toEqual([
    ...['BOOLEAN', 'TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'FLOAT', 'DOUBLE', 'DECIMAL(38,9)', 'DECIMAL(5,2)', 'VARCHAR', 'BLOB', 'DATE', 'TIME', 'TIMESTAMP', 'TIMESTAMP WITH TIME ZONE'],
    ...['VARCHAR', 'VARCHAR', 'VARCHAR', 'VARCHAR', 'VARCHAR', 'VARCHAR'],
  ]);
  const read = (await duck.runAndReadAll(`FROM '${file}'`)).getRowsJson() as unknown[][];
  const shown = await gridRows();
  // Read back by value: the grid's texts given the file's types must be the file's values.
  for (const [place, type] of types.entries()) {
    const texts = shown.map((cells) => cells[place]!);
    const list = texts.map((value) => (value === null ? 'NULL' : `'${value.replaceAll("'", "''")}'`)).map((sql, i) => `(${i}, ${sql})`);
    const value = type === 'BLOB' ? "unhex(replace(v, ' ', ''))" : `CAST(v AS ${type})`;
    const expected = (await duck.runAndReadAll(`SELECT ${value} FROM (VALUES ${list.join(', ')}) AS t(i, v) ORDER BY i`)).getRowsJson().map(([one]) => one);
    expect(read.map((one) => one[place]), names[place]).toEqual(expected);
  }
});

test('FAULTS 21: Excel holds what the grid shows: numbers that fit as numbers, the rest as their very text', async () => {
  const sheet = await readSheet(await exported('xlsx'));
  const rows = await gridRows();
  expect(sheet[0]!.map((cell) => cell?.value)).toEqual(names);
  expect(sheet).toHaveLength(rows.length + 1);
  rows.forEach((cells, r) =>
    cells.forEach((cell, c) => {
      const found = sheet[r + 1]![c] ?? null;
      if (cell === null) expect(found).toBeNull();
      else if (found?.kind === 'text') expect(found.value).toBe(cell);
      else if (found?.kind === 'boolean') expect(found.value).toBe(cell);
      else if (found?.style === 1) expect(new Date((Number(found.value) - 25569) * 86_400_000).toISOString().slice(0, 10)).toBe(cell);
      else if (found?.style === 2) expect(new Date(Math.round((Number(found.value) - 25569) * 86_400_000)).toISOString().replace('T', ' ').replace('Z', '')).toBe(cell);
      else expect(Number(found?.value)).toBe(Number(cell));
    }),
  );
  const bigint = sheet.slice(1).map((cells) => cells[Object.keys(TYPES).indexOf('bigint')]).filter(Boolean);
  expect(bigint.every((cell) => cell!.kind === 'text')).toBe(true);
});

test('FAULTS 21 and 25: INSERT statements hold literals that are the same values again', async () => {
  const run = await services.run(`SELECT * FROM (VALUES (1, 'it''s; --', DATE '2001-01-01', nan(), X'00ff', CAST(NULL AS varchar)), (2, '', NULL, 1.5E0, NULL, 'x')) AS t(n, "te xt", d, f, b, z) ORDER BY n`);
  await services.load(run.id);
  const file = path.join(services.dir, 'rows.sql');
  expect(await services.exportTo(file, { runId: run.id, format: 'sql', table: 'db.copy' })).toMatchObject({ state: 'succeeded' });
  const first = "(1, 'it''s; --', DATE '2001-01-01', nan(), X'00ff', NULL)";
  const second = "(2, '', NULL, DOUBLE '1.5', NULL, 'x')";
  expect(await readFile(file, 'utf8')).toBe(`-- The rows of a result.\nINSERT INTO db.copy (n, "te xt", d, f, b, z) VALUES\n${first}\n,${second};\n`);
  const back = await services.run(`SELECT * FROM (VALUES ${first}, ${second}) AS t(n, t, d, f, b, z) ORDER BY n`);
  expect(await fromApi(back.externalId!)).toEqual(await fromApi(run.externalId!));
});
