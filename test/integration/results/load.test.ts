import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { nodeStartChild, type RawChild, type StartChild } from '../../../electron/processes/parent.ts';
import { parseCsv } from '../../support/csv.ts';
import { eventually } from '../../support/eventually.ts';
import { startFaultyProxy, type FaultyProxy, type SeenRequest } from '../../support/faultyProxy.ts';
import { startLake, type TestLake } from '../../support/lake.ts';
import { outDir } from '../../support/serve.ts';
import { startServices, type TestServices } from '../../support/services.ts';

let lake: TestLake;
let proxy: FaultyProxy;
let services: TestServices;
let dataDir: string;
const engines: RawChild[] = [];
const addressOf = (endpoint: string) => ({ endpoint, region: lake.region, ...lake.credentials });
const startChild: StartChild = (name, args) => {
  const child = nodeStartChild(outDir)(name, args);
  engines.push(child);
  return child;
};
const begin = () => startServices({ address: addressOf(proxy.endpoint), dataDir, startChild });

beforeAll(async () => {
  lake = await startLake();
  proxy = await startFaultyProxy(lake.endpoint);
  dataDir = await mkdtemp(path.join(tmpdir(), 'secchi-load-'));
  services = await begin();
});
afterEach(() => proxy.clear());
afterAll(async () => {
  await services.close();
  await proxy.close();
  await lake.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const isResultObject = ({ method, url }: SeenRequest) => method === 'GET' && url.includes('.csv');
const XML = { 'content-type': 'application/xml' };
const denied = { kind: 'answer', status: 403, headers: XML, body: '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>' } as const;

/** NULL, "", "NULL", a row of NULLs, a newline and a quote, then enough rows for several pages of the API. */
const HARD = [[null, ''], ['NULL', null], [null, null], ['line\nbreak', 'a "quote"']];
const SQL = `SELECT x, y FROM (VALUES (1, NULL, ''), (2, 'NULL', NULL), (3, NULL, NULL), (4, 'line
break', 'a "quote"')) AS t(i, x, y) ORDER BY i`;
const digits = `(VALUES ${Array.from({ length: 15 }, (_, i) => `(${i})`).join(', ')})`;
const MANY = `SELECT a.x * 225 + b.x * 15 + c.x AS n, 'text of some length' AS t FROM ${digits} AS a(x) CROSS JOIN ${digits} AS b(x) CROSS JOIN ${digits} AS c(x) ORDER BY 1`;
const MANY_ROWS = 15 ** 3;

test('FAULTS 21: through the lake and back, NULL and "" and "NULL" are what they were', async () => {
  const run = await services.run(SQL);
  expect(await services.load(run.id)).toMatchObject({ state: 'complete', source: 'object', rows: 4 });
  expect(await services.rows(run.id)).toEqual(HARD);
});

test('FAULTS 22: where the result object is denied, GetQueryResults gives the same rows', async () => {
  const run = await services.run(SQL);
  proxy.add({ when: isResultObject, fault: denied });
  expect(await services.load(run.id)).toMatchObject({ state: 'complete', source: 'api', rows: 4 });
  expect(await services.rows(run.id)).toEqual(HARD);
});

test('FAULTS 22: more rows than one call gives, through GetQueryResults, all and in order', async () => {
  const run = await services.run(MANY);
  proxy.add({ when: isResultObject, fault: denied });
  expect(await services.load(run.id)).toMatchObject({ state: 'complete', source: 'api', rows: MANY_ROWS });
  expect((await services.rows(run.id)).map(([n]) => Number(n))).toEqual(Array.from({ length: MANY_ROWS }, (_, i) => i));
});

test('FAULTS 22: an object that is not what Athena said (encrypted on the client) is not shown', async () => {
  const run = await services.run(SQL);
  proxy.add({ when: isResultObject, fault: { kind: 'corrupt', at: 2 } });
  expect(await services.load(run.id)).toMatchObject({ state: 'complete', source: 'api', rows: 4 });
  expect(await services.rows(run.id)).toEqual(HARD);
});

test('FAULTS 22: where nothing more can be read, the first page stays and the error says why', async () => {
  const run = await services.run(MANY);
  proxy.add({ when: isResultObject, fault: denied });
  let asked = 0;
  proxy.add({ when: ({ operation }) => operation === 'AmazonAthena.GetQueryResults' && asked++ > 0, fault: { kind: 'answer', status: 400, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify({ __type: 'AccessDeniedException', Message: 'no' }) } });
  const state = await services.load(run.id);
  expect(state).toMatchObject({ state: 'failed', source: 'firstPage', rows: 999, error: { code: 'AccessDenied' } });
  expect((await services.results.page({ input: { runId: run.id, start: 990, count: 100 } })).cells[0]).toHaveLength(9);
  proxy.clear();
  expect(await services.load(run.id)).toMatchObject({ state: 'complete', rows: MANY_ROWS });
});

test('FAULTS 7: a body that ends early is read again', async () => {
  const run = await services.run(MANY);
  proxy.add({ when: isResultObject, times: 2, fault: { kind: 'cut', bytes: 100 } });
  expect(await services.load(run.id)).toMatchObject({ state: 'complete', source: 'object', rows: MANY_ROWS });
});

test('FAULTS 18: a store that asks to slow down is asked again', async () => {
  const run = await services.run(MANY);
  proxy.add({ when: isResultObject, times: 2, fault: { kind: 'answer', status: 503, headers: XML, body: '<Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>' } });
  expect(await services.load(run.id)).toMatchObject({ state: 'complete', source: 'object', rows: MANY_ROWS });
});

test('the first page answers at once, while the rest is still on its way', async () => {
  const run = await services.run(MANY);
  proxy.add({ when: isResultObject, fault: { kind: 'delay', ms: 1500 } });
  expect(await services.results.open({ input: { runId: run.id } })).toMatchObject({ state: 'loading', source: 'firstPage', rows: 999 });
  const { cells } = await services.results.page({ input: { runId: run.id, start: 500, count: 2 } });
  expect(cells[0]).toEqual(['500', '501']);
});

test('DDL has its rows too, and CREATE has none', async () => {
  const create = await services.run('CREATE DATABASE IF NOT EXISTS for_results');
  expect(create.state).toBe('succeeded');
  expect(await services.load(create.id)).toMatchObject({ state: 'complete', rows: 0, columns: [] });
  const show = await services.run("SHOW DATABASES LIKE 'for_results'");
  expect(await services.load(show.id)).toMatchObject({ state: 'complete', rows: 1 });
  expect(await services.rows(show.id)).toEqual([['for_results']]);
});

test('a run that failed has no result, and says so', async () => {
  const run = await services.run('SELECT no_such_column FROM (VALUES (1)) AS t(x)');
  await expect(services.results.open({ input: { runId: run.id } })).rejects.toMatchObject({ code: 'Conflict' });
});

test('FAULTS 24: an engine that is killed costs its calls, not the backend; the next call works', async () => {
  const run = await services.run(MANY);
  await services.load(run.id);
  await services.results.view({ input: { runId: run.id, sort: [{ column: 0, direction: 'asc' }] } });
  engines.at(-1)!.kill();
  const page = () => services.results.page({ input: { runId: run.id, start: 0, count: 1 } });
  await page().catch((error: unknown) => expect(error).toMatchObject({ code: 'EngineDied' }));
  expect((await page()).cells[0]).toEqual(['0']);
});

test('FAULTS 24: an engine killed while it loads is given the work again', async () => {
  const run = await services.run(MANY);
  proxy.add({ when: isResultObject, times: 1, fault: { kind: 'delay', ms: 300 } });
  const loading = services.load(run.id);
  await services.results.open({ input: { runId: run.id } });
  engines.at(-1)!.kill();
  expect(await loading).toMatchObject({ state: 'complete', rows: MANY_ROWS });
});

test('FAULTS 24: an engine killed after the last row, before the rows are in their file, loses nothing', async () => {
  const run = await services.run(MANY);
  await services.load(run.id);
  engines.at(-1)!.kill();
  await eventually(async () => (await services.rows(run.id).catch(() => [])).length === MANY_ROWS);
  expect((await services.rows(run.id)).map(([n]) => Number(n))).toEqual(Array.from({ length: MANY_ROWS }, (_, i) => i));
});

test('sorted views page in their own order, are made once, and export in that order', async () => {
  const run = await services.run(MANY);
  await services.load(run.id);
  const sort = [{ column: 0, direction: 'desc' as const }];
  const { viewId, rows } = await services.results.view({ input: { runId: run.id, sort } });
  expect(rows).toBe(MANY_ROWS);
  const again = await services.results.view({ input: { runId: run.id, sort } });
  expect(again.viewId).toBe(viewId);
  const page = await services.results.page({ input: { runId: run.id, viewId, start: 1, count: 2 } });
  expect(page.cells[0]).toEqual([String(MANY_ROWS - 2), String(MANY_ROWS - 3)]);
  expect((await services.results.view({ input: { runId: run.id, sort: [] } })).viewId).toBeUndefined();
  const target = path.join(dataDir, 'sorted.csv');
  const job = await services.exportTo(target, { runId: run.id, viewId, format: 'csv' });
  expect(job).toMatchObject({ state: 'succeeded', rowsTotal: MANY_ROWS, rowsWritten: MANY_ROWS, target });
  const exported = parseCsv(await readFile(target, 'utf8'));
  expect(exported[0]).toEqual(['n', 't']);
  expect(exported.slice(1).map(([n]) => Number(n))).toEqual(Array.from({ length: MANY_ROWS }, (_, i) => MANY_ROWS - 1 - i));
});

test('after a restart a finished result is there without asking the service', async () => {
  const run = await services.run(SQL);
  await services.load(run.id);
  const { viewId } = await services.results.view({ input: { runId: run.id, sort: [{ column: 0, direction: 'asc' }] } });
  await services.close();
  services = await begin();
  const before = proxy.seen.length;
  expect(await services.load(run.id)).toMatchObject({ state: 'complete', rows: 4, source: 'object' });
  expect(await services.rows(run.id)).toEqual(HARD);
  expect((await services.results.page({ input: { runId: run.id, viewId, start: 0, count: 10 } })).cells[0]).toEqual(['NULL', 'line\nbreak', null, null]);
  expect(proxy.seen).toHaveLength(before);
});

test('results over the budget are evicted, the closed one used longest ago first, and read from S3 again when opened', async () => {
  const [first, second] = [await services.run(SQL), await services.run(SQL)];
  await services.load(first.id);
  await services.load(second.id);
  await services.results.close({ input: { runId: first.id } });
  const settings = services.context.store.collection('settings');
  await settings.put('all', { resultsBudget: 1 });
  await services.results.close({ input: { runId: first.id } });
  const folder = (id: string) => path.join(dataDir, 'app', 'results', id);
  await expect.poll(() => existsSync(folder(first.id)), { timeout: 15_000 }).toBe(false);
  await settings.delete('all');
  expect(await services.load(first.id)).toMatchObject({ state: 'complete', rows: 4 });
  expect(await services.rows(first.id)).toEqual(HARD);
});

test('nothing is left of parts and half-made files', async () => {
  const left = await readdir(path.join(dataDir, 'app', 'results'), { recursive: true });
  expect(left.filter((name) => /incoming|partial|part-/.test(name))).toEqual([]);
});
