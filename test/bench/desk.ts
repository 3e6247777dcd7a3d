import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { makeSpec } from '../../shared/charts/spec.ts';
import { FLIGHTS, ROWS, withFlights } from './flights.ts';
import { compare, medianTime, seconds, type Bench } from './measure.ts';

const RUNS = 3;

/** A statement of DuckDB on this desk over a Parquet file, and work on its result, against DuckDB's own typed tables. */
export const bench: Bench = (report) =>
  withFlights(async ({ services, query }) => {
    const dir = await mkdtemp(path.join(tmpdir(), 'secchi-bench-'));
    try {
      const parquet = path.join(dir, 'flights.parquet');
      const source = await query(FLIGHTS);
      await services.load(source.id);
      await services.exportTo(parquet, { runId: source.id, format: 'parquet' });
      await services.desk.add({ input: { grant: (await services.context.grants.grant(parquet, 'read')).grant } });

      const run = await services.run('FROM flights', { engine: 'duckdb' });
      if (run.state !== 'succeeded') throw new Error(run.error?.message);
      const opened = await seconds(async () => {
        const { name } = await services.results.open({ input: { runId: run.id } });
        const { cells } = await services.results.page({ input: { runId: run.id, start: ROWS - 1000, count: 1000 } });
        if (cells[0]!.length !== 1000) throw new Error(`${name} has ${cells[0]!.length} rows there.`);
      });
      const sorted = await seconds(() => services.results.view({ input: { runId: run.id, sort: [{ column: 1, direction: 'desc' }, { column: 3, direction: 'asc' }], filters: [] } }));
      const spec = makeSpec({ kind: 'line', x: 'date', bucket: 'day', y: [{ aggregate: 'count' }, { aggregate: 'avg', column: 'delay' }] });
      const drawn = await medianTime(RUNS, () => services.results.chart({ input: { runId: run.id, spec, width: 800 } }));
      const { name } = await services.load(run.id);
      const again = await seconds(async () => {
        const next = await services.run(`SELECT count(*), sum(delay) FROM results.${name}`, { engine: 'duckdb' });
        if (next.state !== 'succeeded') throw new Error(next.error?.message);
      });

      const connection = await (await DuckDBInstance.create(path.join(dir, 'peer.duckdb'), { memory_limit: '1GB' })).connect();
      const stored = await seconds(async () => {
        await connection.run(`CREATE TABLE t AS FROM '${parquet}'`);
        await connection.run('CHECKPOINT');
      });
      const peerSorted = await seconds(() => connection.run('CREATE TABLE v AS FROM t ORDER BY delay DESC NULLS LAST, origin ASC NULLS LAST'));
      const peerDrawn = await medianTime(RUNS, () => connection.runAndReadAll(`SELECT date_trunc('day', "date"), count(*), avg(CAST(delay AS DOUBLE)) FROM t GROUP BY 1 ORDER BY 1`));
      const note = `${ROWS.toLocaleString('en')} rows`;
      report(compare('desk.run', 's', run.engineMillis! / 1000, stored, 'DuckDB CREATE TABLE AS into a file', note));
      report(compare('desk.open', 's', opened, 0.1, 'the limit', `${note}; opened, and its last thousand rows`));
      report(compare('desk.sort.make', 's', sorted, peerSorted, 'DuckDB CREATE TABLE AS from typed columns', note));
      report(compare('desk.chart', 's', drawn, peerDrawn, 'the same aggregate of DuckDB on its own table', note));
      report(compare('desk.again', 's', again, stored, 'DuckDB CREATE TABLE AS into a file', `${note}; the first statement that reads the result as a table, its copy included`));
      connection.closeSync();
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });
