import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ColumnFilter, SortKey } from '../../shared/contract/resultViews.ts';
import { ROWS, withFlights, type Flights } from './flights.ts';
import { compare, median, peakResident, quantile, seconds, type Bench } from './measure.ts';

const PAGES = 400;
const PAGE_ROWS = 100;
/** The most the backend may hold resident, DuckDB's own process apart, and that process, in MB. */
const MOST_RESIDENT = 500;
const MOST_ENGINE = 4096;

interface What {
  name: string;
  sort: SortKey[];
  filters: ColumnFilter[];
  /** The same of a typed table `t`. */
  peer: string;
}

const sort: SortKey[] = [{ column: 1, direction: 'desc' }, { column: 3, direction: 'asc' }];
const filters: ColumnFilter[] = [
  { column: 1, not: false, test: { kind: 'range', from: '0' } },
  { column: 3, not: true, test: { kind: 'text', how: 'starts', text: 'a', matchCase: false } },
];
const ORDER = 'ORDER BY delay DESC NULLS LAST, origin ASC NULLS LAST';
const WHERE = "WHERE delay >= 0 AND NOT coalesce(origin ILIKE 'a%', false)";
const SORT: What = { name: 'sort', sort, filters: [], peer: `FROM t ${ORDER}` };
const BOTH: What = { name: 'sort.filtered', sort, filters, peer: `FROM t ${WHERE} ${ORDER}` };
const FILTER: What = { name: 'filter', sort: [], filters, peer: `FROM t ${WHERE}` };

/** How many rows: --rows 3000000 (the default) or more, of the flights again and again. */
const wantedRows = () => Number(parseArgs({ options: { rows: { type: 'string', default: String(ROWS) } }, strict: false, allowPositionals: true }).values.rows);

const statement = (rows: number) => {
  const copies = Math.ceil(rows / ROWS);
  return copies === 1 ? 'SELECT * FROM samples.flights' : `SELECT f.* FROM samples.flights f CROSS JOIN (VALUES ${Array.from({ length: copies }, (_, i) => `(${i})`).join(', ')}) AS t(copy) LIMIT ${rows}`;
};

/** Times of random pages, s. */
async function pagesOf(rows: number, count: number, read: (start: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let page = 0; page < count; page++) times.push(await seconds(() => read(Math.floor(Math.random() * (rows - PAGE_ROWS)))));
  return times;
}

async function measure({ services }: Flights, runId: string, rows: number, dir: string, parquet: string, { name, peer, ...spec }: What, report: Parameters<Bench>[0]): Promise<void> {
  let view: { viewId?: string | undefined; rows: number } = { rows: 0 };
  const made = await seconds(async () => {
    view = await services.results.view({ input: { runId, sort: spec.sort, filters: spec.filters } });
  });
  const pages = await pagesOf(view.rows, PAGES, (start) => services.results.page({ input: { runId, viewId: view.viewId, start, count: PAGE_ROWS } }));
  const ahead = await pagesOf(view.rows - 1000, PAGES / 4, (start) => services.results.page({ input: { runId, viewId: view.viewId, start, count: 1000 } }));

  const connection = await (await DuckDBInstance.create(path.join(dir, `${name}.duckdb`), { memory_limit: '1GB' })).connect();
  await connection.run(`CREATE TABLE t AS FROM '${parquet}'`);
  const peerMade = await seconds(() => connection.run(`CREATE TABLE v AS ${peer}`));
  const peerPages = await pagesOf(view.rows, PAGES / 4, async (start) => void (await connection.runAndReadAll(`SELECT * FROM v LIMIT ${PAGE_ROWS} OFFSET ${start}`)).getColumns());
  const limit = rows > ROWS ? 50 : 16;
  const note = `${rows.toLocaleString('en')} rows, ${view.rows.toLocaleString('en')} in the view`;
  const p99 = (times: number[]) => quantile(times, 0.99) * 1000;
  report(compare(`${name}.make`, 's', made, peerMade, 'DuckDB CREATE TABLE AS from typed columns', note));
  report(compare(`${name}.page.p99`, 'ms', p99(pages), p99(peerPages), 'DuckDB LIMIT/OFFSET', `${note}; limit ${limit} ms`));
  report(compare(`${name}.page.median`, 'ms', median(pages) * 1000, median(peerPages) * 1000, 'DuckDB LIMIT/OFFSET', note));
  report(compare(`${name}.ahead.median`, 'ms', median(ahead) * 1000, 16, 'the limit', `${note}; pages of 1,000 rows, as read ahead; p99 ${p99(ahead).toFixed(1)} ms`));
  connection.closeSync();
}

/** Making views of a whole result and paging them at random, against DuckDB doing the same with a table and LIMIT/OFFSET. */
const benchOf = (...views: What[]): Bench => (report) =>
  withFlights(async (flights) => {
    const { services, engineResident } = flights;
    const rows = wantedRows();
    const dir = await mkdtemp(path.join(tmpdir(), 'secchi-bench-'));
    try {
      const run = await services.run(statement(rows));
      if (run.state !== 'succeeded') throw new Error(run.error?.message);
      const parquet = path.join(dir, 'rows.parquet');
      const loading = await peakResident(() => services.load(run.id), engineResident);
      const working = await peakResident(async () => void (await services.exportTo(parquet, { runId: run.id, format: 'parquet' })), engineResident);
      for (const what of views) await measure(flights, run.id, rows, dir, parquet, what, report);
      const engine = Math.max(loading.engine, working.engine, await engineResident());
      report(compare(`${views[0]!.name}.resident`, 'MB', loading.own, MOST_RESIDENT, 'the limit', `the backend while it loads ${rows.toLocaleString('en')} rows`));
      report(compare(`${views[0]!.name}.engine.resident`, 'MB', engine, MOST_ENGINE, 'the limit', 'the results engine, loading, settling, exporting'));
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

export const sortBench = benchOf(SORT, BOTH);
export const filterBench = benchOf(FILTER);
