import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { CreateMultipartUploadCommand, HeadObjectCommand, ListMultipartUploadsCommand, PutBucketVersioningCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { listing, s3Error, startAwsServer } from '../support/awsServer.ts';
import { Bucket, expect, menu, test } from './storeFixture.ts';

test('unfinished uploads are found from the objects screen, sized, chosen and aborted', async ({ store: { s3, put, go, secchi }, page }) => {
  await put('a');
  for (const Key of ['left/one.bin', 'left/two.bin']) {
    const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    await s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: Buffer.alloc(5 * 1024 * 1024) }));
  }
  await go(`s3://${Bucket}/`, 'a');
  await secchi.button('Bucket properties').click();
  await page.getByRole('tab', { name: 'Unfinished uploads' }).click();
  const list = page.getByRole('grid', { name: 'Unfinished uploads' });
  await expect(list.getByText('left/two.bin')).toBeVisible();
  const abort = page.getByRole('button', { name: /^Abort/ });
  await expect(abort).toBeDisabled();
  await secchi.button('Measure sizes').click();
  await expect(list.getByText('5 MB · 1 part').first()).toBeVisible();
  await list.getByRole('checkbox', { name: 'Choose left/one.bin' }).check();
  await expect(abort).toHaveText('Abort 1…');
  await abort.click();
  await expect(page.getByRole('dialog')).toContainText('Work');
  await page.getByRole('dialog').getByRole('button', { name: 'Abort 1 upload' }).click();
  await expect(list.getByText('left/one.bin')).toHaveCount(0);
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.map(({ Key }) => Key)).toEqual(['left/two.bin']);
  await page.getByRole('textbox', { name: 'Prefix', exact: true }).fill('nothing/');
  await secchi.button('List again').click();
  await expect(page.getByText('No unfinished uploads')).toBeVisible();
});

test('objects are renamed, copied and moved by menu and by keys; what cannot be is said', async ({ store: { put, go, row, keys, text, done }, page }) => {
  await put('in/report.csv', 'r');
  await put('in/notes.txt', 'n');
  await put('out/other', 'o');
  await go(`s3://${Bucket}/in/`, 'report.csv');
  await row('report.csv').click();
  await page.keyboard.press('F2');
  const dialog = page.getByRole('dialog');
  const field = dialog.getByRole('textbox');
  await field.fill('wrong/');
  await expect(dialog.getByText('cannot start or end with a slash')).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Rename' })).toBeDisabled();
  await field.fill('보고서 2026.csv');
  await page.keyboard.press('Enter');
  await expect(row('보고서 2026.csv')).toBeVisible();
  expect(await text('in/보고서 2026.csv')).toBe('r');

  // Cut here, paste there; pasted once.
  await row('notes.txt').click();
  await page.keyboard.press('ControlOrMeta+x');
  await go(`s3://${Bucket}/out/`, 'other');
  await row('other').click();
  await page.keyboard.press('ControlOrMeta+v');
  await expect(row('notes.txt')).toBeVisible();
  await expect.poll(() => keys('in/')).toEqual(['in/보고서 2026.csv']);
  await page.keyboard.press('ControlOrMeta+v');
  await expect(page.getByText('Nothing was cut or copied').first()).toBeVisible();

  await menu(row('notes.txt'), 'Copy to…');
  await field.fill('nonsense');
  await expect(dialog.getByText('Write it as s3://bucket/folder/.')).toBeVisible();
  await field.fill(`s3://${Bucket}/out/`);
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('onto itself');
  await field.fill(`s3://${Bucket}/third`);
  await page.keyboard.press('Enter');
  await done('third/');
  expect(await keys('third/')).toEqual(['third/notes.txt']);
  expect(await text('out/notes.txt')).toBe('n');
});

test('a real folder is dropped, its empty folders too; the limit stands; the history finds it by a file’s name', async ({ store: { put, go, row, secchi, keys, done }, page, folder }) => {
  await put('here');
  const dropped = path.join(folder, 'photos');
  mkdirSync(path.join(dropped, 'deep', 'deeper'), { recursive: true });
  for (const [name, content] of [['one.txt', '1'], ['deep/서울.txt', 's'], ['deep/deeper/three.txt', '3']] as const) writeFileSync(path.join(dropped, name), content);
  await go(`s3://${Bucket}/`, 'here');
  await secchi.command('Show transfers');
  await page.getByRole('combobox', { name: 'Upload limit' }).or(page.getByRole('textbox', { name: 'Upload limit' })).first().click();
  await page.getByRole('option', { name: /10 MB\/s/ }).click();

  const box = (await secchi.objects().boundingBox())!;
  const at = { x: box.x + box.width / 2, y: box.y + box.height / 2, data: { items: [], files: [dropped], dragOperationsMask: 1 } };
  const cdp = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await cdp.send('Input.dispatchDragEvent', { type, ...at });
  await page.getByRole('dialog').getByRole('button', { name: 'Upload 3 files' }).click();
  await expect(row('photos/')).toBeVisible();
  await done('photos');
  expect(await keys('photos/')).toEqual(expect.arrayContaining(['photos/deep/deeper/three.txt', 'photos/deep/서울.txt', 'photos/one.txt']));

  await secchi.button('Clear ended').click();
  await expect(page.getByText('No transfers')).toBeVisible();
  await secchi.button('History…').click();
  const history = page.getByRole('dialog');
  await history.getByRole('textbox').fill('서울');
  await expect(history.getByRole('row').filter({ hasText: 'photos' })).toHaveCount(1);
  await history.getByRole('textbox').fill('no such file');
  await expect(history.getByText('No transfer')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(history).toHaveCount(0);
});

test('several objects are edited at once, change their class, and are shared by an address', async ({ store: { s3, put, go, row, done, text }, page }) => {
  await put('many/a.csv', 'a', { Metadata: { owner: 'x' } });
  await put('many/b.csv', 'b', { CacheControl: 'max-age=1' });
  await go(`s3://${Bucket}/many/`, 'b.csv');
  await row('a.csv').click();
  await row('b.csv').click({ modifiers: ['ControlOrMeta'] });
  await page.keyboard.press('Alt+Enter');
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Content-Type' }).fill('no type');
  await expect(dialog.getByText('not a media type')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Content-Type' }).fill('text/csv');
  await dialog.getByRole('button', { name: 'Review changes…' }).click();
  await dialog.getByRole('button', { name: 'Write to 2 objects' }).click();
  await done('2 objects edited');
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'many/a.csv' }))).toMatchObject({ ContentType: 'text/csv', Metadata: { owner: 'x' } });
  expect(await s3.send(new HeadObjectCommand({ Bucket, Key: 'many/b.csv' }))).toMatchObject({ ContentType: 'text/csv', CacheControl: 'max-age=1' });

  await row('a.csv').click();
  await menu(row('a.csv'), 'Change storage class…');
  await dialog.getByRole('button', { name: /^Move 1 object to/ }).click();
  await expect(row('a.csv').getByText('Standard IA')).toBeVisible();

  await menu(row('b.csv'), 'Presigned address…');
  await dialog.getByRole('button', { name: 'Sign' }).click();
  const address = () => dialog.getByLabel('Addresses').textContent();
  await expect(dialog.getByRole('status')).toContainText('Valid until');
  expect(await (await fetch((await address())!)).text()).toBe('b');
  await dialog.getByRole('combobox', { name: 'For', exact: true }).selectOption('PUT');
  await dialog.getByRole('textbox', { name: 'Key to upload to' }).fill('many/');
  await expect(dialog.getByRole('button', { name: 'Sign' })).toBeDisabled();
  await dialog.getByRole('textbox', { name: 'Key to upload to' }).fill('many/by an address.txt');
  await dialog.getByRole('button', { name: 'Sign' }).click();
  await expect(dialog.getByLabel('curl')).toContainText('curl');
  expect((await fetch((await address())!, { method: 'PUT', body: 'put' })).status).toBe(200);
  expect(await text('many/by an address.txt')).toBe('put');
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await expect(dialog).toHaveCount(0);
});

test('two versions are compared, and the older one is made current again', async ({ store: { s3, put, go, row, text }, page }) => {
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await put('conf.json', '{\n  "retries": 1,\n  "same": true\n}', { Metadata: { release: 'one' } });
  await put('conf.json', '{\n  "retries": 7,\n  "same": true\n}', { Metadata: { release: 'two' } });
  await go(`s3://${Bucket}/`, 'conf.json');
  await row('conf.json').click();
  await page.keyboard.press('Alt+v');
  const versions = page.getByRole('table', { name: 'Versions' });
  await expect(versions.getByRole('row')).toHaveCount(3);
  await versions.getByRole('row').last().getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Compare with the current version' }).click();
  const fields = page.getByRole('table', { name: 'What S3 says of them' });
  await expect(fields.getByRole('row', { name: /Metadata release/ })).toHaveText(/one.*two/);
  await expect(fields.getByRole('row', { name: /Storage class/ })).toHaveCount(0);
  await expect(page.locator('.monaco-diff-editor .line-insert').first()).toBeVisible();
  await page.getByRole('button', { name: 'Show all fields' }).click();
  await expect(fields.getByRole('row', { name: /Storage class/ })).toHaveCount(1);
  await page.reload();
  await expect(fields.getByRole('row', { name: /Metadata release/ })).toBeVisible();

  await page.getByRole('tab', { name: /Versions of/ }).click();
  await versions.getByRole('row').last().getByRole('button').click();
  await page.getByRole('menuitem', { name: 'Make current' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Make current' }).click();
  await expect(versions.getByRole('row')).toHaveCount(4);
  expect(JSON.parse(await text('conf.json'))).toMatchObject({ retries: 1 });
});

test('a bucket opens as a whole from the palette by its name; who asks pays is kept with the connection', async ({ store, page }) => {
  void store;
  await page.keyboard.press('ControlOrMeta+k');
  await page.locator('[cmdk-root]').getByRole('combobox').fill('work lifecycle');
  await page.getByRole('option', { name: /^work\s*Lifecycle rules/ }).click();
  await expect(page.getByRole('tab', { name: 'Lifecycle', selected: true })).toBeVisible();
  await page.getByRole('tab', { name: 'Properties' }).click();
  const pays = page.getByRole('checkbox', { name: /I pay for requests/ });
  await pays.click();
  await expect(pays).toBeChecked();
  await page.reload();
  await expect(pays).toBeChecked();
});

test('USERS 7: who may list no buckets types one, and what is denied stays in its branch', async ({ served, secchi, page }) => {
  const aws = await startAwsServer((request, response) => {
    if (request.headers['x-amz-target']) return response.end('{}');
    if (request.path.startsWith('/private') && request.path.includes('prefix=data')) return response.end(listing(['data/seen.csv']));
    if (request.method === 'POST') return response.end('<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::1:user/u</Arn><UserId>u</UserId><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>');
    return s3Error(response, 403, 'AccessDenied');
  });
  try {
    await served.client.connections.create({ name: 'Narrow', kind: 'keys', region: 'us-east-1', endpoint: aws.endpoint, accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' });
    await page.reload();
    await secchi.ready();
    await secchi.part('Store');
    await secchi.connection().click();
    await page.getByRole('option', { name: /Narrow/ }).click();
    await expect(secchi.buckets().getByText('Denied: s3:ListAllMyBuckets')).toBeVisible();
    const filter = page.getByRole('textbox', { name: 'Filter, or type s3://bucket/prefix' });
    await filter.fill('s3://private/data/');
    await filter.press('Enter');
    await expect(secchi.objects().getByText('seen.csv')).toBeVisible();
    await expect(secchi.buckets().getByText('private/data')).toBeVisible();
    await secchi.path().fill('s3://private/other/');
    await secchi.path().press('Enter');
    await expect(page.getByRole('alert').filter({ hasText: 's3:ListBucket' }).first()).toBeVisible();
    await secchi.path().fill('not a path');
    await secchi.path().press('Enter');
    await expect(page.getByText(/is not a path/).first()).toBeVisible();
  } finally {
    await page.close();
    await aws.close();
  }
});
