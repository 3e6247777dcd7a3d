import * as sdk from '@aws-sdk/client-redshift-data';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RedshiftTarget } from '../../../shared/contract/redshift.ts';
import { eventually } from '../../support/eventually.ts';
import { startLake, type TestLake } from '../../support/lake.ts';
import { startRedshift, type TestRedshift } from '../../support/redshiftServer.ts';
import { checkingHandler } from '../../support/serviceModel.ts';
import { startServices, type TestServices } from '../../support/services.ts';

let lake: TestLake;
let redshift: TestRedshift;
let services: TestServices;
let connectionId: string;

beforeAll(async () => {
  lake = await startLake();
  redshift = await startRedshift();
  await redshift.sql('CREATE SCHEMA public; CREATE TABLE public.trips AS SELECT range AS id, range % 7 AS day, \'t\' || range AS name FROM range(1203)');
  services = await startServices({ address: { endpoint: lake.endpoint, region: lake.region, ...lake.credentials } });
  ({ id: connectionId } = await services.context.aws.create({ name: 'Warehouse', kind: 'keys', region: 'us-east-1', endpoints: { 'redshift-data': redshift.endpoint } }, lake.credentials));
  await services.context.aws.update(connectionId, { readOnly: false });
});
afterAll(async () => {
  await services.close();
  await redshift.close();
  await lake.stop();
});

const target: RedshiftTarget = { kind: 'workgroup', name: 'analytics', database: 'dev' };
const on = (more: object = {}) => ({ engine: 'redshift' as const, connectionId, target, ...more });
const sent = (operation: string) => redshift.seen.filter((one) => one.operation === operation).map(({ input }) => input);

test('a statement runs by the Data API, and its rows are a result like any other, page by page', async () => {
  const run = await services.run('SELECT id, name FROM public.trips ORDER BY id', on());
  expect(run).toMatchObject({ engine: 'redshift', state: 'succeeded', statementType: 'DML', priceOnAws: null, target });
  expect(await services.load(run.id)).toMatchObject({ state: 'complete', rows: 1203, source: 'api', columns: [{ name: 'id', type: 'bigint' }, { name: 'name', type: 'varchar' }] });
  expect((await services.rows(run.id)).at(-1)).toEqual(['1202', 't1202']);
  expect(sent('GetStatementResult').map(({ NextToken }) => NextToken)).toEqual([undefined, '500', '1000']);
  expect(await services.runs.statistics({ input: { id: run.id } })).toMatchObject({ outputRows: 1203, timeline: [{ part: 'engine' }, { part: 'total' }] });
});

test('values are exact: integers beyond 2^53, decimals, NULL apart from the empty string, bytes', async () => {
  const run = await services.run(`SELECT 9223372036854775807::BIGINT AS big, -9007199254740993 AS less, 1.50::DECIMAL(10,2) AS d, NULL AS n, '' AS e, '"longValue": 12345678901234567890' AS s, true AS b, 0.1 + 0.2::DOUBLE AS f, 'ab'::BLOB AS bytes`, on());
  const { columns } = await services.load(run.id);
  expect(columns.map(({ type }) => type)).toEqual(['bigint', 'bigint', 'decimal(10,2)', 'integer', 'varchar', 'varchar', 'boolean', 'double', 'varbinary']);
  expect(await services.rows(run.id)).toEqual([['9223372036854775807', '-9007199254740993', '1.50', null, '', '"longValue": 12345678901234567890', 'true', '0.30000000000000004', '61 62']]);
});

test('a cluster is asked as a database user or with a secret, each as the API wants it', async () => {
  await services.run('SELECT 1', on({ target: { kind: 'cluster', name: 'big', database: 'dev', dbUser: 'analyst' } }));
  await services.run('SELECT 1', on({ target: { kind: 'cluster', name: 'big', database: 'dev', secretArn: 'arn:aws:secretsmanager:us-east-1:1:secret:x' } }));
  const [byUser, bySecret] = sent('ExecuteStatement').slice(-2);
  expect(byUser).toMatchObject({ ClusterIdentifier: 'big', DbUser: 'analyst', Database: 'dev' });
  expect(byUser).not.toHaveProperty('WorkgroupName');
  expect(bySecret).toMatchObject({ ClusterIdentifier: 'big', SecretArn: 'arn:aws:secretsmanager:us-east-1:1:secret:x' });
  expect(bySecret).not.toHaveProperty('DbUser');
});

test('the same token starts one statement', async () => {
  const before = sent('ExecuteStatement').length;
  const [one, two] = await Promise.all([services.start('SELECT 2', on({ clientToken: 'one-and-the-same' })), services.start('SELECT 2', on({ clientToken: 'one-and-the-same' }))]);
  expect(one.id).toBe(two.id);
  expect(sent('ExecuteStatement')).toHaveLength(before + 1);
  expect(String(sent('ExecuteStatement').at(-1)!.ClientToken)).toHaveLength(64);
});

test('an error of the statement says where; one of rights says what was denied', async () => {
  const failed = await services.run("SELECT '한',\n  nope FROM public.trips", on());
  expect(failed).toMatchObject({ state: 'failed', error: { code: 'QueryFailed', message: expect.stringContaining('nope') } });
  await expect(services.start('SELECT 1', on({ target: { ...target, name: 'nobody' } }))).rejects.toMatchObject({ code: 'AccessDenied', action: 'redshift-data:ExecuteStatement' });
  await expect(services.start('SELECT 1', on({ target: undefined }))).rejects.toMatchObject({ code: 'BadInput' });
});

test('FAULTS 23: a stop really stops; one that comes too late leaves what happened', async () => {
  const { id } = await services.start('SELECT count(*) FROM range(100000) a, range(100000) b, range(1000) c WHERE (a.range * b.range + c.range) % 7 = 3', on());
  await eventually(async () => (await services.runs.get({ input: { id } })).state === 'running');
  expect((await services.runs.stop({ input: { id } })).state).toBe('cancelled');
  const done = await services.start('SELECT 1', on());
  await eventually(async () => (await services.runs.get({ input: { id: done.id } })).state === 'succeeded');
  expect((await services.runs.stop({ input: { id: done.id } })).state).toBe('succeeded');
});

test('a statement without rows is done, with none', async () => {
  const run = await services.run('CREATE TABLE made AS SELECT 1 AS x', on());
  expect(run.state).toBe('succeeded');
  expect(await services.results.open({ input: { runId: run.id } })).toMatchObject({ state: 'complete', columns: [], rows: 0 });
});

test('a read-only connection takes proven reads and nothing else', async () => {
  await services.context.aws.update(connectionId, { readOnly: true });
  try {
    expect((await services.run('SELECT count(*) FROM public.trips', on())).state).toBe('succeeded');
    const before = sent('ExecuteStatement').length;
    for (const sql of ['DELETE FROM public.trips', 'SELECT * INTO copy FROM public.trips', 'SELECT own_function(1)', 'SELECT pg_terminate_backend(1)', "SELECT 'a\\'' ; DROP TABLE t --'", 'SELECT public.count(1)', 'CALL p()', 'SELECT 1; SELECT 2']) {
      await expect(services.start(sql, on()), sql).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
    }
    expect(sent('ExecuteStatement')).toHaveLength(before);
  } finally {
    await services.context.aws.update(connectionId, { readOnly: false });
  }
});

test('the catalog is read by its own operations', async () => {
  const where = { connectionId, target };
  expect(await services.redshift.databases({ input: where })).toEqual(['dev']);
  const { schemas } = await services.redshift.tables({ input: where });
  expect(schemas.find(({ name }) => name === 'public')!.tables).toContain('trips');
  expect(await services.redshift.columns({ input: { ...where, schema: 'public', table: 'trips' } })).toEqual([{ name: 'id', type: 'bigint' }, { name: 'day', type: 'bigint' }, { name: 'name', type: 'varchar' }]);
});

test('schemas and the tables of one of them come by pages; one that may not be read fails alone', async () => {
  const where = { connectionId, target };
  await redshift.sql('CREATE SCHEMA many; CREATE SCHEMA secret; CREATE SCHEMA many_; CREATE SCHEMA manyx; CREATE TABLE manyx.other (a INT)');
  await redshift.sql(Array.from({ length: 230 }, (_, i) => `CREATE TABLE many_.t${String(i).padStart(3, '0')} (a INT)`).join('; '));
  await redshift.sql('CREATE VIEW many_.v AS SELECT 1 AS one');
  const { schemas } = await services.redshift.schemas({ input: where });
  expect(schemas.slice(0, 3)).toEqual(['many', 'many_', 'manyx']);
  expect(schemas.findIndex((name) => name.startsWith('pg_') || name === 'information_schema')).toBeGreaterThan(schemas.indexOf('secret'));
  const first = await services.redshift.tablesOf({ input: { ...where, schema: 'many_' } });
  expect(first.tables).toHaveLength(200);
  const rest = await services.redshift.tablesOf({ input: { ...where, schema: 'many_', token: first.nextToken } });
  // `_` is any character to the service: what it gave of `manyx` is left out.
  expect([...first.tables, ...rest.tables].map(({ name }) => name)).toEqual([...Array.from({ length: 230 }, (_, i) => `t${String(i).padStart(3, '0')}`), 'v']);
  expect(rest.tables.at(-1)).toEqual({ name: 'v', type: 'VIEW' });
  expect(rest.nextToken).toBeUndefined();
  await expect(services.redshift.tablesOf({ input: { ...where, schema: 'secret' } })).rejects.toMatchObject({ code: 'AccessDenied', action: 'redshift-data:ListTables' });
});

test('the server of these tests answers as the published model of the SDK says', async () => {
  const checking = checkingHandler(sdk as unknown as Record<string, unknown>);
  const client = new sdk.RedshiftDataClient({ region: 'us-east-1', endpoint: redshift.endpoint, credentials: lake.credentials, requestHandler: checking.requestHandler as never });
  const place = { WorkgroupName: 'analytics', Database: 'dev' };
  const { Id } = await client.send(new sdk.ExecuteStatementCommand({ ...place, Sql: "SELECT 1::INT AS a, 1.5::DOUBLE AS b, NULL AS c, true AS d, 'x'::BLOB AS e, DATE '2024-01-01' AS f" }));
  await eventually(async () => (await client.send(new sdk.DescribeStatementCommand({ Id }))).Status === 'FINISHED');
  const { Records } = await client.send(new sdk.GetStatementResultCommand({ Id }));
  expect(Records?.[0]).toMatchObject([{ longValue: 1 }, { doubleValue: 1.5 }, { isNull: true }, { booleanValue: true }, { blobValue: expect.anything() }, { stringValue: '2024-01-01' }]);
  await client.send(new sdk.ListDatabasesCommand(place));
  await client.send(new sdk.ListSchemasCommand(place));
  await client.send(new sdk.ListTablesCommand(place));
  await client.send(new sdk.DescribeTableCommand({ ...place, Schema: 'public', Table: 'trips' }));
  await expect(client.send(new sdk.CancelStatementCommand({ Id }))).rejects.toMatchObject({ name: 'ValidationException' });
  await expect(client.send(new sdk.DescribeStatementCommand({ Id: '00000000-0000-0000-0000-000000000000' }))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  expect(checking.violations).toEqual([]);
  client.destroy();
});
