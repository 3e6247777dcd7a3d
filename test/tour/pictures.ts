// npm run pictures [-- --out DIR --language ko --set store --only REGEXP --theme dark --width 1280 --axe]: every screen in its states, in both themes and both sizes, from the real app.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { findings } from '../support/axe.ts';
import { chromiumLaunch } from '../support/chromium.ts';
import { SecchiWindow } from '../support/secchiWindow.ts';
import { startBundle } from '../support/serve.ts';
import { wordsOf } from '../support/words.ts';
import { deskScreens } from './pictures/deskScreens.ts';
import { hugeLake } from './pictures/hugeLake.ts';
import { mainScreens } from './pictures/mainScreens.ts';
import { redshiftScreens } from './pictures/redshiftScreens.ts';
import { resultScreens } from './pictures/resultScreens.ts';
import type { Scene, Screen } from './pictures/scene.ts';
import { storeScreens } from './pictures/storeScreens.ts';
import { syncScreens } from './pictures/syncScreens.ts';
import { transferScreens } from './pictures/transferScreens.ts';
import { troubledConnections } from './pictures/troubledConnections.ts';
import { TourReport } from './report.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'pictures' }, language: { type: 'string', default: 'en-US' }, only: { type: 'string', default: '' }, set: { type: 'string', multiple: true }, theme: { type: 'string' }, width: { type: 'string' }, axe: { type: 'boolean', default: false } } });
const out = path.resolve(values.out);
mkdirSync(out, { recursive: true });
const report = new TourReport('pictures');

async function take(browser: Browser, theme: Scene['theme'], viewport: { width: number; height: number }): Promise<void> {
  const dataDir = mkdtempSync(path.join(tmpdir(), 'secchi-pictures-data-'));
  const served = await startBundle('serve', ['--port', '0', '--data-dir', dataDir, '--no-open']);
  const context = await browser.newContext({ viewport, colorScheme: theme, locale: values.language });
  const page = await context.newPage();
  await page.goto(served.ready.url!);
  const scene: Scene = { page, theme, secchi: new SecchiWindow(page, wordsOf(values.language.startsWith('ko') ? 'ko' : 'en')) };
  page.setDefaultTimeout(10_000);
  await scene.secchi.ready();
  await page.locator('.dv-tab').first().waitFor();
  for (const [name, show] of screens) {
    await report.step(`${theme} ${viewport.width}: ${name}`, async () => {
      try {
        await show(scene);
        const found = values.axe ? await findings(page) : [];
        if (found.length > 0) throw new Error(found.join('; '));
      } finally {
        await page.screenshot({ path: path.join(out, `${name}-${theme}-${viewport.width}.png`), animations: 'disabled' });
      }
    });
  }
  await context.close();
  await served.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** Screens that belong together and build on each other, with the lake they need. */
const sets: Record<string, () => Promise<{ screens: Screen[]; close?(): Promise<unknown> }>> = {
  main: async () => ({ screens: mainScreens }),
  results: async () => ({ screens: resultScreens }),
  desk: async () => ({ screens: deskScreens }),
  redshift: redshiftScreens,
  store: storeScreens,
  sync: syncScreens,
  transfers: transferScreens,
  huge: hugeLake,
  trouble: troubledConnections,
};
const opened = await Promise.all(Object.entries(sets).filter(([name]) => values.set?.includes(name) ?? true).map(([, open]) => open()));
const screens = opened.flatMap((set) => set.screens).filter(([name]) => new RegExp(values.only).test(name));
const browser = await chromium.launch(await chromiumLaunch());
for (const theme of (['dark', 'light'] as const).filter((one) => one === (values.theme ?? one))) {
  for (const viewport of [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }].filter(({ width }) => String(width) === (values.width ?? String(width)))) await take(browser, theme, viewport);
}
await browser.close();
await Promise.all(opened.map((set) => set.close?.()));
process.exitCode = report.end() ? 0 : 1;
