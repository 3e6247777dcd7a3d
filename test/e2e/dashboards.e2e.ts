import type { Dashboard } from '../../shared/contract/dashboards.ts';
import type { TestBackend } from '../support/backend.ts';
import type { SecchiWindow } from '../support/secchiWindow.ts';
import { expect, test } from './fixtures.ts';

const ENDLESS = 'SELECT count(*) AS pairs FROM samples.flights a JOIN samples.flights b ON a.delay <> b.delay';
const by = (column: string, where = '') => `SELECT ${column}, count(*) AS flights FROM samples.flights ${where} GROUP BY 1`;

type Asked = { title: string; sql: string };
const dashboardOf = (...tiles: Asked[]): Dashboard => ({
  id: 'one',
  name: 'Delays',
  refreshMinutes: 0,
  tiles: tiles.map(({ title, sql }, at) => ({ kind: 'chart', id: `t${at}`, at: { x: (at % 2) * 6, y: Math.floor(at / 2) * 6, w: 6, h: 6 }, title, query: { connectionId: 'local', sql, catalog: 'AwsDataCatalog', workgroup: 'primary', database: 'samples' } })),
});
const states = async ({ client }: TestBackend, text: string) => (await client.runs.history({ text })).runs.map(({ state }) => state);

async function opened(secchi: SecchiWindow, { client }: TestBackend, dashboard: Dashboard): Promise<void> {
  await client.dashboards.save(dashboard);
  await secchi.page.reload();
  await secchi.ready();
  await secchi.command(`Open the dashboard ${dashboard.name}`);
}

test('a refresh says what it can scan now before it runs, how far it is, and Cancel stops its queries', async ({ secchi, page, served }) => {
  await opened(secchi, served, dashboardOf({ title: 'Pairs', sql: ENDLESS }, { title: 'By origin', sql: by('origin') }));
  await expect(page.locator('[data-price]')).toHaveText(/^at most \d+(\.\d)? MB · \$0 here, <?\$0\.\d+ on AWS$/);
  await expect(page.getByRole('button', { name: 'Refresh By origin' })).toHaveAccessibleDescription(/^at most \d+(\.\d)? MB · \$0 here/);
  expect(await states(served, 'flights')).toEqual([]);

  await page.getByRole('button', { name: 'Refresh all' }).click();
  await expect(page.getByRole('progressbar', { name: 'Refreshing…' })).toHaveAttribute('aria-valuenow', '1');
  await expect(page.getByText('1 of 2', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Cancel', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Refresh all' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Pairs' }).getByText('stopped', { exact: true })).toBeVisible();
  expect(await states(served, 'a.delay <> b.delay')).toEqual(['cancelled']);
});

test('closing a dashboard that is being refreshed asks, and stops its queries', async ({ secchi, page, served }) => {
  await opened(secchi, served, dashboardOf({ title: 'Pairs', sql: ENDLESS }));
  await page.getByRole('button', { name: 'Refresh all' }).click();
  await expect.poll(() => states(served, 'a.delay <> b.delay')).toEqual(['running']);
  await page.keyboard.press('Alt+w');
  const question = page.getByRole('dialog', { name: 'The dashboard is being refreshed' });
  await question.getByRole('button', { name: 'Cancel' }).click();
  await expect(question).toBeHidden();
  expect(await states(served, 'a.delay <> b.delay')).toEqual(['running']);
  await page.keyboard.press('Alt+w');
  await question.getByRole('button', { name: 'Stop them and close' }).click();
  await expect.poll(() => states(served, 'a.delay <> b.delay')).toEqual(['cancelled']);
});

test('a window that goes leaves no query of its dashboard running', async ({ secchi, page, served, context }) => {
  await opened(secchi, served, dashboardOf({ title: 'Pairs', sql: ENDLESS }));
  await page.getByRole('button', { name: 'Refresh all' }).click();
  await expect.poll(() => states(served, 'a.delay <> b.delay')).toEqual(['running']);
  await context.newPage();
  await page.close({ runBeforeUnload: false });
  await expect.poll(() => states(served, 'a.delay <> b.delay'), { timeout: 40_000 }).toEqual(['cancelled']);
});

test('a name in several tiles is one field, saved with the dashboard and applied to each tile on refresh', async ({ secchi, page, served }) => {
  await opened(secchi, served, dashboardOf({ title: 'By origin', sql: by('origin', 'WHERE month = :month') }, { title: 'Late', sql: by('destination', 'WHERE month = :month AND delay > ?') }, { title: 'By month', sql: by('month') }));
  const month = page.getByRole('textbox', { name: ':month', exact: true });
  await page.getByRole('button', { name: 'Refresh By origin' }).click();
  await expect(page.getByText(':month has no value').first()).toBeVisible();
  await expect(month).toBeFocused();
  await month.fill('2001-03');
  await page.getByRole('combobox', { name: 'Type of Late ?1' }).selectOption('number');
  await page.getByRole('textbox', { name: 'Late ?1' }).fill('60');
  const kept = async () => {
    const { parameters, tiles } = await served.client.dashboards.get({ id: 'one' });
    return [parameters, tiles.map((tile) => tile.kind === 'chart' && tile.query.values)];
  };
  await expect.poll(kept).toEqual([{ month: { type: 'text', value: '2001-03' } }, [undefined, { 1: { type: 'number', value: '60' } }, undefined]]);

  const asked = async () => (await served.client.runs.history({ text: 'flights' })).runs.map(({ written, parameters }) => [written, parameters]).toSorted();
  await page.getByRole('button', { name: 'Refresh all' }).click();
  await expect(page.getByRole('region', { name: 'Tiles' }).getByRole('img', { name: 'Late' })).toHaveAccessibleDescription(/points/);
  await expect(page.getByRole('button', { name: 'Refresh all' })).toBeVisible();
  expect(await asked()).toEqual(
    [
      [by('destination', 'WHERE month = :month AND delay > ?'), ["'2001-03'", '60']],
      [by('origin', 'WHERE month = :month'), ["'2001-03'"]],
      [undefined, undefined],
    ].toSorted(),
  );

  // Another value: what is shown is not its answer, until Enter refreshes the tiles that use it, and those only.
  await month.fill('2001-04');
  await expect(page.getByText('other values', { exact: true })).toHaveCount(2);
  await month.press('Enter');
  await expect(page.getByText('other values', { exact: true })).toHaveCount(0);
  await expect.poll(async () => (await asked()).length).toBe(5);

  await page.getByRole('button', { name: 'Menu of Late' }).click();
  await page.getByRole('menuitem', { name: 'Open the query' }).click();
  await expect(page.getByRole('textbox', { name: ':month', exact: true }).filter({ visible: true })).toHaveValue('2001-04');
  await expect(page.getByRole('textbox', { name: '?1', exact: true }).filter({ visible: true })).toHaveValue('60');
});

test('a chart of a query with parameters goes on a dashboard with them', async ({ secchi, page, served }) => {
  await secchi.newSqlTab();
  await secchi.writeSql(by('origin', 'WHERE month = :month'));
  await page.getByRole('textbox', { name: ':month', exact: true }).fill('2001-02');
  await secchi.run();
  await page.keyboard.press('Alt+g');
  await page.getByRole('img', { name: /^Bar: / }).waitFor();
  await secchi.command('Add the chart to a dashboard');
  await page.getByRole('dialog', { name: 'Add the chart to a dashboard' }).getByRole('button', { name: 'Add' }).click();
  await expect(page.getByRole('region', { name: 'Tiles' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: ':month', exact: true }).filter({ visible: true })).toHaveValue('2001-02');
  await expect(page.getByText('other values', { exact: true })).toHaveCount(0);
  const [{ id } = { id: '' }] = await served.client.dashboards.list();
  expect((await served.client.dashboards.get({ id })).tiles[0]).toMatchObject({ query: { sql: by('origin', 'WHERE month = :month') }, ranWith: ["'2001-02'"] });
});
