import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { estimatesHandlers } from '../../../electron/services/estimates/index.ts';
import type { Estimate } from '../../../shared/contract/estimates.ts';
import { athenaOn } from '../../support/athena.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { startLake, type TestLake } from '../../support/lake.ts';
import { samplesIn, vegaFile } from '../../support/samples.ts';
import { generateQueries } from './generateQueries.ts';

let lake: TestLake;
let made: TestContext;
let athena: ReturnType<typeof athenaOn>;
let estimates: ReturnType<typeof estimatesHandlers>;

async function estimateOf(sql: string): Promise<Estimate> {
  let last: Estimate | undefined;
  for await (const event of await estimates.watch({ input: { connectionId: 'local', sql, catalog: 'AwsDataCatalog', database: 'samples', fresh: false } })) last = event;
  return last!;
}

beforeAll(async () => {
  lake = await startLake({ empty: false });
  made = await testContext({ endpoint: lake.endpoint, region: lake.region, ...lake.credentials });
  estimates = estimatesHandlers(made.context);
  athena = athenaOn(lake, { database: 'samples' });
  await samplesIn(lake);
  // One large Parquet file, of which queries read columns; a view over partitions; keys that are numbers and dates.
  await putWhole();
  await athena.ok("CREATE EXTERNAL TABLE whole (date timestamp, delay bigint, distance bigint, origin string, destination string, month string) STORED AS PARQUET LOCATION 's3://secchi-samples/whole/'");
  await athena.ok("CREATE TABLE by_number WITH (format = 'PARQUET', external_location = 's3://secchi-samples/by_number/', partitioned_by = ARRAY['n', 'day']) AS SELECT origin, delay, month(date) AS n, date_trunc('month', CAST(date AS date)) AS day FROM flights WHERE distance > 2000");
  await athena.ok("CREATE VIEW spring AS SELECT f.*, a.city FROM flights f JOIN airports a ON a.iata = f.origin WHERE month >= '2001-03'");
}, 120_000);
afterAll(async () => {
  await made.close();
  await lake.stop();
});

/** All flights in one file of one row group, as writers for lakes make them. */
async function putWhole(): Promise<void> {
  const file = path.join(made.dataDir, 'whole.parquet');
  const duckdb = await (await DuckDBInstance.create()).connect();
  const source = `SELECT "date", delay::BIGINT AS delay, distance::BIGINT AS distance, origin, destination, strftime("date", '%Y-%m') AS month FROM read_parquet('${vegaFile('flights-3m.parquet')}')`;
  await duckdb.run(`COPY (${source}) TO '${file}' (FORMAT parquet, ROW_GROUP_SIZE 4000000)`);
  await new S3Client(lake.clientConfig).send(new PutObjectCommand({ Bucket: 'secchi-samples', Key: 'whole/part-0.parquet', Body: await readFile(file) }));
}

/** Runs it and holds what was scanned against the estimate made before. */
async function hold(sql: string): Promise<{ estimate: Estimate; scanned: number }> {
  const estimate = await estimateOf(sql);
  const { execution, state, reason } = await athena.run(sql);
  expect(state, `${reason}\n${sql}`).toBe('SUCCEEDED');
  const scanned = execution.Statistics!.DataScannedInBytes!;
  expect(['atMost', 'free'], `${JSON.stringify(estimate)}\n${sql}`).toContain(estimate.bound);
  expect(estimate.bytes, sql).toBeGreaterThanOrEqual(scanned);
  return { estimate, scanned };
}

describe('what is scanned is never more than was said before', () => {
  test('queries made of tables, views, filters, joins, WITH, subqueries and set operations', async () => {
    const queries = generateQueries(140, 20_261_126);
    let scanned = 0;
    for (const sql of queries) scanned += (await hold(sql)).scanned;
    expect(scanned).toBeGreaterThan(0);
  }, 240_000);

  test('one partition by its key is bounded by its own objects; none by all of them, and marked', async () => {
    const one = await hold("SELECT count(delay) FROM flights f WHERE f.month = '2001-03'");
    const all = await hold('SELECT count(delay) FROM flights');
    expect(one.estimate.reads[0]).toMatchObject({ partitions: 1, unfiltered: false, complete: true });
    expect(all.estimate.reads[0]).toMatchObject({ partitions: 7, unfiltered: true, line: 1, column: 26, length: 7, partitionKeys: ['month'], example: '2001-07' });
    expect(one.estimate.bytes).toBeLessThan(all.estimate.bytes / 3);
  });

  test('of a large Parquet file the columns used count', async () => {
    const { estimate } = await hold('SELECT avg(delay) FROM whole');
    const all = await hold('SELECT count(origin), max(destination), sum(distance), min(date), avg(delay), max(month) FROM whole');
    expect(estimate.reads[0]!.columnsCounted).toBe(1);
    expect(estimate.bytes).toBeLessThan(all.estimate.bytes / 2);
  });

  test('keys that are numbers and dates are compared as such', async () => {
    const { estimate } = await hold("SELECT count(*), max(origin) FROM by_number WHERE n >= 2 AND n < 5 AND day < DATE '2001-04-01'");
    expect(estimate.reads[0]).toMatchObject({ partitions: 2, unfiltered: false });
  });

  test('a view counts as what it reads, marked where it is named', async () => {
    const { estimate } = await hold('SELECT city, count(*) FROM spring GROUP BY city');
    expect(estimate.reads.map(({ table, view, column }) => [table, view, column])).toEqual([
      ['flights', 'samples.spring', 28],
      ['airports', 'samples.spring', 28],
    ]);
    expect(estimate.reads[0]!.partitions).toBe(5);
  });

  test('CREATE TABLE AS, INSERT and UNLOAD are bounded by the query they run', async () => {
    await hold("CREATE TABLE short WITH (external_location = 's3://secchi-samples/short/') AS SELECT origin FROM flights WHERE month = '2001-01'");
    await hold("INSERT INTO short SELECT origin FROM flights WHERE month IN ('2001-01', '2001-02')");
    await hold("UNLOAD (SELECT * FROM airports) TO 's3://secchi-samples/unloaded/' WITH (format = 'PARQUET')");
    const explained = await hold('EXPLAIN SELECT * FROM flights');
    expect(explained.estimate).toMatchObject({ bound: 'free', priceOnAws: 0 });
  });
});

test('the price has its 10 MB minimum, its region and its date', async () => {
  const estimate = await estimateOf('SELECT 1 FROM airports');
  expect(estimate).toMatchObject({ region: 'us-east-1', billed: false, priceOnAws: (10 * 5) / 1024 ** 2 });
  expect(estimate.pricesAsOf).toMatch(/^\d{4}-\d\d-\d\d$/);
});
