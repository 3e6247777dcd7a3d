import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import type { ColumnFilter, SortKey } from '../../shared/contract/resultViews.ts';
import { ROWS, withFlights } from './flights.ts';
import { compare, median, quantile, seconds, type Bench } from './measure.ts';

const PAGES = 400;
const PAGE_ROWS = 100;

interface What {
  name: string;
  sort: SortKey[];
  filters: ColumnFilter[];
  /** The same of a typed table `t`. */
  peer: string;
}

const SORT: What = { name: 'sort', sort: [{ column: 1, direction: 'desc' }, { column: 3, direction: 'asc' }], filters: [], peer: 'FROM t ORDER BY delay DESC NULLS LAST, origin ASC NULLS LAST' };
const FILTER: What = {
  name: 'filter',
  sort: [],
  filters: [
    { column: 1, not: false, test: { kind: 'range', from: '0' } },
    { column: 3, not: true, test: { kind: 'text', how: 'starts', text: 'a', matchCase: false } },
  ],
  peer: "FROM t WHERE delay >= 0 AND NOT coalesce(origin ILIKE 'a%', false)",
};

/** How many rows: --rows 3000000 (the default) or more, of the flights again and again. */
const wantedRows = () => Number(parseArgs({ options: { rows: { type: 'string', default: String(ROWS) } }, strict: false, allowPositionals: true }).values.rows);

const statement = (rows: number) => {
  const copies = Math.ceil(rows / ROWS);
  return copies === 1 ? 'SELECT * FROM samples.flights' : `SELECT f.* FROM samples.flights f CROSS JOIN (VALUES ${Array.from({ length: copies }, (_, i) => `(${i})`).join(', ')}) AS t(copy) LIMIT ${rows}`;
};

/** Making a view of a whole result and paging it at random, against DuckDB doing the same with a table and LIMIT/OFFSET. */
const benchOf = ({ name, sort, filters, peer }: What): Bench => (report) =>
  withFlights(async ({ services }) => {
    const rows = wantedRows();
    const dir = await mkdtemp(path.join(tmpdir(), 'secchi-bench-'));
    try {
      const run = await services.run(statement(rows));
      if (run.state !== 'succeeded') throw new Error(run.error?.message);
      await services.load(run.id);
      const parquet = path.join(dir, 'rows.parquet');
      await services.exportTo(parquet, { runId: run.id, format: 'parquet' });

      let view: { viewId?: string | undefined; rows: number } = { rows: 0 };
      const made = await seconds(async () => {
        view = await services.results.view({ input: { runId: run.id, sort, filters } });
      });
      const pages: number[] = [];
      for (let page = 0; page < PAGES; page++) {
        const start = Math.floor(Math.random() * (view.rows - PAGE_ROWS));
        pages.push(await seconds(async () => void (await services.results.page({ input: { runId: run.id, viewId: view.viewId, start, count: PAGE_ROWS } }))));
      }

      const connection = await (await DuckDBInstance.create(path.join(dir, 'peer.duckdb'), { memory_limit: '1GB' })).connect();
      await connection.run(`CREATE TABLE t AS FROM '${parquet}'`);
      const peerMade = await seconds(() => connection.run(`CREATE TABLE v AS ${peer}`));
      const peerPages: number[] = [];
      for (let page = 0; page < PAGES / 4; page++) {
        const start = Math.floor(Math.random() * (view.rows - PAGE_ROWS));
        peerPages.push(await seconds(async () => void (await connection.runAndReadAll(`SELECT * FROM v LIMIT ${PAGE_ROWS} OFFSET ${start}`)).getColumns()));
      }
      const limit = rows > ROWS ? 50 : 16;
      const note = `${rows.toLocaleString('en')} rows, ${view.rows.toLocaleString('en')} in the view`;
      report(compare(`${name}.make`, 's', made, peerMade, 'DuckDB CREATE TABLE AS from typed columns', note));
      report(compare(`${name}.page.p99`, 'ms', quantile(pages, 0.99) * 1000, quantile(peerPages, 0.99) * 1000, 'DuckDB LIMIT/OFFSET', `${note}; limit ${limit} ms`));
      report(compare(`${name}.page.median`, 'ms', median(pages) * 1000, median(peerPages) * 1000, 'DuckDB LIMIT/OFFSET', note));
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

export const sortBench = benchOf(SORT);
export const filterBench = benchOf(FILTER);
