import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findChromium } from '../../../../electron/browser/appWindow.ts';
import { announce, findRunning, writeRedirect } from '../../../../electron/browser/instance.ts';
import { defaultDataDir, parseOptions } from '../../../../electron/browser/options.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'secchi-browser-'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

test('data goes where applications keep theirs', () => {
  expect(defaultDataDir('linux', { XDG_DATA_HOME: '/x' })).toBe('/x/secchi');
  expect(defaultDataDir('linux', {})).toMatch(/\.local\/share\/secchi$/);
  expect(defaultDataDir('darwin', {})).toMatch(/Library\/Application Support\/Secchi\/data$/);
});

test('options are read, and what is none is refused', () => {
  expect(parseOptions(['--port', '8080', '--data-dir', '/d', '--no-open'])).toEqual({ port: 8080, dataDir: '/d', open: false, empty: false });
  for (const wrong of [['--port', 'x'], ['--port', '-1'], ['--what'], ['stray']]) expect(() => parseOptions(wrong)).toThrow();
});

test('a browser is looked for only where there is a display', async () => {
  const browser = path.join(dir, 'chromium');
  await writeFile(browser, '#!/bin/sh\n');
  await chmod(browser, 0o755);
  expect(await findChromium('linux', { PATH: `/nowhere:${dir}`, DISPLAY: ':0' })).toBe(browser);
  expect(await findChromium('linux', { PATH: `/nowhere:${dir}` })).toBeUndefined();
  expect(await findChromium('linux', { PATH: '/nowhere', DISPLAY: ':0' })).toBeUndefined();
});

test('the redirect is for its owner only, also where a readable file was in its place', async () => {
  await writeFile(path.join(dir, 'open.html'), 'old', { mode: 0o644 });
  const file = await writeRedirect(dir, 'http://127.0.0.1:1/#key=a"b&c');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(await readFile(file, 'utf8')).toContain('url=http://127.0.0.1:1/#key=a&quot;b&amp;c"');
});

test('an announcement that nobody answers to, or that is broken, is none', async () => {
  const forget = await announce(dir, 'http://127.0.0.1:9/#key=x');
  expect(await findRunning(dir)).toBeUndefined();
  await writeFile(path.join(dir, 'serve.json'), '{"pid": 1, "url"');
  expect(await findRunning(dir)).toBeUndefined();
  await forget();
  expect(await findRunning(dir)).toBeUndefined();
});
