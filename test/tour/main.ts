// npm run tour -- --out DIR: the main job without hands, in a real browser, in both themes. Leaves screenshots, the
// exported CSV and a row-for-row check of it; ends `tour: N passed, N failed`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Browser } from 'playwright-core';
import { chromiumLaunch } from '../support/chromium.ts';
import { SecchiWindow } from '../support/secchiWindow.ts';
import { startBundle } from '../support/serve.ts';
import { flightsAsAthenaWrites } from '../support/samples.ts';
import { differingRows } from './compareCsv.ts';
import { TourReport } from './report.ts';

const { values } = parseArgs({ options: { out: { type: 'string', default: 'tour' } } });
const out = path.resolve(values.out);
mkdirSync(out, { recursive: true });
const report = new TourReport('tour');

async function mainJob(browser: Browser, url: string, theme: 'dark' | 'light', size: { width: number; height: number }): Promise<void> {
  const context = await browser.newContext({ viewport: size, colorScheme: theme, locale: 'en-US', acceptDownloads: true });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  const secchi = new SecchiWindow(page);
  const picture = (name: string) => page.screenshot({ path: path.join(out, `${theme}-${size.width}-${name}.png`) });
  const step = (what: string, work: () => Promise<unknown>) =>
    report.step(`${theme} ${size.width}×${size.height}: ${what}`, async () => {
      try {
        await work();
      } catch (error) {
        await picture(`failed-${what.replace(/\W+/g, '-')}`);
        throw error;
      }
    });

  await step('opens on the sample lake with a query ready to run', async () => {
    await page.goto(url);
    await secchi.ready();
    // The largest table comes last.
    await secchi.catalog().getByRole('treeitem', { name: 'flights', exact: true }).waitFor();
    await secchi.editor().waitFor();
    await picture('1-start');
  });
  await step('browses a bucket and previews a Parquet file', async () => {
    await secchi.part('Store');
    await secchi.buckets().getByText('secchi-samples').dblclick();
    await secchi.objects().getByText('flights/').waitFor();
    await secchi.path().fill('s3://secchi-samples/flights/');
    await secchi.path().press('Enter');
    await secchi.objects().getByText('month=2001-01/').dblclick();
    await secchi.objects().getByText(/\.parquet/).first().click();
    await secchi.preview().getByText(/Read for this preview/).waitFor();
    await picture('2-objects');
  });
  await step('uploads dropped files', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'secchi-tour-'));
    const files = ['cities.csv', 'notes, with a comma & 한글.txt'].map((name) => path.join(folder, name));
    writeFileSync(files[0]!, 'city,country,people\nSeoul,KR,9411000\nZürich,CH,443037\n"Paris, Texas",US,24171\n');
    writeFileSync(files[1]!, 'A lake seen to its ground.\n');
    await secchi.path().fill(`s3://secchi-samples/incoming-${theme}-${size.width}/`);
    await secchi.path().press('Enter');
    await page.getByText(/nothing|empty|Drop/i).first().waitFor();
    await secchi.drop(secchi.objects(), files);
    await secchi.objects().getByText('cities.csv').waitFor();
    await secchi.objects().getByText('한글.txt', { exact: false }).waitFor();
    await picture('3-uploaded');
    rmSync(folder, { recursive: true });
  });
  await step('runs SQL over three million rows and scrolls to the last', async () => {
    await secchi.newSqlTab();
    await secchi.editor().waitFor();
    const verdict = await secchi.run('SELECT "date", delay, distance, origin, destination, month FROM samples.flights');
    if (!/3,000,000/.test(verdict)) throw new Error(`The status says: ${verdict}`);
    await secchi.results().focus();
    await secchi.cell(0, '0').click();
    await page.keyboard.press('ControlOrMeta+End');
    await secchi.cell(2_999_999, '3').getByText(/^[A-Z]{3}$/).waitFor({ timeout: 60_000 });
    await picture('4-last-row');
  });
  await step('exports the whole result as CSV, equal row for row to the Parquet files', async () => {
    const csv = await secchi.exportCsv(out);
    const { rows, differing } = await differingRows(csv, flightsAsAthenaWrites());
    if (rows !== 3_000_000 || differing !== 0) throw new Error(`${rows} rows, ${differing} differ`);
  });
  await step('answers a join with averages', async () => {
    await secchi.newSqlTab();
    const verdict = await secchi.run(
      "SELECT a.state, count(*) AS flights, round(avg(f.delay), 2) AS avg_delay FROM samples.flights f JOIN samples.airports a ON a.iata = f.origin WHERE f.month = '2001-03' GROUP BY 1 ORDER BY flights DESC",
    );
    if (!/Succeeded/i.test(verdict)) throw new Error(verdict);
    await secchi.cell(0, '0').waitFor();
    await picture('5-join');
  });
  await step('says clearly what a wrong query did wrong', async () => {
    const verdict = await secchi.run('SELECT delai FROM samples.flights');
    if (!/Failed/i.test(verdict)) throw new Error(verdict);
    await page.getByText(/delai/).last().waitFor();
    await picture('6-error');
  });
  await step('shows no error of its own', async () => {
    if (problems.length > 0) throw new Error(problems.join(' | '));
  });
  await context.close();
}

const dataDir = mkdtempSync(path.join(tmpdir(), 'secchi-tour-data-'));
const served = await startBundle('serve', ['--port', '0', '--data-dir', dataDir, '--no-open']);
const browser = await chromium.launch(await chromiumLaunch());
try {
  await mainJob(browser, served.ready.url!, 'dark', { width: 1280, height: 800 });
  await mainJob(browser, served.ready.url!, 'light', { width: 1280, height: 800 });
} finally {
  await browser.close();
  await served.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exitCode = report.end() ? 0 : 1;
