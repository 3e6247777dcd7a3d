import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Scene, Screen } from './scene.ts';

const folder = path.join(mkdtempSync(path.join(tmpdir(), 'secchi-pictures-desk-')), 'data');
const JOIN = `SELECT city, flights::INT AS flights, round(100 * flights / sum(flights) OVER (), 1) AS percent
FROM results.r1
JOIN files.carriers USING (origin)
QUALIFY row_number() OVER (ORDER BY flights DESC) <= 20`;

async function addFile({ page }: Scene, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Files: / }).click();
  await page.getByRole('button', { name: 'Add files…' }).click();
  const chooser = page.getByRole('dialog', { name: 'Choose a file to query' });
  await chooser.getByRole('textbox').fill(folder);
  await chooser.getByRole('textbox').press('Enter');
  await chooser.getByRole('button', { name }).click();
  await page.getByRole('dialog', { name: /^Files: / }).getByText(name.replace(/\..*/, '')).first().waitFor();
}

/** DuckDB on this desk: its tool bar, its files, a join, what it refuses and what its files can be. */
export const deskScreens: Screen[] = [
  [
    'desk-empty',
    async ({ secchi, page }) => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(path.join(folder, 'carriers.csv'), 'origin,city\nATL,Atlanta\nORD,Chicago\nDFW,Dallas\n');
      writeFileSync(path.join(folder, 'broken.parquet'), 'PAR1 no parquet at all PAR1');
      await secchi.newSqlTab();
      await secchi.command('Run this tab with DuckDB on this desk');
      await page.getByRole('button', { name: 'Files: 0' }).click();
      await page.getByText('Nothing to read yet').waitFor();
    },
  ],
  [
    'desk-chooser',
    async ({ page }) => {
      await page.getByRole('button', { name: 'Add files…' }).click();
      const chooser = page.getByRole('dialog', { name: 'Choose a file to query' });
      await chooser.getByRole('textbox').fill(folder);
      await chooser.getByRole('textbox').press('Enter');
      await chooser.getByRole('button', { name: 'carriers.csv' }).waitFor();
    },
  ],
  [
    'desk-files',
    async (scene) => {
      const { page, secchi } = scene;
      await page.keyboard.press('Escape');
      await secchi.command('Run this tab with Athena');
      await secchi.run("SELECT origin, flights FROM (VALUES ('ATL', 30017), ('ORD', 22001), ('DFW', 18111), ('XXX', 1)) AS t(origin, flights)");
      await secchi.command('Run this tab with DuckDB on this desk');
      await addFile(scene, 'broken.parquet');
      await page.keyboard.press('Escape');
      await addFile(scene, 'carriers.csv');
      await page.getByText('results.r1').waitFor();
    },
  ],
  [
    'desk-join',
    async ({ page, secchi }) => {
      await page.keyboard.press('Escape');
      await secchi.run(JOIN);
      await secchi.cell(0, '0').filter({ hasText: 'Atlanta' }).waitFor();
    },
  ],
  [
    'desk-plan',
    async ({ page, secchi }) => {
      await secchi.command('Measure: run it and show the plan (EXPLAIN ANALYZE)');
      await page.getByRole('treegrid', { name: 'Query plan' }).getByText('costly').first().waitFor();
    },
  ],
  [
    'desk-completion',
    async ({ page, secchi }) => {
      await secchi.writeSql('SELECT  FROM files.carriers c JOIN results.r1 r USING (origin)');
      for (let at = 0; at < 55; at++) await page.keyboard.press('ArrowLeft');
      await page.keyboard.press('ControlOrMeta+Space');
      await page.locator('.suggest-widget.visible').waitFor();
    },
  ],
  [
    'desk-refused',
    async ({ page, secchi }) => {
      await page.keyboard.press('Escape');
      await secchi.run('CREATE TABLE mine AS SELECT 1');
      await page.getByText('DuckDB on this desk only reads').waitFor();
    },
  ],
  [
    'desk-broken-file',
    async ({ page, secchi }) => {
      await secchi.run('SELECT * FROM files.broken');
      await page.getByText('cannot be read').first().waitFor();
    },
  ],
  [
    'desk-error',
    async ({ page, secchi }) => {
      await secchi.run('SELECT city,\n       citty\nFROM files.carriers');
      await page.getByRole('button', { name: /Go to line 2/ }).waitFor();
    },
  ],
  [
    'desk-engines',
    async ({ page }) => {
      await page.getByRole('button', { name: /^Engine: / }).click();
      await page.getByRole('option', { name: /Athena/ }).waitFor();
    },
  ],
  [
    'desk-history',
    async ({ page }) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Alt+h');
      await page.getByRole('grid', { name: 'Query history' }).getByText('DuckDB', { exact: true }).first().waitFor();
    },
  ],
];
