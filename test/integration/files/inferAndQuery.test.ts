import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { AthenaClient, GetQueryExecutionCommand, GetQueryResultsCommand, StartQueryExecutionCommand } from '@aws-sdk/client-athena';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inferTable } from '../../../electron/services/files/index.ts';
import { parseDdl } from '../../../shared/sql/ddl/parse.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { startLake, type TestLake } from '../../support/lake.ts';
import { vegaFile } from '../../support/samples.ts';

let lake: TestLake;
let backend: TestContext;
let s3: S3Client;
let athena: AthenaClient;

beforeAll(async () => {
  lake = await startLake();
  s3 = new S3Client(lake.clientConfig);
  athena = new AthenaClient(lake.clientConfig);
  for (const Bucket of ['raw', 'answers']) await s3.send(new CreateBucketCommand({ Bucket }));
  backend = await testContext({ endpoint: lake.endpoint, region: lake.region, ...lake.credentials });
  await run('CREATE DATABASE IF NOT EXISTS mine');
});
afterAll(async () => {
  await backend.close();
  await lake.stop();
});

/** Runs a statement to its end: its rows, header first, null for NULL. Fails with the engine's reason. */
async function run(sql: string): Promise<(string | null)[][]> {
  const { QueryExecutionId } = await athena.send(new StartQueryExecutionCommand({ QueryString: sql, ResultConfiguration: { OutputLocation: 's3://answers/' } }));
  for (;;) {
    const { QueryExecution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId }));
    const { State, StateChangeReason } = QueryExecution!.Status!;
    if (State === 'FAILED' || State === 'CANCELLED') throw new Error(`${sql}: ${StateChangeReason}`);
    if (State === 'SUCCEEDED') break;
    await sleep(50);
  }
  const { ResultSet } = await athena.send(new GetQueryResultsCommand({ QueryExecutionId }));
  return (ResultSet?.Rows ?? []).map((row) => (row.Data ?? []).map((cell) => cell.VarCharValue ?? null));
}

const put = (Key: string, Body: Uint8Array | string) => s3.send(new PutObjectCommand({ Bucket: 'raw', Key, Body }));
const infer = (prefix: string) => inferTable(backend.context, { connectionId: 'local', bucket: 'raw', prefix, database: 'mine' });
/** Infers, creates the table with the DDL as it is, and asks it. */
async function create(prefix: string) {
  const table = await infer(prefix);
  expect(parseDdl(table.ddl)).toMatchObject({ kind: 'createTable' });
  await run(table.ddl);
  return table;
}

describe('from a file to a query: the DDL is taken as it is and the rows are right', () => {
  test('plain CSV with numbers, dates, empty fields', async () => {
    await put('plain/sales 2024.csv', 'Order ID,Amount,When,Note\n1,10.5,2024-01-31,a\n2,,2024-02-01,\n');
    const table = await create('plain/sales 2024.csv');
    expect(table).toMatchObject({ suggestedName: 'sales_2024', warnings: [] });
    expect(await run('SELECT order_id, amount, "when", note FROM mine.sales_2024 ORDER BY 1')).toEqual([
      ['order_id', 'amount', 'when', 'note'],
      ['1', '10.5', '2024-01-31', 'a'],
      ['2', null, '2024-02-01', ''],
    ]);
  });

  test('quoted CSV, gzipped', async () => {
    await put('quoted/people.csv.gz', gzipSync('id,name\n1,"Doe, Jane"\n2,"O\'Hara"\n'));
    const table = await create('quoted/');
    expect(table).toMatchObject({ suggestedName: 'quoted', compression: 'gzip', columns: [{ name: 'id', type: 'bigint' }, { name: 'name', type: 'string' }] });
    expect(await run('SELECT id + 1, name FROM mine.quoted ORDER BY 1')).toEqual([[expect.any(String), 'name'], ['2', 'Doe, Jane'], ['3', "O'Hara"]]);
  });

  test('tab-separated text', async () => {
    await put('tabs/t.tsv', 'a\tb\n1\tx y\n');
    await create('tabs/');
    expect(await run('SELECT * FROM mine.tabs')).toEqual([['a', 'b'], ['1', 'x y']]);
  });

  test('JSON lines with nested values and names that are no identifiers', async () => {
    await put('json/events.jsonl', '{"Id":1,"Miles per Gallon":31.5,"place":{"x":1,"tags":["p","q"]}}\n{"Id":2,"place":null}\n');
    const table = await create('json/events.jsonl');
    expect(table.columns).toEqual([{ name: 'id', type: 'bigint' }, { name: 'miles_per_gallon', type: 'double' }, { name: 'place', type: 'struct<x:bigint,tags:array<string>>' }]);
    expect(await run('SELECT id, miles_per_gallon, place.x, place.tags[2] AS tag FROM mine.events ORDER BY id')).toEqual([
      ['id', 'miles_per_gallon', 'x', 'tag'],
      ['1', '31.5', '1', 'q'],
      ['2', null, null, null],
    ]);
  });

  test('Parquet in Hive partitions', async () => {
    const flights = await readFile(vegaFile('flights-200k.parquet')).catch(() => readFile(vegaFile('flights-3m.parquet')));
    for (const year of [2001, 2002]) await put(`flights/year=${year}/part-0.parquet`, flights);
    const table = await create('flights/year=2001/part-0.parquet');
    expect(table).toMatchObject({ suggestedName: 'flights', location: 's3://raw/flights/', format: 'parquet', partitionKeys: [{ name: 'year', type: 'bigint' }] });
    expect(table.bytesRead).toBeLessThan(flights.length * 2);
    await run('MSCK REPAIR TABLE mine.flights');
    const [, row] = await run('SELECT count(*), min(year), max(year) FROM mine.flights');
    expect(row!.slice(1)).toEqual(['2001', '2002']);
  });
});

describe('what a table would also read is said', () => {
  test('files of another shape beside the chosen one', async () => {
    await put('mixed/a.csv', 'x,y\n1,2\n');
    await put('mixed/b.csv', 'p,q,r\n1,2,3\n');
    expect((await infer('mixed/a.csv')).warnings.join(' ')).toContain('another shape');
    await put('alike/a.csv', 'x,y\n1,2\n');
    await put('alike/b.csv', 'x,y\n3,4\n');
    expect((await infer('alike/a.csv')).warnings).toEqual(['The table also reads 1 other file in s3://raw/alike/.']);
  });

  test('JSON that is not one object a line', async () => {
    await put('array/a.json', '[{"a":1},\n{"a":2}]');
    expect((await infer('array/a.json')).warnings.join(' ')).toContain('one JSON object a line');
  });

  test('a prefix without data, and a file without rows', async () => {
    await put('none/_SUCCESS', '');
    await expect(infer('none/')).rejects.toMatchObject({ code: 'NotFound' });
    await put('prose/readme.txt', 'nothing to see\n');
    await expect(infer('prose/readme.txt')).rejects.toMatchObject({ code: 'BadInput', message: expect.stringContaining('s3://raw/prose/readme.txt') });
  });

  test('an object at the root of a bucket has the bucket for its location', async () => {
    await put('root.csv', 'a,b\n1,2\n');
    expect(await infer('root.csv')).toMatchObject({ location: 's3://raw/', suggestedName: 'root' });
  });
});
