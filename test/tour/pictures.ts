// npm run pictures [-- --out DIR --only REGEXP]: every screen in its states, in both themes and both sizes, from the real app.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { chromiumLaunch } from '../support/chromium.ts';
import { SecchiWindow } from '../support/secchiWindow.ts';
import { startBundle } from '../support/serve.ts';
import { hugeLake } from './pictures/hugeLake.ts';
import { mainScreens } from './pictures/mainScreens.ts';
import type { Scene } from './pictures/scene.ts';
import { troubledConnections } from './pictures/troubledConnections.ts';
import { TourReport } from './report.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'pictures' }, language: { type: 'string', default: 'en-US' }, only: { type: 'string', default: '' } } });
const out = path.resolve(values.out);
mkdirSync(out, { recursive: true });
const report = new TourReport('pictures');

async function take(browser: Browser, theme: Scene['theme'], viewport: { width: number; height: number }): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'secchi-pictures-data-'));
  const served = await startBundle('serve', ['--port', '0', '--data-dir', dataDir, '--no-open']);
  const context = await browser.newContext({ viewport, colorScheme: theme, locale: values.language });
  const page = await context.newPage();
  await page.goto(served.ready.url!);
  const scene: Scene = { page, theme, secchi: new SecchiWindow(page) };
  page.setDefaultTimeout(20_000);
  for (const [name, show] of screens) {
    await report.step(`${theme} ${viewport.width}: ${name}`, async () => {
      try {
        await show(scene);
      } finally {
        await page.screenshot({ path: path.join(out, `${name}-${theme}-${viewport.width}.png`), animations: 'disabled' });
      }
    });
  }
  await context.close();
  await served.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

const huge = await hugeLake();
const troubled = await troubledConnections();
const screens = [...mainScreens, ...huge.screens, ...troubled.screens].filter(([name]) => new RegExp(values.only).test(name));
const browser = await chromium.launch(await chromiumLaunch());
for (const theme of ['dark', 'light'] as const) {
  for (const viewport of [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }]) await take(browser, theme, viewport);
}
await browser.close();
await Promise.all([huge.close(), troubled.close()]);
process.exitCode = report.end() ? 0 : 1;
