import { readFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { SecchiWindow } from '../support/secchiWindow.ts';
import { expect, test } from './fixtures.ts';

const AIRPORTS = 'SELECT iata, name, city, state, country, latitude, longitude FROM samples.airports ORDER BY iata';

async function airports(secchi: SecchiWindow): Promise<void> {
  await secchi.newSqlTab();
  expect(await secchi.run(AIRPORTS)).toMatch(/Succeeded/i);
  await expect(secchi.button(/^Export 3,376 rows/)).toBeEnabled();
}

const matching = (page: Page) => page.getByRole('status', { name: 'Matching rows' });

async function save(page: Page, folder: string, act: () => Promise<unknown>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  const file = path.join(folder, download.suggestedFilename());
  await download.saveAs(file);
  return readFileSync(file, 'utf8');
}

test('a result is filtered by keys, sorted by two columns, copied and exported as it is shown', async ({ secchi, page, folder }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await airports(secchi);

  await secchi.cell(0, '3').click();
  await page.keyboard.press('ControlOrMeta+Shift+L');
  await page.getByLabel('Condition').selectOption('equals');
  await page.getByRole('textbox', { name: 'Text' }).fill('hi');
  await page.keyboard.press('Enter');
  await expect(matching(page)).toHaveText('16 of 3,376 rows');

  await secchi.results().getByRole('columnheader', { name: /^city/ }).click();
  await expect(secchi.results().getByRole('columnheader', { name: /^city/ })).toHaveAttribute('aria-sort', 'ascending');
  await secchi.results().getByRole('columnheader', { name: /^iata/ }).click({ modifiers: ['Shift'] });
  await expect(secchi.cell(0, '2')).toHaveText('Hana');

  // The rows of one column's order may be those of both: a selection made before the second order came is let go.
  await expect(async () => {
    await secchi.cell(0, '0').click();
    await secchi.cell(1, '2').click({ modifiers: ['Shift'] });
    await expect(page.getByRole('group', { name: 'Selection' })).toContainText('6 cells', { timeout: 3000 });
  }).toPass();
  await page.keyboard.press('ControlOrMeta+c');
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toMatch(/^HNM\tHana\tHana\n/);

  const csv = await save(page, folder, async () => {
    await secchi.button(/^Export 16 rows/).click();
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
  });
  expect(csv.split('\r\n')).toHaveLength(18);
  expect(csv).toMatch(/^iata,name,city,state,country,latitude,longitude\r\nHNM,Hana,Hana,HI,USA,/);

  await page.getByRole('button', { name: /^Remove the filter/ }).click();
  await expect(secchi.button(/^Export 3,376 rows/)).toBeVisible();
});

test('a search looks into every column, a wrong filter says why, and nothing is billed', async ({ secchi, page }) => {
  await airports(secchi);
  await secchi.cell(0, '0').click();
  await page.keyboard.press('ControlOrMeta+f');
  await expect(page.getByRole('textbox', { name: 'Search all columns' })).toBeFocused();
  await page.keyboard.type('honolulu');
  await expect(matching(page)).toHaveText(/^\d+ of 3,376 rows$/);
  await page.keyboard.type(' no more');
  await expect(page.getByText('No row passes')).toBeVisible();
  await page.getByRole('button', { name: 'Profile', exact: true }).click();
  await expect(page.getByRole('complementary', { name: 'Profile' })).toContainText('Of the rows shown');
  // By then the grid has been told that it has no rows, and would say so itself.
  await expect(page.getByText('No Rows To Show')).toBeHidden();
  await page.getByRole('button', { name: 'Profile', exact: true }).click();
  await page.getByRole('textbox', { name: 'Search all columns' }).fill('honolulu');
  await expect(matching(page)).toHaveText(/^[1-9]\d* of 3,376 rows$/);
  await secchi.results().getByRole('columnheader', { name: /^latitude/ }).hover();
  await page.getByRole('button', { name: 'Filter latitude' }).click();
  await page.getByRole('textbox', { name: 'From' }).fill('north');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(matching(page)).toHaveText('“north” is no double.');
  await secchi.command('Clear filters, search and order');
  await expect(secchi.button(/^Export 3,376 rows/)).toBeVisible();
});

test('columns are hidden, pinned and found; they and the filters come back with the tab', async ({ secchi, page, served }) => {
  await airports(secchi);
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  const panel = page.getByRole('complementary', { name: 'Columns' });
  await panel.getByRole('textbox', { name: 'Filter columns' }).fill('l');
  await panel.getByRole('button', { name: 'Hide' }).click();
  await expect(secchi.results().getByRole('columnheader', { name: /^latitude/ })).toHaveCount(0);
  await panel.getByRole('textbox', { name: 'Filter columns' }).fill('');
  await panel.getByRole('button', { name: 'Pin country' }).click();
  await expect(secchi.results().getByRole('columnheader', { name: /^country/ })).toHaveAttribute('aria-colindex', '2');
  await secchi.cell(0, '2').click({ button: 'right' });
  await page.getByRole('menuitem', { name: /^Only city =/ }).click();
  await expect(matching(page)).toHaveText(/ of 3,376 rows$/);
  const passing = await matching(page).textContent();

  // What is kept with a tab is saved a moment after it changed.
  await expect.poll(async () => JSON.stringify((await served.client.workspace.load()).tabs)).toMatch(/"hidden":\[5,6\].*"kind":"in"|"kind":"in".*"hidden":\[5,6\]/);
  await page.reload();
  await secchi.ready();
  await expect(matching(page)).toHaveText(passing!);
  await expect(secchi.results().getByRole('columnheader', { name: /^latitude/ })).toHaveCount(0);
});

test('a record, a cell, a profile and a pivot of a result', async ({ secchi, page }) => {
  await airports(secchi);
  await secchi.cell(0, '3').click();
  await page.keyboard.press('Alt+4');
  const record = page.getByRole('complementary', { name: 'Record' });
  await expect(record.getByText('row 1 of 3,376')).toBeVisible();
  await record.getByRole('button', { name: 'Next record' }).click();
  await expect(record.getByText('row 2 of 3,376')).toBeVisible();

  await page.getByRole('button', { name: 'Profile', exact: true }).click();
  const profile = page.getByRole('complementary', { name: 'Profile' });
  await profile.getByRole('button', { name: /^AK 263/ }).click();
  await expect(matching(page)).toHaveText('263 of 3,376 rows');

  await page.getByRole('button', { name: 'Pivot', exact: true }).click();
  await page.getByRole('combobox', { name: 'Add: Rows' }).selectOption({ label: 'country' });
  await expect(secchi.cell(0, '1')).toHaveText('263');
});

test('totals of a pivot are switched on and off, and exported with it', async ({ secchi, page, folder }) => {
  await airports(secchi);
  await page.getByRole('button', { name: 'Pivot', exact: true }).click();
  await page.getByRole('combobox', { name: 'Add: Rows' }).selectOption({ label: 'country' });
  await expect(secchi.cell(0, '0')).toBeVisible();
  await page.getByRole('checkbox', { name: 'Totals' }).check();
  await expect(secchi.results().getByRole('gridcell', { name: 'Total', exact: true })).toBeVisible();
  await expect(secchi.results().getByRole('gridcell', { name: '3376', exact: true }).or(secchi.results().getByRole('gridcell', { name: '3,376', exact: true }))).toBeVisible();
  expect(readFileSync(await secchi.exportCsv(folder), 'utf8').trimEnd().split('\r\n').at(-1)).toBe('Total,3376');
  await page.getByRole('checkbox', { name: 'Totals' }).uncheck();
  await expect(secchi.results().getByRole('gridcell', { name: 'Total', exact: true })).toHaveCount(0);
});

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    const findings = async (page: Page) => {
      const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
      return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
    };
    test('a filter and the export dialog have no serious accessibility finding', async ({ secchi, page }) => {
      await airports(secchi);
      await secchi.cell(0, '3').click();
      await page.keyboard.press('ControlOrMeta+Shift+L');
      await page.getByLabel('Condition').selectOption('in');
      await page.getByRole('group', { name: 'Values' }).getByText('AK').click();
      expect(await findings(page), 'filter').toEqual([]);
      await page.getByRole('button', { name: 'Apply' }).click();
      await expect(matching(page)).toHaveText('263 of 3,376 rows');
      await secchi.command('Options and destination…');
      await page.getByRole('dialog').waitFor();
      expect(await findings(page), 'export').toEqual([]);
    });
    for (const panel of ['Columns', 'Record', 'Cell', 'Profile']) {
      test(`the panel ${panel} has no serious accessibility finding`, async ({ secchi, page }) => {
        await airports(secchi);
        await secchi.cell(0, '3').click();
        await page.getByRole('button', { name: panel, exact: true }).click();
        await page.getByRole('complementary', { name: panel, exact: true }).waitFor();
        expect(await findings(page)).toEqual([]);
      });
    }
  });
}
