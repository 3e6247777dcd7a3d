import { athenaOn } from '../support/athena.ts';
import { startLake } from '../support/lake.ts';
import { loadTpch } from '../support/tpch/load.ts';
import { tpchQueries } from '../support/tpch/queries.ts';
import { compare, medianTime, type Bench } from './measure.ts';

const SCALE = 0.1;
const RUNS = 3;

/** TPC-H's 22 queries through the local Athena (start, poll, first page), against DuckDB reading the same Parquet files. */
export const bench: Bench = async (report) => {
  const lake = await startLake();
  const tpch = await loadTpch(lake, SCALE);
  try {
    const sql = athenaOn(lake, { database: 'tpch' });
    let [ours, direct, over] = [0, 0, 0];
    for (const [name, query] of Object.entries(tpchQueries(SCALE))) {
      const through = await medianTime(RUNS, () => sql.rows(query));
      const alone = await medianTime(RUNS, () => tpch.direct.runAndReadAll(query));
      if (process.env['TPCH_EACH']) report(compare(`tpch.${name}`, 's', through, alone, 'the same SQL in DuckDB'));
      ours += through;
      direct += alone;
      over = Math.max(over, through - 1.3 * alone);
    }
    report(compare('tpch', 's', ours, direct, 'the same SQL in DuckDB', `22 queries, scale ${SCALE}, median of ${RUNS}, summed`));
    report(compare('tpch.overhead', 's', over, 0.1, 'the limit', 'the most any query took beyond 1.3 times DuckDB'));
  } finally {
    await tpch.close();
    await lake.stop();
  }
};
