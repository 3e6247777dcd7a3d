import type { Locator, Page } from 'playwright-core';
import type { SecchiWindow } from '../../support/secchiWindow.ts';

export interface Scene {
  page: Page;
  secchi: SecchiWindow;
  theme: 'dark' | 'light';
}
/** A picture's name, and what must be done for it; it is taken when that is over. */
export type Screen = [name: string, show: (scene: Scene) => Promise<unknown>];

/** An entry of the menu that a right click on something opens. */
export async function choose({ secchi, page }: Scene, on: Locator, entry: string): Promise<void> {
  await on.click({ button: 'right' });
  await page.getByRole('menuitem', { name: secchi.words(entry) }).click();
}

/** The dialog that is shown; menus and lists of choices are none. */
export const dialogOf = ({ page }: Scene): Locator => page.getByRole('dialog').last();

/** Types the path into an objects tab; opens one where there is none. */
export async function goTo({ secchi, page }: Scene, uri: string): Promise<void> {
  await secchi.part('Store');
  if ((await secchi.path().count()) === 0) await secchi.command('Go to a bucket or prefix');
  await secchi.path().last().fill(uri);
  await secchi.path().last().press('Enter');
  await page.keyboard.press('Escape');
}

/** Adds a connection by access keys to an endpoint, as its user would, and switches to it. */
export async function connect({ secchi, page }: Scene, name: string, endpoint: string, keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }, { writing = false } = {}): Promise<void> {
  const said = secchi.words;
  await page.keyboard.press('Escape');
  await secchi.command('Connect to AWS…');
  const dialog = page.getByRole('dialog');
  await dialog.getByText(said('Access keys')).click();
  await dialog.getByLabel(said('Name'), { exact: true }).fill(name);
  await dialog.getByLabel(said('Access key ID')).fill(keys.accessKeyId);
  await dialog.getByLabel(said('Secret access key')).fill(keys.secretAccessKey);
  await dialog.getByLabel(said('Endpoint URL')).fill(endpoint);
  await dialog.getByRole('button', { name: said('Connect'), exact: true }).click();
  if (writing) {
    await dialog.getByRole('switch', { name: said('Read-only') }).click();
    await page.getByRole('button', { name: said('Allow changes') }).click();
  }
  await dialog.getByRole('button', { name: said('Switch to it') }).click();
  await dialog.waitFor({ state: 'hidden' });
}

/** Closes all tabs, so that what follows begins with an empty dock. */
export async function closeTabs({ page }: Scene): Promise<void> {
  await page.keyboard.press('Escape');
  while ((await page.locator('.dv-tab').count()) > 0) {
    const before = await page.locator('.dv-tab').count();
    await page.keyboard.press('Alt+w');
    await page.waitForFunction((many) => document.querySelectorAll('.dv-tab').length < many, before);
  }
}
