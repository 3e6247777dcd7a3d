import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { flightsAsAthenaWrites } from '../support/samples.ts';
import { startBundle } from '../support/serve.ts';
import { differingRows } from '../tour/compareCsv.ts';
import { expect, test } from './fixtures.ts';

test('first start shows the sample lake, its catalog and a query ready to run', async ({ secchi }) => {
  await expect(secchi.connection()).toContainText(/Sample lake/);
  await expect(secchi.catalog().getByRole('treeitem', { name: 'flights', exact: true })).toBeVisible();
  await expect(secchi.editor()).toBeVisible();
  expect(await secchi.run()).toMatch(/Succeeded/i);
});

test('a lake that is still being filled at the start has its price by itself once it is whole', async ({ page }) => {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'secchi-e2e-'));
  // Ready when the window can be opened, not when the lake is whole.
  const served = await startBundle('serve', ['--port', '0', '--data-dir', dataDir, '--no-open']);
  try {
    await page.goto(served.ready.url!);
    await expect(page.locator('[data-bound]').filter({ visible: true })).toContainText(/scans at most\s*\d+\.\d MB/, { timeout: 60_000 });
  } finally {
    await served.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
});

test('three million rows are scrolled to the last and exported exactly', async ({ secchi, page, folder }) => {
  await secchi.newSqlTab();
  expect(await secchi.run('SELECT "date", delay, distance, origin, destination, month FROM samples.flights')).toMatch(/3,000,000/);
  await secchi.cell(0, '0').click();
  await page.keyboard.press('ControlOrMeta+End');
  await expect(secchi.results().locator('[row-index="2999999"]').first()).toBeVisible();
  const csv = await secchi.exportCsv(folder);
  expect(await differingRows(csv, flightsAsAthenaWrites())).toEqual({ rows: 3_000_000, differing: 0 });
});

test('a dropped CSV becomes a table, is queried and exported', async ({ secchi, folder }) => {
  const file = path.join(folder, 'cities.csv');
  writeFileSync(file, 'city,country,people\nSeoul,KR,9411000\nZürich,CH,443037\n"Paris, Texas",US,24171\n');
  await secchi.part('Store');
  await secchi.buckets().getByText('secchi-samples').dblclick();
  await secchi.path().fill('s3://secchi-samples/cities/');
  await secchi.path().press('Enter');
  await secchi.drop(secchi.objects(), [file]);
  await secchi.objects().getByText('cities.csv').click();
  await expect(secchi.preview().getByText('Paris, Texas')).toBeVisible();

  await secchi.button('Query').click();
  await secchi.button('Create table').click();
  // The new table's first rows are asked for by itself.
  await expect(secchi.query()).toHaveAttribute('data-state', 'succeeded');
  expect(await secchi.run('SELECT city, people FROM default.cities ORDER BY people DESC')).toMatch(/Succeeded/i);
  await expect(secchi.results().getByText('Paris, Texas')).toBeVisible();
  expect(readFileSync(await secchi.exportCsv(folder), 'utf8')).toBe('city,people\r\nSeoul,9411000\r\nZürich,443037\r\n"Paris, Texas",24171\r\n');
});

test('a wrong query is explained at its place, and the window goes on', async ({ secchi, page }) => {
  await secchi.newSqlTab();
  expect(await secchi.run('SELECT delai FROM samples.flights')).toMatch(/Failed/i);
  await expect(page.getByText(/Column 'delai' cannot be resolved/).first()).toBeVisible();
  expect(await secchi.run('SELECT 1 AS one')).toMatch(/Succeeded/i);
});

test('FAULTS 21 and 25: NULL, empty text, quotes, newlines, formulas and markup are shown and exported as they are', async ({ secchi, folder }) => {
  await secchi.newSqlTab();
  const verdict = await secchi.run(
    `SELECT * FROM (VALUES (1, CAST(NULL AS varchar)), (2, ''), (3, 'NULL'), (4, 'a "b", c'), (5, '=cmd|x'), (6, '<img src=x onerror=alert(1)>')) AS t (n, v) ORDER BY n`,
  );
  expect(verdict).toMatch(/Succeeded/i);
  await expect(secchi.cell(0, '1')).toHaveText('NULL');
  await expect(secchi.cell(2, '1')).toHaveText('NULL');
  await expect(secchi.cell(5, '1')).toHaveText('<img src=x onerror=alert(1)>');
  expect(readFileSync(await secchi.exportCsv(folder), 'utf8')).toBe(
    'n,v\r\n1,\r\n2,""\r\n3,NULL\r\n4,"a ""b"", c"\r\n5,=cmd|x\r\n6,<img src=x onerror=alert(1)>\r\n',
  );
});
