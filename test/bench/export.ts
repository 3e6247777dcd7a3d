import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { withFlights } from './flights.ts';
import { compare, median, peakResident, seconds, type Bench } from './measure.ts';

const TIMES = 3;

/** The whole result as CSV and as Parquet, on disk under its name, against a plain DuckDB that copies the same rows. */
export const bench: Bench = (report) =>
  withFlights(async ({ services, query }) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'secchi-bench-'));
    try {
      const run = await query();
      await services.load(run.id);
      // The store goes on settling after it is complete; a sorted view waits for that.
      await services.results.view({ input: { runId: run.id, sort: [{ column: 1, direction: 'asc' }] } });
      const target = path.join(dir, 'ours.csv');
      const parquet = path.join(dir, 'flights.parquet');
      const exported = async (format: 'csv' | 'parquet', to: string) => {
        const job = await services.exportTo(to, { runId: run.id, format });
        if (job.state !== 'succeeded') throw new Error(job.error?.message);
      };
      await exported('parquet', parquet);
      const ours: number[] = [];
      const oursParquet: number[] = [];
      const { own: resident } = await peakResident(async () => {
        for (let n = 0; n < TIMES; n++) ours.push(await seconds(() => exported('csv', target)));
        for (let n = 0; n < TIMES; n++) oursParquet.push(await seconds(() => exported('parquet', path.join(dir, 'ours.parquet'))));
      });

      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      const csv = "(FORMAT csv, HEADER true, NEW_LINE '\\r\\n')";
      const peer = async (source: string, options = csv) => {
        const times: number[] = [];
        for (let n = 0; n < TIMES; n++) times.push(await seconds(() => connection.run(`COPY (FROM ${source}) TO '${path.join(dir, 'peer.out')}' ${options}`)));
        return median(times);
      };
      const note = `${((await stat(target)).size / 1024 ** 2).toFixed(0)} MB, median of ${TIMES}`;
      report(compare('export.csv', 's', median(ours), await peer(`'${parquet}'`), 'DuckDB COPY from Parquet', note));
      report(compare('export.csv.fromCsv', 's', median(ours), await peer(`read_csv('${target}')`), 'DuckDB COPY from CSV', note));
      const size = `${((await stat(path.join(dir, 'ours.parquet'))).size / 1024 ** 2).toFixed(0)} MB, median of ${TIMES}`;
      report(compare('export.parquet', 's', median(oursParquet), await peer(`'${parquet}'`, '(FORMAT parquet)'), 'DuckDB COPY from Parquet', size));
      await connection.run(`CREATE TABLE t AS FROM '${parquet}'`);
      report(compare('export.parquet.fromTable', 's', median(oursParquet), await peer('t', '(FORMAT parquet)'), 'DuckDB COPY from a table in memory', size));
      report(compare('export.resident', 'MB', resident, 500, 'the limit', 'the backend while it exports'));
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
