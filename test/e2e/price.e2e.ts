import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const price = (page: Page) => page.locator('[data-bound]').filter({ visible: true });
const underlined = (page: Page) => page.locator('.squiggly-warning').filter({ visible: true });
const flights = 'SELECT count(delay) FROM samples.flights';

test('what a statement can scan stands beside Run before it runs, and what it scanned after', async ({ secchi, page }) => {
  await secchi.newSqlTab();
  await secchi.writeSql(flights);
  await expect(price(page)).toContainText(/scans at most\s*13\.\d MB.*\$0 here/);
  await expect(price(page)).toContainText('no partition filter');
  expect(await secchi.run()).toMatch(/scanned \(at most 13\.\d MB expected\)/);

  await secchi.writeSql(`${flights} WHERE month = '2001-03'`);
  await expect(price(page)).toContainText(/scans at most\s*[12]\.\d MB/);
  await expect(price(page)).not.toContainText('no partition filter');
  await secchi.writeSql('SHOW TABLES IN samples');
  await expect(price(page)).toHaveText('free');
});

test('bytes and price are whole at 1280 pixels, beside a chip and long names', async ({ secchi, page }) => {
  await secchi.newSqlTab();
  await secchi.writeSql(flights);
  await expect(price(page)).toContainText('no partition filter');
  const database = page.getByRole('button', { name: /^Database: / }).filter({ visible: true });
  await database.click();
  await page.getByRole('textbox', { name: 'Database' }).or(page.getByRole('combobox', { name: 'Database' })).fill('a_database_with_a_name_that_is_long');
  await page.getByRole('option', { name: /a_database_with_a_name/ }).click();
  await expect(database).toHaveAccessibleName('Database: a_database_with_a_name_that_is_long');
  // What is seen at both ends of the price is the price, and nothing of it is cut.
  const whole = () =>
    price(page).getByRole('button').evaluate((button) => {
      const { left, right, top, height } = button.getBoundingClientRect();
      const seen = [left + 8, right - 8].every((x) => button.contains(document.elementFromPoint(x, top + height / 2)));
      return seen && button.scrollWidth <= button.clientWidth && right <= innerWidth;
    });
  for (const width of [1280, 1000]) {
    await page.setViewportSize({ width, height: 800 });
    await expect.poll(whole).toBe(true);
    await expect(secchi.button('Save').filter({ visible: true }).first()).toBeInViewport({ ratio: 1 });
  }
});

test('a table without a partition filter is underlined, explained, and given one', async ({ secchi, page }) => {
  await secchi.newSqlTab();
  await secchi.writeSql(`SELECT count(*) FROM samples.flights f WHERE delay > 5 OR delay < 0`);
  await expect(underlined(page)).toBeVisible();
  await page.keyboard.press('F8');
  await expect(page.getByText(/partitioned by month.*all 7 partitions are read/).first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('ControlOrMeta+.');
  await page.getByText("Add a filter: month = '2001-07'").waitFor();
  await page.keyboard.press('Enter');
  await expect(page.locator('.view-lines').filter({ visible: true })).toContainText("WHERE f.month = '2001-07' AND ( delay > 5 OR delay < 0)");
  await expect(underlined(page)).toHaveCount(0);
});

test('Run asks above the limit of the settings, and runs nothing where it is refused', async ({ secchi, page, served }) => {
  await served.client.workspace.changeSettings({ askAboveBytes: 1024 ** 2 });
  await page.reload();
  await secchi.ready();
  await secchi.newSqlTab();
  await secchi.writeSql(flights);
  await page.keyboard.press('ControlOrMeta+Enter');
  const dialog = page.getByRole('dialog', { name: /This may scan 13\.\d MB/ });
  await expect(dialog).toContainText('Nothing limits the partitions of samples.flights');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(dialog).toBeHidden();
  expect((await served.client.runs.history({ text: flights })).runs).toEqual([]);
  await secchi.editor().focus();
  await page.keyboard.press('ControlOrMeta+Enter');
  await dialog.getByRole('button', { name: 'Run it' }).click();
  await expect(secchi.query()).toHaveAttribute('data-state', 'succeeded');
});
