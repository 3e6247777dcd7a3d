import { CreateBucketCommand, GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Locator } from '@playwright/test';
import { startBackend } from '../support/backend.ts';
import { startLake } from '../support/lake.ts';
import { SecchiWindow } from '../support/secchiWindow.ts';
import { test as base } from './fixtures.ts';

interface Store {
  secchi: SecchiWindow;
  s3: S3Client;
  put(key: string, body?: string, more?: object): Promise<void>;
  keys(prefix?: string): Promise<string[]>;
  text(key: string): Promise<string>;
  go(uri: string, shows: string): Promise<void>;
  row(name: string): Locator;
  done(text: string | RegExp): Promise<void>;
}
export const Bucket = 'work';

/** A window on an empty lake of its own, through a connection that may write. */
export const test = base.extend<{ store: Store }>({
  store: async ({ page, pageErrors }, use) => {
    void pageErrors;
    const [lake, served] = await Promise.all([startLake(), startBackend()]);
    const s3 = new S3Client(lake.clientConfig);
    await s3.send(new CreateBucketCommand({ Bucket }));
    const { id } = await served.client.connections.create({ name: 'Work', kind: 'keys', region: lake.region, endpoint: lake.endpoint, ...lake.credentials });
    await served.client.connections.update({ id, readOnly: false });
    await page.goto(served.url);
    const secchi = new SecchiWindow(page);
    await secchi.ready();
    await secchi.part('Store');
    await secchi.connection().click();
    await page.getByRole('option', { name: /Work/ }).click();
    const row = (name: string) => secchi.objects().getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
    await use({
      secchi,
      s3,
      put: async (Key, Body = 'x', more = {}) => void (await s3.send(new PutObjectCommand({ Bucket, Key, Body, ...more }))),
      keys: async (Prefix = '') => ((await s3.send(new ListObjectsV2Command({ Bucket, Prefix }))).Contents ?? []).map((one) => one.Key!),
      text: async (Key) => (await s3.send(new GetObjectCommand({ Bucket, Key }))).Body!.transformToString(),
      row,
      async go(uri, shows) {
        if ((await secchi.path().count()) === 0) await secchi.command('Go to a bucket or prefix');
        await secchi.path().last().fill(uri);
        await secchi.path().last().press('Enter');
        await row(shows).waitFor();
      },
      done: async (text) => void (await secchi.transfers().locator('[data-state=done]').filter({ hasText: text }).first().waitFor()),
    });
    await page.close();
    await served.stop();
    await lake.stop();
  },
});

export const menu = async (on: Locator, entry: string) => {
  await on.click({ button: 'right' });
  await on.page().getByRole('menuitem', { name: entry }).click();
};

export { expect } from '@playwright/test';
