import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { athenaOn } from '../../../support/athena.ts';
import { startLake, type TestLake } from '../../../support/lake.ts';
import { loadTpch, type Tpch } from '../../../support/tpch/load.ts';
import { tpchQueries } from '../../../support/tpch/queries.ts';

const SCALE = 0.1;

let lake: TestLake;
let sql: ReturnType<typeof athenaOn>;
let tpch: Tpch;

beforeAll(async () => {
  lake = await startLake();
  sql = athenaOn(lake, { database: 'tpch' });
  tpch = await loadTpch(lake, SCALE);
}, 240_000);
afterAll(async () => {
  await tpch?.close();
  await lake?.stop();
});

/** Trino rounds an average or a quotient of decimals to their scale; DuckDB's are doubles. */
function same(ours: string | null, direct: string | null): boolean {
  if (ours === direct) return true;
  if (ours === null || direct === null) return false;
  const [a, b] = [Number(ours), Number(direct)];
  const step = 10 ** -(/\.(\d+)$/.exec(ours)?.[1]?.length ?? 0);
  return Math.abs(a - b) <= Math.max(step * 0.5001, Math.abs(b) * 1e-12);
}

describe('TPC-H', () => {
  test.each(Object.entries(tpchQueries(SCALE)))('%s gives what DuckDB gives', async (_name, query) => {
    const ours = await sql.allValues(query);
    const direct = (await tpch.direct.runAndReadAll(query)).getRowsJson().map((row) => row.map((value) => (value === null ? null : String(value as string))));
    expect(direct.length).toBeGreaterThan(0);
    expect(ours).toHaveLength(direct.length);
    const different = ours.flatMap((row, at) => (row.every((value, column) => same(value, direct[at]![column]!)) ? [] : [{ at, ours: row, direct: direct[at] }]));
    expect(different).toEqual([]);
  });
});
