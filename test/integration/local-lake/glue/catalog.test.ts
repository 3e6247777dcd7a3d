import * as glue from '@aws-sdk/client-glue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLake, type TestLake } from '../../../support/lake.ts';
import { checkingHandler } from '../../../support/serviceModel.ts';

let lake: TestLake;
let client: glue.GlueClient;
const checking = checkingHandler(glue as unknown as Record<string, unknown>);

beforeAll(async () => {
  lake = await startLake();
  client = new glue.GlueClient({ ...lake.clientConfig, requestHandler: checking.requestHandler as never });
});
afterAll(async () => {
  client?.destroy();
  await lake?.stop();
});

const inDb = { DatabaseName: 'db' };
const table = (Name: string, more: Partial<glue.TableInput> = {}): glue.TableInput => ({
  Name,
  TableType: 'EXTERNAL_TABLE',
  PartitionKeys: [{ Name: 'year', Type: 'int' }, { Name: 'name', Type: 'string' }],
  StorageDescriptor: { Columns: [{ Name: 'a', Type: 'int' }], Location: `s3://b/${Name}/`, SerdeInfo: { SerializationLibrary: 'x' } },
  ...more,
});
const failure = (command: Promise<unknown>) => command.then(() => 'no error', (error: Error) => error.name);

describe('Glue Data Catalog', () => {
  it('has the database default, and keeps, changes, lists and deletes others', async () => {
    expect((await client.send(new glue.GetDatabaseCommand({ Name: 'DEFAULT' }))).Database?.Name).toBe('default');
    await client.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name: 'DB', Description: 'one', Parameters: { k: 'v' } } }));
    expect(await failure(client.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name: 'db' } })))).toBe('AlreadyExistsException');
    await client.send(new glue.UpdateDatabaseCommand({ Name: 'db', DatabaseInput: { Name: 'db', Description: 'two' } }));
    const { Database } = await client.send(new glue.GetDatabaseCommand({ Name: 'db' }));
    expect(Database).toMatchObject({ Name: 'db', Description: 'two', CatalogId: '000000000000' });
    expect(Database!.CreateTime).toBeInstanceOf(Date);
    expect(await failure(client.send(new glue.GetDatabaseCommand({ Name: 'none' })))).toBe('EntityNotFoundException');
    const first = await client.send(new glue.GetDatabasesCommand({ MaxResults: 1 }));
    const second = await client.send(new glue.GetDatabasesCommand({ MaxResults: 1, NextToken: first.NextToken }));
    expect([...first.DatabaseList!, ...second.DatabaseList!].map((d) => d.Name)).toEqual(['db', 'default']);
    expect(second.NextToken).toBeUndefined();
  });

  it('creates, gets, filters and pages tables', async () => {
    for (const name of ['orders', 'Orders_old', 'users']) await client.send(new glue.CreateTableCommand({ ...inDb, TableInput: table(name) }));
    expect(await failure(client.send(new glue.CreateTableCommand({ ...inDb, TableInput: table('ORDERS') })))).toBe('AlreadyExistsException');
    expect(await failure(client.send(new glue.CreateTableCommand({ DatabaseName: 'none', TableInput: table('x') })))).toBe('EntityNotFoundException');
    const twice = table('twice', { PartitionKeys: [{ Name: 'A', Type: 'int' }] });
    expect(await failure(client.send(new glue.CreateTableCommand({ ...inDb, TableInput: twice })))).toBe('InvalidInputException');
    const { Table } = await client.send(new glue.GetTableCommand({ ...inDb, Name: 'ORDERS' }));
    expect(Table).toMatchObject({ Name: 'orders', DatabaseName: 'db', VersionId: '0', StorageDescriptor: { Location: 's3://b/orders/' } });
    const { TableList } = await client.send(new glue.GetTablesCommand({ ...inDb, Expression: 'orders.*' }));
    expect(TableList!.map((t) => t.Name)).toEqual(['orders', 'orders_old']);
    expect(await failure(client.send(new glue.GetTablesCommand({ ...inDb, Expression: '(' })))).toBe('InvalidInputException');
    const pages: string[] = [];
    for await (const page of glue.paginateGetTables({ client, pageSize: 2 }, { ...inDb })) pages.push(page.TableList!.map((t) => t.Name).join());
    expect(pages).toEqual(['orders,orders_old', 'users']);
  });

  it('keeps a version on each update, unless told to skip, and refuses a stale VersionId', async () => {
    await client.send(new glue.UpdateTableCommand({ ...inDb, TableInput: table('users', { Description: 'v1' }) }));
    await client.send(new glue.UpdateTableCommand({ ...inDb, TableInput: table('users', { Description: 'v1b' }), SkipArchive: true }));
    await client.send(new glue.UpdateTableCommand({ ...inDb, TableInput: table('users', { Description: 'v2' }), VersionId: '1' }));
    expect(await failure(client.send(new glue.UpdateTableCommand({ ...inDb, TableInput: table('users'), VersionId: '1' })))).toBe('ConcurrentModificationException');
    const inUsers = { ...inDb, TableName: 'users' };
    const { TableVersions } = await client.send(new glue.GetTableVersionsCommand(inUsers));
    expect(TableVersions!.map((v) => [v.VersionId, v.Table!.Description])).toEqual([['2', 'v2'], ['1', 'v1b'], ['0', undefined]]);
    const ids: string[] = [];
    for await (const page of glue.paginateGetTableVersions({ client, pageSize: 1 }, { ...inUsers })) ids.push(...page.TableVersions!.map((v) => v.VersionId!));
    expect(ids).toEqual(['2', '1', '0']);
    await client.send(new glue.DeleteTableVersionCommand({ ...inUsers, VersionId: '0' }));
    expect(await failure(client.send(new glue.GetTableVersionCommand({ ...inUsers, VersionId: '0' })))).toBe('EntityNotFoundException');
    expect((await client.send(new glue.GetTableVersionCommand(inUsers))).TableVersion?.VersionId).toBe('2');
  });

  it('creates, gets, updates and deletes partitions, one by one and in batches', async () => {
    const at = { ...inDb, TableName: 'orders' };
    const partition = (...Values: string[]): glue.PartitionInput => ({ Values, StorageDescriptor: { Location: `s3://b/orders/${Values.join('/')}` } });
    await client.send(new glue.CreatePartitionCommand({ ...at, PartitionInput: partition('2023', "o'neil") }));
    expect(await failure(client.send(new glue.CreatePartitionCommand({ ...at, PartitionInput: partition('2023', "o'neil") })))).toBe('AlreadyExistsException');
    expect(await failure(client.send(new glue.CreatePartitionCommand({ ...at, PartitionInput: partition('2023') })))).toBe('InvalidInputException');
    const many = ['2023', '2024', '10000'].flatMap((year) => ['ann', 'bob', '__HIVE_DEFAULT_PARTITION__'].map((name) => partition(year, name)));
    const { Errors } = await client.send(new glue.BatchCreatePartitionCommand({ ...at, PartitionInputList: [...many, partition('2023', 'ann')] }));
    expect(Errors!.map((e) => e.ErrorDetail!.ErrorCode)).toEqual(['AlreadyExistsException']);
    const { Partitions, UnprocessedKeys } = await client.send(new glue.BatchGetPartitionCommand({ ...at, PartitionsToGet: [{ Values: ['2024', 'bob'] }, { Values: ['1', 'x'] }] }));
    expect([Partitions!.length, UnprocessedKeys]).toEqual([1, []]);
    await client.send(new glue.UpdatePartitionCommand({ ...at, PartitionValueList: ['2024', 'bob'], PartitionInput: partition('2025', 'bob') }));
    expect(await failure(client.send(new glue.GetPartitionCommand({ ...at, PartitionValues: ['2024', 'bob'] })))).toBe('EntityNotFoundException');
    await client.send(new glue.DeletePartitionCommand({ ...at, PartitionValues: ['2025', 'bob'] }));
    const gone = await client.send(new glue.BatchDeletePartitionCommand({ ...at, PartitionsToDelete: [{ Values: ['2025', 'bob'] }] }));
    expect(gone.Errors!.map((e) => e.ErrorDetail!.ErrorCode)).toEqual(['EntityNotFoundException']);
  });

  it.each([
    [`year = 2023 AND name = 'ann'`, ['2023/ann']],
    [`year > 2024`, ['10000/__HIVE_DEFAULT_PARTITION__', '10000/ann', '10000/bob']],
    [`name = 'o''neil'`, [`2023/o'neil`]],
    [`year BETWEEN 2000 AND 2500 AND name IN ('ann', 'zoe')`, ['2023/ann', '2024/ann']],
    [`name LIKE 'b_b' OR name LIKE 'o%'`, ['10000/bob', '2023/bob', `2023/o'neil`]],
    [`NOT (year = 2023 OR year = 2024) AND name IS NULL`, ['10000/__HIVE_DEFAULT_PARTITION__']],
    [`name <> 'ann' and year = 2024`, []],
    [`(year=2024)`, ['2024/__HIVE_DEFAULT_PARTITION__', '2024/ann']],
  ])('lists the partitions where %s', async (Expression, expected) => {
    const { Partitions } = await client.send(new glue.GetPartitionsCommand({ ...inDb, TableName: 'orders', Expression }));
    expect(Partitions!.map((p) => p.Values!.join('/'))).toEqual(expected);
  });

  it.each([`year = 'x'`, 'nokey = 1', 'year =', `year = 1 AND`, `name ~ 'x'`, `name = 'open`])('refuses the expression %s', async (Expression) => {
    expect(await failure(client.send(new glue.GetPartitionsCommand({ ...inDb, TableName: 'orders', Expression })))).toBe('InvalidInputException');
  });

  it('gives each partition to exactly one segment', async () => {
    const seen: string[] = [];
    for (const SegmentNumber of [0, 1, 2]) {
      const { Partitions } = await client.send(new glue.GetPartitionsCommand({ ...inDb, TableName: 'orders', Segment: { SegmentNumber, TotalSegments: 3 }, ExcludeColumnSchema: true }));
      seen.push(...Partitions!.map((p) => p.Values!.join('/')));
    }
    const all = await client.send(new glue.GetPartitionsCommand({ ...inDb, TableName: 'orders' }));
    expect(seen.sort()).toEqual(all.Partitions!.map((p) => p.Values!.join('/')).sort());
  });

  it('finds tables by text and by filter', async () => {
    const names = async (input: glue.SearchTablesCommandInput) => (await client.send(new glue.SearchTablesCommand(input))).TableList!.map((t) => t.Name);
    expect(await names({ SearchText: 'orders' })).toEqual(['orders', 'orders_old']);
    expect(await names({ Filters: [{ Key: 'Name', Value: 'users' }] })).toEqual(['users']);
    expect(await names({ SearchText: 'nothing-like-this' })).toEqual([]);
  });

  it('deletes tables with their partitions, and databases with their tables', async () => {
    const { Errors } = await client.send(new glue.BatchDeleteTableCommand({ ...inDb, TablesToDelete: ['orders', 'none'] }));
    expect(Errors!.map((e) => [e.TableName, e.ErrorDetail!.ErrorCode])).toEqual([['none', 'EntityNotFoundException']]);
    await client.send(new glue.CreateTableCommand({ ...inDb, TableInput: table('orders') }));
    expect((await client.send(new glue.GetPartitionsCommand({ ...inDb, TableName: 'orders' }))).Partitions).toEqual([]);
    await client.send(new glue.DeleteDatabaseCommand({ Name: 'db' }));
    expect(await failure(client.send(new glue.GetTablesCommand(inDb)))).toBe('EntityNotFoundException');
  });

  it('names operations it does not have', async () => {
    const error = await client.send(new glue.GetJobsCommand({})).catch((e: Error) => e);
    expect((error as Error).message).toContain('GetJobs');
  });

  it('answers as the service model says', () => {
    expect(checking.violations).toEqual([]);
  });
});

describe('Glue Data Catalog after kill -9', () => {
  it('keeps everything it acknowledged', async () => {
    const own = await startLake();
    let last = 0;
    const writer = new glue.GlueClient({ ...own.clientConfig, maxAttempts: 1 });
    const writing = (async () => {
      for (let i = 0; ; i++) {
        await writer.send(new glue.CreateDatabaseCommand({ DatabaseInput: { Name: `d${i}` } }));
        last = i;
      }
    })().catch(() => undefined);
    while (last < 20) await new Promise((resolve) => setTimeout(resolve, 5));
    await own.kill();
    await writing;
    const again = await startLake({ dataDir: own.dataDir });
    const reader = new glue.GlueClient(again.clientConfig);
    for (let i = 0; i <= last; i++) expect((await reader.send(new glue.GetDatabaseCommand({ Name: `d${i}` }))).Database?.Name).toBe(`d${i}`);
    await again.stop();
  });
});
