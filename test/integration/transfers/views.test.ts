import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ended, startTransferLab, type TransferLab } from '../../support/transfers.ts';

let lab: TransferLab;
beforeAll(async () => void (lab = await startTransferLab({ transfers: 1 })));
afterAll(() => lab.close());
afterEach(() => lab.proxy.clear());

async function tree(name: string, files: number): Promise<string> {
  const folder = path.join(await lab.folder(), name);
  await mkdir(folder);
  for (let n = 0; n < files; n += 1) await writeFile(path.join(folder, `file-${String(n).padStart(3, '0')}`), `${n}`);
  return folder;
}

test('the files of a transfer are shown page by page, by state and by name', async () => {
  const denied = '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>no</Message></Error>';
  lab.proxy.add({ when: ({ method, url }) => method === 'PUT' && /file-0[13]0/.test(url), fault: { kind: 'answer', status: 403, body: denied, headers: { 'content-type': 'application/xml' } } });
  const { id } = await lab.upload(await tree('paged', 50), 'paged/');
  const first = await lab.handlers.files({ input: { id, max: 20 } });
  expect(first.files.map(({ index }) => index)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  const rest = await lab.handlers.files({ input: { id, after: first.next!, max: 100 } });
  expect([rest.files.length, rest.next]).toEqual([30, null]);
  const { files: failed } = await lab.handlers.files({ input: { id, states: ['failed'], max: 100 } });
  expect(failed.map(({ key, error }) => [key, error?.code]).sort()).toEqual([
    ['paged/paged/file-010', 'AccessDenied'],
    ['paged/paged/file-030', 'AccessDenied'],
  ]);
  expect((await lab.handlers.files({ input: { id, text: 'FILE-04', max: 100 } })).files).toHaveLength(10);
});

test('a waiting transfer can be put before another; the order outlives a restart', async () => {
  lab.proxy.add({ when: ({ method }) => method === 'PUT', fault: { kind: 'delay', ms: 600_000 } });
  const [running, a, b, c] = await Promise.all(['r', 'a', 'b', 'c'].map(async (name) => lab.startUpload([await tree(name, 1)], 'order/')));
  const order = async () => (await lab.handlers.list({ input: undefined })).filter((t) => !ended(t)).sort((x, y) => x.order - y.order).map(({ id }) => id);
  const before = await order();
  const last = before.at(-1)!;
  await lab.handlers.reorder({ input: { id: last, before: before[1]! } });
  const after = [before[0]!, last, ...before.slice(1, -1)];
  expect(await order()).toEqual(after);
  await lab.restart();
  expect(await order()).toEqual(after);
  lab.proxy.clear();
  for (const { id } of [running!, a!, b!, c!]) await lab.until(id, ended);
});

test('a limit applies to what already runs, and is kept', async () => {
  await lab.handlers.changeLimits({ input: { up: 16_384 } });
  const at = path.join(await lab.folder(), 'limited');
  await writeFile(at, Buffer.alloc(300_000));
  const begun = performance.now();
  const { id } = await lab.startUpload([at], 'limited/');
  await lab.until(id, ({ state, speed }) => state === 'running' && speed > 0);
  await lab.restart();
  expect(await lab.handlers.limits({ input: undefined })).toEqual({ up: 16_384, down: null });
  await lab.handlers.changeLimits({ input: { up: 400_000 } });
  expect((await lab.until(id, ended)).state).toBe('done');
  expect(performance.now() - begun).toBeGreaterThan(500);
  await lab.handlers.changeLimits({ input: { up: null } });
});

test('what is cleared from the list is found in the history, by the keys it moved too, until that is cleared', async () => {
  const { id } = await lab.upload(await tree('findable', 3), 'history/');
  await lab.handlers.clear({ input: undefined });
  expect(await lab.handlers.list({ input: undefined })).toEqual([]);
  const search = async (text: string, more = {}) => (await lab.handlers.history({ input: { text, max: 50, ...more } })).transfers.map((t) => t.id);
  expect(await search('findable')).toEqual([id]);
  expect(await search('Findable/file-002')).toEqual([id]);
  expect(await search('findable', { states: ['failed'] })).toEqual([]);
  expect(await search('findable', { to: '2001-01-01T00:00:00.000Z' })).toEqual([]);
  const pages: string[] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = await lab.handlers.history({ input: { after, max: 2 } });
    pages.push(...page.transfers.map((t) => t.id));
    after = page.next ?? undefined;
    more = page.next !== null;
  }
  expect(new Set(pages).size).toBe(pages.length);
  expect(pages[0]).toBe(id);
  expect(await lab.handlers.files({ input: { id, max: 10 } })).toMatchObject({ next: null, files: [{ state: 'done' }, { state: 'done' }, { state: 'done' }] });
  await lab.handlers.clearHistory({ input: undefined });
  expect((await lab.handlers.history({ input: { max: 50 } })).transfers).toEqual([]);
});
