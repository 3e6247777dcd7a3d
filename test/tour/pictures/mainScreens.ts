import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { goTo, type Screen } from './scene.ts';

const preview = (uri: string, name: string): Screen[1] => async (scene) => {
  await goTo(scene, uri);
  await scene.secchi.objects().getByText(name).click();
  await scene.secchi.preview().getByText(/Read for this preview/).waitFor();
};

const table = (tab: string): Screen[1] => async ({ secchi, page }) => {
  await secchi.part('Analyse');
  await secchi.catalog().getByRole('treeitem', { name: 'flights', exact: true }).dblclick();
  await page.getByRole('tab', { name: tab, exact: false }).last().click();
};

/** The main screens on the sample lake, in the order they are taken: later ones build on earlier ones. */
export const mainScreens: Screen[] = [
  ['start', async ({ secchi }) => secchi.catalog().getByRole('treeitem', { name: 'flights', exact: true }).waitFor()],
  ['sql', async ({ secchi }) => { await secchi.run(); await secchi.cell(5, '1').waitFor(); }],
  ['chart', async ({ page }) => { await page.keyboard.press('Alt+g'); await page.locator('[data-points] canvas').first().waitFor(); }],
  ['chart-data', async ({ secchi, page }) => { await secchi.command('Show the chart’s data'); await page.getByRole('row').nth(5).waitFor(); await secchi.command('Show the chart’s data'); }],
  ['dashboard', async ({ secchi, page }) => {
    await secchi.command('Make the sample dashboard');
    await page.getByRole('button', { name: 'Refresh all', exact: true }).click();
    await page.getByRole('region', { name: 'Tiles' }).getByText('Running…').first().waitFor();
    await page.getByRole('region', { name: 'Tiles' }).getByText('Running…').first().waitFor({ state: 'hidden', timeout: 60_000 });
    await page.locator('[data-points] canvas').nth(3).waitFor();
  }],
  ['dashboard-parameters', async ({ page }) => {
    await page.getByRole('button', { name: 'Add chart' }).click();
    const dialog = page.getByRole('dialog', { name: 'Add chart' });
    await dialog.getByRole('textbox', { name: 'Title' }).fill('Late by origin');
    await dialog.getByRole('textbox', { name: 'SQL' }).fill('SELECT origin, count(*) AS late FROM samples.flights WHERE month = :month AND delay > ? GROUP BY 1');
    await dialog.getByRole('button', { name: 'Add and run' }).click();
    await page.getByRole('textbox', { name: ':month' }).fill('2001-03');
    await page.getByRole('combobox', { name: 'Type of Late by origin ?1' }).selectOption('number');
    await page.getByRole('textbox', { name: 'Late by origin ?1' }).fill('60');
    await page.getByRole('textbox', { name: 'Late by origin ?1' }).press('Enter');
    await page.getByRole('img', { name: 'Late by origin' }).waitFor();
    await page.getByRole('textbox', { name: ':month' }).fill('2001-04');
    await page.getByText('other values').waitFor();
    await page.getByRole('button', { name: 'Move Late by origin' }).press('ArrowDown');
    await page.getByText(/^at most/).first().waitFor();
  }],
  ['dashboard-refreshing', async ({ page }) => {
    await page.getByRole('button', { name: 'Refresh all', exact: true }).click();
    await page.getByRole('progressbar', { name: 'Refreshing…' }).waitFor();
  }],
  ['sql-failed', async ({ secchi }) => { await secchi.newSqlTab(); await secchi.run('SELECT delai FROM samples.flights'); }],
  ['sql-no-rows', async ({ secchi }) => secchi.run("SELECT * FROM samples.airports WHERE state = 'XX'")],
  ['sql-running', async ({ secchi, page }) => {
    await secchi.writeSql('SELECT count(*) FROM samples.flights a JOIN samples.flights b ON a.delay <> b.delay');
    await page.keyboard.press('ControlOrMeta+Enter');
    await page.locator('[role=status][data-state=running]').waitFor();
  }],
  ['sql-stopped', async ({ secchi, page }) => { await secchi.button('Stop').click(); await page.locator('[role=status][data-state=cancelled]').waitFor(); }],
  ['sql-parameters', async ({ secchi, page }) => {
    await secchi.writeSql('SELECT origin, count(*) AS flights\nFROM samples.flights\nWHERE month = :month AND delay > :least\nGROUP BY 1');
    await page.getByRole('textbox', { name: ':month', exact: true }).fill('2001-03');
    await page.getByRole('combobox', { name: 'Type of :least' }).selectOption('number');
    await page.getByRole('textbox', { name: ':least', exact: true }).fill('60');
    await page.locator('[data-bound][data-current=true]').filter({ visible: true }).waitFor();
  }],
  ['sql-price', async ({ secchi, page }) => {
    await secchi.writeSql('SELECT f.origin, a.city, count(*)\nFROM samples.flights f JOIN samples.airports a ON a.iata = f.origin\nGROUP BY 1, 2');
    await page.getByText('no partition filter').filter({ visible: true }).waitFor();
    await page.locator('[data-bound] button').filter({ visible: true }).click();
  }],
  ['sql-plan', async ({ secchi, page }) => {
    await page.keyboard.press('Escape');
    await secchi.command('Measure: run it and show the plan (EXPLAIN ANALYZE)');
    await page.getByRole('treegrid', { name: 'Query plan' }).waitFor();
  }],
  ['saved', async ({ secchi, page }) => {
    await secchi.command('Save as…');
    const dialog = page.getByRole('dialog', { name: 'Save query' });
    await dialog.getByRole('textbox', { name: 'Name' }).fill('Flights by airport');
    await dialog.getByRole('button', { name: 'Save', exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    await page.keyboard.press('Alt+s');
    await page.getByRole('option', { name: /Flights by airport/ }).first().waitFor();
  }],
  ['table-columns', table('Columns')],
  ['table-partitions', async (scene) => { await table('Partitions')(scene); await scene.page.getByText('s3://secchi-samples/flights/month=2001-03/').waitFor(); }],
  ['table-ddl', table('DDL')],
  ['objects', async (scene) => { await goTo(scene, 's3://secchi-samples/'); await scene.secchi.objects().getByText('flights/').waitFor(); }],
  ['preview-parquet', preview('s3://secchi-samples/flights/month=2001-01/', 'flights-2001-01.parquet')],
  ['preview-csv', preview('s3://secchi-samples/airports/', 'airports.csv')],
  ['preview-text', preview('s3://secchi-samples/', 'ATTRIBUTION.txt')],
  ['objects-empty', async (scene) => { await goTo(scene, `s3://secchi-samples/nothing-${scene.theme}/`); await scene.page.getByText('There is nothing here').waitFor(); }],
  ['objects-missing-bucket', async (scene) => { await goTo(scene, 's3://no-such-bucket-here/'); await scene.page.getByRole('alert').first().waitFor(); }],
  ['upload', async (scene) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'secchi-pictures-'));
    const files = ['orders 2026.csv', '도시.csv', 'notes.txt'].map((name) => path.join(folder, name));
    for (const file of files) writeFileSync(file, 'city,people\nSeoul,9411000\n');
    await goTo(scene, `s3://secchi-samples/incoming-${scene.theme}/`);
    await scene.secchi.drop(scene.secchi.objects(), files);
    await scene.secchi.objects().getByText('notes.txt').waitFor();
    rmSync(folder, { recursive: true });
  }],
  ['create-table', async (scene) => {
    await scene.secchi.objects().getByText('orders 2026.csv').click();
    await scene.secchi.button('Query').click();
    await scene.page.getByRole('button', { name: 'Create table' }).waitFor();
  }],
  ['palette', async ({ page }) => { await page.keyboard.press('ControlOrMeta+k'); await page.getByRole('dialog').waitFor(); }],
  ['connections', async ({ secchi, page }) => { await page.keyboard.press('Escape'); await secchi.command('Connect to AWS'); await page.getByRole('dialog').waitFor(); }],
  ['settings', async ({ secchi, page }) => { await page.keyboard.press('Escape'); await secchi.command('Settings'); await page.getByRole('dialog').waitFor(); }],
  ['history', async ({ secchi, page }) => { await page.keyboard.press('Escape'); await secchi.command('Show query history'); await page.getByRole('grid', { name: 'Query history' }).getByRole('gridcell').first().waitFor(); }],
];
