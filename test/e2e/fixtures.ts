import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { startBackend, type TestBackend } from '../support/backend.ts';
import { SecchiWindow } from '../support/secchiWindow.ts';

interface Fixtures {
  /** A backend of the test's own: a new app on a sample lake that is whole. */
  served: TestBackend;
  secchi: SecchiWindow;
  /** A folder for files to drop and downloads; removed afterwards. */
  folder: string;
  /** Errors the page threw or logged. Every test ends with none. */
  pageErrors: string[];
}

export const test = base.extend<Fixtures, { filledLake: string }>({
  // Filled once a worker; each test gets a copy, so that it starts as a first start and leaves nothing to the next.
  filledLake: [
    async ({}, use) => {
      const { dataDir, stop } = await startBackend({ empty: false });
      await stop({ keepData: true });
      await use(path.join(dataDir, 'lake'));
      rmSync(dataDir, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  served: async ({ filledLake }, use) => {
    const dataDir = mkdtempSync(path.join(tmpdir(), 'secchi-e2e-'));
    cpSync(filledLake, path.join(dataDir, 'lake'), { recursive: true });
    const served = await startBackend({ dataDir, empty: false });
    await use(served);
    await served.stop();
    rmSync(dataDir, { recursive: true, force: true });
  },
  folder: async ({}, use) => {
    const folder = mkdtempSync(path.join(tmpdir(), 'secchi-files-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true });
  },
  pageErrors: async ({ page }, use) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') errors.push(message.text());
    });
    await use(errors);
    if (errors.length > 0) throw new Error(`The page reported: ${errors.join(' | ')}`);
  },
  secchi: async ({ page, served, pageErrors }, use) => {
    void pageErrors;
    await page.goto(served.url);
    const secchi = new SecchiWindow(page);
    await secchi.ready();
    await use(secchi);
  },
});

export { expect } from '@playwright/test';
