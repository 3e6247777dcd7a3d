import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base } from '@playwright/test';
import { SecchiWindow } from '../support/secchiWindow.ts';
import { startBundle, type ServedProcess } from '../support/serve.ts';

export interface Served extends ServedProcess {
  url: string;
  dataDir: string;
}

/** A browser host of its own on a fresh data folder, filled with the sample lake. */
export async function serveFresh(dataDir = mkdtempSync(path.join(tmpdir(), 'secchi-e2e-'))): Promise<Served> {
  const served = await startBundle('serve', ['--port', '0', '--data-dir', dataDir, '--no-open']);
  return { ...served, url: served.ready.url!, dataDir };
}

interface Fixtures {
  secchi: SecchiWindow;
  /** A folder for files to drop and downloads; removed afterwards. */
  folder: string;
  /** Errors the page threw or logged. Every test ends with none. */
  pageErrors: string[];
}

/** One served app a worker; each test opens a window of its own on it. */
export const test = base.extend<Fixtures, { served: Served }>({
  served: [
    async ({}, use) => {
      const served = await serveFresh();
      await use(served);
      await served.stop();
      rmSync(served.dataDir, { recursive: true, force: true });
    },
    { scope: 'worker' },
  ],
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
