import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';

test('a query is saved into a folder, found again, changed and written back; .sql files go out and come in', async ({ secchi, page, served, folder }) => {
  await secchi.newSqlTab();
  await secchi.writeSql('SELECT :n AS n');
  await secchi.editor().focus();
  await page.keyboard.press('ControlOrMeta+s');
  const dialog = page.getByRole('dialog', { name: 'Save query' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('My numbers');
  await dialog.getByRole('combobox', { name: 'Folder' }).or(dialog.getByRole('textbox', { name: 'Folder' })).fill('reports/daily');
  await dialog.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(dialog).toBeHidden();
  await secchi.writeSql('SELECT 2 AS changed');
  await secchi.editor().focus();
  await page.keyboard.press('ControlOrMeta+s');
  await expect.poll(async () => (await served.client.savedQueries.list()).map(({ name, sql, folder: where }) => [name, sql, where])).toEqual([['My numbers', 'SELECT 2 AS changed', 'reports/daily']]);

  await page.keyboard.press('Alt+w');
  await page.keyboard.press('Alt+s');
  const list = page.getByRole('listbox', { name: 'Saved queries' });
  await expect(list).toContainText('reports/daily');
  const file = path.join(folder, 'given.sql');
  writeFileSync(file, '-- name: From a file\n-- folder: imported\n-- tags: x, y\nSELECT 3');
  await page.locator('input[type=file][accept*=".sql"]').setInputFiles(file);
  await expect(list.getByRole('option', { name: /From a file/ })).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Export all as one .sql file' }).click()]);
  const exported = path.join(folder, download.suggestedFilename());
  await download.saveAs(exported);
  expect(readFileSync(exported, 'utf8')).toContain('-- name: From a file\n-- folder: imported\n-- tags: x, y\nSELECT 3\n');

  await list.getByRole('option', { name: /My numbers/ }).dblclick();
  await expect(page.locator('.view-lines').filter({ visible: true })).toContainText('SELECT 2 AS changed');
});

test('what another client ran in the workgroup opens from the history with its result', async ({ secchi, page, served }) => {
  const other = await served.client.runs.start({ connectionId: 'local', sql: 'SELECT 4711 AS answer', workgroup: 'primary', catalog: 'AwsDataCatalog', clientToken: 'another-client-1' });
  await expect.poll(async () => (await served.client.runs.get({ id: other.id })).state).toBe('succeeded');
  await served.client.runs.forget({ ids: [other.id] });
  await page.keyboard.press('Alt+h');
  await page.getByRole('combobox', { name: 'Whose runs' }).selectOption('primary');
  await page.getByRole('row', { name: /SELECT 4711/ }).dblclick();
  await expect(secchi.cell(0, '0')).toHaveText('4711');
  expect((await served.client.runs.ofWorkgroup({ connectionId: 'local', workgroup: 'primary' })).runs).toHaveLength(1);
});
