import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { startBackend } from '../support/backend.ts';
import { SecchiWindow } from '../support/secchiWindow.ts';
import { expect, test } from './fixtures.ts';

const BY_ORIGIN = 'SELECT origin, count(*) AS flights FROM samples.flights GROUP BY 1 ORDER BY flights DESC LIMIT 12';

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).exclude('.monaco-editor').analyze();
  return violations.filter((v) => v.impact === 'serious' || v.impact === 'critical').map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}

test('a chart made by keyboard says its points, is saved with the tab and is there after a restart', async ({ served, page }) => {
  await page.goto(served.url);
  let secchi = new SecchiWindow(page);
  await secchi.ready();
  await secchi.run(BY_ORIGIN);
  await page.keyboard.press('Alt+g');
  const bars = page.getByRole('img', { name: 'Bar: flights by origin' });
  await expect(bars).toHaveAccessibleDescription(/Bar of flights by origin.*12 points.*Largest: .*ORD/s);
  await secchi.command('Show the chart’s data');
  await expect(page.getByRole('row').filter({ hasText: 'ORD' })).toHaveCount(1);
  await secchi.command('Show the chart’s data');
  await page.getByRole('button', { name: 'Pie', exact: true }).press('Enter');
  const pie = page.getByRole('img', { name: 'Pie: flights by origin' });
  await pie.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('[aria-live=polite]').filter({ hasText: /^ORD: [\d,]+$/ })).toHaveCount(1);
  await expect.poll(async () => (await served.client.workspace.load()).tabs[0]?.params).toMatchObject({ resultView: 'chart', chart: { kind: 'pie', x: 'origin' } });
  await served.stop({ keepData: true });

  const second = await startBackend({ dataDir: served.dataDir, empty: false });
  try {
    await page.goto(second.url);
    secchi = new SecchiWindow(page);
    await secchi.ready();
    await expect(page.getByRole('img', { name: 'Pie: flights by origin' })).toHaveAccessibleDescription(/12 points/);
  } finally {
    await second.stop({ keepData: true });
  }
});

test('a chart is saved as PNG and SVG, zoomed by dragging, and opened in a tab', async ({ secchi, page, folder }) => {
  await secchi.run("SELECT date_trunc('day', date) AS day, count(*) AS flights FROM samples.flights GROUP BY 1");
  await page.getByRole('button', { name: 'Chart', exact: true }).click();
  const line = page.getByRole('img', { name: 'Line: flights by day' });
  await expect(line).toHaveAccessibleDescription(/182 points/);
  for (const [name, head] of [['PNG', '\x89PNG'], ['SVG', '<svg']] as const) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: `Save the chart as ${name}` }).click()]);
    await download.saveAs(`${folder}/chart`);
    expect(readFileSync(`${folder}/chart`, 'latin1').slice(0, 4)).toBe(head);
    expect(download.suggestedFilename()).toBe(`delays.${name.toLowerCase()}`);
  }
  const box = (await line.boundingBox())!;
  await page.mouse.move(box.x + box.width * 0.4, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 5 });
  await page.mouse.up();
  await expect(page.getByRole('button', { name: 'Show all' })).toBeVisible();
  await expect(line).toHaveAccessibleDescription(/^(?!.*182 points)/s);
  await line.press('Escape');
  await expect(line).toHaveAccessibleDescription(/182 points/);
  await secchi.command('Open the chart in a tab');
  await expect(page.getByRole('tab', { name: /delays/ })).toHaveCount(2);
});

test('a point of a chart leads to the rows behind it, by key and by mouse', async ({ secchi, page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' }); // a bar that is still growing is not there to be clicked
  await secchi.run("SELECT origin, destination, delay FROM samples.flights WHERE month = '2001-02' AND origin IN ('ORD', 'LAX')");
  await page.getByRole('button', { name: 'Chart', exact: true }).click();
  await page.getByRole('button', { name: /^Bar: .*origin/ }).first().click();
  const bars = page.getByRole('img', { name: /^Bar: .*origin/ });
  await expect(bars).toHaveAccessibleDescription(/2 points/);
  await bars.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Enter');
  const origin = (name: string) => secchi.results().getByRole('gridcell', { name, exact: true });
  await expect(origin('ORD').first()).toBeVisible();
  await expect(origin('LAX')).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Filter.*origin/ }).first()).toBeVisible();

  // Back at the chart, of those rows only; its one bar is clicked.
  await page.keyboard.press('Alt+g');
  await expect(bars).toHaveAccessibleDescription(/1 point/);
  const box = (await bars.boundingBox())!;
  await page.mouse.click(box.x + box.width / 2, box.y + box.height * 0.7);
  await expect(secchi.results()).toBeVisible();
  await expect(origin('ORD').first()).toBeVisible();
});

test('FAULTS 25: markup in values stays text in a chart', async ({ secchi, page }) => {
  await secchi.run("SELECT '<img src=x onerror=alert(1)>' AS a, 2 AS n UNION ALL SELECT '<b>b</b>', 1");
  await page.getByRole('button', { name: 'Chart', exact: true }).click();
  const bars = page.getByRole('img', { name: 'Bar: n by a' });
  await expect(bars).toHaveAccessibleDescription(/2 points/);
  await bars.focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.locator('.chart-tooltip').getByText('<img src=x onerror=alert(1)>')).toBeVisible();
  expect(await page.locator('.chart-tooltip img').count()).toBe(0);
});

test('a dashboard of two charts refreshes both, moves a tile by keyboard, and is there after a restart', async ({ served, page }) => {
  await page.goto(served.url);
  let secchi = new SecchiWindow(page);
  await secchi.ready();
  await secchi.run(BY_ORIGIN);
  await page.keyboard.press('Alt+g');
  await page.getByRole('img', { name: 'Bar: flights by origin' }).waitFor();
  await secchi.command('Add the chart to a dashboard');
  const dialog = page.getByRole('dialog', { name: 'Add the chart to a dashboard' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill('Airports');
  await dialog.getByRole('textbox', { name: 'Title' }).fill('By origin');
  await dialog.getByRole('button', { name: 'Add' }).click();

  const tiles = page.getByRole('region', { name: 'Tiles' });
  await expect(tiles.getByRole('img', { name: 'By origin' })).toHaveAccessibleDescription(/12 points/);
  await page.getByRole('button', { name: 'Add chart' }).click();
  const query = page.getByRole('dialog', { name: 'Add chart' });
  await query.getByRole('textbox', { name: 'Title' }).fill('By weather');
  await query.getByRole('textbox', { name: 'SQL' }).fill('SELECT weather, count(*) AS days FROM samples.seattle_weather GROUP BY 1');
  await query.getByRole('button', { name: 'Add and run' }).click();
  await expect(tiles.getByRole('img', { name: 'By weather' })).toHaveAccessibleDescription(/5 points/);

  const runs = async () => (await served.client.runs.history({ connectionId: 'local' })).runs.length;
  const before = await runs();
  await page.getByRole('button', { name: 'Refresh all' }).click();
  await expect.poll(runs).toBe(before + 2);
  await expect(tiles.getByText('Running…')).toHaveCount(0);
  await expect(tiles.getByRole('img', { name: 'By weather' })).toHaveAccessibleDescription(/5 points/);

  await tiles.getByRole('button', { name: 'Move By weather' }).focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+ArrowRight');
  const placed = async () => {
    const [{ id } = { id: '' }] = await served.client.dashboards.list();
    return (await served.client.dashboards.get({ id })).tiles.map(({ at }) => at);
  };
  await expect.poll(placed).toEqual([{ x: 0, y: 0, w: 6, h: 7 }, { x: 6, y: 0, w: 6, h: 7 }]);
  await page.keyboard.press('Shift+ArrowUp');
  await expect.poll(placed).toEqual([{ x: 0, y: 0, w: 6, h: 7 }, { x: 6, y: 0, w: 6, h: 6 }]);
  expect(await findings(page)).toEqual([]);
  await served.stop({ keepData: true });

  const second = await startBackend({ dataDir: served.dataDir, empty: false });
  try {
    await page.goto(second.url);
    secchi = new SecchiWindow(page);
    await secchi.ready();
    await expect(page.getByRole('region', { name: 'Tiles' }).getByRole('img', { name: 'By weather' })).toHaveAccessibleDescription(/5 points/);
    expect((await second.client.runs.history({ connectionId: 'local' })).runs.length, 'nothing runs when a dashboard opens').toBe(before + 2);
  } finally {
    await second.stop({ keepData: true });
  }
});

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });
    test('the chart and the dashboards in the side bar have no serious accessibility finding', async ({ secchi, page }) => {
      await secchi.run(BY_ORIGIN);
      await page.getByRole('button', { name: 'Chart', exact: true }).click();
      await page.getByRole('img', { name: 'Bar: flights by origin' }).waitFor();
      expect(await findings(page)).toEqual([]);
    });
  });
}
