import { randomBytes } from 'node:crypto';
import { appendFile, mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { GetObjectCommand, ListMultipartUploadsCommand, ListPartsCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { BUCKET, ended, sha256, startTransferLab, type TransferLab } from '../../support/transfers.ts';
import type { SeenRequest } from '../../support/faultyProxy.ts';

const MIB = 1024 * 1024;
let lab: TransferLab;
beforeAll(async () => void (lab = await startTransferLab()));
afterAll(() => lab.close());
afterEach(() => lab.proxy.clear());

const isPart = ({ method, url }: SeenRequest) => method === 'PUT' && url.includes('partNumber=');
const isComplete = ({ method, url }: SeenRequest) => method === 'POST' && url.includes('uploadId=');
const partsSent = (from = 0) => lab.proxy.seen.slice(from).filter(isPart).map(({ url }) => Number(/partNumber=(\d+)/.exec(url)![1]));

async function file(name: string, bytes: Uint8Array | string): Promise<string> {
  const at = path.join(await lab.folder(), name);
  await writeFile(at, bytes);
  return at;
}

describe('uploads', () => {
  test('a folder arrives whole: nested, hidden and empty files, empty folders; links that lead out of it or in circles are left out by name', async () => {
    const folder = await lab.folder();
    const tree = path.join(folder, 'tree');
    await mkdir(path.join(tree, 'deep/er'), { recursive: true });
    await mkdir(path.join(tree, 'empty/inside'), { recursive: true });
    await writeFile(path.join(tree, 'a.csv'), 'x,y\n1,2\n');
    await writeFile(path.join(tree, '.hidden'), 'h');
    await writeFile(path.join(tree, 'deep/er/nothing'), '');
    await writeFile(path.join(folder, 'secret'), 'outside');
    await symlink(path.join(folder, 'secret'), path.join(tree, 'leak'));
    await symlink(tree, path.join(tree, 'deep/circle'));
    await symlink('a.csv', path.join(tree, 'inside.csv'));

    const transfer = await lab.upload(tree, 'in/');
    expect(transfer).toMatchObject({ state: 'done', filesTotal: 5, filesDone: 5, filesFailed: 0, survey: { links: 2, folders: 1, hidden: 1, hiddenBytes: 1 } });
    const { files } = await lab.handlers.files({ input: { id: transfer.id, states: ['skipped'], max: 10 } });
    expect(files.map(({ key, error }) => [key, error?.resource])).toEqual([
      ['in/tree/deep/circle', path.join(tree, 'deep/circle')],
      ['in/tree/leak', path.join(tree, 'leak')],
    ]);
    expect(await lab.keys('in/')).toEqual(['in/tree/.hidden', 'in/tree/a.csv', 'in/tree/deep/er/nothing', 'in/tree/empty/inside/', 'in/tree/inside.csv']);
  });

  test('a file of many parts is one object with a checksum over the whole', async () => {
    const bytes = randomBytes(20 * MIB + 7);
    const transfer = await lab.upload(await file('big.bin', bytes), 'parts/');
    expect(transfer).toMatchObject({ state: 'done', filesDone: 1, bytesDone: bytes.length, bytesTotal: bytes.length, error: undefined });
    const object = await lab.s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: 'parts/big.bin', ChecksumMode: 'ENABLED' }));
    expect(object.ChecksumType).toBe('FULL_OBJECT');
    expect(sha256(await object.Body!.transformToByteArray())).toBe(sha256(bytes));
  });

  test('FAULTS 5: names with control characters, +, %, &, spaces and emoji are keys exactly', async () => {
    const folder = path.join(await lab.folder(), 'odd');
    await mkdir(folder);
    const names = ['a+b', 'a%20b', 'a&b=c', ' lead', 'ta\tb', 'new\nline', '😀.txt', 'é', 'e\u0301', 'q?x#y', "it's"];
    for (const name of names) await writeFile(path.join(folder, name), name);
    expect(await lab.upload(folder, 'names/')).toMatchObject({ state: 'done', filesDone: names.length });
    expect(new Set(await lab.keys('names/'))).toEqual(new Set(names.map((name) => `names/odd/${name}`)));
    expect(Buffer.from(await lab.bytes('names/odd/a%20b')).toString()).toBe('a%20b');
  });

  test('a missing source is refused', async () => {
    const at = await file('gone', 'x');
    const { grant } = await lab.backend.context.grants.grant(at, 'read');
    await rm(at);
    const { id } = await lab.handlers.upload({ input: { connectionId: 'local', bucket: BUCKET, prefix: '', grants: [grant], policy: 'ask', propose: false } });
    expect(await lab.until(id, ended)).toMatchObject({ state: 'failed', error: { code: 'NotFound', resource: at } });
  });

  test('a read-only connection is refused before anything is sent', async () => {
    const at = await file('x', 'x');
    await lab.backend.context.aws.update('local', { readOnly: true });
    try {
      const from = lab.proxy.seen.length;
      await expect(lab.startUpload([at])).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
      await expect(lab.handlers.delete({ input: { connectionId: 'local', bucket: BUCKET, keys: ['x'], prefixes: [] } })).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
      expect(lab.proxy.seen.length).toBe(from);
    } finally {
      await lab.backend.context.aws.update('local', { readOnly: false });
    }
  });
});

describe('faults of uploads', () => {
  test('FAULTS 12: after a stop in the middle it goes on by UploadId and ListParts, and sends no confirmed part again', async () => {
    const bytes = randomBytes(48 * MIB);
    const at = await file('resume.bin', bytes);
    // Two parts get through, then the network is gone.
    let through = 0;
    lab.proxy.add({ when: (request) => isPart(request) && ++through > 2, fault: { kind: 'delay', ms: 600_000 } });
    const { id } = await lab.startUpload([at], 'resume/');
    const confirmed = await vi.waitFor(async () => {
      const [upload] = (await lab.s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET, Prefix: 'resume/' }))).Uploads ?? [];
      const { Parts = [] } = await lab.s3.send(new ListPartsCommand({ Bucket: BUCKET, Key: 'resume/resume.bin', UploadId: upload!.UploadId }));
      expect(Parts).toHaveLength(2);
      return Parts.map((part) => part.PartNumber!);
    }, 10_000);
    await lab.restart();
    lab.proxy.clear();
    const from = lab.proxy.seen.length;
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done', bytesDone: bytes.length });
    expect(lab.proxy.seen.slice(from).some(({ method, url }) => method === 'GET' && url.includes('uploadId='))).toBe(true);
    expect(partsSent(from).some((part) => confirmed.includes(part))).toBe(false);
    expect(sha256(await lab.bytes('resume/resume.bin'))).toBe(sha256(bytes));
  });

  test('a lost answer to CompleteMultipartUpload is not a failure', async () => {
    const bytes = randomBytes(9 * MIB);
    lab.proxy.add({ when: isComplete, fault: { kind: 'cut', bytes: 0 }, times: 1 });
    expect(await lab.upload(await file('twice.bin', bytes), 'lost/')).toMatchObject({ state: 'done' });
    expect(sha256(await lab.bytes('lost/twice.bin'))).toBe(sha256(bytes));
  });

  test('FAULTS 13: cancel aborts the upload in S3; nothing is left of it', async () => {
    const at = await file('cancel.bin', randomBytes(24 * MIB));
    lab.proxy.add({ when: (request) => isPart(request) && request.url.includes('partNumber=2'), fault: { kind: 'delay', ms: 600_000 } });
    const { id } = await lab.startUpload([at], 'cancel/');
    await lab.until(id, (transfer) => transfer.bytesDone >= 8 * MIB);
    expect(await lab.openUploads()).toBe(1);
    expect(await lab.handlers.cancel({ input: { id } })).toMatchObject({ state: 'cancelled' });
    expect(await lab.openUploads()).toBe(0);
    expect(await lab.keys('cancel/')).toEqual([]);
  });

  test('FAULTS 13: clearing a failed upload leaves no parts in S3; until then Retry goes on from them', async () => {
    const bytes = randomBytes(24 * MIB);
    const denied = '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
    lab.proxy.add({ when: (request) => isPart(request) && /partNumber=3\b/.test(request.url), fault: { kind: 'answer', status: 403, body: denied, headers: { 'content-type': 'application/xml' } } });
    const at = await file('parts.bin', bytes);
    const transfer = await lab.upload(at, 'failed/');
    expect(transfer).toMatchObject({ state: 'failed', error: { code: 'AccessDenied', action: 's3:PutObject' } });
    expect(await lab.openUploads()).toBe(1);
    const again = await lab.upload(at, 'failed/');
    lab.proxy.clear();
    const from = lab.proxy.seen.length;
    await lab.handlers.retry({ input: { id: again.id } });
    expect(await lab.until(again.id, ended)).toMatchObject({ state: 'done', bytesDone: bytes.length });
    expect(partsSent(from)).toEqual([3]);
    await lab.handlers.clear({ input: undefined });
    expect(await lab.openUploads()).toBe(0);
    expect(sha256(await lab.bytes('failed/parts.bin'))).toBe(sha256(bytes));
  });

  test('FAULTS 14: a source that changes during the upload aborts it and says so', async () => {
    const at = await file('growing.log', randomBytes(24 * MIB));
    lab.proxy.add({ when: (request) => isPart(request) && request.url.includes('partNumber=1&'), fault: { kind: 'delay', ms: 300 } });
    lab.proxy.add({ when: (request) => isPart(request) && /partNumber=1$/.test(request.url), fault: { kind: 'delay', ms: 300 } });
    const { id } = await lab.startUpload([at], 'changed/');
    await lab.until(id, (transfer) => transfer.state === 'running' && transfer.bytesDone > 0);
    await appendFile(at, 'more');
    expect(await lab.until(id, ended)).toMatchObject({ state: 'failed', error: { code: 'Conflict', message: expect.stringContaining('growing.log') } });
    expect(await lab.openUploads()).toBe(0);
    expect(await lab.keys('changed/')).toEqual([]);
  });

  test('FAULTS 16: an expired token pauses with how to sign in, then goes on by itself', async () => {
    const expired = '<?xml version="1.0"?><Error><Code>ExpiredToken</Code><Message>The provided token has expired.</Message></Error>';
    lab.proxy.add({ when: ({ method, url }) => method !== 'POST' && url.includes('bucket'), fault: { kind: 'answer', status: 400, body: expired, headers: { 'content-type': 'application/xml' } } });
    const bytes = randomBytes(1000);
    const { id } = await lab.startUpload([await file('token.bin', bytes)], 'token/');
    expect(await lab.until(id, (transfer) => transfer.state === 'paused')).toMatchObject({ error: { code: 'CredentialsExpired' } });
    // It asks now and then whether the sign-in works; as long as that is refused, it waits.
    const asked = lab.proxy.seen.length;
    await vi.waitFor(() => expect(lab.proxy.seen.length).toBeGreaterThan(asked + 2), 10_000);
    expect(await lab.until(id, () => true)).toMatchObject({ state: 'paused', error: { code: 'CredentialsExpired' } });
    lab.proxy.clear();
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done', error: undefined });
    expect(sha256(await lab.bytes('token/token.bin'))).toBe(sha256(bytes));
  });

  test('FAULTS 18: SlowDown is waited out', async () => {
    const slow = '<?xml version="1.0"?><Error><Code>SlowDown</Code><Message>Please reduce your request rate.</Message></Error>';
    lab.proxy.add({ when: ({ method }) => method === 'PUT', fault: { kind: 'answer', status: 503, body: slow, headers: { 'content-type': 'application/xml' } }, times: 5 });
    const bytes = randomBytes(24 * MIB);
    expect(await lab.upload(await file('slow.bin', bytes), 'slow/')).toMatchObject({ state: 'done' });
    expect(sha256(await lab.bytes('slow/slow.bin'))).toBe(sha256(bytes));
  });

  test('FAULTS 19: a part whose answer never comes is sent again', async () => {
    lab.proxy.add({ when: isPart, fault: { kind: 'delay', ms: 600_000 }, times: 1 });
    const bytes = randomBytes(17 * MIB);
    expect(await lab.upload(await file('stall.bin', bytes), 'stall/')).toMatchObject({ state: 'done', bytesDone: bytes.length });
    expect(sha256(await lab.bytes('stall/stall.bin'))).toBe(sha256(bytes));
  });

  test('two uploads of one key follow each other; the later one is what is there', async () => {
    lab.proxy.add({ when: isPart, fault: { kind: 'delay', ms: 500 } });
    const first = await lab.startUpload([await file('same', randomBytes(9 * MIB))], 'one/');
    await expect.poll(() => lab.openUploads(), { timeout: 10_000 }).toBe(1);
    const bytes = randomBytes(100);
    const second = await lab.startUpload([await file('same', bytes)], 'one/');
    await lab.until(first.id, ended);
    await lab.until(second.id, ended);
    expect(sha256(await lab.bytes('one/same'))).toBe(sha256(bytes));
  });

  test('a denied write names the action and stops at once', async () => {
    const denied = '<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>';
    lab.proxy.add({ when: ({ method }) => method === 'PUT', fault: { kind: 'answer', status: 403, body: denied, headers: { 'content-type': 'application/xml' } } });
    const folder = path.join(await lab.folder(), 'many');
    await mkdir(folder);
    for (let n = 0; n < 60; n += 1) await writeFile(path.join(folder, `${n}`), 'x');
    const from = lab.proxy.seen.length;
    const transfer = await lab.upload(folder, 'denied/');
    expect(transfer).toMatchObject({ state: 'failed', error: { code: 'AccessDenied', action: 's3:PutObject' } });
    expect(lab.proxy.seen.length - from).toBeLessThan(40);
  });
});

describe('the end of an upload in parts', () => {
  // The socket stays, nothing comes: only asking tells what became of it.
  test.each([0, 60])('an answer to CompleteMultipartUpload that stops after %i bytes is not waited for', async (bytes) => {
    const own = await startTransferLab({ patientStall: 3_600_000, stall: 3_600_000, completePoll: 100 });
    try {
      const content = randomBytes(9 * MIB);
      own.proxy.add({ when: isComplete, fault: { kind: 'stall', bytes }, times: 1 });
      const at = path.join(await own.folder(), 'x.bin');
      await writeFile(at, content);
      expect(await own.upload(at, 'end/')).toMatchObject({ state: 'done' });
      expect(own.proxy.seen.filter(isComplete)).toHaveLength(1);
      expect(sha256(await own.bytes('end/x.bin'))).toBe(sha256(content));
      expect(await own.openUploads()).toBe(0);
    } finally {
      await own.close();
    }
  });

  test('a completion that takes long is waited for, though the same object is there already', async () => {
    const content = randomBytes(9 * MIB);
    const at = await file('again.bin', content);
    await lab.upload(at, 'again/');
    lab.proxy.add({ when: isComplete, fault: { kind: 'delay', ms: 1200 }, times: 1 });
    expect(await lab.upload(at, 'again/')).toMatchObject({ state: 'done' });
    expect(await lab.openUploads()).toBe(0);
  });
});
