import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { planRows, readPlan } from '../../../renderer/features/sql/plan/readPlan.ts';
import { nodeStartChild, type StartChild } from '../../../electron/processes/parent.ts';
import { eventually } from '../../support/eventually.ts';
import { startLake, type TestLake } from '../../support/lake.ts';
import { outDir } from '../../support/serve.ts';
import { startServices, type TestServices } from '../../support/services.ts';

let lake: TestLake;
let dataDir: string;
let files: string;
let services: TestServices;
/** Processes of the desk engine, in the order they began. */
let desks: number[];

const startChild: StartChild = (name, args) => {
  const child = nodeStartChild(outDir)(name, args);
  if (name === 'desk-engine') desks.push(child.pid!);
  return child;
};
const begin = () => startServices({ address: { endpoint: lake.endpoint, region: lake.region, ...lake.credentials }, dataDir, startChild });

beforeAll(async () => {
  lake = await startLake();
});
afterAll(() => lake.stop());
beforeEach(async () => {
  desks = [];
  dataDir = await mkdtemp(path.join(tmpdir(), 'secchi-desk-'));
  files = path.join(dataDir, 'mine');
  await mkdir(files);
  services = await begin();
});
afterEach(async () => {
  await services.close();
  await rm(dataDir, { recursive: true, force: true });
});

const desk = { engine: 'duckdb' as const };
/** A statement on this desk that must succeed, and its rows. */
async function rowsOf(sql: string, more: object = {}) {
  const run = await services.run(sql, { ...desk, ...more });
  expect(run.error).toBeUndefined();
  const { columns, name } = await services.load(run.id);
  return { run, columns, name, rows: await services.rows(run.id) };
}
const failureOf = async (sql: string) => (await services.run(sql, desk)).error;

async function added(name: string, content: string | Buffer) {
  const file = path.join(files, name);
  await writeFile(file, content);
  return services.desk.add({ input: { grant: (await services.context.grants.grant(file, 'read')).grant } });
}
const addedFolder = async (folder: string) => services.desk.add({ input: { grant: (await services.context.grants.grant(folder, 'folder')).grant } });
/** Takes seconds unless it is stopped. */
const LONG = 'SELECT count(*) FROM range(100000) a, range(100000) b, range(1000) c WHERE (a.range * b.range + c.range) % 7 = 3';

test('a statement runs on this desk, its rows are a result like any other, and it costs nothing', async () => {
  const { run, columns, rows } = await rowsOf("SELECT 1 AS one, 'é' AS one, NULL AS nothing, '' AS empty -- the end");
  expect(run).toMatchObject({ engine: 'duckdb', state: 'succeeded', priceOnAws: 0, billed: false });
  expect(columns.map(({ name }) => name)).toEqual(['one', 'one', 'nothing', 'empty']);
  expect(rows).toEqual([['1', 'é', null, '']]);
  expect(await services.runs.statistics({ input: { id: run.id } })).toMatchObject({ timeline: [{ part: 'queue' }, { part: 'engine' }, { part: 'total' }] });
});

test('values of every kind have a type results know, and their text', async () => {
  const { columns, rows } = await rowsOf(
    `SELECT true, 1::UTINYINT, 18446744073709551615::UBIGINT, sum(x), 1.50::DECIMAL(10,2), 'nan'::DOUBLE, 'inf'::REAL, DATE '2024-02-29', TIMESTAMP '2024-02-29 01:02:03.5',
       TIMESTAMPTZ '2024-02-29 01:02:03+09', 'ab'::BLOB, [1, NULL], {'a': 'x, y', 'b': [1]}, map {'k': 1}, '{"j": 1}'::JSON, INTERVAL 90 MINUTE, 'x'::ENUM ('x') FROM (VALUES (9223372036854775807::BIGINT), (1)) AS t(x)`,
  );
  expect(columns.map(({ type }) => type)).toEqual(['boolean', 'smallint', 'decimal(20,0)', 'decimal(38,0)', 'decimal(10,2)', 'double', 'real', 'date', 'timestamp', 'timestamp with time zone', 'varbinary', 'array(integer)', 'row(a varchar, b array(integer))', 'map(varchar, integer)', 'json', 'varchar', 'varchar']);
  expect(rows).toEqual([['true', '1', '18446744073709551615', '9223372036854775808', '1.50', 'NaN', 'Infinity', '2024-02-29', '2024-02-29 01:02:03.5', '2024-02-28 16:02:03+00', '61 62', '[1,null]', '{"a":"x, y","b":[1]}', '{"k":1}', '{"j": 1}', '01:30:00', 'x']]);
});

test('a finished result of Athena is a table with types, and is joined with a local file', async () => {
  const athena = await services.run("SELECT * FROM (VALUES (1, DATE '2024-01-31', 'x'), (2, NULL, '')) AS t(id, day, id)");
  const { name } = await services.load(athena.id);
  await added('Names 2024.csv', 'id,label\n1,하나\n2,둘\n');
  const { columns, rows } = await rowsOf(`SELECT r.id + 1 AS next, day, label FROM results.${name} AS r JOIN names_2024 USING (id) ORDER BY next`);
  expect(columns.map(({ type }) => type)).toEqual(['integer', 'date', 'varchar']);
  expect(rows).toEqual([['2', '2024-01-31', '하나'], ['3', null, '둘']]);
  const tables = await services.desk.tables({ input: undefined as never });
  expect(tables.files).toMatchObject([{ name: 'names_2024', format: 'csv', columns: [{ name: 'id', type: 'bigint' }, { name: 'label', type: 'varchar' }] }]);
  expect(tables.results.map((one) => one.name)).toContain(name);
});

test('a result keeps its name over a restart, and the name of one that is forgotten is given to no other', async () => {
  const first = await rowsOf('SELECT 1 AS x');
  const second = await rowsOf(`SELECT x + 1 AS x FROM results.${first.name}`);
  expect([first.name, second.name]).toEqual(['r1', 'r2']);
  await services.runs.forget({ input: { ids: [second.run.id] } });
  await services.close();
  services = await begin();
  expect((await rowsOf('SELECT x FROM results.r1')).rows).toEqual([['1']]);
  expect((await rowsOf('SELECT 3')).name).toBe('r4');
  expect(await failureOf('SELECT * FROM results.r2')).toMatchObject({ message: expect.stringContaining('There is no run') });
});

test('files and folders are read by path and glob, as far as they were added and no further', async () => {
  const outside = path.join(dataDir, 'outside.csv');
  await writeFile(outside, 'secret\n1\n');
  await mkdir(path.join(files, 'many', 'month=1'), { recursive: true });
  await writeFile(path.join(files, 'many', 'month=1', 'a.jsonl'), '{"a":1}\n');
  await writeFile(path.join(files, 'many', 'b.jsonl'), '{"b":"x"}\n{"b":"y"}\n');
  expect(await addedFolder(path.join(files, 'many'))).toMatchObject({ name: 'many', format: 'json', columns: expect.arrayContaining([{ name: 'a', type: 'bigint' }, { name: 'b', type: 'varchar' }]) });
  expect((await rowsOf('SELECT count(*), count(a) FROM many')).rows).toEqual([['3', '1']]);
  expect((await rowsOf(`FROM '${path.join(files, 'many')}/*.jsonl' ORDER BY b`)).rows).toEqual([['x'], ['y']]);
  for (const place of [outside, path.join(files, 'many', '..', '..', 'outside.csv'), '/etc/passwd', 'https://example.com/x.csv']) {
    expect(await failureOf(`SELECT * FROM read_csv('${place}')`)).toMatchObject({ code: 'QueryFailed', detail: expect.stringContaining('no network') });
  }
  const { files: [shown] } = await services.desk.tables({ input: undefined as never });
  await services.desk.remove({ input: { id: shown!.id } });
  expect(await failureOf(`FROM '${path.join(files, 'many')}/*.jsonl'`)).toMatchObject({ code: 'QueryFailed' });
  await expect(added('photo.png', 'no table')).rejects.toMatchObject({ code: 'BadInput' });
});

test('what does not only read is refused, and nothing of it has happened', async () => {
  await addedFolder(files);
  const target = path.join(files, 'written.csv');
  for (const sql of [
    `COPY (SELECT 1) TO '${target}'`,
    `EXPLAIN ANALYZE COPY (SELECT 1) TO '${target}'`,
    `EXPLAIN (ANALYZE, FORMAT JSON) COPY (SELECT 1) TO '${target}'`,
    `SELECT 1; COPY (SELECT 1) TO '${target}'`,
    `/* x */ COPY (SELECT 1) TO '${target}'`,
    `EXPORT DATABASE '${files}/all'`,
    `ATTACH '${files}/own.duckdb'`,
    'CREATE TABLE t AS SELECT 1',
    'INSTALL httpfs',
    "LOAD 'httpfs'",
    'SET enable_external_access = true',
    "SET memory_limit = '100GB'",
    'DELETE FROM secchi_result.r',
    'PRAGMA database_list; SELECT 1',
    `SELECT 1 FROM (PIVOT (SELECT 1 a) ON a); COPY (SELECT 1) TO '${target}'`,
    'WITH t AS (SELECT 1) INSERT INTO secchi_result.r FROM t',
  ]) {
    expect((await services.run(sql, desk)).state, sql).toBe('failed');
  }
  expect(await readdir(files)).toEqual([]);
});

test('PIVOT, SUMMARIZE, DESCRIBE, FROM and EXPLAIN give rows', async () => {
  expect((await rowsOf("PIVOT (FROM (VALUES ('a', 1), ('b', 2), ('a', 3)) AS t(k, v)) ON k USING sum(v)")).rows).toEqual([['4', '2']]);
  expect((await rowsOf('DESCRIBE SELECT 1 AS x')).rows[0]!.slice(0, 2)).toEqual(['x', 'INTEGER']);
  expect((await rowsOf('SUMMARIZE SELECT 1 AS x')).rows).toHaveLength(1);
  expect((await rowsOf('FROM range(2500)')).rows.at(-1)).toEqual(['2499']);
  expect((await rowsOf('EXPLAIN ANALYZE SELECT 1')).rows.length).toBeGreaterThan(3);
});

test('a plan of DuckDB is read as a tree of operators; measured, with their times and what is costly', async () => {
  const sql = 'SELECT k, count(*) AS n FROM (SELECT range % 7 AS k FROM range(300000)) t JOIN range(5) r ON r.range = t.k GROUP BY k ORDER BY n LIMIT 3';
  const planOf = async (words: string) => readPlan((await rowsOf(`${words} ${sql}`)).rows.map(([line]) => line).join('\n'))!;
  const expected = await planOf('EXPLAIN (FORMAT JSON)');
  const rows = planRows(expected.root);
  expect(expected.measured).toBe(false);
  expect(rows.map(({ node }) => node.name)).toEqual(expect.arrayContaining(['Hash group by', 'Hash join', 'Range']));
  expect(rows.find(({ node }) => node.name === 'Hash join')!.node.details).toContain('Join Type: INNER');
  expect(rows.some(({ costly }) => costly)).toBe(false);

  const measured = await planOf('EXPLAIN (ANALYZE, FORMAT JSON)');
  const timed = planRows(measured.root);
  expect(measured.measured).toBe(true);
  expect(timed[0]!.node).toMatchObject({ name: expect.stringMatching(/^(Top n|Limit|Order by|Projection)$/), rows: 3, millis: expect.any(Number) });
  expect(timed.find(({ node }) => node.details.includes('Rows scanned: 300000'))).toBeDefined();
  expect(timed.some(({ costly }) => costly)).toBe(true);
});

test('parameters stand where the statement has its marks', async () => {
  expect((await rowsOf('SELECT ?::VARCHAR, ? + 1', { parameters: ["'it''s'", '41'] })).rows).toEqual([["it's", '42']]);
});

test('an error says where: in characters, not in bytes', async () => {
  expect(await failureOf("SELECT '한글😀',\n  nope FROM (SELECT 1 AS nop)")).toMatchObject({ code: 'QueryFailed', line: 2, column: 3, message: expect.stringContaining('"nope" not found') });
  expect(await services.desk.problem({ input: { sql: "SELECT '한글', frm x y" } })).toMatchObject({ line: 1, column: 20 });
  expect(await services.desk.problem({ input: { sql: 'SELECT 1 FROM' } })).toMatchObject({ line: 1 });
  expect(await services.desk.problem({ input: { sql: 'FROM no_table_at_all SELECT x' } })).toBeNull();
  expect((await services.desk.functions({ input: undefined as never })).find(({ name }) => name === 'list_transform')).toBeDefined();
});

test('a stopped statement ends at once; one that waits for its turn never begins', async () => {
  const running = [await services.start(LONG, desk), await services.start(LONG, desk), await services.start(LONG, desk)];
  await eventually(async () => (await services.runs.get({ input: { id: running[1]!.id } })).state === 'running');
  for (const { id } of running.toReversed()) expect((await services.runs.stop({ input: { id } })).state).toBe('cancelled');
  expect((await rowsOf('SELECT 1')).rows).toEqual([['1']]);
  await eventually(async () => (await readdir(path.join(dataDir, 'app', 'desk'))).length === 0);
});

test('FAULTS 24: a file that kills the engine kills one statement; the run says so and the next one works', async () => {
  await added('deadly.csv', 'a\n1\n');
  const { id } = await services.start(`${LONG} AND a.range IN (FROM deadly)`, desk);
  await eventually(async () => (await services.runs.get({ input: { id } })).state === 'running');
  // Nobody knows which bytes will kill it next year: the process is killed as they would.
  expect(desks).not.toEqual([]);
  for (const pid of desks) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It had ended.
    }
  }
  const run = await services.last<{ state: string; error?: object }>(await services.runs.watch({ input: { id } }));
  expect(run).toMatchObject({ state: 'failed', error: { code: 'EngineDied', detail: expect.stringContaining('files.deadly') } });
  expect((await rowsOf('SELECT 1')).rows).toEqual([['1']]);
});

test('FAULTS 24: truncated and false Parquet, JSON and CSV files are named in the failure; other files stay readable', async () => {
  await added('broken.parquet', Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(64, 0xff), Buffer.from('PAR1')]));
  await added('cut.json', '[{"a": 1}, {"a": ');
  await added('good.csv', 'a\n1\n');
  expect(await failureOf('SELECT * FROM broken')).toMatchObject({ message: expect.stringContaining('broken.parquet') });
  expect(await failureOf('SELECT * FROM files.cut')).toMatchObject({ message: expect.stringContaining('cut.json') });
  expect((await rowsOf('SELECT a AS broken FROM good')).rows).toEqual([['1']]);
  const { files: shown } = await services.desk.tables({ input: undefined as never });
  expect(shown.map(({ name, problem }) => [name, problem !== undefined])).toEqual([['broken', true], ['cut', true], ['good', false]]);
});

test('a statement finished before a restart has its rows after it; one that was running says what became of it', async () => {
  const { id } = await services.run('SELECT 7 AS x', desk);
  const going = await services.start(LONG, desk);
  const open = (await services.context.store.collection<{ run: object }>('runs').get(`run!${going.id}`))!;
  await services.close();
  services = await begin();
  // As kill -9 leaves it: in the journal it runs.
  await services.context.store.collection('runs').batch([
    { type: 'put', key: `run!${going.id}`, value: open },
    { type: 'put', key: `open!${going.id}`, value: { id: going.id } },
  ]);
  await services.close();
  services = await begin();
  await services.load(id);
  expect(await services.rows(id)).toEqual([['7']]);
  const run = await eventually(async () => {
    const found = await services.runs.get({ input: { id: going.id } });
    return found.state === 'failed' ? found : undefined;
  });
  expect(run.error).toMatchObject({ message: expect.stringContaining('Secchi ended') });
});

test('an evicted result says that it is gone and what to do; a pinned one stays', async () => {
  const gone = await rowsOf('SELECT 1 AS x');
  const kept = await rowsOf('SELECT 2 AS x');
  await services.results.pin({ input: { runId: kept.run.id, pinned: true } });
  await services.context.store.collection('settings').put('all', { resultsBudget: 1 });
  await services.results.close({ input: { runId: gone.run.id } });
  await eventually(async () => !existsSync(path.join(dataDir, 'app', 'results', gone.run.id)));
  await expect(services.results.open({ input: { runId: gone.run.id } })).rejects.toMatchObject({ code: 'NotFound', detail: expect.stringContaining('Run it again') });
  expect((await rowsOf(`SELECT x FROM results.${kept.name}`)).rows).toEqual([['2']]);
});

test('a statement that needs more memory than it may have fails, and the engine goes on', async () => {
  expect(await failureOf("SELECT string_agg(repeat(chr(65 + (range % 26)::INTEGER), 100000), '') FROM range(200000)")).toMatchObject({ code: 'QueryFailed' });
  expect((await rowsOf('SELECT 1')).rows).toEqual([['1']]);
}, 120_000);
