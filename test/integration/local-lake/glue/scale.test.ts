import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetPartitionsCommand, GetTableCommand, GetTablesCommand, GlueClient } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalog } from '../../../../electron/local-lake/glue/catalog.ts';
import { STORED_AS } from '../../../../electron/local-lake/athena/tables/serdes.ts';
import { athenaOn } from '../../../support/athena.ts';
import { startLake, type TestLake } from '../../../support/lake.ts';

const TABLES = 5000;
const COLUMNS = 2000;
const DAYS = 1000;
const HOURS = 100;

let dataDir: string;
let lake: TestLake;
let glue: GlueClient;

const seconds = async (work: () => Promise<unknown>) => {
  const started = performance.now();
  await work();
  return (performance.now() - started) / 1000;
};

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'secchi-scale-'));
  const catalog = await openCatalog(path.join(dataDir, 'lake', 'catalog'), '000000000000');
  await catalog.databases.create({ Name: 'big' });
  const storage = { Columns: [{ Name: 'a', Type: 'int' }], Location: 's3://secchi-results/big/', ...STORED_AS['TEXTFILE']! };
  await Promise.all(Array.from({ length: TABLES }, (_, i) => catalog.tables.create('big', { Name: `t${String(i).padStart(5, '0')}`, StorageDescriptor: storage })));
  await catalog.tables.create('big', { Name: 'wide', StorageDescriptor: { ...storage, Columns: Array.from({ length: COLUMNS }, (_, i) => ({ Name: `c${i}`, Type: 'string' })) } });
  await catalog.tables.create('big', { Name: 'parts', StorageDescriptor: storage, PartitionKeys: [{ Name: 'day', Type: 'int' }, { Name: 'hour', Type: 'int' }] });
  for (let day = 0; day < DAYS; day += 50) {
    const inputs = Array.from({ length: 50 * HOURS }, (_, i) => [String(day + Math.floor(i / HOURS)), String(i % HOURS)]).map((Values) => ({
      Values,
      StorageDescriptor: { ...storage, Location: `s3://secchi-results/big/day=${Values[0]}/hour=${Values[1]}/` },
    }));
    expect(await catalog.partitions.createBatch('big', 'parts', inputs)).toEqual([]);
  }
  await catalog.close();
  lake = await startLake({ dataDir });
  glue = new GlueClient(lake.clientConfig);
  await glue.send(new GetTablesCommand({ DatabaseName: 'default' }));
});
afterAll(async () => {
  await lake?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

// Bounds are what a busy machine of two cores still meets; an idle one takes a tenth.
describe('a catalog of 5,000 tables, 2,000 columns and 100,000 partitions', () => {
  it('gives the first page of tables, a wide table and a page of partitions within a second', async () => {
    expect(await seconds(() => glue.send(new GetTablesCommand({ DatabaseName: 'big' })))).toBeLessThan(1);
    expect(await seconds(() => glue.send(new GetTableCommand({ DatabaseName: 'big', Name: 'wide' })))).toBeLessThan(1);
    expect(await seconds(() => glue.send(new GetPartitionsCommand({ DatabaseName: 'big', TableName: 'parts', MaxResults: 200 })))).toBeLessThan(1);
  });

  it('finds the partitions of one day among all', async () => {
    let found = 0;
    const taken = await seconds(async () => {
      const { Partitions } = await glue.send(new GetPartitionsCommand({ DatabaseName: 'big', TableName: 'parts', Expression: 'day = 777 AND hour < 10' }));
      found = Partitions!.length;
    });
    expect(found).toBe(10);
    expect(taken).toBeLessThan(10);
  });

  it('prunes them for a query', async () => {
    const sql = athenaOn(lake, { database: 'big' });
    await sql.ok('SELECT 1'); // the engine runs
    const taken = await seconds(async () => expect(await sql.values('SELECT count(*) FROM parts WHERE day = 5 AND hour BETWEEN 1 AND 3')).toEqual([['0']]));
    expect(taken).toBeLessThan(15);
  });
});
