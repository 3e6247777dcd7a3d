import { CreateTableCommand, GlueClient, type TableInput } from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { estimatesHandlers } from '../../../electron/services/estimates/index.ts';
import { countStored } from '../../../electron/services/estimates/listing.ts';
import type { Estimate } from '../../../shared/contract/estimates.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { startFaultyProxy, type FaultyProxy } from '../../support/faultyProxy.ts';
import { startLake, type TestLake } from '../../support/lake.ts';

let lake: TestLake;
let proxy: FaultyProxy;
let made: TestContext;
let glue: GlueClient;
let estimates: ReturnType<typeof estimatesHandlers>;

const watch = (sql: string, fresh = false, signal?: AbortSignal) => estimates.watch({ input: { connectionId: 'local', sql, catalog: 'AwsDataCatalog', database: 'default', fresh }, signal });
async function estimateOf(sql: string): Promise<Estimate> {
  let last: Estimate | undefined;
  for await (const event of await watch(sql)) last = event;
  return last!;
}

const text = { InputFormat: 'org.apache.hadoop.mapred.TextInputFormat', OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat', SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe' } };
const table = (Name: string, more: Partial<TableInput> = {}) =>
  glue.send(
    new CreateTableCommand({
      DatabaseName: 'default',
      TableInput: { Name, TableType: 'EXTERNAL_TABLE', ...more, StorageDescriptor: { Columns: [{ Name: 'x', Type: 'string' }], Location: `s3://data/${Name}/`, ...text, ...more.StorageDescriptor } },
    }),
  );

beforeAll(async () => {
  lake = await startLake();
  proxy = await startFaultyProxy(lake.endpoint);
  made = await testContext({ endpoint: proxy.endpoint, region: lake.region, ...lake.credentials });
  estimates = estimatesHandlers(made.context);
  glue = new GlueClient(lake.clientConfig);
  const s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'data' }));
  const put = (Key: string, Body: string) => s3.send(new PutObjectCommand({ Bucket: 'data', Key, Body }));

  await table('plain');
  await put('plain/a.csv', 'x'.repeat(1000));
  await put('plain/deeper/b.csv', 'x'.repeat(100));
  await put('plain/_SUCCESS', 'x'.repeat(10));
  await put('plain/.hidden/c', 'x'.repeat(10));
  await put('plainly/d.csv', 'x'.repeat(10));

  const rules = { 'projection.enabled': 'true', 'projection.kind.type': 'enum', 'projection.kind.values': 'a,b,c', 'projection.device.type': 'injected', 'storage.location.template': 's3://data/projected/${kind}/${device}' };
  await table('projected', { PartitionKeys: [{ Name: 'kind', Type: 'string' }, { Name: 'device', Type: 'string' }], Parameters: rules });
  for (const [at, bytes] of Object.entries({ 'a/1': 1000, 'a/2': 200, 'b/1': 30 })) await put(`projected/${at}/part`, 'x'.repeat(bytes));

  const summary = { 'total-files-size': '123456', 'total-data-files': '3', 'total-delete-files': '0' };
  await put('iceberg/metadata/1.json', JSON.stringify({ 'current-snapshot-id': 7, snapshots: [{ 'snapshot-id': 7, summary }] }));
  await table('ice', { Parameters: { table_type: 'ICEBERG', metadata_location: 's3://data/iceberg/metadata/1.json' } });
  await table('delta', { Parameters: { 'spark.sql.sources.provider': 'delta' } });
  await table('hudi', { Parameters: { 'spark.sql.sources.provider': 'hudi' } });
  await table('links', { StorageDescriptor: { InputFormat: 'org.apache.hadoop.hive.ql.io.SymlinkTextInputFormat' } });
  await table('odd', { StorageDescriptor: { InputFormat: '', SerdeInfo: {} } });
  await table('nowhere', { StorageDescriptor: { Location: 's3://no-such-bucket/x/' } });
});
afterAll(async () => {
  await made.close();
  await proxy.close();
  await lake.stop();
});

test('what the engine would not read is not counted: hidden names, and neighbours whose names begin alike', async () => {
  expect(await estimateOf('SELECT * FROM plain')).toMatchObject({ bound: 'atMost', bytes: 1100, reads: [{ objects: 2 }] });
  expect(await estimateOf('SELECT * FROM plain a, plain b, "default".plain')).toMatchObject({ bytes: 3300 });
});

describe('partition projection', () => {
  test('an injected key needs its value; with it, the places are computed', async () => {
    expect(await estimateOf('SELECT * FROM projected')).toMatchObject({ bound: 'unknown', unknown: 'injected', detail: 'device' });
    expect(await estimateOf("SELECT * FROM projected WHERE device = '1'")).toMatchObject({ bound: 'atMost', bytes: 1030, reads: [{ partitions: 3, unfiltered: false }] });
    expect(await estimateOf("SELECT * FROM projected WHERE device IN ('1', '2') AND kind < 'b'")).toMatchObject({ bytes: 1200, reads: [{ partitions: 2 }] });
  });
});

test.each([
  ['SELECT * FROM delta', 'delta'],
  ['SELECT * FROM hudi', 'hudi'],
  ['SELECT * FROM links', 'symlink'],
  ['SELECT * FROM odd', 'format'],
  ['SELECT * FROM lambda.db.t', 'federated'],
  ['SELECT * FROM information_schema.tables', 'systemTable'],
  ['SELECT * FROM "plain$partitions"', 'systemTable'],
  ['SELECT * FROM nothing', 'notFound'],
  ['SELECT * FROM nowhere', 'notFound'],
  ['SELECT x FROM plain TABLESAMPLE BERNOULLI (1)', 'clause'],
  ['DELETE FROM ice', 'changesRows'],
])('%s: unknown, never less', async (sql, reason) => {
  expect(await estimateOf(sql)).toMatchObject({ bound: 'unknown', unknown: reason });
  // What is known beside it does not make it known.
  if (sql.startsWith('SELECT * FROM')) expect(await estimateOf(`${sql} UNION ALL SELECT x FROM plain`)).toMatchObject({ bound: 'unknown', bytes: 1100 });
});

test('an Iceberg table is bounded by its current snapshot', async () => {
  const estimate = await estimateOf('SELECT x FROM ice');
  expect(estimate).toMatchObject({ bound: 'atMost', reads: [{ objects: 3 }] });
  expect(estimate.bytes).toBeGreaterThanOrEqual(123_456);
});

test('what is not counted to its end is more than was counted', async () => {
  const places = ['plain', 'projected/a/1', 'projected/b/1'].map((prefix) => ({ bucket: 'data', prefix: `${prefix}/` }));
  const count = (pages: number) => countStored(made.context.aws, { connectionId: 'local', places }, { budget: { pages }, signal: new AbortController().signal, report: () => undefined });
  expect(await count(100)).toMatchObject({ complete: true, bytes: 2130, objects: 4 });
  expect((await count(1)).complete).toBe(false);
  expect(await count(0)).toMatchObject({ complete: false, bytes: 0 });
});

test('typing on asks nothing again, and a known change asks anew', async () => {
  await estimateOf('SELECT x FROM plain');
  const before = proxy.seen.length;
  await estimateOf('SELECT x FROM plain WHERE x = 1');
  expect(proxy.seen.length).toBe(before);
  for await (const _ of await watch('SELECT x FROM plain', true));
  expect(proxy.seen.length).toBeGreaterThan(before);
});

test('who leaves ends the counting, even one that stalls', async () => {
  proxy.add({ when: ({ url }) => url.includes('list-type=2'), fault: { kind: 'delay', ms: 60_000 } });
  const leave = new AbortController();
  const stream = await watch('SELECT * FROM plain, ice', true, leave.signal);
  const first = await stream.next();
  expect(first.value).toMatchObject({ state: 'counting' });
  leave.abort();
  for (let event = await stream.next(); !event.done; event = await stream.next()) expect(event.value).toMatchObject({ state: 'counting' });
  proxy.clear();
});

test('what is denied is named', async () => {
  proxy.add({ when: ({ operation }) => operation === 'AWSGlue.GetTable', fault: { kind: 'answer', status: 400, body: JSON.stringify({ __type: 'AccessDeniedException', Message: 'no' }), headers: { 'content-type': 'application/x-amz-json-1.1' } } });
  for await (const estimate of await watch('SELECT * FROM plain', true)) {
    if (estimate.state === 'done') expect(estimate).toMatchObject({ bound: 'unknown', unknown: 'denied', detail: 'glue:GetTable' });
  }
  proxy.clear();
});
