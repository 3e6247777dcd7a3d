import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createGrants } from '../../../../electron/transport/grants.ts';
import { listFolder, makeFolder } from '../../../../electron/services/app/folders.ts';
import { startInProcess } from '../../../support/inProcessBackend.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'secchi-app-'));
  await mkdir(path.join(dir, 'folder'));
  await writeFile(path.join(dir, 'file10'), 'abc');
  await writeFile(path.join(dir, 'file9'), '');
  await symlink('/etc', path.join(dir, 'link'));
});
afterAll(() => rm(dir, { recursive: true, force: true }));

describe('the chooser of the browser host', () => {
  test('lists folders first, names as people count, links left out (FAULTS 2)', async () => {
    const { entries, parent, truncated } = await listFolder(dir);
    expect(entries.map(({ name }) => name)).toEqual(['folder', 'file9', 'file10']);
    expect(entries[2]).toMatchObject({ size: 3, isFolder: false });
    expect({ parent, truncated }).toEqual({ parent: path.dirname(dir), truncated: false });
  });

  test('begins at home, and follows ~', async () => {
    expect((await listFolder()).path).toBe(homedir());
    expect((await listFolder('~')).path).toBe(homedir());
    expect((await listFolder('/')).parent).toBeNull();
  });

  test('what is no folder is told by name', async () => {
    await expect(listFolder(path.join(dir, 'gone'))).rejects.toMatchObject({ code: 'NotFound' });
    await expect(listFolder(path.join(dir, 'file9'))).rejects.toMatchObject({ code: 'BadInput' });
  });
});

describe('making a folder', () => {
  test('makes what leads to it too; one that is there is no error', async () => {
    const wanted = path.join(dir, 'new', 'deep');
    await makeFolder(wanted);
    await makeFolder(wanted);
    expect((await listFolder(wanted)).entries).toEqual([]);
  });

  test('a file in the way is told by name', async () => {
    await expect(makeFolder(path.join(dir, 'file9', 'below'))).rejects.toMatchObject({ code: 'BadInput' });
  });
});

describe('grants', () => {
  const grants = createGrants();

  test('a path chosen for one purpose serves that purpose only', async () => {
    const { grant, displayPath, isFolder } = await grants.grant(path.join(dir, 'file9'), 'read');
    expect({ displayPath, isFolder }).toEqual({ displayPath: path.join(dir, 'file9'), isFolder: false });
    expect(grants.resolve(grant, 'read')).toBe(path.join(dir, 'file9'));
    expect(() => grants.resolve(grant, 'save')).toThrow(/another purpose/);
    expect(() => grants.resolve('made-up', 'read')).toThrow(/not chosen here/);
  });

  test.each([
    ['relative/path', 'read', 'BadInput'],
    ['/nul\0byte', 'read', 'BadInput'],
    ['/nowhere/at/all', 'read', 'NotFound'],
    ['/nowhere/at/all', 'save', 'NotFound'],
    ['/dev/null', 'read', 'BadInput'],
    [tmpdir(), 'save', 'BadInput'],
  ] as const)('%s to %s is %s', async (wanted, purpose, code) => {
    await expect(grants.grant(wanted, purpose)).rejects.toMatchObject({ code });
  });

  test('a file to save need not be there; a folder must', async () => {
    expect(await grants.grant(path.join(dir, 'new.csv'), 'save')).toMatchObject({ isFolder: false });
    expect(await grants.grant(path.join(dir, 'folder'), 'folder')).toMatchObject({ isFolder: true });
    await expect(grants.grant(path.join(dir, 'file9'), 'folder')).rejects.toMatchObject({ code: 'BadInput' });
  });
});

test('each host refuses by name what only the other can do', async () => {
  const browser = await startInProcess();
  const inBrowser = await browser.connect();
  await expect(inBrowser.client.app.choose({ what: 'openFiles' })).rejects.toMatchObject({ code: 'NotImplemented' });
  await expect(inBrowser.client.app.reveal({ path: '/tmp/x' })).rejects.toMatchObject({ code: 'NotImplemented' });
  expect(await inBrowser.client.app.grantPath({ path: dir, for: 'folder' })).toMatchObject({ displayPath: dir });
  inBrowser.link.close();
  await browser.stop();

  const asked: unknown[] = [];
  const choose = async (...question: unknown[]) => {
    asked.push(question);
    return [path.join(dir, 'out.csv')];
  };
  const desktop = await startInProcess({ host: { kind: 'electron', choose } });
  const inDesktop = await desktop.connect();
  await expect(inDesktop.client.app.listFolder({})).rejects.toMatchObject({ code: 'NotImplemented' });
  await expect(inDesktop.client.app.grantPath({ path: dir, for: 'read' })).rejects.toMatchObject({ code: 'NotImplemented' });
  const [granted] = (await inDesktop.client.app.choose({ what: 'saveFile', suggestedName: '../../out.csv' }))!;
  expect(granted).toMatchObject({ displayPath: path.join(dir, 'out.csv') });
  expect(asked).toEqual([['saveFile', 'out.csv']]);
  inDesktop.link.close();
  await desktop.stop();
});

test('settings change one by one, and keep what was not named', async () => {
  const backend = await startInProcess();
  const { client, link } = await backend.connect();
  await Promise.all([client.workspace.changeSettings({ theme: 'dark' }), client.workspace.changeSettings({ language: 'ko' })]);
  expect(await client.workspace.settings()).toMatchObject({ theme: 'dark', language: 'ko', askBeforeClosingRunning: true });
  await expect(client.workspace.changeSettings({ resultsBudget: -1 })).rejects.toMatchObject({ code: 'BadInput', detail: expect.stringContaining('resultsBudget') });
  link.close();
  await backend.stop();
});
