import { CreateBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Locator } from '@playwright/test';
import { startLake } from '../support/lake.ts';
import { expect, test } from './fixtures.ts';

test('a prefix is synced to a bucket of another connection, and objects copied here are pasted there', async ({ served, secchi, page }) => {
  test.setTimeout(180_000);
  const lake = await startLake();
  const s3 = new S3Client(lake.clientConfig);
  /** As a hand does: down, in steps to there, up. */
  const drag = async (what: Locator, x: number, y: number) => {
    await what.hover({ timeout: 10_000 });
    await page.mouse.down();
    await page.mouse.move(x - 30, y, { steps: 10 });
    await page.mouse.move(x, y, { steps: 5 });
    await page.mouse.up();
  };
  const keys = async () => ((await s3.send(new ListObjectsV2Command({ Bucket: 'mirror' }))).Contents ?? []).map(({ Key }) => Key);
  try {
    await s3.send(new CreateBucketCommand({ Bucket: 'mirror' }));
    await s3.send(new PutObjectCommand({ Bucket: 'mirror', Key: 'weather/old.csv', Body: 'old' }));
    const { id } = await served.client.connections.create({ name: 'Mirror', kind: 'keys', region: lake.region, endpoint: lake.endpoint, colour: 'violet', ...lake.credentials });
    await page.reload();
    await secchi.ready();

    await secchi.command('New sync');
    const from = page.getByRole('textbox', { name: 'From: bucket and prefix' });
    await from.fill('s3://secchi-samples/seattle_weather');
    await from.press('Enter');
    await page.getByRole('combobox', { name: 'To: what it is' }).selectOption('Mirror');
    const to = page.getByRole('textbox', { name: 'To: bucket and prefix' });
    await to.fill('s3://mirror/weather');
    await to.press('Enter');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByRole('status', { name: 'Plan' })).toContainText('Planned: 1 files at the source, 1 at the target');
    await expect(page.getByText(/^Copies \d+ objects? through this computer/)).toBeVisible();
    // New connections are read-only.
    await expect(secchi.button('Start')).toBeDisabled();
    await expect(secchi.button('Start')).toHaveAttribute('title', 'Connection is read-only');
    await served.client.connections.update({ id, readOnly: false });
    await page.reload();
    await expect(page.getByRole('table', { name: 'Plan' }).getByText('old.csv')).toBeVisible();
    await secchi.button('Start').click();
    await expect(secchi.transfers().getByTitle(/Sample lake.*secchi-samples\/seattle_weather.*→ Mirror: s3:\/\/mirror\/weather/)).toBeVisible();
    await expect(secchi.transfers().getByText(/^Done/)).toBeVisible();
    expect((await keys()).length).toBeGreaterThan(1);

    await secchi.button('Plan again').click();
    await expect(secchi.button('New 0')).toBeVisible();
    await expect(secchi.button('Gone 1')).toBeVisible();

    // Copied in one connection, pasted in the other.
    await secchi.part('Store');
    await secchi.buckets().getByText('secchi-samples').dblclick();
    await secchi.objects().getByText('ATTRIBUTION.txt').click();
    await secchi.command('Copy objects to paste');
    await secchi.connection().click();
    await page.getByRole('option', { name: /^Mirror us-east/ }).click();
    await secchi.buckets().getByText('mirror').dblclick();
    await secchi.objects().getByText('weather/').click();
    await page.keyboard.press('ControlOrMeta+v');
    await expect(secchi.objects().getByText('ATTRIBUTION.txt')).toBeVisible();
    expect(await keys()).toContain('ATTRIBUTION.txt');

    // Both lists side by side: objects are dragged from one to the other.
    const dock = (await page.locator('.dv-dockview').boundingBox())!;
    await drag(page.locator('.dv-tab', { hasText: /secchi-samples\/$/ }), dock.x + dock.width - 12, dock.y + dock.height / 2);
    await expect(secchi.objects()).toHaveCount(2);
    const [samples, mirror] = [secchi.objects().filter({ hasText: 'birdstrikes/' }), secchi.objects().filter({ hasNotText: 'birdstrikes/' })];
    const onto = (await mirror.getByText('weather/').boundingBox())!;
    await drag(samples.getByText('birdstrikes/'), onto.x + 20, onto.y + 8);
    await expect.poll(async () => (await keys()).filter((key) => key?.startsWith('birdstrikes/')).length).toBeGreaterThan(0);
  } finally {
    await lake.stop();
  }
});
