import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './fixtures.ts';

const PLACE = 's3://secchi-samples/flow/';

test('a folder goes up and comes back through the real choosers: counted first, conflicts answered, left by Escape', async ({ secchi, page, folder, served }) => {
  test.slow();
  const source = path.join(folder, 'photos');
  mkdirSync(path.join(source, 'sub'), { recursive: true });
  for (const [name, text] of [['a.txt', 'first a'], ['sub/b.txt', 'first b'], ['.secret', 'hidden']] as const) writeFileSync(path.join(source, name), text);
  const keys = async () => (await served.client.s3.list({ connectionId: 'local', bucket: 'secchi-samples', prefix: 'flow/photos/' })).keys.map((key) => key.replace('flow/photos/', ''));
  const upload = async () => {
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), secchi.command('Upload a folder')]);
    await chooser.setFiles(source);
  };
  await secchi.part('Store');
  await secchi.buckets().getByText('secchi-samples').dblclick();
  await secchi.path().fill(PLACE);
  await secchi.path().press('Enter');
  await expect(page.getByText('There is nothing here')).toBeVisible();

  // Counted and shown; hidden files are left out; Enter starts.
  await upload();
  const dialog = page.getByRole('dialog', { name: 'Upload' });
  await expect(dialog.getByRole('status', { name: 'Files' })).toHaveText('3 files, 20 B');
  await dialog.getByRole('checkbox', { name: /Hidden files too/ }).uncheck();
  await expect(dialog.getByText('None of them is there already.')).toBeVisible();
  const start = dialog.getByRole('button', { name: 'Upload 2 files' });
  await start.focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect.poll(keys).toEqual(['a.txt']);
  await expect(secchi.transfers().getByText('2 of 2 files')).toBeVisible();

  // Again: what is there is listed with both sides, and one of them answered differently. The choice about hidden files was kept.
  writeFileSync(path.join(source, 'a.txt'), 'second, longer a');
  writeFileSync(path.join(source, 'sub/b.txt'), 'second, longer b');
  await upload();
  await expect(dialog.getByText('2 files are there already')).toBeVisible();
  await expect(dialog.getByRole('checkbox', { name: /Hidden files too/ })).not.toBeChecked();
  await expect(dialog.getByRole('row', { name: /a\.txt/ })).toContainText('7 B');
  await expect(dialog.getByRole('row', { name: /a\.txt/ })).toContainText('16 B');
  const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze();
  expect(violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)).toEqual([]);
  await dialog.getByRole('combobox', { name: /What to do with .*a\.txt/ }).click();
  await page.getByRole('option', { name: 'Keep both' }).click();
  await dialog.getByRole('button', { name: /^Upload/ }).click();
  await expect.poll(keys).toEqual(['a (2).txt', 'a.txt']);
  await expect(secchi.transfers().getByText(/1 skipped/)).toBeVisible();
  const text = async (key: string) => (await served.client.s3Objects.sheet({ connectionId: 'local', bucket: 'secchi-samples', key })).size;
  expect([await text('flow/photos/a.txt'), await text('flow/photos/sub/b.txt')]).toEqual([7, 7]);

  // Down again, into a folder of this computer.
  await secchi.button('Refresh').first().click();
  await secchi.objects().getByText('photos/').click();
  const target = path.join(folder, 'back');
  mkdirSync(target);
  const download = async () => {
    await page.keyboard.press('ControlOrMeta+Shift+d');
    const chooser = page.getByRole('dialog', { name: 'Download to a folder' });
    const field = chooser.getByRole('textbox', { name: 'Folder path' });
    await field.fill(target);
    await field.press('Enter');
    await chooser.getByRole('button', { name: 'Choose this folder' }).click();
  };
  await download();
  const proposal = page.getByRole('dialog', { name: 'Download' });
  await expect(proposal.getByRole('status', { name: 'Files' })).toHaveText('3 files, 30 B');
  await expect(proposal.getByText(target)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(proposal).toBeHidden();
  expect(readdirSync(target)).toEqual([]);
  await expect.poll(async () => (await served.client.transfers.list()).filter(({ kind }) => kind === 'download')).toEqual([]);

  await secchi.objects().getByText('photos/').click();
  await download();
  await expect(proposal.getByRole('button', { name: 'Download 3 files' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => readdirSync(target, { recursive: true }).sort()).toEqual(['photos', 'photos/a (2).txt', 'photos/a.txt', 'photos/sub', 'photos/sub/b.txt']);
  await expect.poll(() => readFileSync(path.join(target, 'photos/a (2).txt'), 'utf8')).toBe('second, longer a');
});
