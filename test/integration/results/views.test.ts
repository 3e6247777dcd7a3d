import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nodeStartChild, type RawChild, type StartChild } from '../../../electron/processes/parent.ts';
import { exportHasEnded } from '../../../electron/results/exports.ts';
import type { ExportJob } from '../../../shared/contract/results.ts';
import type { ViewSpec, ViewState } from '../../../shared/contract/resultViews.ts';
import { parseCsv } from '../../support/csv.ts';
import { eventually } from '../../support/eventually.ts';
import { startLake, type TestLake } from '../../support/lake.ts';
import { outDir } from '../../support/serve.ts';
import { startServices, type TestServices } from '../../support/services.ts';

let lake: TestLake;
let dataDir: string;
let services: TestServices;
const engines: RawChild[] = [];
const startChild: StartChild = (name, args) => {
  const child = nodeStartChild(outDir)(name, args);
  engines.push(child);
  return child;
};
const address = () => ({ endpoint: lake.endpoint, region: lake.region, ...lake.credentials });
beforeAll(async () => {
  lake = await startLake();
  dataDir = await mkdtemp(path.join(tmpdir(), 'secchi-views-'));
  services = await startServices({ address: address(), dataDir, startChild });
});
afterAll(async () => {
  await services.close();
  await lake.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const digits = `(VALUES ${Array.from({ length: 10 }, (_, i) => `(${i})`).join(', ')})`;
const THOUSAND = `SELECT a.x * 100 + b.x * 10 + c.x AS n, 'text ' || CAST(a.x AS varchar) AS t FROM ${digits} AS a(x) CROSS JOIN ${digits} AS b(x) CROSS JOIN ${digits} AS c(x) ORDER BY 1`;

async function loaded(sql = THOUSAND): Promise<string> {
  const run = await services.run(sql);
  expect(await services.load(run.id)).toMatchObject({ state: 'complete' });
  return run.id;
}
const rowsSpec = (spec: object): ViewSpec => ({ kind: 'rows', sort: [], filters: [], search: '', ...spec });
const make = async (runId: string, spec: ViewSpec) => services.last<ViewState>(await services.results.makeView({ input: { runId, spec } }));
const over = (from: string): ViewSpec => rowsSpec({ filters: [{ column: 0, not: false, test: { kind: 'range', from } }], sort: [{ column: 0, direction: 'desc' }] });
const viewFiles = async (runId: string) => (await readdir(path.join(dataDir, 'app', 'results', runId))).filter((name) => name.startsWith('view-') && name.endsWith('.duckdb'));

test('a view says how many rows pass, and is paged in its order', async () => {
  const runId = await loaded();
  const state = await make(runId, over('990'));
  expect(state).toMatchObject({ state: 'made', rows: 10 });
  expect((await services.rows(runId, state.viewId)).map(([n]) => n)).toEqual(['999', '998', '997', '996', '995', '994', '993', '992', '991', '990']);
});

test('a page can be of some columns only, in any order', async () => {
  const runId = await loaded();
  expect(await services.results.page({ input: { runId, start: 998, count: 5, columns: [1, 0] } })).toEqual({ start: 998, cells: [['text 9', 'text 9'], ['998', '999']] });
  await expect(services.results.page({ input: { runId, start: 0, count: 5, columns: [2] } })).rejects.toMatchObject({ code: 'BadInput' });
});

test('old views leave when there are many, and are made again when their rows are asked for', async () => {
  const runId = await loaded();
  const first = await make(runId, over('900'));
  for (let from = 901; from < 916; from++) await make(runId, over(String(from)));
  const files = await viewFiles(runId);
  expect(files.length).toBeLessThanOrEqual(12);
  expect(files).not.toContain(`view-${first.viewId}.duckdb`);
  expect(await services.rows(runId, first.viewId)).toHaveLength(100);
  expect(await viewFiles(runId)).toContain(`view-${first.viewId}.duckdb`);
});

test('after a restart a view is there, made again where its file is gone', async () => {
  const runId = await loaded();
  const { viewId } = await make(runId, over('500'));
  await services.close();
  await rm(path.join(dataDir, 'app', 'results', runId, `view-${viewId}.duckdb`));
  services = await startServices({ address: address(), dataDir, startChild });
  expect(await services.rows(runId, viewId)).toHaveLength(500);
});

test('a filter that makes no sense fails by name, and the result stays', async () => {
  const runId = await loaded();
  expect(await make(runId, over('ten'))).toMatchObject({ state: 'failed', error: { code: 'BadInput', message: '“ten” is no integer.' } });
  expect(await services.rows(runId)).toHaveLength(1000);
});

test('a view nobody waits for any more is given up, without a file; the next one is made', async () => {
  const runId = await loaded(`SELECT a.n * 1000 + b.n AS n, 'some text' AS t FROM (${THOUSAND}) AS a(n, t) CROSS JOIN (${THOUSAND}) AS b(n, t) WHERE a.n < 500`);
  const leave = new AbortController();
  const stream = (await services.results.makeView({ input: { runId, spec: over('7') }, signal: leave.signal } as never)) as AsyncIterable<ViewState>;
  for await (const { state } of stream) if (state === 'making') leave.abort();
  expect(await make(runId, over('499999'))).toMatchObject({ state: 'made' });
  expect((await viewFiles(runId)).length).toBeLessThanOrEqual(2);
});

test('FAULTS 24: an engine that dies while it makes a view is said, the rows stay, and the view is made when asked again', async () => {
  const runId = await loaded();
  const stream = (await services.results.makeView({ input: { runId, spec: over('3') } })) as AsyncIterable<ViewState>;
  engines.at(-1)!.kill();
  let last: ViewState | undefined;
  for await (const state of stream) last = state;
  // It may have been quicker than the kill.
  if (last?.state !== 'made') expect(last).toMatchObject({ state: 'failed', error: { code: 'EngineDied', retryable: true } });
  expect(await make(runId, over('3'))).toMatchObject({ state: 'made', rows: 997 });
  expect(await services.rows(runId)).toHaveLength(1000);
});

test('a pivot is sorted and filtered like a result, and exported', async () => {
  const runId = await loaded();
  const pivot = await make(runId, { kind: 'pivot', filters: [], search: '', rows: [1], columns: [], values: [{ column: 0, aggregate: 'sum' }] });
  expect(pivot).toMatchObject({ state: 'made', rows: 10, columns: [{ name: 't' }, { name: 'sum(n)', type: 'decimal(38,0)' }] });
  const top = await make(runId, rowsSpec({ of: pivot.viewId, sort: [{ column: 1, direction: 'desc' }], filters: [{ column: 1, not: false, test: { kind: 'range', from: '80000' } }] }));
  expect(await services.rows(runId, top.viewId)).toEqual([['text 9', '94950'], ['text 8', '84950']]);
  const file = path.join(dataDir, 'pivot.csv');
  expect(await services.exportTo(file, { runId, format: 'csv', viewId: top.viewId })).toMatchObject({ state: 'succeeded', rowsTotal: 2 });
  expect(parseCsv(await readFile(file, 'utf8'))).toEqual([['t', 'sum(n)'], ['text 9', '94950'], ['text 8', '84950']]);
});

test('two runs are compared, the other one opened for it', async () => {
  const before = await services.run(`SELECT * FROM (${THOUSAND}) WHERE n < 999`);
  const runId = await loaded();
  const compared = await make(runId, { kind: 'compare', before: before.id, keys: ['n'] });
  expect(compared).toMatchObject({ state: 'made', rows: 1 });
  expect(await services.rows(runId, compared.viewId)).toEqual([['added', '999', 'text 9', null]]);
});

test('statistics, top values and a profile are of the view that is shown', async () => {
  const runId = await loaded();
  const { viewId } = await make(runId, over('990'));
  expect(await services.results.stats({ input: { runId, viewId, top: 0, bottom: 9, columns: [0] } })).toMatchObject({ cells: 10, sum: '9945', min: '990', max: '999', distinct: 10 });
  expect(await services.results.topValues({ input: { runId, viewId, column: 1, contains: '', max: 5 } })).toEqual([{ value: 'text 9', count: 10 }]);
  expect(await services.results.profile({ input: { runId, column: 0 } })).toMatchObject({ rows: 1000, distinct: 1000, min: '0', max: '999' });
});

test('a pinned result stays when the budget is too small for it, over a restart; unpinned it leaves', async () => {
  const runId = await loaded();
  expect(await services.results.pin({ input: { runId, pinned: true } })).toMatchObject({ pinned: true });
  await services.results.close({ input: { runId } });
  await services.context.store.collection('settings').put('all', { resultsBudget: 1 });
  await services.close();
  services = await startServices({ address: address(), dataDir, startChild });
  const other = await loaded('SELECT 1 AS one');
  await services.results.close({ input: { runId: other } });
  const stored = async () => (await services.results.stored({ input: undefined })).results.map((one) => one.runId);
  // It leaves once it is in its file.
  await eventually(async () => !(await stored()).includes(other));
  expect(await stored()).toEqual([runId]);
  expect(await services.results.open({ input: { runId } })).toMatchObject({ state: 'complete', pinned: true });
  await services.results.close({ input: { runId } });
  await services.results.pin({ input: { runId, pinned: false } });
  expect(await stored()).toEqual([]);
  expect(existsSync(path.join(dataDir, 'app', 'results', runId))).toBe(false);
  await services.context.store.collection('settings').put('all', {});
});

test('an export on its way to S3 is a file of its own name, whose grant an upload takes', async () => {
  const runId = await loaded();
  const { id } = await services.results.export({ input: { runId, format: 'jsonl', escapeFormulas: false, destination: { kind: 'upload', fileName: 'rows.jsonl' } } });
  const job = await services.last<ExportJob>(await services.results.watchExport({ input: { id } }));
  expect(exportHasEnded(job)).toBe(true);
  const file = services.context.grants.resolve(job.grant!, 'read');
  expect(path.basename(file)).toBe('rows.jsonl');
  expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(1000);
});
