import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CreateBucketCommand, HeadBucketCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Page } from '@playwright/test';
import type { SecchiWindow } from '../support/secchiWindow.ts';
import { Bucket, expect, menu, test } from './storeFixture.ts';

/** Up to the question what becomes of the object that is there: answered, and not gone on from. */
async function uploadOver(page: Page, secchi: SecchiWindow, file: string): Promise<void> {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), secchi.command('Upload files')]);
  await chooser.setFiles(file);
  await page.getByRole('dialog').getByRole('combobox', { name: /there already/ }).click();
  await page.getByRole('option', { name: 'Overwrite', exact: true }).click();
}

test('an upload that replaced an object says beforehand that it can be undone, and is: from its message, its row, and by keys', async ({ store: { s3, put, go, row, text, secchi }, page, folder }) => {
  test.slow();
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await put('in/report.txt', 'the old report');
  await go(`s3://${Bucket}/in/`, 'report.txt');
  const file = path.join(folder, 'report.txt');
  writeFileSync(file, 'a new and longer report');
  const dialog = page.getByRole('dialog');
  const undoOfRow = secchi.transfers().getByRole('button', { name: 'Undo: bring back the 1 object it replaced' });
  const overwrite = async () => {
    await uploadOver(page, secchi, file);
    await expect(dialog.getByRole('note')).toHaveText('The bucket keeps versions: what is overwritten can be brought back.');
    await dialog.getByRole('button', { name: 'Go on' }).click();
    await expect.poll(() => text('in/report.txt')).toBe('a new and longer report');
    await expect(secchi.transfers().getByText('1 replaced').first()).toBeVisible();
    await expect(undoOfRow).toHaveCount(1); // this one's: those before are taken back
  };
  const isBack = () => expect.poll(() => text('in/report.txt')).toBe('the old report');
  const message = page.locator('[data-level]').filter({ hasText: '1 object was replaced.' }).or(page.getByText('1 object was replaced.'));

  await overwrite();
  await expect(message.first()).toBeVisible();
  await page.getByRole('button', { name: 'Undo', exact: true }).first().click();
  await isBack();
  await expect(secchi.transfers().getByText('1 object is back')).toBeVisible();
  await expect(row('report.txt').getByText('14 B')).toBeVisible();

  await overwrite();
  await undoOfRow.click();
  await isBack();

  await overwrite();
  await page.keyboard.press('Alt+z');
  await isBack();
  await expect(page.getByRole('button', { name: 'Undo', exact: true })).toHaveCount(0); // the offer holds no longer

  // Off the list, it is undone from the history.
  await overwrite();
  await secchi.button('Clear ended').click();
  await secchi.button('History…').click();
  await dialog.getByRole('button', { name: 'Undo: bring back the 1 object it replaced' }).click();
  await isBack();
  await expect(dialog).toHaveCount(0);
});

test('where no versions are kept, the question says that there is no undo', async ({ store: { put, go, secchi, text }, page, folder }) => {
  await put('plain/a.txt', 'old');
  await go(`s3://${Bucket}/plain/`, 'a.txt');
  writeFileSync(path.join(folder, 'a.txt'), 'new');
  const dialog = page.getByRole('dialog');
  await uploadOver(page, secchi, path.join(folder, 'a.txt'));
  await expect(dialog.getByRole('note')).toHaveText('The bucket keeps no versions: there is no undo of what is overwritten.');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await expect.poll(() => text('plain/a.txt')).toBe('new');
  await expect(secchi.transfers().locator('[data-state=done]')).toHaveCount(1);
  await expect(secchi.transfers().getByRole('button', { name: /^Undo/ })).toHaveCount(0);
});

test('where versions are suspended, what an undo costs is said and asked first', async ({ store: { s3, put, go, secchi, text }, page, folder }) => {
  const versioning = (Status: 'Enabled' | 'Suspended') => s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
  await versioning('Enabled');
  await put('kept/a.txt', 'from before');
  await versioning('Suspended');
  await go(`s3://${Bucket}/kept/`, 'a.txt');
  writeFileSync(path.join(folder, 'a.txt'), 'new');
  const dialog = page.getByRole('dialog');
  await uploadOver(page, secchi, path.join(folder, 'a.txt'));
  await expect(dialog.getByRole('note')).toContainText('Versioning is suspended');
  await dialog.getByRole('button', { name: 'Go on' }).click();
  const undo = secchi.transfers().getByRole('button', { name: 'Undo: bring back the 1 object it replaced' });
  await undo.click();
  await expect(dialog).toContainText('what was written in their place has none, and is gone for good');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  expect(await text('kept/a.txt')).toBe('new');
  await undo.click();
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => text('kept/a.txt')).toBe('from before');
});

test('a bucket that is not empty offers to be emptied: counted, its name typed, then it can be deleted', async ({ store: { s3, go, put, secchi }, page }) => {
  const full = 'full-bucket';
  await s3.send(new CreateBucketCommand({ Bucket: full }));
  await s3.send(new PutBucketVersioningCommand({ Bucket: full, VersioningConfiguration: { Status: 'Enabled' } }));
  for (const Key of ['a', 'a', 'b']) await s3.send(new PutObjectCommand({ Bucket: full, Key, Body: 'x' }));
  await put('here');
  await go(`s3://${Bucket}/`, 'here');
  await secchi.button('Refresh').first().click();
  await menu(secchi.buckets().getByText(full), 'Delete bucket…');
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('It holds 2 objects, 1 earlier versions and 0 delete markers')).toBeVisible();
  const remove = dialog.getByRole('button', { name: 'Delete bucket' });
  const empty = dialog.getByRole('button', { name: 'Empty the bucket' });
  await expect(remove).toBeDisabled();
  await expect(empty).toBeDisabled();
  await dialog.getByRole('textbox', { name: `Type ${full} to empty it` }).fill(full);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('status')).toHaveText('3 of 3 deleted.');
  await expect(dialog.getByText('Only an empty bucket can be deleted.')).toBeVisible();
  await remove.click();
  await expect(dialog).toHaveCount(0);
  await expect(secchi.buckets().getByText(full)).toHaveCount(0);
  await expect(s3.send(new HeadBucketCommand({ Bucket: full }))).rejects.toMatchObject({ name: 'NotFound' });
  await secchi.command('Show transfers');
  await expect(secchi.transfers().getByText('3 deleted for good')).toBeVisible();
});
