import { expect, test } from './fixtures.ts';

test.use({ locale: 'ko-KR' });

test('follows a Korean system, and composing Hangul in the editor triggers no shortcut', async ({ page, served }) => {
  await page.goto(served.url);
  await expect(page.locator('html')).toHaveAttribute('lang', 'ko');
  const editor = page.locator('.monaco-editor textarea, .monaco-editor [role=textbox]').first();
  await editor.focus();
  const before = await page.locator('[role=tab]').count();
  const client = await page.context().newCDPSession(page);
  await client.send('Input.imeSetComposition', { text: 'ㅎ', selectionStart: 1, selectionEnd: 1 });
  await client.send('Input.imeSetComposition', { text: '한', selectionStart: 1, selectionEnd: 1 });
  await client.send('Input.insertText', { text: '한글' });
  await expect(page.locator('.view-line').filter({ hasText: '한글' }).first()).toBeVisible();
  expect(await page.locator('[role=tab]').count()).toBe(before);
});
