import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLake, type TestLake } from '../support/lake.ts';
import { missing, peer } from '../support/peers.ts';

const here = path.dirname(fileURLToPath(import.meta.url));
const withoutCli = missing('aws', ['--version']);
const withoutBoto = missing('python3', ['-c', 'import boto3']);
const withoutPyAthena = missing('python3', ['-c', 'import pyathena']);

let lake: TestLake;
beforeAll(async () => void (lake = await startLake()));
afterAll(async () => void (await lake?.stop()));

describe.skipIf(withoutCli)(withoutCli ?? 'awscli: Athena and Glue on the local lake', () => {
  const aws = async (...args: string[]) => JSON.parse((await peer(lake, 'aws', [...args, '--output', 'json'])) || '{}') as Record<string, unknown>;

  async function query(sql: string): Promise<string> {
    const { QueryExecutionId } = await aws('athena', 'start-query-execution', '--query-string', sql, '--result-configuration', 'OutputLocation=s3://secchi-results/cli/');
    const until = Date.now() + 60_000;
    for (;;) {
      const { QueryExecution } = await aws('athena', 'get-query-execution', '--query-execution-id', String(QueryExecutionId));
      const { State, StateChangeReason } = (QueryExecution as { Status: { State: string; StateChangeReason?: string } }).Status;
      if (State === 'SUCCEEDED') return String(QueryExecutionId);
      if (State === 'FAILED' || Date.now() > until) throw new Error(`${State}: ${StateChangeReason}`);
    }
  }

  it('starts a query and gets its results', async () => {
    const id = await query(`SELECT 1 AS n, 'x' AS s`);
    const { ResultSet } = await aws('athena', 'get-query-results', '--query-execution-id', id);
    expect((ResultSet as { Rows: unknown }).Rows).toEqual([{ Data: [{ VarCharValue: 'n' }, { VarCharValue: 's' }] }, { Data: [{ VarCharValue: '1' }, { VarCharValue: 'x' }] }]);
    expect(await peer(lake, 'aws', ['s3', 'cp', `s3://secchi-results/cli/${id}.csv`, '-'])).toBe('"n","s"\n"1","x"\n');
  });

  it('sees in Glue the table that DDL made', async () => {
    await query(`CREATE EXTERNAL TABLE default.cli (a int) PARTITIONED BY (k string) STORED AS PARQUET LOCATION 's3://secchi-results/cli-table/'`);
    await aws('glue', 'create-partition', '--database-name', 'default', '--table-name', 'cli', '--partition-input', 'Values=1,StorageDescriptor={Location=s3://secchi-results/p/}');
    const { Partitions } = await aws('glue', 'get-partitions', '--database-name', 'default', '--table-name', 'cli', '--expression', `k = '1'`);
    expect(Partitions).toMatchObject([{ Values: ['1'], StorageDescriptor: { Location: 's3://secchi-results/p/' } }]);
    await expect(aws('glue', 'get-table', '--database-name', 'default', '--name', 'none')).rejects.toThrow(/EntityNotFoundException/);
  });
});

describe.skipIf(withoutBoto)(withoutBoto ?? 'boto3: Athena and Glue on the local lake', () => {
  it('creates, pages, queries and stops', async () => {
    expect(await peer(lake, 'python3', [path.join(here, 'athena_boto3.py')])).toBe('ok\n');
  });
});

describe.skipIf(withoutPyAthena)(withoutPyAthena ?? 'PyAthena on the local lake', () => {
  it('executes, fetches typed rows and describes them', async () => {
    const PYTHONPATH = process.env['PYTHONPATH'];
    expect(await peer(lake, 'python3', [path.join(here, 'athena_pyathena.py')], { env: PYTHONPATH ? { PYTHONPATH } : {} })).toBe('ok\n');
  });
});
