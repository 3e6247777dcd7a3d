import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { withFlights } from './flights.ts';
import { compare, median, peakResident, seconds, type Bench } from './measure.ts';

const TIMES = 3;

/** The whole result as CSV, on disk under its name, against a plain DuckDB that copies the same rows. */
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
      const resident = await peakResident(async () => {
        for (let n = 0; n < TIMES; n++) ours.push(await seconds(() => exported('csv', target)));
      });

      const connection = await (await DuckDBInstance.create(':memory:')).connect();
      const options = "(FORMAT csv, HEADER true, NEW_LINE '\\r\\n')";
      const peer = async (source: string) => {
        const times: number[] = [];
        for (let n = 0; n < TIMES; n++) times.push(await seconds(() => connection.run(`COPY (FROM ${source}) TO '${path.join(dir, 'peer.csv')}' ${options}`)));
        return median(times);
      };
      const note = `${((await stat(target)).size / 1024 ** 2).toFixed(0)} MB, median of ${TIMES}`;
      report(compare('export.csv', 's', median(ours), await peer(`'${parquet}'`), 'DuckDB COPY from Parquet', note));
      report(compare('export.csv.fromCsv', 's', median(ours), await peer(`read_csv('${target}')`), 'DuckDB COPY from CSV', note));
      report(compare('export.resident', 'MB', resident, 500, 'the limit', 'the backend while it exports'));
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
