import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { BUCKET, ended, sha256, startTransferLab, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
let lab: TransferLab;
beforeAll(async () => void (lab = await startTransferLab({ pageSilence: 1500 })));
afterAll(() => lab.close());
afterEach(() => lab.proxy.clear());

const at = { connectionId: 'local', bucket: BUCKET };
const remove = async (what: { keys?: string[]; prefixes?: string[] }) => {
  const { id } = await lab.handlers.delete({ input: { ...at, keys: what.keys ?? [], prefixes: what.prefixes ?? [] } });
  return lab.until(id, ended);
};
const fill = async (prefix: string, count: number) => {
  for (let from = 0; from < count; from += 50) await Promise.all(Array.from({ length: Math.min(50, count - from) }, (_, n) => lab.put(`${prefix}${String(from + n).padStart(5, '0')}`, 'x')));
};

describe('deletes', () => {
  test('keys and everything below prefixes go, by the thousand; what lies beside stays', async () => {
    await fill('del/many/', 1010);
    await lab.put('del/one', 'x');
    await lab.put('del/many', 'stays');
    await lab.put('del/odd +%&é\n', 'x');
    const from = lab.proxy.seen.length;
    expect(await remove({ keys: ['del/one', 'del/odd +%&é\n'], prefixes: ['del/many/'] })).toMatchObject({ state: 'done', filesTotal: 1012, filesDone: 1012, filesFailed: 0 });
    expect(await lab.keys('del/')).toEqual(['del/many']);
    expect(lab.proxy.seen.slice(from).filter(({ method, url }) => method === 'POST' && url.includes('delete')).length).toBe(3);
  });

  test('after a stop in the middle the rest is deleted', async () => {
    await fill('half/', 20);
    let batches = 0;
    const isDelete = ({ method, url }: { method: string; url: string }) => method === 'POST' && url.includes('delete');
    lab.proxy.add({ when: (request) => isDelete(request) && ++batches > 1, fault: { kind: 'delay', ms: 600_000 } });
    const { id } = await lab.handlers.delete({ input: { ...at, keys: ['half/00000'], prefixes: ['half/'] } });
    await lab.until(id, (transfer) => transfer.filesDone === 1 && batches > 1);
    await lab.restart();
    lab.proxy.clear();
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done' });
    expect(await lab.keys('half/')).toEqual([]);
  });

  test('a key S3 refuses to delete is named with the action; Retry deletes it', async () => {
    await lab.put('locked', 'x');
    const body = '<?xml version="1.0"?><DeleteResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Error><Key>locked</Key><Code>AccessDenied</Code><Message>Access Denied</Message></Error></DeleteResult>';
    lab.proxy.add({ when: ({ method }) => method === 'POST', fault: { kind: 'answer', status: 200, body, headers: { 'content-type': 'application/xml' } }, times: 1 });
    const transfer = await remove({ keys: ['locked'] });
    expect(transfer).toMatchObject({ state: 'failed', filesFailed: 1, error: { code: 'AccessDenied', action: 's3:DeleteObject', resource: 's3://bucket/locked' } });
    await lab.handlers.retry({ input: { id: transfer.id } });
    expect(await lab.until(transfer.id, ended)).toMatchObject({ state: 'done', filesDone: 1, filesFailed: 0 });
    expect(await lab.keys('locked')).toEqual([]);
  });
});

/** A page with files: PUTs what is wanted until the transfer ends or `leaves` says so. */
async function page(id: string, files: Uint8Array[], leaves: (sent: number) => boolean = () => false): Promise<number> {
  let sent = 0;
  for (;;) {
    if (leaves(sent)) return sent;
    const wanted = await lab.handlers.wanted({ input: { id, max: 4 } });
    if (wanted === null) return sent;
    if (leaves(sent)) return sent;
    await Promise.all(
      wanted.map(async ({ file, offset, length, url }) => {
        const response = await fetch(lab.backend.ticketOrigin + url, { method: 'PUT', body: files[file]!.slice(offset, offset + length) as Uint8Array<ArrayBuffer> });
        if (response.ok) sent += length;
      }),
    );
  }
}

const begin = { ...at, folders: [], policy: 'overwrite' as const, propose: false };

describe('uploads from a page', () => {
  const files = [randomBytes(40 * MIB), randomBytes(10), new Uint8Array()];
  const chosen = ['drop/big.bin', 'drop/sub/.small', 'drop/empty'].map((relativePath, n) => ({ relativePath, size: files[n]!.length, lastModified: 1000 + n }));
  const start = () => lab.handlers.browserUpload({ input: { ...begin, prefix: 'page/', files: chosen } });

  test('the page sends slices as they are wanted, and the files arrive whole', async () => {
    const { id } = await start();
    const sent = await page(id, files);
    expect(sent).toBe(40 * MIB + 10);
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 3, bytesDone: 40 * MIB + 10, source: 'drop' });
    for (const [n, file] of files.entries()) expect(sha256(await lab.bytes(`page/${chosen[n]!.relativePath}`))).toBe(sha256(file));
    await remove({ prefixes: ['page/'] });
  });

  test('a page that is gone: the row asks for the file again; choosing it goes on where it was', async () => {
    const { id } = await start();
    await page(id, files, (sent) => sent >= 8 * MIB);
    expect(await lab.until(id, ({ state }) => state === 'needsFile')).toMatchObject({ error: { code: 'Unavailable' } });
    await lab.restart();
    expect((await lab.handlers.list({ input: undefined })).find((transfer) => transfer.id === id)).toMatchObject({ state: 'needsFile' });
    const changed = chosen.map((file, n) => (n === 0 ? { ...file, size: file.size + 1 } : file));
    await expect(lab.handlers.browserUpload({ input: { ...begin, prefix: 'page/', files: changed, again: id } })).rejects.toMatchObject({ code: 'Conflict', detail: expect.stringContaining('big.bin') });
    // Another order this time: the page knows the files by other indexes.
    const again = await lab.handlers.browserUpload({ input: { ...begin, prefix: 'page/', files: [...chosen].reverse(), again: id } });
    expect(again.id).toBe(id);
    const sent = await page(id, [...files].reverse());
    expect(sent).toBeLessThan(40 * MIB);
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 3 });
    expect(sha256(await lab.bytes('page/drop/big.bin'))).toBe(sha256(files[0]!));
  });

  test('an address takes its bytes once, and only as many as were asked for', async () => {
    const { id } = await lab.handlers.browserUpload({ input: { ...begin, prefix: 'once/', files: [{ relativePath: 'x', size: 4, lastModified: 1 }] } });
    const [slice] = (await lab.handlers.wanted({ input: { id, max: 1 } }))!;
    const put = (body: string) => fetch(lab.backend.ticketOrigin + slice!.url, { method: 'PUT', body });
    expect((await put('12345')).status).toBe(409);
    expect((await put('1234')).status).toBe(404);
    expect(await lab.until(id, ended)).toMatchObject({ state: 'failed', error: { code: 'Conflict' } });
  });
});

test('one object goes to the browser through an address that works once', async () => {
  const bytes = randomBytes(3 * MIB);
  await lab.put('to/browser é.bin', bytes);
  const { url, fileName } = await lab.handlers.browserDownload({ input: { ...at, key: 'to/browser é.bin' } });
  expect(fileName).toBe('browser é.bin');
  const response = await fetch(lab.backend.ticketOrigin + url);
  expect(sha256(new Uint8Array(await response.arrayBuffer()))).toBe(sha256(bytes));
  expect((await fetch(lab.backend.ticketOrigin + url)).status).toBe(404);
});

test('changes are told ten times a second at most; the first event holds all', async () => {
  await lab.put('watched', randomBytes(MIB));
  const stop = new AbortController();
  const events: { at: number; changed: Transfer[] }[] = [];
  const watching = (async () => {
    for await (const changed of await lab.handlers.watch({ input: undefined, signal: stop.signal })) events.push({ at: Date.now(), changed });
  })();
  const transfer = await lab.download({ keys: ['watched'] }, await lab.folder());
  await expect.poll(() => events.at(-1)?.changed.find(({ id }) => id === transfer.id)?.state, { timeout: 5000 }).toBe('done');
  stop.abort();
  await watching;
  expect(events[0]!.changed.length).toBeGreaterThan(3);
  for (let n = 1; n < events.length; n += 1) expect(events[n]!.at - events[n - 1]!.at).toBeGreaterThan(80);
  await lab.handlers.clear({ input: undefined });
  expect(await lab.handlers.list({ input: undefined })).toEqual([]);
  await lab.restart();
  expect(await lab.handlers.list({ input: undefined })).toEqual([]);
});
