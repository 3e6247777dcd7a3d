import { findings } from '../support/axe.ts';
import { expect, test } from './fixtures.ts';

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`in ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('the objects, SQL, results and table screens have no serious accessibility finding', async ({ secchi, page }) => {
      expect(await secchi.run('SELECT origin, count(*) AS n FROM samples.flights GROUP BY 1 ORDER BY n DESC')).toMatch(/Succeeded/i);
      await secchi.cell(0, '0').waitFor();
      expect(await findings(page), 'SQL and results').toEqual([]);

      await secchi.catalog().getByRole('treeitem', { name: /^airports/ }).dblclick();
      await page.getByText('OpenCSVSerde').or(page.getByText('LazySimpleSerDe')).first().waitFor();
      expect(await findings(page), 'table').toEqual([]);

      await secchi.part('Store');
      await secchi.buckets().getByText('secchi-samples').dblclick();
      await secchi.objects().getByText('flights/').waitFor();
      expect(await findings(page), 'objects').toEqual([]);

      await page.keyboard.press('ControlOrMeta+k');
      await page.getByRole('dialog').waitFor();
      expect(await findings(page), 'palette').toEqual([]);
    });

    test('parameters, price, plan, saved queries and history have none either', async ({ secchi, page }) => {
      await secchi.writeSql('SELECT count(*) FROM samples.flights WHERE delay > :least');
      await page.getByRole('textbox', { name: ':least', exact: true }).fill('5');
      await page.getByRole('combobox', { name: 'Type of :least' }).selectOption('number');
      await page.getByText('no partition filter').waitFor();
      await secchi.command('Measure: run it and show the plan (EXPLAIN ANALYZE)');
      await page.getByRole('treegrid', { name: 'Query plan' }).waitFor();
      await page.keyboard.press('Alt+s');
      await page.getByText('No saved queries').waitFor();
      expect(await findings(page), 'parameters, plan and saved queries').toEqual([]);
      await page.keyboard.press('Alt+h');
      await page.getByRole('row', { name: /EXPLAIN ANALYZE/ }).waitFor();
      expect(await findings(page), 'history').toEqual([]);
    });
  });
}
