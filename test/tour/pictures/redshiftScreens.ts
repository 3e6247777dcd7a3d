import { startRedshift } from '../../support/redshiftServer.ts';
import { closeTabs, connect, type Screen } from './scene.ts';

/** A tab on Redshift, against the server of the tests. */
export async function redshiftScreens(): Promise<{ screens: Screen[]; close(): Promise<void> }> {
  const redshift = await startRedshift();
  await redshift.sql("CREATE SCHEMA public; CREATE TABLE public.trips AS SELECT range AS id, 'trip ' || range AS label, range * 1.25::DECIMAL(10,2) AS fare FROM range(1200)");
  return {
    close: () => redshift.close(),
    screens: [
      [
        'redshift-place',
        async (scene) => {
          const { page, secchi } = scene;
          await closeTabs(scene);
          await connect(scene, 'Warehouse', redshift.endpoint);
          await secchi.newSqlTab();
          await secchi.command('Run this tab with Redshift');
          await page.getByRole('button', { name: 'Redshift: Choose a workgroup…' }).click();
          await page.getByText('Cluster', { exact: true }).click();
          await page.getByRole('textbox', { name: 'Database user' }).waitFor();
        },
      ],
      [
        'redshift-rows',
        async ({ page, secchi }) => {
          await page.getByText('Serverless workgroup', { exact: true }).click();
          await page.getByRole('textbox', { name: 'Workgroup' }).fill('analytics');
          await page.getByRole('button', { name: 'Use it' }).click();
          await secchi.run('SELECT id, label, fare FROM public.trips ORDER BY fare DESC');
          await secchi.cell(0, '1').waitFor();
        },
      ],
      [
        'redshift-tree',
        async ({ page, secchi }) => {
          await secchi.part('Analyse');
          for (const name of ['Amazon Redshift', 'analytics', 'dev', 'public', 'trips']) await secchi.catalog().getByRole('treeitem', { name, exact: true }).dblclick();
          await secchi.catalog().getByRole('treeitem', { name: 'fare', exact: true }).waitFor();
          await page.mouse.move(900, 500);
        },
      ],
      [
        'redshift-error',
        async ({ page, secchi }) => {
          await secchi.run('SELECT id,\n  labell\nFROM public.trips');
          await page.getByRole('button', { name: /Go to line 2/ }).waitFor();
        },
      ],
    ],
  };
}
