import { CreateDatabaseCommand, CreatePartitionCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { catalogHandlers } from '../../../electron/services/glue/index.ts';
import { addPartitions, dropPartitions, placeSql } from '../../../renderer/features/lakePaths/statements.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { startFaultyProxy, type FaultyProxy } from '../../support/faultyProxy.ts';
import { startLake, type TestLake } from '../../support/lake.ts';

let lake: TestLake;
let proxy: FaultyProxy;
let backend: TestContext;
let service: ReturnType<typeof catalogHandlers>;
let glue: GlueClient;
let s3: S3Client;

const storage = (Location: string) => ({
  Location,
  Columns: [{ Name: 'id', Type: 'bigint' }],
  InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe', Parameters: { 'field.delim': ',' } },
});
const keys = [{ Name: 'year', Type: 'int' }, { Name: 'region', Type: 'string' }];
const createTable = (Name: string, location: string, Parameters: Record<string, string> = {}) =>
  glue.send(new CreateTableCommand({ DatabaseName: 'sales', TableInput: { Name, TableType: 'EXTERNAL_TABLE', PartitionKeys: keys, Parameters, StorageDescriptor: storage(location) } }));
const createPartition = (TableName: string, Values: string[], location: string) =>
  glue.send(new CreatePartitionCommand({ DatabaseName: 'sales', TableName, PartitionInput: { Values, StorageDescriptor: storage(location) } }));
const put = (Key: string, Body = 'id\n1\n') => s3.send(new PutObjectCommand({ Bucket: 'lake', Key, Body }));
const covering = (prefix: string) => service.handlers.coveringTables({ input: { connectionId: 'local', bucket: 'lake', prefix, partitions: true } });
const files = (table: string, pages = 20) => service.handlers.tableFiles({ input: { connectionId: 'local', catalog: 'AwsDataCatalog', database: 'sales', table, pages } });

beforeAll(async () => {
  lake = await startLake();
  proxy = await startFaultyProxy(lake.endpoint);
  glue = new GlueClient(lake.clientConfig);
  s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'lake' }));
  await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'sales' } }));
  await createTable('orders', 's3://lake/orders');
  await createTable('everything', 's3://lake/');
  await createTable('projected', 's3://lake/projected/', { 'projection.enabled': 'true' });
  await createTable('custom', 's3://lake/custom/');
  await createPartition('orders', ['2024', 'kr'], 's3://lake/orders/year=2024/region=kr/');
  await createPartition('orders', ['2023', 'kr'], 's3://lake/orders/year=2023/region=kr');
  await createPartition('orders', ['2022', 'kr'], 's3://lake/archive/2022-kr/');
  await createPartition('custom', ['2024', 'kr'], 's3://lake/custom/a/');
  for (const key of ['orders/year=2024/region=kr/a.csv', 'orders/year=2024/region=kr/b.csv', 'orders/year=2025/region=k%20r/a.csv', 'orders/year=2022/region=kr/a.csv', 'orders/stray.csv', 'orders/year=2024/region=kr/_temporary/x', 'custom/a/1.csv', 'custom/b/1.csv']) await put(key);
  await put('orders/year=2025/region=jp/zero.csv', '');
  backend = await testContext({ endpoint: proxy.endpoint, region: lake.region, ...lake.credentials });
  service = catalogHandlers(backend.context);
});
afterAll(async () => {
  await service.close();
  await backend.close();
  await proxy.close();
  await lake.stop();
});

describe('path to table', () => {
  test('an object shows all tables over it, the nearest first, and its partition', async () => {
    const tables = await covering('orders/year=2024/region=kr/a.csv');
    expect(tables.map(({ table, state }) => [table, state])).toEqual([['orders', 'registered'], ['everything', 'unregistered']]);
    expect(tables[0]).toMatchObject({ folder: 's3://lake/orders/year=2024/region=kr/', named: [{ name: 'year', type: 'int', value: '2024' }, { name: 'region', type: 'string', value: 'kr' }] });
  });

  test('an unregistered partition, one registered at another place, a projected one, and half a partition', async () => {
    expect((await covering('orders/year=2025/region=k%20r/'))[0]).toMatchObject({ state: 'unregistered', named: [{ value: '2025' }, { value: 'k r' }], folder: 's3://lake/orders/year=2025/region=k%20r/' });
    expect((await covering('orders/year=2022/region=kr/a.csv'))[0]).toMatchObject({ state: 'elsewhere', registeredAt: 's3://lake/archive/2022-kr/' });
    expect((await covering('projected/year=2024/region=kr/x'))[0]).toMatchObject({ table: 'projected', state: 'projected' });
    const [half] = await covering('orders/year=2024/');
    expect(half).toMatchObject({ named: [{ name: 'year', value: '2024' }] });
    expect(half!.state).toBeUndefined();
  });

  test('partitions that are not laid out by names are known by their location; what is in none is said', async () => {
    expect((await covering('custom/a/1.csv'))[0]).toMatchObject({ table: 'custom', state: 'registered', named: [{ value: '2024' }, { value: 'kr' }] });
    expect((await covering('custom/b/1.csv'))[0]).toMatchObject({ table: 'custom', state: 'outside' });
    expect((await covering('orders/stray.csv'))[0]).toMatchObject({ table: 'orders', state: 'outside' });
  });

  test('a catalog that refuses the partition does not hide the table', async () => {
    proxy.add({ when: ({ operation }) => operation === 'AWSGlue.GetPartition', fault: { kind: 'answer', status: 400, body: '{"__type":"AccessDeniedException","Message":"no"}', headers: { 'content-type': 'application/x-amz-json-1.1' } } });
    expect((await covering('orders/year=2024/region=kr/a.csv'))[0]).toMatchObject({ table: 'orders', state: 'unknown' });
    proxy.clear();
  });

  test('going through folders asks S3 nothing and Glue one thing for each partition', async () => {
    await covering('orders/year=2024/region=kr/a.csv');
    proxy.seen.length = 0;
    await service.handlers.coveringTables({ input: { connectionId: 'local', bucket: 'lake', prefix: 'orders/year=2024/region=kr/', partitions: false } });
    expect(proxy.seen.filter(({ operation }) => operation === undefined || operation.endsWith('GetPartition'))).toEqual([]);
  });
});

describe('table to files', () => {
  test('unregistered partitions, registered ones without files, what is in none, and the newest file', async () => {
    const newest = 'orders/year=2024/region=kr/newest.csv';
    // Listings may tell whole seconds only.
    await expect.poll(() => put(newest).then(() => files('orders')).then((shown) => shown.newest?.uri), { timeout: 5000 }).toBe(`s3://lake/${newest}`);
    const shown = await files('orders');
    expect(shown).toMatchObject({ location: 's3://lake/orders/', objects: 6, complete: true, partitions: 3, outside: 1, outsideExample: 's3://lake/orders/stray.csv', projected: false });
    expect(shown.unregistered).toEqual([
      { values: ['2022', 'kr'], location: 's3://lake/orders/year=2022/region=kr/', objects: 1, bytes: 5 },
      { values: ['2025', 'k r'], location: 's3://lake/orders/year=2025/region=k%20r/', objects: 1, bytes: 5 },
    ]);
    expect(shown.empty.map(({ values }) => values)).toEqual([['2022', 'kr'], ['2023', 'kr']]);
  });

  test('a listing that stops early says so and claims no partition empty', async () => {
    for (let batch = 0; batch < 1100; batch += 100) await Promise.all(Array.from({ length: 100 }, (_, n) => put(`projected/f-${batch + n}`, 'x')));
    const shown = await files('projected', 1);
    expect(shown).toMatchObject({ complete: false, objects: 1000, projected: true, empty: [], unregistered: [] });
    expect(await files('projected', 2)).toMatchObject({ complete: true, objects: 1100 });
  });
});

describe('statements', () => {
  const target = { database: 'sales', table: 'orders', keys: [{ name: 'year', type: 'int' }, { name: 'region', type: 'string' }] };
  test('values are written as their types are, and cannot leave their quotes', () => {
    expect(placeSql({ ...target, named: [{ name: 'year', type: 'int', value: '2024' }, { name: 'region', type: 'string', value: "k'r" }] }, "s3://lake/it's.csv")).toBe(
      "SELECT *\nFROM sales.orders\nWHERE year = 2024\n  AND region = 'k''r'\n  AND \"$path\" = 's3://lake/it''s.csv'\nLIMIT 100;\n",
    );
    expect(placeSql({ ...target, named: [{ name: 'day', type: 'date', value: '2024-01-01' }, { name: 'year', type: 'int', value: '1 OR 1' }, { name: 'x', type: 'string', value: '__HIVE_DEFAULT_PARTITION__' }] })).toContain(
      "WHERE day = DATE '2024-01-01'\n  AND year = '1 OR 1'\n  AND x IS NULL",
    );
    expect(addPartitions(target, [{ values: ['2025', "k'\\r"], location: 's3://lake/o/' }])).toBe("ALTER TABLE `sales`.`orders` ADD IF NOT EXISTS\n  PARTITION (`year` = 2025, `region` = 'k\\'\\\\r') LOCATION 's3://lake/o/';\n");
    expect(dropPartitions(target, [{ values: ['1', 'a'], location: '' }, { values: ['2', 'b'], location: '' }])).toBe("ALTER TABLE `sales`.`orders` DROP IF EXISTS\n  PARTITION (`year` = 1, `region` = 'a'),\n  PARTITION (`year` = 2, `region` = 'b');\n");
  });
});
