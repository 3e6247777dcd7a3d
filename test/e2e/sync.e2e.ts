import AxeBuilder from '@axe-core/playwright';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { SecchiWindow } from '../support/secchiWindow.ts';
import { expect, test } from './fixtures.ts';

const seriousFindings = async (page: Page) =>
  (await new AxeBuilder({ page }).analyze()).violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);

/** A new sync of a folder with three files to an empty prefix, planned. */
async function plan(secchi: SecchiWindow, page: Page, source: string): Promise<void> {
  for (const name of ['a.csv', 'deep/b.csv', 'left out.csv']) {
    const at = path.join(source, name);
    mkdirSync(path.dirname(at), { recursive: true });
    writeFileSync(at, `city,people\n${name},1\n`);
    utimesSync(at, 1_700_000_000, 1_700_000_000);
  }
  await secchi.command('New sync');
  await expect(page.getByText('Make two places the same')).toBeVisible();
  await expect(secchi.button('Start')).toBeDisabled();
  const from = page.getByRole('group', { name: 'From', exact: true });
  await from.getByRole('combobox').selectOption('folder');
  await from.getByRole('button', { name: 'From: choose a folder' }).click();
  await page.getByRole('textbox', { name: 'Folder path' }).fill(source);
  await page.getByRole('button', { name: 'Choose this folder' }).click();
  await expect(from.getByText(source)).toBeVisible();
  const to = page.getByRole('textbox', { name: 'To: bucket and prefix' });
  await to.fill('s3://secchi-samples/synced');
  await to.press('Enter');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('status', { name: 'Plan' })).toContainText('Planned: 3 files at the source, 0 at the target');
}

test('a folder is synced to a prefix: planned, read, one row left out, carried out, and planned again', async ({ secchi, page, folder }) => {
  test.setTimeout(180_000);
  const source = path.join(folder, 'source');
  await plan(secchi, page, source);
  const status = page.getByRole('status', { name: 'Plan' });
  const rows = page.getByRole('table', { name: 'Plan' });
  await expect(rows.getByText('deep/b.csv')).toBeVisible();
  const leftOut = page.getByRole('checkbox', { name: 'Sync left out.csv' });
  await leftOut.click(); // shown a moment later
  await expect(leftOut).not.toBeChecked();
  await expect(page.getByText('Uploads 2 files')).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('ControlOrMeta+Shift+Enter');
  await expect(secchi.transfers().getByText('2 of 2 files')).toBeVisible();
  await expect(secchi.transfers().getByText(/^Done/)).toBeVisible();
  await expect(status).toContainText('Started');

  // What is the same is not planned again; the other side got one of its own.
  await secchi.button('Plan again').click();
  await expect(status).toContainText('Planned: 3 files at the source, 2 at the target');
  await expect(secchi.button('New 1')).toBeVisible();
  await expect(secchi.button('Same 2')).toBeVisible();
  await expect(rows.getByText('a.csv')).toBeHidden();

  // The other way, with deletes: asked first, with the number where it is much.
  await secchi.button('Swap the two places').click();
  await page.getByRole('checkbox', { name: 'Delete what is gone' }).check();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(status).toContainText('Planned: 2 files at the source, 3 at the target');
  await expect(rows.getByText('left out.csv')).toBeVisible();
  await secchi.button('Start').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('There is no undo in a folder of this computer.')).toBeVisible();
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  expect(readFileSync(path.join(source, 'left out.csv'), 'utf8')).toContain('left out');

  // Kept by name, and there again after a restart of the page.
  await secchi.command('Save this pair');
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Cities');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(secchi.button('Cities')).toBeVisible();
  await page.reload();
  await expect(status).toContainText('Planned: 2 files at the source, 3 at the target');
  await expect(rows.getByText('left out.csv')).toBeVisible();
  await secchi.button('Cities').click();
  await page.getByRole('menuitem', { name: 'Cities', exact: true }).click();
  await expect(page.getByText('Nothing is planned yet')).toBeVisible();
});

test.describe('in light', () => {
  test.use({ colorScheme: 'light' });

  test('a plan has no serious accessibility finding', async ({ secchi, page, folder }) => {
    test.setTimeout(180_000);
    await plan(secchi, page, path.join(folder, 'source'));
    await expect(page.getByRole('table', { name: 'Plan' }).getByText('deep/b.csv')).toBeVisible();
    expect(await seriousFindings(page)).toEqual([]);
  });
});
