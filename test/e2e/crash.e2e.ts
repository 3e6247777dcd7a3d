import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startBackend } from '../support/backend.ts';
import { SecchiWindow } from '../support/secchiWindow.ts';
import { expect, test } from './fixtures.ts';

test('after kill -9 in the middle of a query, tabs and their text are back and the query is accounted for', async ({ served, page }) => {
  await page.goto(served.url);
  let secchi = new SecchiWindow(page);
  await secchi.ready();
  await secchi.newSqlTab();
  const sql = 'SELECT count(*) FROM samples.flights a CROSS JOIN samples.flights b WHERE a.delay + b.delay = 12345';
  await secchi.writeSql(sql);
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(secchi.query()).toHaveAttribute('data-state', 'running');
  await expect.poll(async () => savedTexts(served.client)).toContain(sql);
  await expect.poll(async () => JSON.stringify((await served.client.workspace.load()).tabs)).toContain((await secchi.query().getAttribute('data-run'))!);
  await served.kill();
  await expect.poll(() => processesNaming(served.dataDir), 'nothing goes on computing for an app that is gone').toEqual([]);

  const second = await startBackend({ dataDir: served.dataDir, empty: false });
  try {
    await page.goto(second.url);
    secchi = new SecchiWindow(page);
    await secchi.ready();
    await expect(page.locator('.view-line').filter({ hasText: 'JOIN' }).first()).toBeVisible();
    await expect(secchi.query()).toHaveAttribute('data-state', /failed|cancelled/);
    expect(await secchi.run('SELECT 1 AS one')).toMatch(/Succeeded/i);
  } finally {
    await second.stop({ keepData: true });
  }
});

test('FAULTS 12: after kill -9 in the middle of an upload, it goes on by itself and the object is whole', async ({ served, folder, page }) => {
  const file = path.join(folder, 'large.bin');
  const bytes = Buffer.alloc(96 * 1024 * 1024, 'Secchi disk ');
  writeFileSync(file, bytes);
  const { grant } = await served.client.app.grantPath({ path: file, for: 'read' });
  const { id } = await served.client.transfers.upload({ connectionId: 'local', bucket: 'secchi-samples', prefix: 'big/', grants: [grant] });
  await expect.poll(async () => (await served.client.transfers.list()).find((one) => one.id === id)?.bytesDone, { intervals: [5] }).toBeGreaterThan(0);
  await served.kill();

  const second = await startBackend({ dataDir: served.dataDir, empty: false });
  try {
    await page.goto(second.url);
    const secchi = new SecchiWindow(page);
    await secchi.ready();
    await secchi.command('Show transfers');
    await expect(secchi.transfers().getByText(/large\.bin/)).toBeVisible();
    await expect.poll(async () => (await second.client.transfers.list()).find((one) => one.id === id)?.state, { timeout: 60_000 }).toBe('done');
    expect((await second.client.s3Objects.sheet({ connectionId: 'local', bucket: 'secchi-samples', key: 'big/large.bin' })).size).toBe(bytes.length);
  } finally {
    await second.stop({ keepData: true });
  }
});

async function savedTexts(client: Awaited<ReturnType<typeof startBackend>>['client']): Promise<(string | null)[]> {
  const { tabs } = await client.workspace.load();
  return Promise.all(tabs.map(async ({ id }) => (await client.workspace.loadText({ tabId: id })).text));
}

/** Command lines of running processes that name `text`. Empty where there is no /proc to look in. */
function processesNaming(text: string): string[] {
  if (!existsSync('/proc/self/cmdline')) return [];
  const commandLine = (pid: string) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
    } catch {
      return ''; // it ended meanwhile
    }
  };
  return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(commandLine).filter((line) => line.includes(text));
}
