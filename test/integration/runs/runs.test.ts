import { GetQueryExecutionCommand } from '@aws-sdk/client-athena';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { startFaultyProxy, type FaultyProxy } from '../../support/faultyProxy.ts';
import { startLake, type TestLake } from '../../support/lake.ts';
import { startServices, type TestServices } from '../../support/services.ts';

let lake: TestLake;
let proxy: FaultyProxy;
let services: TestServices;
const addressOf = (endpoint: string) => ({ endpoint, region: lake.region, ...lake.credentials });

beforeAll(async () => {
  lake = await startLake();
  proxy = await startFaultyProxy(lake.endpoint);
  services = await startServices({ address: addressOf(proxy.endpoint) });
});
afterAll(async () => {
  await services.close();
  await proxy.close();
  await lake.stop();
});

const operations = () => proxy.seen.map(({ operation }) => operation?.split('.')[1]);
/** Takes seconds unless it is stopped. */
const LONG = `WITH t AS (SELECT x FROM (VALUES ${Array.from({ length: 100 }, (_, i) => `(${i + 1})`).join(', ')}) AS v(x)) SELECT count(*) FROM t a, t b, t c, t d, t e WHERE (a.x * b.x + c.x * d.x + e.x) % 7 = 3`;
const start = (sql: string, clientToken: string, more: object = {}) =>
  services.runs.start({ input: { connectionId: 'local', engine: 'athena', workgroup: 'primary', catalog: 'AwsDataCatalog', sql, clientToken, ...more } });

test('a run goes from queued to succeeded and ends its stream with statistics and price', async () => {
  const run = await services.run("SELECT 1 AS one, 'x' AS two");
  expect(run).toMatchObject({ state: 'succeeded', statementType: 'DML', billed: false, engine: 'athena' });
  expect(run.outputLocation).toMatch(/^s3:\/\/.+\.csv$/);
  expect(run.priceOnAws).toBeGreaterThan(0);
  expect(run.endedAt).toBeDefined();
});

test('a failed query says what failed and where', async () => {
  const run = await services.run('SELECT\n  nothing_here FROM (VALUES (1)) AS t(x)');
  expect(run.state).toBe('failed');
  expect(run.error).toMatchObject({ code: 'QueryFailed' });
  expect(run.error!.message).toContain('nothing_here');
  expect(run.priceOnAws).toBe(0);
});

test('the same client token starts one run', async () => {
  const sql = 'SELECT 2';
  const [first, beside] = await Promise.all([start(sql, 'the-same-token'), start(sql, 'the-same-token')]);
  const second = await start(sql, 'the-same-token');
  expect([beside.id, second.id]).toEqual([first.id, first.id]);
  expect(second.externalId).toBe(first.externalId);
});

test('history is newest first, pages by cursor and finds text', async () => {
  for (const n of [1, 2, 3]) await services.run(`SELECT ${n} AS for_the_history`);
  const first = await services.runs.history({ input: { text: 'FOR_THE_HISTORY', max: 2 } });
  expect(first.runs.map(({ sql }) => sql)).toEqual(['SELECT 3 AS for_the_history', 'SELECT 2 AS for_the_history']);
  const rest = await services.runs.history({ input: { text: 'for_the_history', max: 2, before: first.next! } });
  expect(rest.runs.map(({ sql }) => sql)).toEqual(['SELECT 1 AS for_the_history']);
  expect(rest.next).toBeUndefined();
  expect((await services.runs.history({ input: { connectionId: 'another', max: 10 } })).runs).toEqual([]);
  await services.runs.forget({ input: { ids: [first.runs[0]!.id] } });
  expect((await services.runs.history({ input: { text: 'for_the_history', max: 5 } })).runs).toHaveLength(2);
});

test('today counts the runs since midnight', async () => {
  const before = await services.runs.today({ input: undefined });
  await services.run('SELECT 5');
  const after = await services.runs.today({ input: undefined });
  expect(after.runs).toBe(before.runs + 1);
  expect(after.priceOnAws).toBeGreaterThan(before.priceOnAws);
  expect(after.billed).toBe(0);
});

test('FAULTS 23: stopping a running query ends it cancelled, as the service says, with what it scanned', async () => {
  const { id } = await start(LONG, 'stop-while-running');
  const run = await services.runs.stop({ input: { id } });
  expect([run.state, run.error?.message]).toEqual(['cancelled', undefined]);
  expect(run.bytesScanned).toBeTypeOf('number');
  expect((await services.runs.get({ input: { id } })).state).toBe('cancelled');
});

test('FAULTS 23: a stop that comes after success answers succeeded', async () => {
  // The app has not heard of the end when the stop is asked: GetQueryExecution is held back.
  const { id, externalId } = await start('SELECT 7', 'stop-races-success');
  const { athena } = await services.aws.clients('local');
  await eventually(async () => (await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: externalId }))).QueryExecution?.Status?.State === 'SUCCEEDED');
  expect((await services.runs.stop({ input: { id } })).state).toBe('succeeded');
});

test('polling slows down from 100 ms, and goes on through throttling', async () => {
  proxy.add({ when: ({ operation }) => operation === 'AmazonAthena.GetQueryExecution', times: 6, fault: { kind: 'answer', status: 400, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify({ __type: 'ThrottlingException', message: 'Rate exceeded' }) } });
  const run = await services.run('SELECT 8');
  proxy.clear();
  expect(run.state).toBe('succeeded');
  expect(run.error).toBeUndefined();
});

test('a workgroup without a result location asks for one, and leaves nothing in the history', async () => {
  proxy.add({
    when: ({ operation }) => operation === 'AmazonAthena.StartQueryExecution',
    times: 1,
    // Athena's words: https://repost.aws/knowledge-center/athena-output-bucket-error
    fault: { kind: 'answer', status: 400, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify({ __type: 'InvalidRequestException', message: 'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.' }) },
  });
  await expect(start('SELECT 9 AS nowhere', 'no-output-location')).rejects.toMatchObject({ code: 'BadInput', awsCode: 'NoOutputLocation' });
  proxy.clear();
  expect((await services.runs.history({ input: { text: 'nowhere', max: 5 } })).runs).toEqual([]);
  // The same token may go again, now with a place.
  expect((await start('SELECT 9 AS nowhere', 'no-output-location')).externalId).toBeDefined();
});

test('a read-only connection runs reads and refuses everything else before anything is sent', async () => {
  const connection = await services.aws.create({ name: 'read only', kind: 'keys', region: lake.region, endpoint: proxy.endpoint }, { accessKeyId: lake.credentials.accessKeyId, secretAccessKey: lake.credentials.secretAccessKey });
  expect(connection.readOnly).toBe(true);
  expect((await services.run('SELECT 10', { connectionId: connection.id })).state).toBe('succeeded');
  const sent = operations().length;
  for (const [i, sql] of ['CREATE TABLE x AS SELECT 1 AS a', 'DROP TABLE x', 'INSERT INTO x VALUES 1', 'EXECUTE something', 'SELECT 1; DROP TABLE x', "UNLOAD (SELECT 1) TO 's3://b/' WITH (format = 'PARQUET')"].entries()) {
    await expect(start(sql, `read-only-${i}`, { connectionId: connection.id })).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
  }
  expect(operations()).toHaveLength(sent);
});

test('quitting stops what runs here', async () => {
  const other = await startServices({ address: addressOf(lake.endpoint) });
  const { id } = await other.runs.start({ input: { connectionId: 'local', engine: 'athena', workgroup: 'primary', catalog: 'AwsDataCatalog', sql: LONG, clientToken: 'stopped-by-quit' } });
  const { externalId } = await other.runs.get({ input: { id } });
  await other.close();
  const { athena } = await services.aws.clients('local');
  const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: externalId }));
  expect(QueryExecution?.Status?.State).toBe('CANCELLED');
});

test('a run that is wanted only while it is watched ends soon after the last watcher left, another goes on', async () => {
  const leave = new AbortController();
  const watched = await start(LONG, 'while-watched-token', { whileWatched: true });
  const other = await start(LONG, 'without-a-watcher-token');
  const watch = await services.runs.watch({ input: { id: watched.id }, signal: leave.signal });
  expect((await watch.next()).value).toMatchObject({ id: watched.id });
  leave.abort();
  await eventually(async () => ((await services.runs.get({ input: { id: watched.id } })).state === 'cancelled' ? true : undefined), 40_000);
  expect((await services.runs.get({ input: { id: other.id } })).state).not.toBe('cancelled');
  await services.runs.stop({ input: { id: other.id } });
});
