import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { tarOf, zipOfOne } from '../support/archives.ts';
import { pdfOf } from '../support/pdf.ts';
import { expect, test } from './fixtures.ts';

test('what is inside objects is shown: PDF by ranges, archives, a hostile file, and the table and partition of a path', async ({ secchi, page, folder }) => {
  const files: Record<string, Buffer | string> = {
    'paper.pdf': pdfOf(60, 60_000),
    'app.jar': zipOfOne('data/rows.csv', Buffer.from('city,people\nSeoul,9411000\n')),
    'logs.tar.gz': gzipSync(tarOf({ 'a.log': 'first line\n', 'b.csv': 'x,y\n1,2\n' })),
    'bad.parquet': Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(5000, 7), Buffer.from([0xff, 0xff, 0xff, 0x7f]), Buffer.from('PAR1')]),
    'notes.md': '# A heading\n\n<script>document.title = "taken"</script>[link](https://example.invalid/)\n',
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(path.join(folder, name), content);
  const preview = secchi.preview().first();
  await secchi.part('Store');
  await secchi.buckets().getByText('secchi-samples').dblclick();
  await secchi.path().fill('s3://secchi-samples/inside/');
  await secchi.path().press('Enter');
  await secchi.drop(secchi.objects(), Object.keys(files).map((name) => path.join(folder, name)));

  await secchi.objects().getByText('paper.pdf').click();
  await expect(preview.getByText('Page 1 of 60')).toBeVisible();
  /** The grey of the rectangle's middle. */
  const grey = () => preview.locator('canvas').evaluate((canvas: HTMLCanvasElement) => canvas.getContext('2d')!.getImageData(canvas.width / 2, Math.floor(canvas.height * 0.6), 1, 1).data[0]!);
  await expect.poll(grey).toBeLessThan(12);
  const goTo = preview.getByRole('textbox', { name: 'Go to page' });
  await goTo.fill('50');
  await goTo.press('Enter');
  await expect.poll(grey).toBeGreaterThan(195);
  const [, read, size] = /· ([\d.]+) (?:KB|MB) of ([\d.]+) MB/.exec((await preview.getByText(/Read for this preview/).textContent()) ?? '')!;
  expect(Number(size)).toBeGreaterThan(3);
  expect((await preview.getByText(/Read for this preview/).textContent())!).toMatch(/\d+ KB of/);
  expect(Number(read)).toBeLessThan(800);

  await secchi.objects().getByText('app.jar').click();
  await preview.getByRole('option', { name: /rows\.csv/ }).click();
  await expect(preview.getByText('Seoul')).toBeVisible();
  await preview.getByRole('button', { name: 'Back to app.jar' }).click();
  await expect(preview.getByRole('listbox')).toBeVisible();

  await secchi.objects().getByText('bad.parquet').click();
  await expect(preview.getByRole('alert')).toContainText('s3://secchi-samples/inside/bad.parquet cannot be read');
  await secchi.objects().getByText('logs.tar.gz').click();
  await expect(preview.getByRole('option')).toHaveCount(2);
  await preview.getByRole('listbox').press('ArrowDown');
  await expect(preview.getByRole('option', { name: /b\.csv/ })).toHaveAttribute('aria-selected', 'true');
  await preview.getByRole('listbox').press('Enter');
  await expect(preview.getByRole('columnheader', { name: 'x' })).toBeVisible();

  await secchi.objects().getByText('notes.md').click();
  await expect(preview.getByRole('heading', { name: 'A heading' })).toBeVisible();
  await expect(preview.getByRole('link')).toHaveCount(0);
  expect(await page.title()).not.toBe('taken');

  await secchi.path().fill('s3://secchi-samples/flights/month=2001-01/flights-2001-01.parquet');
  await secchi.path().press('Enter');
  await expect(preview.getByText('registered', { exact: true })).toBeVisible();
  await page.keyboard.press('Alt+p');
  const tab = secchi.preview().last();
  await tab.getByRole('textbox', { name: 'Go to row' }).fill('200,000');
  await tab.getByRole('textbox', { name: 'Go to row' }).press('Enter');
  await expect(tab.getByText(/^200,000–200,099 of 508,239$/)).toBeVisible();
  await tab.getByRole('tab', { name: 'Schema' }).click();
  await expect(tab.getByRole('table', { name: /Schema of/ }).getByText('destination')).toBeVisible();
  await tab.getByRole('button', { name: 'SQL for this object' }).click();
  await expect(page.getByText("'2001-01'").first()).toBeVisible();
  expect(await secchi.run()).toMatch(/Succeeded/i);
});
