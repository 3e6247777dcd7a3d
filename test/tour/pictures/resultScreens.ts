import type { Scene, Screen } from './scene.ts';

const closePanels = async ({ page }: Scene) => page.keyboard.press('Escape');

async function panel(scene: Scene, name: string): Promise<void> {
  await scene.page.getByRole('button', { name, exact: true }).click();
  await scene.page.getByRole('complementary', { name, exact: true }).waitFor();
}

/** What is done with a result, in the order it is taken: later ones build on earlier ones. */
export const resultScreens: Screen[] = [
  ['results-filter-values', async ({ secchi, page }) => {
    await secchi.newSqlTab();
    await secchi.run('SELECT iata, name, city, state, country, latitude, longitude FROM samples.airports ORDER BY iata');
    await secchi.button(/^Export 3,376 rows/).waitFor();
    await secchi.cell(2, '3').click();
    await page.keyboard.press('ControlOrMeta+Shift+L');
    await page.getByLabel('Condition').selectOption('in');
    await page.getByRole('group', { name: 'Values' }).getByText('AK', { exact: true }).click();
  }],
  ['results-filtered', async ({ secchi, page }) => {
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('263 of 3,376 rows').waitFor();
    await secchi.results().getByRole('columnheader', { name: /^latitude/ }).click();
    await secchi.results().getByRole('columnheader', { name: /^city/ }).click({ modifiers: ['Shift'] });
    await page.locator('[aria-sort=ascending]').nth(1).waitFor();
    await secchi.cell(0, '4').click();
    await secchi.cell(6, '6').click({ modifiers: ['Shift'] });
    await page.getByRole('group', { name: 'Selection' }).getByText(/distinct/).waitFor();
  }],
  ['results-columns', async (scene) => panel(scene, 'Columns')],
  ['results-record', async (scene) => panel(scene, 'Record')],
  ['results-profile', async (scene) => { await panel(scene, 'Profile'); await scene.page.getByText('Top values').waitFor(); }],
  ['results-nothing-passes', async (scene) => {
    await closePanels(scene);
    await scene.page.getByRole('textbox', { name: 'Search all columns' }).fill('no such text');
    await scene.page.getByText('No row passes').waitFor();
  }],
  ['results-export', async ({ secchi, page }) => {
    await secchi.command('Clear filters, search and order');
    await secchi.button(/^Export 3,376 rows/).click();
    await page.getByRole('menuitem', { name: /^Excel/ }).waitFor();
  }],
  ['results-export-options', async ({ page }) => {
    await page.getByRole('menuitem', { name: 'Options and destination…' }).click();
    await page.getByRole('dialog').getByText('S3', { exact: true }).click();
  }],
  ['results-pivot', async ({ secchi, page }) => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Pivot', exact: true }).click();
    await page.getByRole('combobox', { name: 'Add: Rows' }).selectOption({ label: 'state' });
    await page.getByRole('combobox', { name: 'Add a value' }).selectOption({ label: 'latitude' });
    await page.getByRole('checkbox', { name: 'Totals' }).check();
    await secchi.cell(3, '2').filter({ hasText: /\d/ }).waitFor();
  }],
  ['results-compare', async ({ secchi, page }) => {
    await secchi.run("SELECT iata, name, city, CASE WHEN iata < '05U' THEN lower(state) ELSE state END AS state, country, latitude, longitude FROM samples.airports WHERE iata <> '00R' ORDER BY iata");
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('combobox', { name: 'Add: Key columns' }).selectOption({ label: 'iata' });
    await page.getByText(/1 removed/).waitFor();
  }],
  ['results-cell-tree', async ({ secchi, page }) => {
    await secchi.run(`SELECT 1 AS n, MAP(ARRAY['a', 'b'], ARRAY[ARRAY[1, 2], ARRAY[3]]) AS nested, '{"station":{"id":7,"tags":["x","y"]}}' AS json_text, CAST(NULL AS varchar) AS nothing, '' AS empty`);
    await secchi.cell(0, '2').click();
    await page.keyboard.press('Enter');
    await page.getByRole('group', { name: 'Nested value' }).waitFor();
  }],
];
