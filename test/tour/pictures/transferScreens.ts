import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { startFaultyProxy } from '../../support/faultyProxy.ts';
import { startLake } from '../../support/lake.ts';
import { closeTabs, connect, dialogOf, goTo, type Scene, type Screen } from './scene.ts';

const PLACE = 's3://moved/';
const HUGE =
  '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>moved</Name><Prefix>huge/</Prefix><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType><Contents><Key>huge/backup.tar</Key><LastModified>2024-01-01T00:00:00.000Z</LastModified><ETag>"0"</ETag><Size>5000000000000000</Size><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>';

/** The panel that counts and asks before a transfer starts, in its states, on a lake of its own. */
export async function transferScreens(): Promise<{ screens: Screen[]; close(): Promise<unknown> }> {
  const lake = await startLake({ empty: true });
  const proxy = await startFaultyProxy(lake.endpoint);
  const s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'moved' }));
  const put = (Key: string, Body: string, StorageClass?: 'GLACIER') => s3.send(new PutObjectCommand({ Bucket: 'moved', Key, Body: Buffer.from(Body), StorageClass }));
  for (let at = 0; at < 1100; at += 50) await Promise.all(Array.from({ length: 50 }, (_, n) => put(`logs/part-${String(at + n).padStart(5, '0')}.json`, '{"n":1}\n'.repeat(500))));
  await Promise.all([put('huge/backup.tar', 'x'), put('reports/summary.csv', 'a,b\n1,2\n'), put('reports/2026/요약.csv', 'x'), put('reports/2026', 'x'), put('reports/note\u0001.txt', 'x'), put('reports/drafts/', ''), put('reports/old.tar', 'cold', 'GLACIER')]);
  await Promise.all([put('photos/a.txt', 'as it was'), put('photos/sub/b.txt', 'as it was'), put('list.csv', 'as it was')]);
  // Later pages of a listing never come: the count stands still for the picture.
  proxy.add({ when: ({ url }) => /prefix=logs/.test(url) && /start-after|continuation-token/.test(url), fault: { kind: 'hold', until: () => new Promise(() => undefined) } });
  proxy.add({ when: ({ url }) => /prefix=huge/.test(url) && !url.includes('delimiter'), fault: { kind: 'answer', status: 200, body: HUGE, headers: { 'content-type': 'application/xml' } } });

  const folder = mkdtempSync(path.join(tmpdir(), 'secchi-pictures-'));
  const tree = path.join(folder, 'photos');
  mkdirSync(path.join(tree, 'sub'), { recursive: true });
  for (const name of ['a.txt', 'sub/b.txt', 'new.txt', '.DS_Store']) writeFileSync(path.join(tree, name), 'from this computer\n'.repeat(40));
  writeFileSync(path.join(folder, 'list.csv'), 'a,b\n');
  const target = path.join(folder, 'downloads');
  mkdirSync(target);
  mkdirSync(path.join(target, 'reports'));
  writeFileSync(path.join(target, 'reports/summary.csv'), 'an older summary\n');

  const leave = async ({ page }: Scene) => {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  };
  const download = async (scene: Scene, name: string) => {
    const { secchi, page } = scene;
    await secchi.objects().getByText(name, { exact: true }).click();
    await page.keyboard.press('ControlOrMeta+Shift+d');
    const field = dialogOf(scene).getByRole('textbox', { name: secchi.words('Folder path') });
    await field.fill(target);
    await field.press('Enter');
    await page.getByRole('button', { name: secchi.words('Choose this folder') }).click();
  };
  const upload = async ({ secchi, page }: Scene, command: string, what: string) => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), secchi.command(command)]);
    await chooser.setFiles(what);
  };
  const files = (scene: Scene) => scene.page.getByRole('status', { name: scene.secchi.words('Files'), exact: true });
  const counted = async (scene: Scene) => {
    await files(scene).waitFor();
    await scene.page.waitForFunction(() => document.querySelectorAll('[data-counting]').length === 0);
  };

  let down = false;
  const screens: Screen[] = [
    ['transfer-counting', async (scene) => {
      if (down) await proxy.up();
      down = false;
      await closeTabs(scene);
      await connect(scene, 'moved', proxy.endpoint, lake.credentials, { writing: true });
      await goTo(scene, PLACE);
      await download(scene, 'logs/');
      await files(scene).getByText(/1,000/).waitFor();
    }],
    ['transfer-download', async (scene) => { await leave(scene); await download(scene, 'reports/'); await counted(scene); await dialogOf(scene).getByRole('row', { name: /summary/ }).waitFor(); }],
    ['transfer-no-room', async (scene) => { await leave(scene); await download(scene, 'huge/'); await counted(scene); }],
    ['transfer-upload', async (scene) => { await leave(scene); await goTo(scene, `${PLACE}inbox-${scene.theme}/`); await upload(scene, 'Upload a folder', tree); await counted(scene); }],
    ['transfer-conflicts', async (scene) => { await leave(scene); await goTo(scene, PLACE); await upload(scene, 'Upload a folder', tree); await counted(scene); await dialogOf(scene).getByRole('row', { name: /a\.txt/ }).waitFor(); }],
    ['transfer-overwrites', async (scene) => {
      await dialogOf(scene).getByRole('combobox').first().click();
      await scene.page.getByRole('option', { name: scene.secchi.words('Overwrite'), exact: true }).click();
      await dialogOf(scene).getByRole('note').waitFor();
    }],
    ['transfer-asks', async (scene) => { await leave(scene); await upload(scene, 'Upload files', path.join(folder, 'list.csv')); await dialogOf(scene).getByRole('row', { name: /list\.csv/ }).waitFor(); }],
    ['transfers-waiting', leave],
    ['transfers-network-gone', async (scene) => {
      await proxy.down();
      down = true;
      await upload(scene, 'Upload files', path.join(folder, 'list.csv'));
      await scene.secchi.transfers().getByRole('button', { name: scene.secchi.words('Try now') }).first().waitFor();
    }],
  ];
  return { screens, close: () => Promise.all([proxy.close(), lake.stop()]).then(() => rmSync(folder, { recursive: true })) };
}
