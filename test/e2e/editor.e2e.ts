import { expect, test } from './fixtures.ts';

test('parameters are asked for, sent beside the statement and kept with the tab', async ({ secchi, page, served }) => {
  await secchi.newSqlTab();
  const sql = 'SELECT count(*) FROM samples.flights WHERE month = :month AND delay > ?';
  await secchi.writeSql(sql);
  const month = page.getByRole('textbox', { name: ':month', exact: true });
  await month.waitFor();
  await secchi.editor().focus();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(month).toBeFocused();

  await month.fill('2001-03');
  await page.getByRole('combobox', { name: 'Type of ?1' }).selectOption('number');
  await page.getByRole('textbox', { name: '?1', exact: true }).fill('60');
  await page.keyboard.press('Enter');
  await expect(secchi.query()).toHaveAttribute('data-state', 'succeeded');
  const [run] = (await served.client.runs.history({ max: 1 })).runs;
  expect(run!.sql.replace(/\s+/g, ' ')).toBe('SELECT count(*) FROM samples.flights WHERE month = ? AND delay > ?');
  // Its price was that of the one month.
  expect(run!.estimatedBytes).toBeLessThan(4 * 1024 ** 2);

  await page.reload();
  await secchi.ready();
  await expect(month).toHaveValue('2001-03');
});

test('SQL is laid out anew, with undo, and a table opens from its name', async ({ secchi, page }) => {
  await secchi.newSqlTab();
  await secchi.writeSql('select origin, count(*) n from samples.flights group by 1');
  const text = page.locator('.view-lines').filter({ visible: true });
  await secchi.command('Format SQL');
  await expect(text).toContainText('GROUP BY');
  await secchi.editor().focus();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(text).toContainText('group by 1');
  for (let i = 0; i < 14; i += 1) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('F12');
  await expect(page.getByRole('tab', { name: /Columns/ }).last()).toBeVisible();
});

test('a name that is nearly right is put right at the engine’s error', async ({ secchi, page }) => {
  await secchi.newSqlTab();
  expect(await secchi.run('SELECT max(delai) FROM samples.flights')).toMatch(/Failed/i);
  await page.getByRole('button', { name: /Go to line 1/ }).click();
  await page.keyboard.press('ControlOrMeta+.');
  await page.getByText('Replace by delay').waitFor();
  await page.keyboard.press('Enter');
  await expect(page.locator('.view-lines').filter({ visible: true })).toContainText('max(delay)');
});

test('a tab closed right after typing leaves no error behind', async ({ secchi, page, pageErrors }) => {
  const tabs = page.getByRole('tab', { name: /^Query/ });
  const before = await tabs.count();
  for (let i = 0; i < 5; i += 1) {
    await secchi.newSqlTab();
    await page.keyboard.type('SELECT a');
    await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Alt+w');
    await expect(tabs).toHaveCount(before);
  }
  expect(pageErrors).toEqual([]);
});
