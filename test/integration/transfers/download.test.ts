import { randomBytes } from 'node:crypto';
import { lstat, mkdir, readFile, readdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { SeenRequest } from '../../support/faultyProxy.ts';
import { BUCKET, ended, sha256, startTransferLab, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
let lab: TransferLab;
beforeAll(async () => void (lab = await startTransferLab({ rangeSize: MIB })));
afterAll(() => lab.close());
afterEach(() => lab.proxy.clear());

const isGet = ({ method, url }: SeenRequest) => method === 'GET' && !url.includes('list-type') && !url.includes('?attributes');
const read = async (...at: string[]) => (await readFile(path.join(...at))).toString();
/** All files below a folder, relative, sorted. */
async function tree(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name))).sort();
}

describe('downloads', () => {
  test('a prefix and an object arrive by ranges, whole and checked', async () => {
    const bytes = randomBytes(5 * MIB + 3);
    await lab.put('d/big.bin', bytes);
    await lab.put('d/sub/small.txt', 'small');
    await lab.put('e.txt', 'e');
    const to = await lab.folder();
    const transfer = await lab.download({ prefixes: ['d/'], keys: ['e.txt'] }, to);
    expect(transfer).toMatchObject({ state: 'done', filesDone: 3, bytesDone: bytes.length + 6, bytesTotal: bytes.length + 6, error: undefined });
    expect(await tree(to)).toEqual(['d/big.bin', 'd/sub/small.txt', 'e.txt']);
    expect(sha256(await readFile(path.join(to, 'd/big.bin')))).toBe(sha256(bytes));
  });

  test('an object of parts with a checksum by part is checked part by part', async () => {
    const parts = [randomBytes(5 * MIB), randomBytes(MIB)];
    const { UploadId } = await lab.s3.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key: 'composite', ChecksumAlgorithm: 'SHA256' }));
    const Parts = [];
    for (const [at, Body] of parts.entries()) {
      const { ETag, ChecksumSHA256 } = await lab.s3.send(new UploadPartCommand({ Bucket: BUCKET, Key: 'composite', UploadId, PartNumber: at + 1, Body, ChecksumAlgorithm: 'SHA256' }));
      Parts.push({ ETag, ChecksumSHA256, PartNumber: at + 1 });
    }
    await lab.s3.send(new CompleteMultipartUploadCommand({ Bucket: BUCKET, Key: 'composite', UploadId, MultipartUpload: { Parts } }));
    const to = await lab.folder();
    expect(await lab.download({ keys: ['composite'] }, to)).toMatchObject({ state: 'done' });
    expect(sha256(await readFile(path.join(to, 'composite')))).toBe(sha256(Buffer.concat(parts)));
    lab.proxy.add({ when: isGet, fault: { kind: 'corrupt', at: 5 } });
    expect(await lab.download({ keys: ['composite'] }, await lab.folder())).toMatchObject({ state: 'failed', error: { code: 'ChecksumMismatch' } });
  });

  test('a prefix that holds nothing is an error, not an empty success', async () => {
    expect(await lab.download({ prefixes: ['nothing/here/'] }, await lab.folder())).toMatchObject({ state: 'failed', error: { code: 'NotFound' } });
  });

  test('after a stop in the middle it goes on with the ranges that are missing', async () => {
    const bytes = randomBytes(24 * MIB);
    await lab.put('long.bin', bytes);
    const isLater = ({ headers }: SeenRequest) => Number(/bytes=(\d+)/.exec(String(headers.range))?.[1]) >= 12 * MIB;
    lab.proxy.add({ when: (request) => isGet(request) && isLater(request), fault: { kind: 'delay', ms: 600_000 } });
    const to = await lab.folder();
    const { id } = await lab.startDownload({ keys: ['long.bin'] }, to);
    await lab.until(id, (transfer) => transfer.bytesDone === 12 * MIB);
    await lab.restart();
    lab.proxy.clear();
    const from = lab.proxy.seen.length;
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done', bytesDone: bytes.length });
    expect(lab.proxy.seen.slice(from).filter(isGet).every(isLater)).toBe(true);
    expect(sha256(await readFile(path.join(to, 'long.bin')))).toBe(sha256(bytes));
  });
});

describe('hostile keys', () => {
  test('FAULTS 1: keys that lead out of the folder are refused and reported; a..b is a name', async () => {
    for (const key of ['h/../x', 'h/..', 'h//../x', 'h/a/../../x', 'h/a..b']) await lab.put(key, key);
    const to = path.join(await lab.folder(), 'in');
    await mkdir(to);
    const transfer = await lab.download({ prefixes: ['h/'], basePrefix: 'h/' }, to);
    expect(transfer).toMatchObject({ state: 'failed', filesFailed: 4, filesDone: 1, error: { code: 'BadInput' } });
    expect(await tree(path.dirname(to))).toEqual(['in/a..b']);
    await lab.handlers.retry({ input: { id: transfer.id } });
    expect(await lab.until(transfer.id, ended)).toMatchObject({ state: 'failed', filesFailed: 4 });
  });

  test('FAULTS 2: links inside the folder are not followed', async () => {
    await lab.put('l/away/x', 'x');
    await lab.put('l/file', 'new');
    const base = await lab.folder();
    const [outside, to] = [path.join(base, 'outside'), path.join(base, 'in')];
    await mkdir(outside);
    await mkdir(to);
    await writeFile(path.join(outside, 'kept'), 'kept');
    await symlink(outside, path.join(to, 'away'));
    await symlink(path.join(outside, 'kept'), path.join(to, 'file'));
    expect(await lab.download({ prefixes: ['l/'], basePrefix: 'l/' }, to)).toMatchObject({ state: 'failed', filesFailed: 1, filesDone: 1, error: { code: 'BadInput', resource: path.join(to, 'away') } });
    expect(await readdir(outside)).toEqual(['kept']);
    expect(await read(outside, 'kept')).toBe('kept');
    expect((await lstat(path.join(to, 'file'))).isFile()).toBe(true);
    expect(await read(to, 'file')).toBe('new');
  });

  test('FAULTS 4: A and a, NFC and NFD, a and a/b: every object has a file of its own', async () => {
    const keys = ['c/A', 'c/a', 'c/\u00e9', 'c/e\u0301', 'c/n', 'c/n/b', 'c/n/c/d', 'c//n'];
    for (const key of keys) await lab.put(key, key);
    const to = await lab.folder();
    expect(await lab.download({ prefixes: ['c/'], basePrefix: 'c/' }, to)).toMatchObject({ state: 'done', filesDone: keys.length });
    const files = await tree(to);
    expect(new Set(await Promise.all(files.map((file) => read(to, file))))).toEqual(new Set(keys));
  });

  test('FAULTS 5: control characters, +, %, spaces, emoji, // and a key of 1,024 bytes round trip', async () => {
    const { keyOfPath } = await import('../../../electron/transfers/download/names.ts');
    const keys = ['w/a+b', 'w/a%20b', 'w/100%', 'w/\u0001\u001f', 'w/ space ', 'w/😀', 'w//x', 'w/y//z', `w/${'k'.repeat(1022)}`, `w/${'é'.repeat(400)}`, 'w/.', 'w/x%~'];
    for (const key of keys) await lab.put(key, key);
    const to = await lab.folder();
    expect(await lab.download({ prefixes: ['w/'], basePrefix: 'w/' }, to)).toMatchObject({ state: 'done', filesDone: keys.length, error: undefined });
    for (const file of await tree(to)) expect(`w/${keyOfPath(file)}`).toBe(await read(to, file));
  });
});

describe('faults of downloads', () => {
  const big = randomBytes(4 * MIB);
  beforeAll(() => lab.put('f/big.bin', big));
  const download = async () => {
    const to = await lab.folder();
    await writeFile(path.join(to, 'big.bin'), 'old');
    const transfer = await lab.download({ keys: ['f/big.bin'], basePrefix: 'f/' }, to);
    return { transfer, to, content: await readFile(path.join(to, 'big.bin')) };
  };

  test('FAULTS 7: a range that ends early is asked for again', async () => {
    lab.proxy.add({ when: isGet, fault: { kind: 'cut', bytes: 1000 }, times: 2 });
    const { transfer, content } = await download();
    expect(transfer).toMatchObject({ state: 'done', bytesDone: big.length });
    expect(sha256(content)).toBe(sha256(big));
  });

  test('FAULTS 8, 10: a flipped bit fails the checksum; nothing is published and the old file is intact', async () => {
    lab.proxy.add({ when: isGet, fault: { kind: 'corrupt', at: 77 } });
    const { transfer, to, content } = await download();
    expect(transfer).toMatchObject({ state: 'failed', error: { code: 'ChecksumMismatch', resource: 's3://bucket/f/big.bin' } });
    expect(content.toString()).toBe('old');
    expect(await readdir(to)).toEqual(['big.bin']);
  });

  test('FAULTS 8: one flipped bit on the way is made good by another try', async () => {
    lab.proxy.add({ when: isGet, fault: { kind: 'corrupt', at: 77 }, times: 1 });
    const { transfer, content } = await download();
    expect(transfer.state).toBe('done');
    expect(sha256(content)).toBe(sha256(big));
  });

  test('FAULTS 9: an object that is replaced meanwhile is started again', async () => {
    await lab.put('f/moving.bin', randomBytes(4 * MIB));
    const later = randomBytes(3 * MIB + 1);
    let replaced: Promise<void> | undefined;
    lab.proxy.add({ when: isGet, fault: { kind: 'hold', until: () => (replaced ??= lab.put('f/moving.bin', later)) }, times: 4 });
    const to = await lab.folder();
    expect(await lab.download({ keys: ['f/moving.bin'], basePrefix: 'f/' }, to)).toMatchObject({ state: 'done', bytesDone: later.length, bytesTotal: later.length });
    expect(sha256(await readFile(path.join(to, 'moving.bin')))).toBe(sha256(later));
  });

  test('FAULTS 10: a download that fails leaves the old file; cancel removes the temporary one', async () => {
    lab.proxy.add({ when: isGet, fault: { kind: 'stall', bytes: 1000 } });
    const to = await lab.folder();
    await writeFile(path.join(to, 'big.bin'), 'old');
    const { id } = await lab.startDownload({ keys: ['f/big.bin'], basePrefix: 'f/' }, to);
    await vi.waitFor(async () => expect(await readdir(to)).toHaveLength(2), 5000);
    expect(await lab.handlers.cancel({ input: { id } })).toMatchObject({ state: 'cancelled' });
    expect(await readdir(to)).toEqual(['big.bin']);
    expect(await read(to, 'big.bin')).toBe('old');
  });

  test('FAULTS 11: an object larger than the free space is refused with the bytes it needs', async () => {
    const listing = '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><Prefix>huge/</Prefix><KeyCount>1</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated><EncodingType>url</EncodingType><Contents><Key>huge/x</Key><LastModified>2024-01-01T00:00:00.000Z</LastModified><ETag>"0"</ETag><Size>5000000000000000</Size><StorageClass>STANDARD</StorageClass></Contents></ListBucketResult>';
    lab.proxy.add({ when: ({ url }) => url.includes('list-type'), fault: { kind: 'answer', status: 200, body: listing, headers: { 'content-type': 'application/xml' } } });
    const to = await lab.folder();
    expect(await lab.download({ prefixes: ['huge/'] }, to)).toMatchObject({ state: 'failed', error: { code: 'DiskFull', message: expect.stringContaining('5000000000000000 bytes are needed') } });
    expect(await readdir(to)).toEqual([]);
  });

  test('FAULTS 6: a listing that is cut short is asked for again, never taken for complete', async () => {
    for (let n = 0; n < 30; n += 1) await lab.put(`listing/${n}`, 'x');
    lab.proxy.add({ when: ({ url }) => url.includes('list-type'), fault: { kind: 'cut', bytes: 2000 }, times: 1 });
    const short = '<?xml version="1.0"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>bucket</Name><KeyCount>30</KeyCount><IsTruncated>false</IsTruncated><Contents><Key>listing/0</Key><Size>1</Size></Contents></ListBucketResult>';
    lab.proxy.add({ when: ({ url }) => url.includes('list-type'), fault: { kind: 'answer', status: 200, body: short, headers: { 'content-type': 'application/xml' } }, times: 1 });
    expect(await lab.download({ prefixes: ['listing/'] }, await lab.folder())).toMatchObject({ state: 'done', filesDone: 30 });
  });

  test('FAULTS 19: a stalled body is given up and asked for again', async () => {
    lab.proxy.add({ when: isGet, fault: { kind: 'stall', bytes: 5000 }, times: 1 });
    const { transfer, content } = await download();
    expect(transfer.state).toBe('done');
    expect(sha256(content)).toBe(sha256(big));
  });
});
