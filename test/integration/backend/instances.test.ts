import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openStore } from '../../../electron/storage/store.ts';
import { startBackend } from '../../support/backend.ts';
import { eventually } from '../../support/eventually.ts';
import { startBundle } from '../../support/serve.ts';

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'secchi-instances-'));
});
afterEach(() => rm(dataDir, { recursive: true, force: true }));

const again = () => startBundle('serve', ['--no-open', '--empty', '--data-dir', dataDir]);

describe('FAULTS 27: two copies', () => {
  test('the second prints the address of the first, and ends', async () => {
    const first = await startBackend({ dataDir });
    const second = await again();
    expect(second.ready.url).toBe(first.url);
    await second.stop();
    expect(await first.client.workspace.load()).toEqual({ tabs: [], view: {} });
    await first.stop();
  });

  test('where another program holds the folder, the second says so', async () => {
    const store = await openStore(path.join(dataDir, 'app'));
    await expect(again()).rejects.toThrow(/Another Secchi is using .*--data-dir/s);
    await store.close();
  });

  test('what a killed first one left behind stops nobody', async () => {
    const first = await startBackend({ dataDir });
    await first.kill();
    const second = await startBackend({ dataDir });
    expect(second.url).not.toBe(first.url);
    await second.stop();
  });

  test('killed while it writes: every answered write is there, and the rest is whole', async () => {
    const first = await startBackend({ dataDir });
    const answered = new Map<string, string>();
    let writing = true;
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let i = 0; writing; i++) {
        const text = `${'select '.repeat(200)}${i}`;
        try {
          await first.client.workspace.saveText({ tabId: `tab${writer}`, text });
          await first.client.workspace.changeSettings({ resultsBudget: i + 1 });
        } catch {
          return; // the backend is gone
        }
        answered.set(`tab${writer}`, text);
      }
    });
    await eventually(async () => answered.size === 4);
    await first.kill();
    writing = false;
    await Promise.all(writers);
    const second = await startBackend({ dataDir });
    for (const [tabId, text] of answered) {
      const { text: kept } = await second.client.workspace.loadText({ tabId });
      // The next write may have reached the disk before its answer reached us.
      expect([text, text.replace(/\d+$/, (n) => String(Number(n) + 1))]).toContain(kept);
    }
    expect((await second.client.workspace.settings()).resultsBudget).toBeGreaterThan(0);
    await second.stop();
  });
});

test('tabs and texts come back after a kill -9', async () => {
  const first = await startBackend({ dataDir });
  const tab = { id: 't1', connectionId: 'local', kind: 'sql', title: 'Query 1', params: { database: 'samples' } } as const;
  await first.client.workspace.save({ tabs: [tab], activeTab: 't1', view: { sideBar: 240 }, layout: { grid: [1] } });
  await first.client.workspace.saveText({ tabId: 't1', text: 'SELECT 한글' });
  await first.kill();
  const second = await startBackend({ dataDir });
  expect(await second.client.workspace.load()).toEqual({ tabs: [tab], activeTab: 't1', view: { sideBar: 240 }, layout: { grid: [1] } });
  expect(await second.client.workspace.loadText({ tabId: 't1' })).toEqual({ text: 'SELECT 한글' });
  await second.client.workspace.dropText({ tabId: 't1' });
  expect(await second.client.workspace.loadText({ tabId: 't1' })).toEqual({ text: null });
  await second.stop();
});

test('files that hold keys are for their owner only, and the redirect holds no launch key', async () => {
  const backend = await startBackend({ dataDir });
  for (const name of ['serve.json', 'open.html']) expect((await stat(path.join(dataDir, 'app', name))).mode & 0o077).toBe(0);
  const key = new URL(backend.url).hash.slice('#key='.length);
  expect(await readFile(path.join(dataDir, 'app', 'open.html'), 'utf8')).not.toContain(key);
  await backend.stop();
  for (const name of ['serve.json', 'open.html']) await expect(stat(path.join(dataDir, 'app', name))).rejects.toThrow();
});

test('a port that is taken, and a folder that cannot be made, are told by name', async () => {
  const backend = await startBackend({ dataDir });
  const { port } = new URL(backend.url);
  await expect(startBundle('serve', ['--no-open', '--empty', '--port', port, '--data-dir', path.join(dataDir, 'other')])).rejects.toThrow(new RegExp(`Port ${port} .* --port`));
  await expect(startBundle('serve', ['--no-open', '--data-dir', path.join(dataDir, 'app', 'open.html', 'x')])).rejects.toThrow(/cannot be made.*--data-dir/s);
  await backend.stop();
});

test('an option that does not exist is refused, with the usage', async () => {
  await expect(startBundle('serve', ['--prot', '1'])).rejects.toThrow(/--port N/);
  await expect(startBundle('serve', ['--port', '99999'])).rejects.toThrow(/is not a port/);
});
