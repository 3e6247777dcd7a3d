import { expect, test as base } from '@playwright/test';
import { rmSync } from 'node:fs';
import { SecchiWindow } from '../support/secchiWindow.ts';
import { serveFresh } from './fixtures.ts';

base('after kill -9 in the middle of a query, tabs and their text are back and the query is accounted for', async ({ page }) => {
  const first = await serveFresh();
  try {
    await page.goto(first.url);
    let secchi = new SecchiWindow(page);
    await secchi.ready();
    await secchi.command('New SQL tab');
    const sql = 'SELECT count(*) FROM samples.flights a CROSS JOIN samples.flights b WHERE a.delay + b.delay = 12345';
    await secchi.writeSql(sql);
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(secchi.query()).toHaveAttribute('data-state', 'running');
    await expect.poll(() => page.getByText(/Saved/i).count().then(() => true)).toBe(true);
    await first.kill();

    const second = await serveFresh(first.dataDir);
    try {
      await page.goto(second.url);
      secchi = new SecchiWindow(page);
      await secchi.ready();
      await expect(secchi.editor().first()).toBeVisible();
      await expect(page.getByText('CROSS JOIN').first()).toBeVisible();
      await expect(secchi.query()).toHaveAttribute('data-state', /failed|cancelled|running/);
      expect(await secchi.run('SELECT 1')).toMatch(/Succeeded/i);
    } finally {
      await second.stop();
    }
  } finally {
    rmSync(first.dataDir, { recursive: true, force: true });
  }
});
