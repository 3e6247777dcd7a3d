import { expect, test } from './fixtures.ts';
import { startRedshift } from '../support/redshiftServer.ts';

test('a tab runs on Redshift where its connection is AWS: it says where, completes from its catalog, marks its errors and keeps all of it', async ({ secchi, page, served }) => {
  const redshift = await startRedshift();
  try {
    await redshift.sql("CREATE SCHEMA public; CREATE TABLE public.trips AS SELECT range AS id, 'trip ' || range AS label FROM range(3)");
    await served.client.connections.create({ name: 'Warehouse', kind: 'keys', region: 'us-east-1', endpoint: redshift.endpoint, accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' });
    await secchi.newSqlTab();
    // The lake of this computer has no Redshift.
    await page.getByRole('button', { name: 'Engine: Athena' }).click();
    await expect(page.getByRole('option', { name: /Redshift/ })).toHaveAttribute('data-combobox-disabled', 'true');
    await page.keyboard.press('Escape');

    await page.reload();
    await secchi.ready();
    await secchi.connection().click();
    await page.getByRole('option', { name: /Warehouse/ }).click();
    await secchi.newSqlTab();
    await secchi.command('Run this tab with Redshift');
    await page.getByRole('button', { name: 'Redshift: Choose a workgroup…' }).click();
    await page.getByRole('textbox', { name: 'Workgroup' }).fill('analytics');
    await page.getByRole('button', { name: 'Use it' }).click();
    await expect(page.getByText('paid by the hour, not by statement')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Database: dev' })).toBeVisible();

    expect(await secchi.run('SELECT id, label FROM public.trips ORDER BY id DESC')).toContain('3 rows');
    await expect(secchi.cell(0, '1')).toHaveText('trip 2');
    expect(await secchi.run('SELECT id,\n  labell FROM public.trips')).toContain('Failed');
    await expect(page.getByRole('button', { name: 'Go to line 2, column 3' })).toBeVisible();
    // New connections are read-only until somebody says otherwise.
    await secchi.writeSql('DROP TABLE public.trips');
    await page.keyboard.press('ControlOrMeta+Enter');
    await expect(page.getByRole('button', { name: /Allow changes on/ })).toBeVisible();

    await page.reload();
    await secchi.ready();
    await expect(page.getByRole('button', { name: 'Redshift: analytics' })).toBeVisible();
    expect((await served.client.runs.history({ max: 10 })).runs.map(({ engine, state }) => [engine, state])).toEqual([['redshift', 'failed'], ['redshift', 'succeeded']]);
  } finally {
    await redshift.close();
  }
});

test('the catalog in the side bar goes into Redshift: places, databases, schemas, tables, columns, each read when it is opened', async ({ secchi, page, served }) => {
  const redshift = await startRedshift();
  try {
    await redshift.sql("CREATE SCHEMA public; CREATE SCHEMA secret; CREATE TABLE public.trips AS SELECT range AS id, 'trip ' || range AS label FROM range(3)");
    await served.client.connections.create({ name: 'Warehouse', kind: 'keys', region: 'us-east-1', endpoint: redshift.endpoint, accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' });
    await page.reload();
    await secchi.ready();
    await expect(secchi.catalog().getByRole('treeitem', { name: 'Amazon Redshift' })).toHaveCount(0);
    await secchi.connection().click();
    await page.getByRole('option', { name: /Warehouse/ }).click();
    const node = (name: string) => secchi.catalog().getByRole('treeitem', { name, exact: true });
    // Glue is denied here: that stays in its own row.
    await expect(node('Amazon Redshift')).toBeVisible();
    await node('Amazon Redshift').dblclick();
    await node('Choose a workgroup or cluster…').dblclick();
    await page.getByRole('button', { name: 'Redshift: Choose a workgroup…' }).click();
    await page.getByRole('textbox', { name: 'Workgroup' }).fill('analytics');
    await page.getByRole('button', { name: 'Use it' }).click();

    await node('analytics').dblclick();
    expect(redshift.seen.some(({ operation }) => operation === 'ListSchemas')).toBe(false);
    await node('dev').dblclick();
    await node('secret').dblclick();
    await expect(secchi.catalog()).toContainText('Denied: redshift-data:ListTables');
    await node('public').dblclick();
    await node('trips').dblclick();
    await expect(node('label')).toBeVisible();

    await secchi.writeSql('SELECT * FROM ');
    await node('trips').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Insert into editor' }).click();
    await expect(page.locator('.view-lines').filter({ visible: true })).toContainText('FROM public.trips');
    await node('trips').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Query', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Redshift: analytics' }).filter({ visible: true })).toBeVisible();
    await expect(page.locator('.view-lines').filter({ visible: true })).toContainText('LIMIT 100');
    expect(await secchi.run()).toContain('3 rows');
  } finally {
    await redshift.close();
  }
});
