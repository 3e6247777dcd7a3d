import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { APP_ORIGIN } from '../../../electron/shell/origin.ts';
import { control } from '../../support/electron-stand-in/control.ts';
import { ipcMain } from '../../support/electron-stand-in/ipc.ts';
import { app, permissionHandlers } from '../../support/electron-stand-in/index.ts';
import { protocolHandlers } from '../../support/electron-stand-in/window.ts';
import { SecchiWindow } from '../../support/secchiWindow.ts';

let folder: string;
let page: Page;
let secchi: SecchiWindow;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'secchi-shell-'));
  control.appPath = path.resolve(import.meta.dirname, '../../..');
  control.userData = folder;
  writeFileSync(path.join(folder, 'dropped.csv'), 'a,b\n1,2\n');
  control.droppedPaths = { 'dropped.csv': path.join(folder, 'dropped.csv') };
  process.argv.push('--data-dir', path.join(folder, 'data'));
  await import('../../../electron/main.ts');
  page = await control.page();
  secchi = new SecchiWindow(page);
  await secchi.ready();
}, 120_000);

afterAll(async () => {
  // A test that failed may have left it running.
  if (control.windows.length > 0) {
    control.messageBoxAnswers.push(0);
    const ended = new Promise<void>((resolve) => (control.quit = resolve));
    app.quit();
    await ended;
  }
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

describe('the window', () => {
  test('is sandboxed and isolated, with no Node in the page', async () => {
    expect(control.windows[0]!.options.webPreferences).toMatchObject({ sandbox: true, contextIsolation: true, nodeIntegration: false });
    expect(await page.evaluate(() => [typeof (globalThis as { require?: unknown }).require, typeof (globalThis as { process?: unknown }).process])).toEqual(['undefined', 'undefined']);
  });

  test('gives the page nothing but the bridge', async () => {
    expect(await page.evaluate(() => Object.keys(window.secchi ?? {}))).toEqual(['pathsForFiles']);
  });

  test('is shown once it can be, and has a menu of roles', () => {
    expect(control.windows[0]!.isVisible()).toBe(true);
    expect(JSON.stringify(control.menu)).toContain('"role":"paste"');
  });

  test('is served with a policy that allows scripts of its own only', async () => {
    const answer = await protocolHandlers.get('app')!(new Request(`${APP_ORIGIN}/index.html`));
    expect(answer.headers.get('content-security-policy')).toMatch(/script-src 'self';/);
    expect((await protocolHandlers.get('app')!(new Request(`${APP_ORIGIN}/..%2f..%2fpackage.json`))).status).toBe(404);
  });
});

describe('what a page may ask for', () => {
  test('no permission but writing the clipboard and notifications', () => {
    const contents = control.windows[0]!.webContents;
    const asked: Record<string, boolean> = {};
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'clipboard-sanitized-write']) {
      permissionHandlers.request!(contents, permission, (allowed) => (asked[permission] = allowed));
    }
    expect(asked).toEqual({ media: false, geolocation: false, notifications: true, 'clipboard-read': false, 'clipboard-sanitized-write': true });
  });

  test('no navigation away and no new window', () => {
    const contents = control.windows[0]!.webContents;
    const refused: string[] = [];
    for (const url of ['https://example.org/', 'file:///etc/passwd', `${APP_ORIGIN}.example.org/`, `${APP_ORIGIN}/index.html`]) {
      contents.emit('will-navigate', { url, preventDefault: () => refused.push(url) });
    }
    expect(refused).toEqual(['https://example.org/', 'file:///etc/passwd', `${APP_ORIGIN}.example.org/`]);
    expect(contents.openHandler!({ url: 'https://example.org/' })).toEqual({ action: 'deny' });
    expect(control.openedExternally).toEqual([]);
  });

  test('FAULTS 26: messages of a foreign page are refused', async () => {
    const contents = control.windows[0]!.webContents;
    contents.senderUrl = 'https://example.org/';
    try {
      await expect(ipcMain.invoke('secchi:grant-dropped', contents.event(), [[path.join(folder, 'dropped.csv')]])).rejects.toThrow('Refused');
    } finally {
      contents.senderUrl = undefined;
    }
  });
});

describe('the main job over a MessagePort', () => {
  test('runs SQL on the sample lake', async () => {
    await secchi.catalog().getByRole('treeitem', { name: 'flights', exact: true }).waitFor();
    await secchi.newSqlTab();
    await secchi.page.getByRole('tab', { name: 'Query.sql' }).waitFor();
    await secchi.editor().waitFor();
    expect(await secchi.run('SELECT count(*) AS n FROM samples.flights')).toMatch(/Succeeded/i);
    await expect.poll(() => secchi.cell(0, '0').textContent()).toBe('3000000');
  });

  test('exports where the native dialog says', async () => {
    const target = path.join(folder, 'answer.csv');
    control.dialogAnswers.push([target]);
    await secchi.button(/^Export/).click();
    await page.getByRole('menuitem', { name: /^CSV/ }).click();
    await expect.poll(() => readOrEmpty(target), { timeout: 30_000 }).toBe('n\r\n3000000\r\n');
    expect(JSON.stringify(control.dialogOptions)).toContain('showOverwriteConfirmation');
  });

  test('uploads what is dropped, read from disk by the backend', async () => {
    await secchi.part('Store');
    await secchi.buckets().getByText('secchi-samples').dblclick();
    await secchi.path().fill('s3://secchi-samples/dropped/');
    await secchi.path().press('Enter');
    await page.getByText(/empty|drop/i).first().waitFor();
    await secchi.drop(secchi.objects(), [path.join(folder, 'dropped.csv')]);
    await secchi.objects().getByText('dropped.csv').waitFor();
  });
});

describe('quitting', () => {
  test('asks about running queries as closing the window does, and goes on where they are to be kept', async () => {
    await secchi.part('Analyse');
    await secchi.newSqlTab();
    await secchi.editor().waitFor();
    await secchi.writeSql('SELECT count(*) FROM samples.flights a CROSS JOIN samples.flights b WHERE (a.delay * b.distance) % 7 = 3');
    await secchi.editor().focus();
    await page.keyboard.press('ControlOrMeta+Enter');
    await secchi.query().filter({ hasText: /Running|Queued/ }).waitFor();
    const asked = () => control.dialogOptions.filter((options) => JSON.stringify(options).includes('Queries are still running')).length;
    app.quit();
    await expect.poll(asked).toBe(1);
    // The window and the backend are there as before.
    await secchi.button('Stop').waitFor();
    expect(await secchi.query().textContent()).toMatch(/Running|Queued/);
    control.messageBoxAnswers.push(0);
    const ended = new Promise<void>((resolve) => (control.quit = resolve));
    app.quit();
    await ended;
    expect(asked()).toBe(2);
    expect(control.windows).toEqual([]);
  });
});

const readOrEmpty = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};
