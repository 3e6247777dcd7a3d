import { CreateTableCommand, DeleteTableCommand, GlueClient, UpdateTableCommand } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keysConnection, startBackend, type TestBackend } from '../../support/backend.ts';
import { eventually } from '../../support/eventually.ts';
import { startLake, type TestLake } from '../../support/lake.ts';

let backend: TestBackend;
let lake: TestLake;
let glue: GlueClient;
let remote: string;
const local = { connectionId: 'local' };

beforeAll(async () => {
  [backend, lake] = await Promise.all([startBackend({ empty: false }), startLake()]);
  glue = new GlueClient(lake.clientConfig);
  remote = await keysConnection(backend, lake);
});
afterAll(async () => {
  await Promise.all([backend?.stop(), lake?.stop()]);
});

const storage = (location: string, columns = [{ Name: 'id', Type: 'bigint' }]) => ({
  Columns: columns,
  Location: location,
  InputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
  OutputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
  SerdeInfo: { SerializationLibrary: 'org.apache.hadoop.hive.serde2.OpenCSVSerde', Parameters: { separatorChar: ',', quoteChar: '"' } },
});

describe('the sample lake', () => {
  test('shows its tables, and one of them with all a person asks for', async () => {
    const { tables } = await backend.client.catalog.tables({ ...local, database: 'samples' });
    expect(tables.find(({ name }) => name === 'flights')).toMatchObject({ kind: 'table', partitionKeys: 1 });
    const flights = await backend.client.catalog.table({ ...local, database: 'samples', table: 'flights' });
    expect(flights).toMatchObject({ format: 'Parquet', kind: 'table', location: expect.stringMatching(/^s3:\/\//) });
    expect(flights.ddl).toMatch(/^CREATE EXTERNAL TABLE `samples`\.`flights` \(/);
    expect(flights.ddl).toContain('PARTITIONED BY (');
  });

  test('pages partitions, and filters them by expression', async () => {
    const flights = { ...local, database: 'samples', table: 'flights' };
    const { keys, partitions, nextToken } = await backend.client.catalog.partitions({ ...flights, max: 2 });
    expect(keys).toHaveLength(1);
    expect(partitions).toHaveLength(2);
    const rest = await backend.client.catalog.partitions({ ...flights, token: nextToken, max: 1000 });
    const one = partitions[0]!.values[0]!;
    expect(rest.partitions.map(({ values }) => values[0])).not.toContain(one);
    const filtered = await backend.client.catalog.partitions({ ...flights, expression: `${keys[0]} = '${one}'` });
    expect(filtered.partitions.map(({ values }) => values)).toEqual([[one]]);
  });

  test('an object and a prefix lead to the table and partition that cover them', async () => {
    const { location } = await backend.client.catalog.table({ ...local, database: 'samples', table: 'flights' });
    const [bucket, ...rest] = location!.replace('s3://', '').split('/');
    const { partitions } = await backend.client.catalog.partitions({ ...local, database: 'samples', table: 'flights', max: 1 });
    const inside = partitions[0]!.location!.replace(`s3://${bucket}/`, '').replace(/\/?$/, '/part.parquet');
    expect(await backend.client.catalog.covering({ ...local, bucket: bucket!, prefix: inside })).toEqual({ database: 'samples', table: 'flights', partition: partitions[0]!.values });
    expect(await backend.client.catalog.covering({ ...local, bucket: bucket!, prefix: rest.join('/') })).toMatchObject({ table: 'flights' });
    expect(await backend.client.catalog.covering({ ...local, bucket: 'elsewhere', prefix: 'x' })).toBeNull();
  });

  test('completion answers at once, first with nothing, then with the catalog', async () => {
    const columns = await eventually(async () => {
      const { databases, refreshedAt } = await backend.client.catalog.completion(local);
      return refreshedAt && databases.find(({ name }) => name === 'samples')?.tables.find(({ name }) => name === 'flights')?.columns;
    });
    expect(columns?.length).toBeGreaterThan(3);
  });

  test('search finds tables by name and by column', async () => {
    const found = await backend.client.catalog.search({ ...local, text: 'LATITUDE' });
    expect(found.find(({ table }) => table === 'airports')).toMatchObject({ database: 'samples', matchedColumns: ['latitude'] });
    expect((await backend.client.catalog.search({ ...local, text: 'flight' }))[0]).toMatchObject({ table: 'flights' });
  });
});

describe('another endpoint', () => {
  test('a database is created only where writing is allowed', async () => {
    const create = () => backend.client.catalog.createDatabase({ connectionId: remote, database: 'made' });
    await expect(create()).rejects.toMatchObject({ code: 'ReadOnlyConnection', message: expect.stringContaining('create database made') });
    await backend.client.connections.update({ id: remote, readOnly: false });
    await create();
    await expect(create()).rejects.toMatchObject({ code: 'AlreadyExists', awsCode: 'AlreadyExistsException' });
    await backend.client.connections.update({ id: remote, readOnly: true });
  });

  test('a view shows its SQL, an Iceberg table what it is, and versions what changed', async () => {
    const presto = `/* Presto View: ${Buffer.from(JSON.stringify({ originalSql: 'SELECT 1 AS "한"' })).toString('base64')} */`;
    await glue.send(new CreateTableCommand({ DatabaseName: 'made', TableInput: { Name: 'v', TableType: 'VIRTUAL_VIEW', ViewOriginalText: presto, StorageDescriptor: { Columns: [{ Name: '한', Type: 'int' }] } } }));
    await glue.send(new CreateTableCommand({ DatabaseName: 'made', TableInput: { Name: 'ice', TableType: 'EXTERNAL_TABLE', Parameters: { table_type: 'ICEBERG' }, StorageDescriptor: storage('s3://b/ice/') } }));
    const t = { Name: 't', TableType: 'EXTERNAL_TABLE', Parameters: { "it's": 'a\\b' }, PartitionKeys: [{ Name: 'day', Type: 'date' }] };
    await glue.send(new CreateTableCommand({ DatabaseName: 'made', TableInput: { ...t, StorageDescriptor: storage('s3://b/t/') } }));
    await glue.send(new UpdateTableCommand({ DatabaseName: 'made', TableInput: { ...t, StorageDescriptor: storage('s3://b/t/', [{ Name: 'id', Type: 'string' }]) } }));
    const at = { connectionId: remote, database: 'made' };
    expect(await backend.client.catalog.table({ ...at, table: 'v' })).toMatchObject({ kind: 'view', viewSql: 'SELECT 1 AS "한"', ddl: 'CREATE OR REPLACE VIEW "made"."v" AS\nSELECT 1 AS "한"' });
    expect(await backend.client.catalog.table({ ...at, table: 'ice' })).toMatchObject({ kind: 'iceberg', format: 'Iceberg' });
    const { ddl, format } = await backend.client.catalog.table({ ...at, table: 't' });
    expect(format).toBe('CSV');
    expect(ddl).toContain("'it\\'s'='a\\\\b'");
    const { versions } = await backend.client.catalog.versions({ ...at, table: 't' });
    expect(versions.map(({ columns }) => columns[0]!.type)).toEqual(['string', 'bigint']);
  });

  test('a table made a moment ago covers its files at once', async () => {
    expect(await backend.client.catalog.covering({ connectionId: remote, bucket: 'b', prefix: 'late/x.csv' })).toBeNull();
    await glue.send(new CreateTableCommand({ DatabaseName: 'made', TableInput: { Name: 'late', StorageDescriptor: storage('s3://b/late') } }));
    const cover = await eventually(() => backend.client.catalog.covering({ connectionId: remote, bucket: 'b', prefix: 'late/x.csv' }));
    expect(cover).toEqual({ database: 'made', table: 'late' });
    // `latest/` begins with the same letters but is not below it.
    expect(await backend.client.catalog.covering({ connectionId: remote, bucket: 'b', prefix: 'latest/x.csv' })).toBeNull();
  });

  test('a table made a moment ago is found by search; one that is gone covers nothing once that is known', async () => {
    await glue.send(new CreateTableCommand({ DatabaseName: 'made', TableInput: { Name: 'brand_new', StorageDescriptor: storage('s3://b/new/') } }));
    const found = await eventually(async () => (await backend.client.catalog.search({ connectionId: remote, text: 'brand' }))[0]);
    expect(found).toMatchObject({ database: 'made', table: 'brand_new' });
    await glue.send(new DeleteTableCommand({ DatabaseName: 'made', Name: 'brand_new' }));
    await expect(backend.client.catalog.table({ connectionId: remote, database: 'made', table: 'brand_new' })).rejects.toMatchObject({ code: 'NotFound' });
    expect(await backend.client.catalog.covering({ connectionId: remote, bucket: 'b', prefix: 'new/x' })).toBeNull();
  });

  test('what is not there is named', async () => {
    await expect(backend.client.catalog.table({ connectionId: remote, database: 'made', table: 'nope' })).rejects.toMatchObject({ code: 'NotFound', message: 'table made.nope does not exist.', awsCode: 'EntityNotFoundException' });
  });
});
