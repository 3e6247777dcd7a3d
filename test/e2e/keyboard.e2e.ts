import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from './fixtures.ts';

test('the whole main job is done without a mouse', async ({ secchi, page, folder }) => {
  const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());

  // Browse: to the buckets, into one, to an object and its preview.
  await secchi.command('Go to the buckets');
  await expect(secchi.buckets()).toBeFocused();
  // A dialog that is left gives the focus back to where it was.
  await press('ControlOrMeta+k');
  await page.getByRole('dialog').waitFor();
  await press('Escape');
  await expect(secchi.buckets()).toBeFocused();
  await secchi.buckets().getByText('secchi-samples').waitFor();
  await press('End', 'Enter');
  await expect(secchi.objects()).toBeVisible();
  await expect(secchi.path()).toHaveValue('s3://secchi-samples/');
  await secchi.objects().getByText('airports/').waitFor();
  await press('Alt+l', 'Home', 'Enter');
  await expect(secchi.path()).toHaveValue('s3://secchi-samples/airports/');
  await secchi.objects().getByText('airports.csv').waitFor();
  await press('Alt+l', 'Home');
  await expect(secchi.preview().getByText(/Read for this preview/)).toBeVisible();

  // Go somewhere by typing its name.
  await press('ControlOrMeta+k');
  await page.keyboard.insertText('s3://secchi-samples/flights/');
  await page.getByRole('option', { selected: true, name: /flights/ }).waitFor();
  await press('Enter');
  await expect(secchi.objects().getByText('month=2001-01/')).toBeVisible();

  // Ask, look, export.
  await secchi.newSqlTab();
  await secchi.editor().waitFor();
  expect(await secchi.run("SELECT origin, count(*) AS n FROM samples.flights WHERE month = '2001-02' GROUP BY 1 ORDER BY 2 DESC LIMIT 3")).toMatch(/Succeeded/i);
  await secchi.results().getByText('ORD').waitFor();
  await press('Alt+2');
  await press('ControlOrMeta+a');
  await expect(page.getByText(/6 cells/)).toBeVisible();
  const exportButton = secchi.button(/^Export/);
  await exportButton.focus();
  await press('Enter');
  await page.getByRole('menuitem', { name: /^CSV/ }).focus();
  const [download] = await Promise.all([page.waitForEvent('download'), press('Enter')]);
  const file = path.join(folder, 'answer.csv');
  await download.saveAs(file);
  expect(readFileSync(file, 'utf8')).toMatch(/^origin,n\r\n([A-Z]{3},\d+\r\n){3}$/);
});

test('the palette names the item it is at, or none where none is left', async ({ secchi, page }) => {
  await secchi.newSqlTab();
  await page.keyboard.press('ControlOrMeta+k');
  const search = page.locator('[cmdk-root]').getByRole('combobox');
  const dangling = () => page.evaluate(() => [...document.querySelectorAll('[aria-activedescendant]')].map((one) => one.getAttribute('aria-activedescendant')!).filter((id) => !document.getElementById(id)));
  for (const text of ['flights', 'zzzz', 'zzz', 'New SQL', 'qqqq', '']) {
    await search.fill(text);
    await expect.poll(dangling).toEqual([]);
  }
  await search.fill('New SQL tab');
  await expect(page.getByRole('option', { name: 'New SQL tab', selected: true })).toBeVisible();
  await expect(search).toHaveAttribute('aria-activedescendant', (await page.getByRole('option', { selected: true }).getAttribute('id'))!);
});

test('Escape closes a message that covers something', async ({ secchi, page }) => {
  await secchi.catalog().getByRole('treeitem', { name: 'airports', exact: true }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Copy name' }).click();
  // A menu that is open takes the first Escape.
  await expect(page.getByRole('menu')).toHaveCount(0);
  const close = page.getByRole('button', { name: 'Dismiss' });
  await close.hover(); // held: it does not leave by itself
  await expect(close).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(close).toHaveCount(0);
});

test('a tab that is closed leaves the keys to the one in its place', async ({ secchi, page }) => {
  await secchi.newSqlTab();
  await secchi.writeSql('SELECT 1');
  await secchi.newSqlTab();
  await page.keyboard.insertText('SELECT 2');
  await page.keyboard.press('Alt+w');
  const text = page.locator('.view-lines').filter({ visible: true });
  await expect(text).toContainText('SELECT 1');
  await expect(secchi.editor()).toBeFocused();
  await page.keyboard.press('ControlOrMeta+End');
  await page.keyboard.insertText('234');
  await expect(text).toContainText('SELECT 1234');
});
