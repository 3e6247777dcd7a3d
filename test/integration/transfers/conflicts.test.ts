import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, symlink, utimes, writeFile } from 'node:fs/promises';
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

describe('downloads onto what is there', () => {
  const contents = { 'a.txt': 'new a', 'b.txt': 'new b', 'sub/c.txt': 'new c' };
  const read = async (...at: string[]) => (await readFile(path.join(...at))).toString();
  const isGet = ({ method, url }: SeenRequest) => method === 'GET' && !url.includes('list-type');
  /** The objects in `PREFIX/`, and a folder where two of them are there already. */
  async function prepare(prefix: string): Promise<string> {
    for (const [name, content] of Object.entries(contents)) await lab.put(`${prefix}/${name}`, content);
    const to = await lab.folder();
    await mkdir(path.join(to, 'sub'));
    for (const name of ['a.txt', 'sub/c.txt']) await writeFile(path.join(to, name), 'old');
    return to;
  }
  const what = (prefix: string) => ({ prefixes: [`${prefix}/`], basePrefix: `${prefix}/` });
  const after = (to: string) => Promise.all(Object.keys(contents).map((name) => read(to, name)));

  test.each([
    ['overwrite', ['new a', 'new b', 'new c'], { filesDone: 3 }],
    ['skip', ['old', 'new b', 'old'], { filesDone: 1, filesSkipped: 2 }],
    ['keepBoth', ['old', 'new b', 'old'], { filesDone: 3 }],
    ['newer', ['new a', 'new b', 'new c'], { filesDone: 3 }],
  ] as const)('%s', async (policy, contents, counts) => {
    const to = await prepare(`d-${policy}`);
    expect(await lab.download(what(`d-${policy}`), to, { policy })).toMatchObject({ state: 'done', filesFailed: 0, ...counts });
    expect(await after(to)).toEqual(contents);
    if (policy === 'keepBoth') expect([await read(to, 'a (2).txt'), await read(to, 'sub/c (2).txt')]).toEqual(['new a', 'new c']);
  });

  test('newer: a file of the same size is left where it was changed after the object', async () => {
    const to = await lab.folder();
    for (const [name, hours] of [['late', 1], ['early', -1]] as const) {
      await lab.put(`d-times/${name}`, 'new');
      await writeFile(path.join(to, name), 'old');
      await utimes(path.join(to, name), Date.now() / 1000 + hours * 3600, Date.now() / 1000 + hours * 3600);
    }
    expect(await lab.download(what('d-times'), to, { policy: 'newer' })).toMatchObject({ state: 'done', filesDone: 1, filesSkipped: 1 });
    expect([await read(to, 'late'), await read(to, 'early')]).toEqual(['old', 'new']);
  });

  test('ask: sizes and dates of both sides are told before any object is read; the answer holds after a restart', async () => {
    const to = await prepare('d-ask');
    const from = lab.proxy.seen.length;
    const { id } = await lab.startDownload(what('d-ask'), to, { policy: 'ask' });
    expect(await lab.until(id, settled)).toMatchObject({ state: 'needsAnswer', conflicts: 2, filesTotal: 3 });
    expect(lab.proxy.seen.slice(from).filter((request) => !request.url.includes('list-type'))).toEqual([]);
    const date = expect.stringMatching(/^\d{4}-\d\d-\d\dT/) as string;
    const conflicts = await waiting(id);
    expect(conflicts).toMatchObject([
      { key: 'd-ask/a.txt', ours: { size: 5, modified: date }, there: { size: 3, modified: date } },
      { key: 'd-ask/sub/c.txt', ours: { size: 5, modified: date }, there: { size: 3, modified: date } },
    ]);
    await lab.restart();
    await answer(id, 'skip', [{ index: conflicts[0]!.index, choice: 'keepBoth' }]);
    expect(await lab.until(id, settled)).toMatchObject({ state: 'done', filesDone: 2, filesSkipped: 1 });
    expect([...(await after(to)), await read(to, 'a (2).txt')]).toEqual(['old', 'new b', 'old', 'new a']);
  });

  test.each([
    ['skip', { state: 'done', filesSkipped: 1 }],
    ['ask', { state: 'needsAnswer', conflicts: 1 }],
    ['keepBoth', { state: 'done', filesSkipped: 0 }],
  ] as const)('FAULTS 10: a race: a file that appears after the plan is kept, small and large (%s)', async (policy, verdict) => {
    const large = randomBytes(9 * MIB);
    for (const [name, body] of [['small', 'mine'], ['large', large]] as const) {
      const key = `d-race-${policy}/${name}`;
      await lab.put(key, body);
      const to = await lab.folder();
      lab.proxy.add({ when: (request) => isGet(request) && request.url.includes(key), fault: { kind: 'hold', until: () => writeFile(path.join(to, name), 'theirs') }, times: 1 });
      const { id } = await lab.startDownload({ keys: [key], basePrefix: `d-race-${policy}/` }, to, { policy });
      expect(await lab.until(id, settled)).toMatchObject(verdict);
      expect(await read(to, name)).toBe('theirs');
      if (policy === 'keepBoth') expect(sha256(await readFile(path.join(to, `${name} (2)`)))).toBe(sha256(Buffer.from(body)));
      if (policy === 'ask') {
        const from = lab.proxy.seen.length;
        await answer(id, 'overwrite');
        expect(await lab.until(id, settled)).toMatchObject({ state: 'done', filesDone: 1 });
        expect(sha256(await readFile(path.join(to, name)))).toBe(sha256(Buffer.from(body)));
        if (name === 'large') expect(lab.proxy.seen.slice(from).filter(isGet)).toEqual([]);
      }
      expect((await readdir(to)).filter((entry) => entry.startsWith('.secchi'))).toEqual([]);
    }
  });

  test('a file that changes while the question is open is not written over', async () => {
    const to = await prepare('d-moving');
    const { id } = await lab.startDownload(what('d-moving'), to, { policy: 'ask' });
    await lab.until(id, asks);
    await writeFile(path.join(to, 'a.txt'), 'somebody else');
    await answer(id, 'overwrite');
    expect(await lab.until(id, settled)).toMatchObject({ state: 'needsAnswer', conflicts: 1, filesDone: 2 });
    expect(await read(to, 'a.txt')).toBe('somebody else');
  });

  test('FAULTS 2: a link in the place of a file is asked about and replaced, never followed; one in the place of a folder is not looked into', async () => {
    await lab.put('d-links/file', 'new');
    await lab.put('d-links/away/kept', 'new');
    const [to, outside] = [await lab.folder(), await lab.folder()];
    await writeFile(path.join(outside, 'kept'), 'kept');
    await symlink(path.join(outside, 'kept'), path.join(to, 'file'));
    await symlink(outside, path.join(to, 'away'));
    const { id } = await lab.startDownload(what('d-links'), to, { policy: 'ask' });
    expect(await lab.until(id, settled)).toMatchObject({ state: 'needsAnswer', conflicts: 1 });
    await answer(id, 'overwrite');
    expect(await lab.until(id, settled)).toMatchObject({ state: 'failed', filesDone: 1, filesFailed: 1, error: { resource: path.join(to, 'away') } });
    expect([await read(outside, 'kept'), await read(to, 'file')]).toEqual(['kept', 'new']);
  });
});

describe('proposed downloads', () => {
  test('FAULTS 3, 4: counts, names that are written differently, archived objects and free space are told before; archived ones fail by name', async () => {
    await lab.put('told/a', 'a');
    await lab.put('told/a/b', 'bb');
    await lab.put('told/c\u0001', 'ccc');
    await lab.put('told/empty/', '');
    await lab.put('told/cold', 'cold', { StorageClass: 'GLACIER' });
    const to = await lab.folder();
    const { id } = await lab.startDownload({ prefixes: ['told/'], basePrefix: 'told/' }, to, { propose: true, policy: 'ask' });
    const proposal = await lab.until(id, settled);
    expect(proposal).toMatchObject({ state: 'needsAnswer', proposed: true, filesTotal: 5, bytesTotal: 10, survey: { folders: 1, renamed: 2, archived: 1, archivedBytes: 4, free: expect.any(Number) as number } });
    expect(proposal.survey!.examples!.map(({ key }) => key)).toEqual(['a/b', 'c\u0001']);
    expect(await readdir(to)).toEqual([]);
    await answer(id, 'ask');
    expect(await lab.until(id, settled)).toMatchObject({ state: 'failed', filesDone: 4, filesFailed: 1, error: { awsCode: 'InvalidObjectState', resource: 's3://bucket/told/cold' } });
    expect((await readdir(to)).sort()).toEqual(['%61', 'a', 'c%01', 'empty']);
  });

  test('FAULTS 11: a proposal larger than the disk says so by its numbers, and does not start', async () => {
    const listing = '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><Prefix>huge/</Prefix><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType><Contents><Key>huge/x</Key><LastModified>2024-01-01T00:00:00.000Z</LastModified><ETag>"0"</ETag><Size>5000000000000000</Size><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>';
    lab.proxy.add({ when: ({ url }) => url.includes('list-type'), fault: { kind: 'answer', status: 200, body: listing, headers: { 'content-type': 'application/xml' } } });
    const { id } = await lab.startDownload({ prefixes: ['huge/'] }, await lab.folder(), { propose: true, policy: 'ask' });
    const { bytesTotal, survey } = await lab.until(id, settled);
    expect(bytesTotal).toBeGreaterThan(survey!.free!);
    await answer(id, 'ask');
    expect(await lab.until(id, settled)).toMatchObject({ state: 'failed', error: { code: 'DiskFull' } });
  });

  test('empty folders go up as placeholders and come back as folders', async () => {
    const folder = await tree('round', { 'full/x': 'x' });
    await mkdir(path.join(folder, 'void/deeper'), { recursive: true });
    expect(await lab.upload(folder, 'trip/', { policy: 'ask' })).toMatchObject({ state: 'done' });
    expect(await lab.keys('trip/')).toEqual(['trip/round/full/x', 'trip/round/void/deeper/']);
    const to = await lab.folder();
    expect(await lab.download({ prefixes: ['trip/round/'], basePrefix: 'trip/' }, to, { policy: 'ask' })).toMatchObject({ state: 'done' });
    expect((await readdir(to, { recursive: true })).sort()).toEqual(['round', 'round/full', 'round/full/x', 'round/void', 'round/void/deeper']);
  });
});
