import { afterAll, beforeAll, expect, test } from 'vitest';
import { planRows, readPlan } from '../../../../renderer/features/sql/plan/readPlan.ts';
import { athenaOn } from '../../../support/athena.ts';
import { startLake, type TestLake } from '../../../support/lake.ts';

let lake: TestLake;
let athena: ReturnType<typeof athenaOn>;
beforeAll(async () => {
  lake = await startLake();
  athena = athenaOn(lake);
});
afterAll(() => lake.stop());

const sql = 'SELECT x, count(*) FROM (VALUES 1, 2, 2) AS t(x) GROUP BY x ORDER BY x';
const answer = async (statement: string) => (await athena.rows(statement)).map(([line]) => line).join('\n');

test('EXPLAIN (FORMAT JSON) and EXPLAIN ANALYZE (FORMAT JSON) give the local engine’s operators, measured where they ran', async () => {
  const plan = readPlan(await answer(`EXPLAIN (FORMAT JSON) ${sql}`))!;
  expect(plan.measured).toBe(false);
  expect(planRows(plan.root).map(({ node }) => node.name)).toEqual(expect.arrayContaining(['OrderBy']));

  const measured = readPlan(await answer(`EXPLAIN ANALYZE (FORMAT JSON) ${sql}`))!;
  expect(measured.measured).toBe(true);
  const sorted = planRows(measured.root).find(({ node }) => node.name === 'OrderBy')!;
  expect(sorted.node.rows).toBe(2);
  expect(sorted.node.millis).toBeGreaterThanOrEqual(0);
  // Files of the lake itself are not told.
  expect(JSON.stringify(measured)).not.toContain(lake.dataDir);
});

test('EXPLAIN without a format is text, as before', async () => {
  expect(await answer(`EXPLAIN ${sql}`)).toContain('ORDER_BY');
});
