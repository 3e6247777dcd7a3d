import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Locator } from 'playwright-core';
import { choose, closeTabs, connect, dialogOf, goTo, type Scene, type Screen } from './scene.ts';
import { storeLake } from './storeLake.ts';

const REPORTS = 's3://warehouse/reports/2026/';
const SUMMARY = 'summary.csv';
const row = (scene: Scene, name: string): Locator => scene.secchi.objects().getByText(name, { exact: true });

/** Anything open is closed, and the list stands at a place. */
async function at(scene: Scene, uri: string, shows: string): Promise<void> {
  for (let more = 5; more > 0 && (await scene.page.getByRole('dialog').count()) > 0; more -= 1) await scene.page.keyboard.press('Escape');
  await goTo(scene, uri);
  await row(scene, shows).waitFor();
}

/** What is shown of one object of `inside/` once it is read. */
const kind = (name: string, shows: RegExp = /./): Screen => [
  `preview-${name.replace(/^[^.]*\./, '').replaceAll('.', '-')}${name.startsWith('bad') ? '-bad' : ''}${name.startsWith('korean') ? '-korean' : ''}`,
  async (scene) => {
    await at(scene, 's3://warehouse/inside/', name);
    await row(scene, name).click();
    const pane = scene.secchi.preview();
    await pane.getByText(name).first().waitFor();
    await pane.locator('[class*=foot], [class*=cost], [role=alert]').or(pane.getByText(shows)).first().waitFor();
    await scene.page.waitForFunction(() => document.querySelectorAll('[aria-busy=true]').length === 0);
  },
];

const details = async (scene: Scene) => {
  await at(scene, REPORTS, SUMMARY);
  await row(scene, SUMMARY).click();
  await scene.page.keyboard.press('Alt+Enter');
  await dialogOf(scene).getByRole('textbox', { name: 'Cache-Control' }).waitFor();
};

/** The S3 screens in their states, on a lake of their own. */
export async function storeScreens(): Promise<{ screens: Screen[]; close(): Promise<unknown> }> {
  const lake = await storeLake();
  const screens: Screen[] = [
    ['store-connect', async (scene) => {
      await closeTabs(scene);
      await connect(scene, `store ${scene.theme}`, lake.endpoint, lake.credentials, { writing: true });
      await at(scene, REPORTS, SUMMARY);
    }],
    ['store-menu', async (scene) => { await row(scene, SUMMARY).click({ button: 'right' }); await scene.page.getByRole('menu').waitFor(); }],
    ['store-bucket-menu', async (scene) => {
      await scene.page.keyboard.press('Escape');
      await scene.secchi.buckets().getByText('warehouse').click({ button: 'right' });
      await scene.page.getByRole('menu').waitFor();
    }],
    ['store-details', async (scene) => { await scene.page.keyboard.press('Escape'); await details(scene); }],
    ['store-details-review', async (scene) => {
      await details(scene);
      const dialog = dialogOf(scene);
      await dialog.getByRole('textbox', { name: 'Cache-Control' }).fill('no-store');
      await dialog.getByRole('button', { name: scene.secchi.words('Add tag') }).click();
      await scene.page.keyboard.type('reviewed');
      await dialog.getByRole('button', { name: scene.secchi.words('Review changes…') }).click();
      await dialog.getByRole('table').first().waitFor();
    }],
    ['store-details-several', async (scene) => {
      await at(scene, REPORTS, SUMMARY);
      await row(scene, 'plan.csv').click();
      await row(scene, SUMMARY).click({ modifiers: ['ControlOrMeta'] });
      await scene.page.keyboard.press('Alt+Enter');
      await dialogOf(scene).getByRole('textbox').first().waitFor();
    }],
    ['store-details-archived', async (scene) => {
      await at(scene, REPORTS, '2025-archive.csv');
      await row(scene, '2025-archive.csv').click();
      await scene.page.keyboard.press('Alt+Enter');
      await dialogOf(scene).getByRole('textbox').first().waitFor();
    }],
    ['store-search', async (scene) => {
      await at(scene, 's3://warehouse/', 'inside/');
      await scene.page.keyboard.press('Alt+s');
      await scene.page.getByRole('textbox', { name: scene.secchi.words('Search for') }).fill('report-01');
      await scene.page.keyboard.press('Enter');
      await scene.secchi.objects().getByText('report-010.csv').first().waitFor();
    }],
    ['store-search-none', async (scene) => {
      await scene.page.getByRole('textbox', { name: scene.secchi.words('Search for') }).fill('no such thing');
      await scene.page.keyboard.press('Enter');
      await scene.secchi.objects().getByText('report-010.csv').first().waitFor({ state: 'detached' });
    }],
    ['store-storage', async (scene) => {
      await at(scene, REPORTS, SUMMARY);
      await scene.secchi.command('Storage by class and age');
      await scene.page.getByText('DEEP_ARCHIVE').or(scene.page.getByText(/Deep Archive/i)).first().waitFor();
    }],
    ['store-change-class', async (scene) => {
      await at(scene, REPORTS, SUMMARY);
      await scene.secchi.command('Change storage class');
      await dialogOf(scene).getByRole('button', { name: /^Move \d|\d+개.*(으)?로/ }).last().waitFor();
    }],
    ['store-restore', async (scene) => { await at(scene, REPORTS, '2025-archive.csv'); await choose(scene, row(scene, '2025-archive.csv'), 'Restore from archive…'); await dialogOf(scene).waitFor(); }],
    ['store-prices', async (scene) => { await at(scene, REPORTS, SUMMARY); await scene.secchi.command('Storage prices…'); await dialogOf(scene).waitFor(); }],
    ['store-archived-preview', async (scene) => { await at(scene, REPORTS, '2025-archive.csv'); await row(scene, '2025-archive.csv').click(); await scene.secchi.preview().getByRole('button').first().waitFor(); }],
    ['store-restores', async (scene) => {
      await choose(scene, row(scene, '2025-archive.csv'), 'Restore from archive…');
      await dialogOf(scene).getByRole('button').last().click();
      await dialogOf(scene).waitFor({ state: 'hidden' });
      await scene.page.getByRole('tab', { name: scene.secchi.words('Restores') }).click();
    }],
    ['store-presign', async (scene) => {
      await at(scene, REPORTS, SUMMARY);
      await choose(scene, row(scene, SUMMARY), 'Presigned address…');
      await dialogOf(scene).getByRole('button', { name: scene.secchi.words('Sign') }).click();
      await dialogOf(scene).getByRole('status').waitFor();
    }],
    ['store-versions', async (scene) => {
      await at(scene, 's3://warehouse/', 'config/');
      await row(scene, 'config/').click();
      await scene.page.keyboard.press('Alt+v');
      await scene.page.getByText('removed.yaml').first().waitFor();
    }],
    ...(['settings.json', 'logo.png'] as const).map((name): Screen => [`store-compare-${name.endsWith('png') ? 'images' : 'texts'}`, async (scene) => {
      await scene.page.getByRole('tab', { name: /s3:\/\/warehouse\/config/ }).click();
      await scene.page.getByRole('row').filter({ hasText: name }).last().getByRole('button').click();
      await scene.page.getByRole('menuitem', { name: scene.secchi.words('Compare with the current version') }).click();
      await scene.page.locator('.monaco-diff-editor .line-delete:visible, figure img:visible').first().waitFor();
    }]),
    ['store-copy-to', async (scene) => { await at(scene, REPORTS, SUMMARY); await choose(scene, row(scene, SUMMARY), 'Copy to…'); await dialogOf(scene).getByRole('textbox').waitFor(); }],
    ['store-rename', async (scene) => { await at(scene, REPORTS, SUMMARY); await row(scene, SUMMARY).click(); await scene.page.keyboard.press('F2'); await dialogOf(scene).getByRole('textbox').waitFor(); }],
    ['store-delete', async (scene) => { await at(scene, REPORTS, SUMMARY); await row(scene, SUMMARY).click(); await scene.page.keyboard.press('Delete'); await dialogOf(scene).waitFor(); }],
    ['store-conflicts', async (scene) => {
      const folder = `scratch-${scene.theme}-${scene.page.viewportSize()!.width}`;
      const copy = async () => {
        await at(scene, 's3://warehouse/inside/', 'cities.tsv');
        await row(scene, 'airports.csv').click();
        await row(scene, 'events.jsonl').click({ modifiers: ['Shift'] });
        await choose(scene, row(scene, 'events.jsonl'), 'Copy to…');
        await dialogOf(scene).getByRole('textbox').fill(`s3://scratch/${folder}/`);
        await scene.page.keyboard.press('Enter');
        await dialogOf(scene).waitFor({ state: 'hidden' });
      };
      await copy();
      await scene.secchi.transfers().locator('[data-state=done]').filter({ hasText: folder }).waitFor();
      await copy();
      await scene.secchi.transfers().getByRole('button', { name: scene.secchi.words('Answer…') }).click();
      await dialogOf(scene).getByRole('button').first().waitFor();
    }],
    ['store-transfers', async (scene) => {
      await dialogOf(scene).getByRole('button').last().click();
      const folder = mkdtempSync(path.join(tmpdir(), 'secchi-pictures-'));
      const file = path.join(folder, `지점별 매출 (서울) ${scene.theme} ${scene.page.viewportSize()!.width}.csv`);
      writeFileSync(file, 'city,people\n서울,9411000\n');
      await at(scene, 's3://scratch/', `scratch-${scene.theme}-${scene.page.viewportSize()!.width}/`);
      await scene.secchi.drop(scene.secchi.objects(), [file]);
      await scene.secchi.transfers().locator('[data-state=done]').filter({ hasText: '서울' }).waitFor();
      rmSync(folder, { recursive: true });
    }],
    ['store-transfer-files', async (scene) => {
      await scene.secchi.transfers().getByRole('button', { name: scene.secchi.words('Files…') }).last().click();
      await dialogOf(scene).getByRole('table').waitFor();
    }],
    ['store-transfer-history', async (scene) => {
      await scene.page.keyboard.press('Escape');
      await scene.secchi.button('History…').click();
      await dialogOf(scene).getByText('scratch', { exact: false }).first().waitFor();
    }],
    ['store-undo', async (scene) => {
      const gone = `gone-${scene.theme}-${scene.page.viewportSize()!.width}.csv`;
      const folder = mkdtempSync(path.join(tmpdir(), 'secchi-pictures-'));
      writeFileSync(path.join(folder, gone), 'a,b\n1,2\n');
      await at(scene, 's3://warehouse/config/', 'logo.png');
      await scene.secchi.drop(scene.secchi.objects(), [path.join(folder, gone)]);
      rmSync(folder, { recursive: true });
      await row(scene, gone).click();
      await scene.page.keyboard.press('Delete');
      await dialogOf(scene).getByRole('button', { name: scene.secchi.words('Delete') }).click();
      await scene.page.getByRole('button', { name: scene.secchi.words('Undo'), exact: true }).waitFor();
    }],
    ['store-undo-overwrite', async (scene) => {
      const twice = `twice-${scene.theme}-${scene.page.viewportSize()!.width}.csv`;
      const folder = mkdtempSync(path.join(tmpdir(), 'secchi-pictures-'));
      await at(scene, 's3://warehouse/config/', 'logo.png');
      for (const text of ['a,b\n1,2\n', 'a,b\n1,2\n3,4\n']) {
        writeFileSync(path.join(folder, twice), text);
        await scene.secchi.drop(scene.secchi.objects(), [path.join(folder, twice)]);
        await row(scene, twice).waitFor();
      }
      rmSync(folder, { recursive: true });
      await dialogOf(scene).getByRole('combobox').first().click();
      await scene.page.getByRole('option', { name: scene.secchi.words('Overwrite'), exact: true }).click();
      await dialogOf(scene).getByRole('button', { name: scene.secchi.words('Go on') }).click();
      await scene.page.getByRole('button', { name: scene.secchi.words('Undo'), exact: true }).first().waitFor();
    }],
    ['store-bucket', async (scene) => {
      await closeTabs(scene);
      await choose(scene, scene.secchi.buckets().getByText('warehouse'), 'Bucket properties');
      await scene.page.getByText('cost-centre').first().waitFor();
    }],
    ['store-bucket-edit', async (scene) => {
      await scene.page.getByRole('button', { name: new RegExp(`${String(scene.secchi.words('Tags'))}`) }).first().click();
      await scene.page.getByRole('textbox').nth(2).waitFor();
    }],
    ['store-lifecycle', async (scene) => { await choose(scene, scene.secchi.buckets().getByText('warehouse'), 'Lifecycle rules'); await scene.page.getByText('reports to Glacier').first().waitFor(); }],
    ['store-lifecycle-form', async (scene) => { await scene.page.locator('main, [role=tabpanel]').getByRole('button', { name: /^Edit|편집/ }).last().click(); await scene.secchi.button('Form').waitFor(); }],
    ['store-lifecycle-json', async (scene) => { await scene.secchi.button('JSON').click(); await scene.page.locator('textarea:not([aria-hidden])').first().waitFor(); }],
    ['store-uploads', async (scene) => {
      await choose(scene, scene.secchi.buckets().getByText('warehouse'), 'Unfinished uploads');
      await scene.page.getByText('uploads/video-2026-03-01.mp4').waitFor();
    }],
    ['store-uploads-none', async (scene) => { await choose(scene, scene.secchi.buckets().getByText('empty-one'), 'Unfinished uploads'); await scene.page.getByText('No unfinished uploads').or(scene.page.getByText(/업로드.*없/)).first().waitFor(); }],
    ['store-new-bucket', async (scene) => { await scene.secchi.button('New bucket').click(); await dialogOf(scene).waitFor(); }],
    ['store-delete-bucket', async (scene) => {
      await scene.page.keyboard.press('Escape');
      await choose(scene, scene.secchi.buckets().getByText('warehouse'), 'Delete bucket…');
      await dialogOf(scene).getByRole('note').waitFor();
    }],
    ['store-empty-bucket', async (scene) => {
      await scene.page.keyboard.press('Escape');
      await choose(scene, scene.secchi.buckets().getByText('warehouse'), 'Empty the bucket…');
      await dialogOf(scene).getByRole('note').waitFor();
      await dialogOf(scene).getByRole('textbox').fill('warehouse');
    }],
    ['store-emptied-bucket', async (scene) => {
      await scene.page.keyboard.press('Escape');
      const name = `full-${scene.theme}-${scene.page.viewportSize()!.width}`;
      const s3 = new S3Client(lake.clientConfig);
      await s3.send(new CreateBucketCommand({ Bucket: name }));
      for (let n = 0; n < 20; n += 1) await s3.send(new PutObjectCommand({ Bucket: name, Key: `${n}`, Body: 'x' }));
      await scene.secchi.button('Refresh').first().click();
      await choose(scene, scene.secchi.buckets().getByText(name), 'Delete bucket…');
      await dialogOf(scene).getByRole('textbox').fill(name);
      await scene.page.keyboard.press('Enter');
      await dialogOf(scene).getByRole('status').getByText(/20.*20/).waitFor();
      await dialogOf(scene).getByRole('button', { name: scene.secchi.words('Delete bucket'), disabled: false }).waitFor();
    }],
    ...['accounts.avro', 'bad.parquet', 'cities.csv.gz', 'cities.tsv', 'data.orc', 'empty.txt', 'events.jsonl', 'firmware.bin', 'korean.txt', 'logs.tar.gz', 'map.png', 'notes.md', 'paper.pdf', 'settings.json', 'site.zip'].map((name) => kind(name)),
  ];
  return { screens, close: () => lake.stop() };
}
