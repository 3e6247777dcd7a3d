import { BatchCreatePartitionCommand, CreateTableCommand, GlueClient } from '@aws-sdk/client-glue';
import PQueue from 'p-queue';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keysConnection, startBackend, type TestBackend } from '../../support/backend.ts';
import { eventually } from '../../support/eventually.ts';
import { startLake, type TestLake } from '../../support/lake.ts';

const TABLES = 5_000;
const COLUMNS = 2_000;
const PARTITIONS = 100_000;

let backend: TestBackend;
let lake: TestLake;
let at: { connectionId: string; database: string };

const columns = (count: number) => Array.from({ length: count }, (_, i) => ({ Name: `column_${i}`, Type: 'string' }));

beforeAll(async () => {
  [backend, lake] = await Promise.all([startBackend(), startLake()]);
  const glue = new GlueClient({ ...lake.clientConfig, maxAttempts: 5 });
  at = { connectionId: await keysConnection(backend, lake), database: 'large' };
  await backend.client.connections.update({ id: at.connectionId, readOnly: false });
  await backend.client.catalog.createDatabase(at);
  const create = (name: string, count: number) =>
    glue.send(
      new CreateTableCommand({
        DatabaseName: 'large',
        TableInput: { Name: name, PartitionKeys: [{ Name: 'day', Type: 'string' }], StorageDescriptor: { Columns: columns(count), Location: `s3://b/${name}/` } },
      }),
    );
  const queue = new PQueue({ concurrency: 32 });
  for (let i = 1; i < TABLES; i++) void queue.add(() => create(`table_${String(i).padStart(5, '0')}`, 10));
  void queue.add(() => create('wide', COLUMNS));
  await queue.onIdle();
  for (let start = 0; start < PARTITIONS; start += 100) {
    const PartitionInputList = Array.from({ length: 100 }, (_, i) => ({ Values: [String(start + i)], StorageDescriptor: { Location: `s3://b/wide/day=${start + i}/` } }));
    void queue.add(() => glue.send(new BatchCreatePartitionCommand({ DatabaseName: 'large', TableName: 'wide', PartitionInputList })));
  }
  await queue.onIdle();
}, 240_000);
afterAll(async () => {
  await Promise.all([backend?.stop(), lake?.stop()]);
});

async function timed<T>(call: () => Promise<T>): Promise<[T, number]> {
  const started = performance.now();
  const answer = await call();
  return [answer, performance.now() - started];
}

test('first screens of 5,000 tables, a table of 2,000 columns and 100,000 partitions come within a second', async () => {
  const { catalog } = backend.client;
  const [tables, forTables] = await timed(() => catalog.tables(at));
  expect(tables.tables).toHaveLength(200);
  const [wide, forWide] = await timed(() => catalog.table({ ...at, table: 'wide' }));
  expect(wide.columns).toHaveLength(COLUMNS);
  const [partitions, forPartitions] = await timed(() => catalog.partitions({ ...at, table: 'wide' }));
  expect(partitions.partitions).toHaveLength(200);
  for (const took of [forTables, forWide, forPartitions]) expect(took).toBeLessThan(1_000);
}, 60_000);

test('completion and covering answer at once from the cache, large as it is', async () => {
  const { catalog } = backend.client;
  await eventually(async () => (await catalog.completion(at)).refreshedAt, 60_000);
  const [{ databases }, forCompletion] = await timed(() => catalog.completion(at));
  expect(databases.find(({ name }) => name === 'large')?.tables).toHaveLength(TABLES);
  const [cover, forCover] = await timed(() => catalog.covering({ connectionId: at.connectionId, bucket: 'b', prefix: 'wide/day=77/x' }));
  expect(cover).toEqual({ database: 'large', table: 'wide', partition: ['77'] });
  const [found, forSearch] = await timed(() => catalog.search({ ...at, text: 'table_0499' }));
  expect(found).toHaveLength(10);
  for (const took of [forCompletion, forCover, forSearch]) expect(took).toBeLessThan(1_000);
}, 120_000);
