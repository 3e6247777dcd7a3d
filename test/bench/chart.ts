import { DuckDBInstance } from '@duckdb/node-api';
import { GetQueryResultsCommand } from '@aws-sdk/client-athena';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeSpec } from '../../shared/charts/spec.ts';
import { withFlights } from './flights.ts';
import { compare, medianTime, seconds, type Bench } from './measure.ts';

const ROWS = 1_000_000;
const SQL = `SELECT * FROM samples.flights LIMIT ${ROWS}`;
const RUNS = 5;
const BY_DAY = `SELECT date_trunc('day', CAST("date" AS TIMESTAMP)) AS day, count(*), avg(CAST(delay AS DOUBLE)) FROM read_csv('%', header = true) GROUP BY 1 ORDER BY 1`;

/** A chart of a million stored rows (aggregates by day; every row as a line), against the ways around a store. */
export const bench: Bench = (report) =>
  withFlights(async ({ services }) => {
    const run = await services.run(SQL);
    const loaded = await services.load(run.id);
    if (loaded.rows !== ROWS) throw new Error(`${loaded.rows} rows.`);
    const draw = (spec: Parameters<typeof makeSpec>[0]) => services.results.chart({ input: { runId: run.id, spec: makeSpec(spec), width: 800 } });
    const byDay = { kind: 'line' as const, x: 'date', bucket: 'day' as const, y: [{ aggregate: 'count' as const }, { aggregate: 'avg' as const, column: 'delay' }] };
    await draw(byDay);
    const grouped = await medianTime(RUNS, () => draw(byDay));
    const raw = await medianTime(RUNS, () => draw({ kind: 'line', x: 'date', y: [{ aggregate: 'value', column: 'delay' }] }));

    const { athena, s3 } = await services.aws.clients('local');
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
    const note = `${ROWS} rows; count and average by day`;
    report(compare('chart.byDay', 's', grouped, peer, 'all rows through GetQueryResults, 1,000 a page', note));

    const dir = await mkdtemp(path.join(tmpdir(), 'secchi-bench-'));
    try {
      const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(run.outputLocation!)!;
      const object = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      const csv = path.join(dir, 'result.csv');
      await writeFile(csv, await object.Body!.transformToByteArray());
      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      const direct = await medianTime(RUNS, () => connection.runAndReadAll(BY_DAY.replace('%', csv)));
      report(compare('chart.byDay', 's', grouped, direct, 'the same aggregate in DuckDB on the result’s CSV', note));
      report(compare('chart.line', 's', raw, peer, 'all rows through GetQueryResults, 1,000 a page', `${ROWS} rows as a line of at most 3,200 points`));
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
