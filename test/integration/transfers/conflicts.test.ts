import { randomBytes } from 'node:crypto';
import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SeenRequest } from '../../support/faultyProxy.ts';
import { ended, sha256, startTransferLab, type Policy, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
let lab: TransferLab;
beforeAll(async () => void (lab = await startTransferLab()));
afterAll(() => lab.close());
afterEach(() => lab.proxy.clear());

const text = async (key: string) => Buffer.from(await lab.bytes(key)).toString();
const texts = (keys: string[]) => Promise.all(keys.map(text));
const isPut = ({ method }: SeenRequest) => method === 'PUT';
const asks = ({ state }: { state: string }) => state === 'needsAnswer';
const settled = (transfer: Parameters<typeof ended>[0]) => ended(transfer) || asks(transfer);
const waiting = async (id: string) => lab.handlers.conflicts({ input: { id, after: -1, max: 100 } });
const answer = (id: string, all: Policy, some: { index: number; choice: Exclude<Policy, 'ask'> }[] = [], hidden = true) => lab.handlers.answer({ input: { id, all, some, hidden } });

/** A folder `NAME` with these files in it. */
async function tree(name: string, files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = path.join(await lab.folder(), name);
  await mkdir(folder);
  for (const [at, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, at)), { recursive: true });
    await writeFile(path.join(folder, at), content);
  }
  return folder;
}

describe('uploads onto what is there', () => {
  const files = { 'a.txt': 'new a', 'b.txt': 'new b', 'sub/c.txt': 'new c', 'sub/d.txt': 'new d' };
  const there = ['a.txt', 'sub/c.txt'];
  const prepare = async (name: string) => {
    for (const at of there) await lab.put(`${name}/${at}`, 'old');
    return tree(name, files);
  };
  const after = (name: string) => texts(Object.keys(files).map((at) => `${name}/${at}`));

  test.each([
    ['overwrite', ['new a', 'new b', 'new c', 'new d'], { filesDone: 4 }],
    ['skip', ['old', 'new b', 'old', 'new d'], { filesDone: 2, filesSkipped: 2 }],
    ['keepBoth', ['old', 'new b', 'old', 'new d'], { filesDone: 4 }],
  ] as const)('%s', async (policy, contents, counts) => {
    const folder = await prepare(policy);
    expect(await lab.upload(folder, '', { policy })).toMatchObject({ state: 'done', filesFailed: 0, ...counts });
    expect(await after(policy)).toEqual(contents);
    if (policy === 'keepBoth') expect(await texts(['keepBoth/a (2).txt', 'keepBoth/sub/c (2).txt'])).toEqual(['new a', 'new c']);
  });

  test('newer: another size or a later change overwrites, the rest is left', async () => {
    await lab.put('newer/same.txt', 'old');
    await lab.put('newer/late.txt', 'old');
    const folder = await tree('newer', { 'same.txt': 'new', 'late.txt': 'new', 'size.txt': 'newer' });
    const now = Date.now() / 1000;
    await utimes(path.join(folder, 'same.txt'), now - 3600, now - 3600);
    await utimes(path.join(folder, 'late.txt'), now + 3600, now + 3600);
    expect(await lab.upload(folder, '', { policy: 'newer' })).toMatchObject({ state: 'done', filesDone: 2, filesSkipped: 1 });
    expect(await texts(['newer/same.txt', 'newer/late.txt'])).toEqual(['old', 'new']);
  });

  test('ask: sizes and dates of both sides are told before anything is written, one listing and no look at single objects', async () => {
    const folder = await prepare('ask');
    const from = lab.proxy.seen.length;
    const { id } = await lab.startUpload([folder], '', { policy: 'ask' });
    expect(await lab.until(id, settled)).toMatchObject({ state: 'needsAnswer', conflicts: 2, filesTotal: 4 });
    const seen = lab.proxy.seen.slice(from);
    expect(seen.map(({ method }) => method)).toEqual(['GET']);
    expect(seen[0]!.url).toContain('list-type=2');
    const conflicts = await waiting(id);
    const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
    expect(conflicts.map(({ index: _, ...rest }) => rest)).toEqual(['a.txt', 'sub/c.txt'].map((name) => ({ key: `ask/${name}`, ours: { size: 5, modified: date }, there: { size: 3, modified: date } })));
    await lab.restart(); // the question outlives a restart
    await answer(id, 'skip', [{ index: conflicts[1]!.index, choice: 'overwrite' }]);
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 3, filesSkipped: 1 });
    expect(await after('ask')).toEqual(['old', 'new b', 'new c', 'new d']);
  });

  test('what is written there while the question is open is not written over, though “overwrite” was the answer for what was seen', async () => {
    const folder = await prepare('moving');
    const { id } = await lab.startUpload([folder], '', { policy: 'ask' });
    await lab.until(id, asks);
    await lab.put('moving/a.txt', 'somebody else');
    await answer(id, 'overwrite');
    expect(await lab.until(id, settled)).toMatchObject({ state: 'needsAnswer', conflicts: 1, filesDone: 3 });
    expect(await waiting(id)).toMatchObject([{ key: 'moving/a.txt', there: { size: 13 } }]);
    expect(await text('moving/a.txt')).toBe('somebody else');
    await answer(id, 'overwrite');
    expect(await lab.until(id, settled)).toMatchObject({ state: 'done', filesDone: 4 });
    expect(await text('moving/a.txt')).toBe('new a');
  });

  test.each([
    ['skip', { state: 'done', filesDone: 1, filesSkipped: 1 }],
    ['ask', { state: 'needsAnswer', filesDone: 1, conflicts: 1 }],
    ['keepBoth', { state: 'done', filesDone: 2 }],
  ] as const)('a race: an object that appears after the listing is kept (%s)', async (policy, verdict) => {
    const name = `race-${policy}`;
    const folder = await tree(name, { mine: 'mine', other: 'other' });
    lab.proxy.add({ when: (request) => isPut(request) && request.url.includes('/mine'), fault: { kind: 'hold', until: () => lab.put(`${name}/mine`, 'theirs') }, times: 1 });
    const { id } = await lab.startUpload([folder], '', { policy });
    expect(await lab.until(id, settled)).toMatchObject(verdict);
    expect(await text(`${name}/mine`)).toBe('theirs');
    if (policy === 'keepBoth') expect(await text(`${name}/mine (2)`)).toBe('mine');
  });

  test('a race at the end of a large upload: the parts are kept for the answer; left out, nothing is left of them', async () => {
    const bytes = randomBytes(9 * MIB);
    const folder = await tree('large', { 'one.bin': bytes, 'two.bin': bytes });
    const isComplete = ({ method, url }: SeenRequest) => method === 'POST' && url.includes('uploadId=');
    for (const name of ['one', 'two']) {
      lab.proxy.add({ when: (request) => isComplete(request) && request.url.includes(name), fault: { kind: 'hold', until: () => lab.put(`large/${name}.bin`, 'theirs') }, times: 1 });
    }
    const { id } = await lab.startUpload([folder], '', { policy: 'ask' });
    expect(await lab.until(id, settled)).toMatchObject({ state: 'needsAnswer', conflicts: 2 });
    const from = lab.proxy.seen.length;
    const [one] = await waiting(id);
    await answer(id, 'skip', [{ index: one!.index, choice: 'overwrite' }]);
    expect(await lab.until(id, settled)).toMatchObject({ state: 'done', filesDone: 1, filesSkipped: 1 });
    expect(lab.proxy.seen.slice(from).filter(({ url }) => url.includes('partNumber='))).toEqual([]);
    expect(sha256(await lab.bytes('large/one.bin'))).toBe(sha256(bytes));
    expect(await text('large/two.bin')).toBe('theirs');
    expect(await lab.openUploads()).toBe(0);
  });

  test('an answer of S3 that got lost is no conflict with oneself', async () => {
    lab.proxy.add({ when: isPut, fault: { kind: 'cut', bytes: 0 }, times: 1 });
    expect(await lab.upload(await tree('lost', { x: 'x' }), '', { policy: 'skip' })).toMatchObject({ state: 'done', filesDone: 1, filesSkipped: 0, bytesDone: 1 });
  });

  test('where the target may not be listed, single files that are there are still not written over', async () => {
    await lab.put('blind/a', 'old');
    const denied = '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>no</Message></Error>';
    lab.proxy.add({ when: ({ method, url }) => method === 'HEAD' || url.includes('list-type'), fault: { kind: 'answer', status: 403, body: denied, headers: { 'content-type': 'application/xml' } } });
    const { id } = await lab.startUpload([await tree('blind', { a: 'new', b: 'new' })], '', { policy: 'ask' });
    expect(await lab.until(id, settled)).toMatchObject({ state: 'needsAnswer', conflicts: 1, filesDone: 1, survey: { unlisted: true } });
    expect(await waiting(id)).toMatchObject([{ key: 'blind/a', there: {} }]);
    await answer(id, 'overwrite');
    expect(await lab.until(id, settled)).toMatchObject({ state: 'done', filesDone: 2 });
    expect(await text('blind/a')).toBe('new');
  });

  test('a store without conditional writes is written to as the listing told', async () => {
    await lab.put('plain/a', 'old');
    const body = '<?xml version="1.0"?><Error><Code>NotImplemented</Code><Message>A header you provided implies functionality that is not implemented</Message></Error>';
    lab.proxy.add({ when: ({ headers }) => 'if-none-match' in headers || 'if-match' in headers, fault: { kind: 'answer', status: 501, body, headers: { 'content-type': 'application/xml' } } });
    expect(await lab.upload(await tree('plain', { a: 'new', b: 'new' }), '', { policy: 'skip' })).toMatchObject({ state: 'done', filesDone: 1, filesSkipped: 1 });
    expect(await texts(['plain/a', 'plain/b'])).toEqual(['old', 'new']);
  });
});

describe('proposed uploads', () => {
  test('files and bytes are counted and nothing is sent; hidden files go only where the answer takes them', async () => {
    const folder = await tree('proposed', { 'a.txt': 'a', '.env': 'secret', '.git/config': 'git', 'only/.keep': '', 'Thumbs.db': 'db' });
    await mkdir(path.join(folder, 'empty'));
    const { id } = await lab.startUpload([folder], '', { propose: true, policy: 'ask' });
    expect(await lab.until(id, settled)).toMatchObject({ state: 'needsAnswer', proposed: true, filesTotal: 7, bytesTotal: 12, survey: { hidden: 4, hiddenBytes: 11, folders: 2 } });
    expect(await lab.keys('proposed/')).toEqual([]);
    await answer(id, 'ask', [], false);
    expect(await lab.until(id, settled)).toMatchObject({ state: 'done', filesTotal: 3, filesDone: 3, bytesDone: 1 });
    expect(await lab.keys('proposed/')).toEqual(['proposed/a.txt', 'proposed/empty/', 'proposed/only/']);
  });

  test('cancelled before it was answered, it is forgotten', async () => {
    const { id } = await lab.startUpload([await tree('left', { a: 'a' })], '', { propose: true, policy: 'ask' });
    await lab.until(id, asks);
    expect(await lab.handlers.cancel({ input: { id } })).toMatchObject({ state: 'cancelled' });
    expect((await lab.handlers.list({ input: undefined })).map((one) => one.id)).not.toContain(id);
    expect(await lab.keys('left/')).toEqual([]);
  });

  test('answered while it is still counted, it starts by itself; “ask” then asks about what is there', async () => {
    await lab.put('early/a', 'old');
    let listed = () => undefined as void;
    lab.proxy.add({ when: ({ url }) => url.includes('list-type'), fault: { kind: 'hold', until: () => new Promise<void>((resolve) => (listed = resolve)) }, times: 1 });
    const { id } = await lab.startUpload([await tree('early', { a: 'new', b: 'new' })], '', { propose: true, policy: 'ask' });
    await lab.until(id, ({ state }) => state === 'scanning');
    expect(await answer(id, 'ask')).toMatchObject({ state: 'scanning' });
    listed();
    expect(await lab.until(id, settled)).toMatchObject({ state: 'needsAnswer', conflicts: 1, proposed: undefined });
    await answer(id, 'skip');
    expect(await lab.until(id, settled)).toMatchObject({ state: 'done', filesDone: 1, filesSkipped: 1 });
  });
});
