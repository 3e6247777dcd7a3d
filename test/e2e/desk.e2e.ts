import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';

test('a finished result of Athena is joined with a local CSV by DuckDB on this desk, free; all comes back after a reload', async ({ secchi, page, served, folder }) => {
  writeFileSync(path.join(folder, 'Carriers.csv'), 'origin,city\nATL,Atlanta\nORD,시카고\n');
  await secchi.newSqlTab();
  expect(await secchi.run("SELECT origin, flights FROM (VALUES ('ATL', 3), ('ORD', 5), ('XXX', 1)) AS t(origin, flights)")).toContain('3 rows');

  // The result's name opens it in a tab of DuckDB's.
  await page.getByRole('button', { name: 'r1: Query this result with DuckDB' }).click();
  await expect(page.getByRole('button', { name: 'Engine: DuckDB on this desk' })).toBeVisible();
  await expect(page.locator('.view-lines').filter({ visible: true })).toContainText('results.r1');
  await expect(page.getByText('free, on this desk')).toBeVisible();

  await page.getByRole('button', { name: 'Files: 0' }).click();
  await page.getByRole('button', { name: 'Add files…' }).click();
  const chooser = page.getByRole('dialog', { name: 'Choose a file to query' });
  await chooser.getByRole('textbox').fill(folder);
  await chooser.getByRole('textbox').press('Enter');
  await chooser.getByRole('button', { name: 'Carriers.csv' }).click();
  const list = page.getByRole('dialog', { name: /^Files: / });
  await expect(list.getByText('2 columns')).toBeVisible();
  await page.keyboard.press('Escape');

  const status = await secchi.run('SELECT city, flights::INT AS flights FROM results.r1 JOIN carriers USING (origin) ORDER BY flights DESC');
  expect(status).toContain('2 rows');
  await expect(secchi.cell(0, '0')).toHaveText('시카고');
  await expect(secchi.cell(0, '1')).toHaveText('5');

  await page.reload();
  await secchi.ready();
  await expect(page.getByRole('button', { name: 'Engine: DuckDB on this desk' })).toBeVisible();
  await expect(secchi.cell(1, '0')).toHaveText('Atlanta');
  expect((await served.client.runs.history({ max: 10 })).runs.map(({ engine, state }) => [engine, state])).toEqual([['duckdb', 'succeeded'], ['athena', 'succeeded']]);
});

test('Plan and Measure show the operators of DuckDB as a tree', async ({ secchi, page }) => {
  await secchi.newSqlTab();
  await secchi.command('Run this tab with DuckDB on this desk');
  await secchi.run('SELECT range % 7 AS k, count(*) AS n FROM range(400000) GROUP BY k');
  await expect(secchi.button('Export 7 rows')).toBeVisible();
  const plan = page.getByRole('treegrid', { name: 'Query plan' });
  await page.getByRole('button', { name: 'Plan', exact: true }).filter({ visible: true }).click();
  await expect(plan.getByRole('row', { name: /group by/i })).toBeVisible();
  // What is exported is the plan, not the rows that were shown before it.
  const [rows] = /[\d,]+(?= rows)/.exec((await secchi.query().textContent()) ?? '')!;
  expect(rows).not.toBe('7');
  await expect(secchi.button(`Export ${rows} rows`)).toBeVisible();
  await expect(page.getByText('What the engine expects, before it runs.')).toBeVisible();
  await secchi.command('Measure: run it and show the plan (EXPLAIN ANALYZE)');
  await expect(page.getByText('Measured while the query ran.')).toBeVisible();
  await expect(plan.getByText('costly').first()).toBeVisible();
  await expect(plan.getByRole('row', { name: /Range.*400,000/ })).toBeVisible();
});

test('what writes is refused by name, a syntax error is marked as DuckDB reads it, and the engine of a tab changes by the palette', async ({ secchi, page }) => {
  await secchi.newSqlTab();
  await secchi.command('Run this tab with DuckDB on this desk');
  expect(await secchi.run('CREATE TABLE t AS SELECT 1')).toContain('Failed');
  await expect(page.getByText('DuckDB on this desk only reads')).toBeVisible();
  await secchi.writeSql('FROM range(3) SELECT range::INT AS n WHERE n > 0 QUALIFY true');
  await expect(page.locator('.squiggly-error').filter({ visible: true })).toHaveCount(0);
  await secchi.writeSql('SELECT 1 FROMM x y');
  await expect(page.locator('.squiggly-error').filter({ visible: true })).toHaveCount(1);
  await secchi.command('Run this tab with Athena');
  await expect(page.getByRole('button', { name: /^Workgroup: / })).toBeVisible();
});
