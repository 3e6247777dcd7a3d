import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startLake, type TestLake } from '../../support/lake.ts';
import { closeTabs, connect, goTo, type Scene, type Screen } from './scene.ts';

/** A folder with files of every kind beside what the target then has. */
function makeFolder(count = 60): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'secchi-pictures-sync-'));
  const files = ['orders 2026.csv', '도시/서울.csv', 'reports/2026/q1.parquet', '.hidden/notes.txt', ...Array.from({ length: count }, (_, n) => `daily/2026-11-${String((n % 28) + 1).padStart(2, '0')}/part-${n}.csv`)];
  for (const file of files) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), 'city,people\nSeoul,9411000\n'.repeat((file.length % 7) * 40 + 1));
    utimesSync(path.join(folder, file), 1_700_000_000, 1_700_000_000);
  }
  return folder;
}

const status = ({ page }: Scene, state: string) => page.locator(`[role=status][data-state=${state}]`).last().waitFor();

/** Chooses a folder of this computer as one side, through the app's own chooser. */
export async function chooseSide({ page }: Scene, side: 'From' | 'To', what: string): Promise<void> {
  const place = page.getByRole('group', { name: side, exact: true }).last();
  if (what.startsWith('s3://')) {
    await place.getByRole('combobox').selectOption('bucket');
    await place.getByRole('textbox').fill(what);
    await place.getByRole('textbox').press('Enter');
    return;
  }
  await place.getByRole('combobox').selectOption('folder');
  await place.getByRole('button', { name: `${side}: choose a folder` }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Folder path' }).fill(what);
  await dialog.getByRole('button', { name: 'Choose this folder' }).click();
  await place.getByText(what).waitFor();
}

async function toSampleLake({ page, secchi }: Scene): Promise<void> {
  await secchi.connection().click();
  await page.getByRole('option', { name: /Sample lake/ }).click();
}

let folder = '';
const target = ({ theme, page }: Scene) => `s3://secchi-samples/synced-${theme}-${page.viewportSize()?.width}/`;

/** Sync in its states. */
const screens = (mirror: TestLake): Screen[] => [
  ['sync-empty', async (scene) => {
    await toSampleLake(scene);
    await closeTabs(scene);
    await scene.secchi.part('Store');
    await scene.secchi.command('New sync');
    await scene.page.getByText('Make two places the same').waitFor();
  }],
  ['sync-planned', async (scene) => {
    folder = makeFolder();
    await chooseSide(scene, 'From', folder);
    await chooseSide(scene, 'To', target(scene));
    await scene.secchi.button('Plan').last().click();
    await status(scene, 'complete');
    await scene.page.getByText('.hidden/notes.txt').waitFor();
  }],
  ['sync-started', async (scene) => {
    await scene.secchi.button('Start').last().click();
    await scene.secchi.transfers().getByText(/^Done/).first().waitFor();
  }],
  ['sync-mixed', async (scene) => {
    writeFileSync(path.join(folder, 'orders 2026.csv'), 'changed\n');
    writeFileSync(path.join(folder, 'new.csv'), 'new\n');
    const [, bucket, prefix] = /^s3:\/\/([^/]+)\/(.*)$/.exec(target(scene))!;
    await scene.page.keyboard.press('Control+j');
    await goTo(scene, `s3://${bucket}/${prefix}daily/2026-11-01/`);
    const extra = path.join(folder, '..', 'only at the target.csv');
    writeFileSync(extra, 'x\n');
    await scene.secchi.drop(scene.secchi.objects(), [extra]);
    await scene.secchi.objects().getByText('only at the target.csv').waitFor();
    await scene.page.locator('.dv-tab', { hasText: '→' }).first().click();
    await scene.secchi.button('Plan again').last().click();
    await scene.page.getByText('new.csv').waitFor();
    await scene.page.getByRole('checkbox', { name: 'Delete what is gone' }).check();
    await scene.page.keyboard.press('Control+j');
  }],
  ['sync-confirm', async (scene) => {
    await scene.secchi.button('Start').last().click();
    await scene.page.getByRole('dialog').getByText(/There is no undo/).waitFor();
  }],
  ['sync-refused', async (scene) => {
    await scene.page.keyboard.press('Escape');
    await scene.page.getByRole('dialog').waitFor({ state: 'hidden' });
    await chooseSide(scene, 'From', mkdtempSync(path.join(tmpdir(), 'secchi-pictures-nothing-')));
    await scene.secchi.button('Plan').last().click();
    await scene.page.getByText(/A sync from an empty place is refused/).waitFor();
  }],
  ['sync-download', async (scene) => {
    await chooseSide(scene, 'To', folder);
    await chooseSide(scene, 'From', 's3://secchi-samples/');
    await scene.secchi.button('Plan').last().click();
    await status(scene, 'complete');
    await scene.page.getByText('ATTRIBUTION.txt').waitFor();
  }],
  ['sync-across', async (scene) => {
    const { page, secchi } = scene;
    await connect(scene, 'Mirror (Seoul)', mirror.endpoint, mirror.credentials, { writing: true });
    await toSampleLake(scene);
    await closeTabs(scene);
    await secchi.command('New sync');
    await chooseSide(scene, 'From', 's3://secchi-samples/');
    await page.getByRole('combobox', { name: 'To: what it is' }).last().selectOption('Mirror (Seoul)');
    await page.getByRole('textbox', { name: 'To: bucket and prefix' }).last().fill(`s3://mirror/${scene.theme}-${page.viewportSize()?.width}/`);
    await page.getByRole('textbox', { name: 'To: bucket and prefix' }).last().press('Enter');
    await secchi.button('Plan').last().click();
    await status(scene, 'complete');
    await page.getByText(/through this computer/).waitFor();
  }],
  ['sync-across-started', async (scene) => {
    await scene.secchi.button('Start').last().click();
    await scene.secchi.transfers().getByRole('listitem').filter({ has: scene.page.getByTitle(/→ Mirror/) }).getByText(/^Done/).waitFor();
  }],
  ['sync-across-mixed', async (scene) => {
    const s3 = new S3Client(mirror.clientConfig);
    const prefix = `${scene.theme}-${scene.page.viewportSize()?.width}/`;
    for (const key of ['ATTRIBUTION.txt', 'only there/a.csv', 'only there/b.csv']) await s3.send(new PutObjectCommand({ Bucket: 'mirror', Key: prefix + key, Body: 'other' }));
    await scene.page.keyboard.press('Control+j');
    await scene.secchi.button('Plan again').last().click();
    await scene.page.getByText('only there/a.csv').waitFor();
    await scene.secchi.button(/^Same/).last().click();
    await scene.page.getByText('another size').first().waitFor();
  }],
];

/** Sync in its states, with a second store. */
export async function syncScreens(): Promise<{ screens: Screen[]; close(): Promise<unknown> }> {
  const mirror = await startLake();
  await new S3Client(mirror.clientConfig).send(new CreateBucketCommand({ Bucket: 'mirror' }));
  return { screens: screens(mirror), close: mirror.stop };
}
