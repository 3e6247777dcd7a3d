import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetQueryResultsCommand } from '@aws-sdk/client-athena';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { eventually } from '../support/eventually.ts';
import { FLIGHTS, ROWS, withFlights, type Flights } from './flights.ts';
import { compare, median, medianTime, peakResident, seconds, type Bench } from './measure.ts';

/** The least the backend may hold resident, DuckDB's own process apart, in MB. */
const MOST_RESIDENT = 500;
const MILLION = 1_000_000;
const TIMES = 5;

/** From the query's success to its last row in the grid's store, against paging through GetQueryResults. */
export const bench: Bench = (report) =>
  withFlights(async (flights) => {
    const { services } = flights;
    const { ours, resident } = await load(flights, FLIGHTS, ROWS);
    const run = await flights.query();
    const { athena } = await services.aws.clients('local');
    let paged = 0;
    const peer = await seconds(async () => {
      let token: string | undefined;
      do {
        const page = await athena.send(new GetQueryResultsCommand({ QueryExecutionId: run.externalId, MaxResults: 1000, NextToken: token }));
        paged += page.ResultSet?.Rows?.length ?? 0;
        token = page.NextToken;
      } while (token);
    });
    if (paged !== ROWS + 1) throw new Error(`GetQueryResults gave ${paged} rows.`);
    report(compare('results', 's', ours, peer, 'GetQueryResults, 1,000 rows a page', `${FLIGHTS}, ${ROWS} rows, median of ${TIMES}`));
    report(compare('results.resident', 'MB', resident, MOST_RESIDENT, 'the limit', 'the backend while it loads'));
    await million(flights, report);
  });

/** The same of 1,000,000 rows, against DuckDB that reads the same CSV, at hand on disk, into a table in memory. */
async function million(flights: Flights, report: Parameters<Bench>[0]): Promise<void> {
  const sql = `${FLIGHTS} LIMIT ${MILLION}`;
  const { ours } = await load(flights, sql, MILLION);
  const run = await flights.query(sql);
  const [bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(run.outputLocation!)!.slice(1);
  const dir = await mkdtemp(path.join(tmpdir(), 'secchi-bench-'));
  try {
    const { s3 } = await flights.services.aws.clients('local');
    const file = path.join(dir, 'result.csv');
    await writeFile(file, (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body as never);
    await readFile(file); // it is in the system's cache, as the lake's copy is
    const connection = await (await DuckDBInstance.create(':memory:')).connect();
    const peer = await medianTime(TIMES, () => connection.run(`CREATE OR REPLACE TABLE t AS FROM read_csv('${file}')`));
    report(compare('results.million', 's', ours, peer, 'DuckDB read_csv of the same CSV on disk', `${sql}, median of ${TIMES}`));
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** Seconds from success to the last row stored, the median of several results of `sql`; the most the backend held, MB. */
async function load({ services, query }: Flights, sql: string, expected: number): Promise<{ ours: number; resident: number }> {
  const times: number[] = [];
  const { own: resident } = await peakResident(async () => {
    for (let n = 0; n < TIMES; n++) {
      const run = await query(sql);
      times.push(
        await seconds(async () => {
          const { rows, state } = await services.load(run.id);
          if (state !== 'complete' || rows !== expected) throw new Error(`The result is ${state} with ${rows} rows.`);
        }),
      );
      // It goes on into its file, and is recorded when it is there. That is not measured; the next one must not run beside it.
      await eventually(async () => (await services.context.store.collection('results').get(run.id)) !== undefined, 120_000);
    }
  });
  return { ours: median(times), resident };
}
