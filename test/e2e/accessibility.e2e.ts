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
  });
}
