import { randomBytes } from 'node:crypto';
import { open, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { OTHER, startOtherLake } from '../../support/otherLake.ts';
import { BUCKET, ended, sha256, startTransferLab, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
let lab: TransferLab;
beforeAll(async () => void (lab = await startTransferLab()));
afterEach(() => lab.proxy.clear());
afterAll(() => lab.close());

const isPart = ({ method, url }: { method: string; url: string }) => method === 'PUT' && url.includes('partNumber=');
const xml = (status: number, code: string, headers: Record<string, string> = {}) =>
  ({ kind: 'answer', status, body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}.</Message></Error>`, headers: { 'content-type': 'application/xml', ...headers } }) as const;
async function file(name: string, bytes: Uint8Array): Promise<string> {
  const at = path.join(await lab.folder(), name);
  await writeFile(at, bytes);
  return at;
}

describe('FAULTS 16: the token expires in the middle of an upload in parts', () => {
  /** Two parts go through; `times` requests after that are refused as expired. */
  async function begin(name: string, times: number) {
    const from = lab.proxy.seen.length;
    const partsThrough = () => lab.proxy.seen.slice(from).filter((request) => isPart(request) && request.answered === 200).length;
    let parts = 0;
    lab.proxy.add({ when: (request) => (isPart(request) && ++parts > 2) || (parts > 2 && request.method !== 'POST'), fault: xml(400, 'ExpiredToken'), times });
    const bytes = randomBytes(40 * MIB);
    const { id } = await lab.startUpload([await file(name, bytes)], 'token/');
    return { id, partsThrough, whole: async () => expect(sha256(await lab.bytes(`token/${name}`))).toBe(sha256(bytes)) };
  }

  test('where there is a newer one it is taken, and the upload goes on', async () => {
    const { id, partsThrough, whole } = await begin('renewed.bin', 1);
    const states = new Set<string>();
    expect(await lab.until(id, (transfer) => (states.add(transfer.state), ended(transfer)))).toMatchObject({ state: 'done', error: undefined });
    expect(states.has('paused')).toBe(false);
    expect(partsThrough()).toBe(5);
    await whole();
  });

  test('where there is none it asks to sign in; after that it goes on by itself, with the parts that were there', async () => {
    const { id, partsThrough, whole } = await begin('ended.bin', Infinity);
    expect(await lab.until(id, ({ state }) => state === 'paused')).toMatchObject({ error: { code: 'CredentialsExpired', message: expect.stringContaining('has expired') } });
    expect(partsThrough()).toBe(2);
    lab.proxy.clear(); // signed in
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done', error: undefined });
    expect(partsThrough()).toBe(5);
    await whole();
  });
});

test('FAULTS 17: with a clock that is 20 minutes off files go up and come back', async () => {
  const own = await startTransferLab();
  try {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 20 * 60_000 });
    const [big, small] = [randomBytes(17 * MIB), randomBytes(1000)];
    expect(await own.upload(await file('skewed.bin', big), 'clock/')).toMatchObject({ state: 'done', error: undefined });
    expect(await own.upload(await file('small.bin', small), 'clock/')).toMatchObject({ state: 'done', error: undefined });
    expect(await own.download({ prefixes: ['clock/'], basePrefix: 'clock/' }, await own.folder())).toMatchObject({ state: 'done', filesDone: 2 });
    expect(own.proxy.seen.some(({ answered }) => answered === 403)).toBe(true);
    vi.useRealTimers();
    expect(sha256(await own.bytes('clock/skewed.bin'))).toBe(sha256(big));
  } finally {
    vi.useRealTimers();
    await own.close();
  }
});

test('FAULTS 18: a service that asks to slow down is waited for however long it does, by its own connection only', async () => {
  const own = await startTransferLab({ attempts: 2, transfers: 1 });
  const other = await startOtherLake(own);
  const uploaded = async (name: string, connectionId: string, bucket: string) => {
    const { grant } = await own.backend.context.grants.grant(await file(name, randomBytes(100)), 'read');
    return own.handlers.upload({ input: { connectionId, bucket, prefix: '', grants: [grant], policy: 'overwrite', propose: false } });
  };
  try {
    const isPut = ({ method, url }: { method: string; url: string }) => method === 'PUT' && url.includes('slow.bin');
    own.proxy.add({ when: isPut, fault: xml(503, 'SlowDown') });
    const { id } = await uploaded('slow.bin', 'local', BUCKET);
    expect(await own.until(id, ({ waitsFor }) => waitsFor !== undefined && own.proxy.seen.filter(isPut).length > 8)).toMatchObject({ state: 'running', filesFailed: 0, waitsFor: { code: 'Throttled' } });
    expect(await own.until((await uploaded('elsewhere.bin', other.connectionId, OTHER)).id, ended)).toMatchObject({ state: 'done' });
    const queued = await uploaded('behind.bin', 'local', BUCKET);
    expect(await own.until(queued.id, ({ state }) => state !== 'scanning')).toMatchObject({ state: 'queued' });
    await own.restart();
    await own.until(id, ({ waitsFor }) => waitsFor !== undefined);
    own.proxy.clear();
    for (const one of [id, queued.id]) expect(await own.until(one, ended)).toMatchObject({ state: 'done', waitsFor: undefined });
  } finally {
    await other.close();
    await own.close();
  }
});

describe('FAULTS 20: refused at once, saying what, on what and where', () => {
  test('403', async () => {
    const from = lab.proxy.seen.length;
    lab.proxy.add({ when: ({ method }) => method === 'PUT', fault: xml(403, 'AccessDenied') });
    const { error, state } = await lab.upload(await file('no.bin', randomBytes(100)), 'refused/');
    expect(state).toBe('failed');
    expect(error).toMatchObject({ code: 'AccessDenied', action: 's3:PutObject', resource: 's3://bucket/refused/no.bin', detail: expect.stringContaining(lab.lake.region) });
    expect(lab.proxy.seen.slice(from).filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  test.each([
    ['a redirect', 301, 'PermanentRedirect'],
    ['a wrong region', 400, 'AuthorizationHeaderMalformed'],
  ])('%s to where the bucket is not either', async (_, status, code) => {
    const from = lab.proxy.seen.length;
    lab.backend.context.aws.refresh('local');
    lab.proxy.add({ when: () => true, fault: xml(status, code, { 'x-amz-bucket-region': 'ap-northeast-2' }) });
    const transfer = await lab.upload(await file('away.bin', randomBytes(100)), 'away/');
    expect(transfer).toMatchObject({ state: 'failed', error: { code: 'WrongRegion', message: expect.stringMatching(/is in ap-northeast-2, not in us-east-1/), action: expect.stringMatching(/^s3:/), resource: expect.stringMatching(/^s3:\/\/bucket/) } });
    expect(lab.proxy.seen.length - from).toBeLessThan(8);
    lab.proxy.clear();
    lab.backend.context.aws.refresh('local');
  });
});

test('FAULTS 15: a file of 90 GiB goes in parts of 10 MiB, so that 10,000 do', async () => {
  const at = path.join(await lab.folder(), 'sparse.bin');
  const size = 90 * 1024 * MIB;
  const handle = await open(at, 'w');
  await handle.truncate(size); // nothing but a hole
  await handle.close();
  let parts = 0;
  lab.proxy.add({ when: (request) => isPart(request) && ++parts > 2, fault: { kind: 'delay', ms: 600_000 } });
  const from = lab.proxy.seen.length;
  const { id } = await lab.startUpload([at], 'sparse/');
  await lab.until(id, ({ bytesDone }) => bytesDone >= 20 * MIB && parts > 2);
  const lengths = lab.proxy.seen.slice(from).filter(isPart).map(({ headers }) => Number(headers['content-length']));
  expect(new Set(lengths)).toEqual(new Set([10 * MIB]));
  expect(Math.ceil(size / lengths[0]!)).toBeLessThanOrEqual(10_000);
  await lab.handlers.cancel({ input: { id } });
  expect(await lab.openUploads()).toBe(0);
});
