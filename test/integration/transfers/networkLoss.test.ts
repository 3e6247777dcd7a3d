import { randomBytes } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Tuning } from '../../../electron/transfers/tuning.ts';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { BUCKET, ended, sha256, startTransferLab, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
/** The next try by itself would come after every deadline here. */
const NEVER = { firstWait: 3_600_000, longestWait: 3_600_000 };
/** One counted failure is the end: what survives did not count. */
const ONE_TRY = { attempts: 1, rangeSize: MIB };

let lab: TransferLab;
afterEach(() => lab.close());
const start = async (tuning: Partial<Tuning>) => (lab = await startTransferLab({ ...ONE_TRY, ...tuning }));

const isPart = ({ method, url }: { method: string; url: string }) => method === 'PUT' && url.includes('partNumber=');
const waits = ({ waitsFor }: Transfer) => waitsFor !== undefined;
async function file(bytes: Uint8Array): Promise<string> {
  const at = path.join(await lab.folder(), 'file.bin');
  await writeFile(at, bytes);
  return at;
}
/** An upload of which two parts arrived when the network went. */
async function lostInTheMiddle(bytes: Buffer): Promise<string> {
  let parts = 0;
  lab.proxy.add({ when: (request) => isPart(request) && ++parts > 2, fault: { kind: 'delay', ms: 600_000 } });
  const { id } = await lab.startUpload([await file(bytes)], 'lost/');
  await lab.until(id, ({ bytesDone }) => bytesDone >= 16 * MIB && parts > 2);
  lab.proxy.clear();
  await lab.proxy.down();
  return id;
}

test('an upload and a download wait while nobody listens, and go on by themselves where they were', async () => {
  await start({});
  const [up, down] = [randomBytes(40 * MIB), randomBytes(6 * MIB)];
  await lab.put('down.bin', down);
  lab.proxy.add({ when: ({ headers }) => Number(/bytes=(\d+)/.exec(String(headers.range))?.[1]) >= 3 * MIB, fault: { kind: 'delay', ms: 600_000 } });
  const to = await lab.folder();
  const download = await lab.startDownload({ keys: ['down.bin'] }, to);
  await lab.until(download.id, ({ bytesDone }) => bytesDone === 3 * MIB);
  const upload = await lostInTheMiddle(up);
  for (const id of [upload, download.id]) expect(await lab.until(id, waits)).toMatchObject({ state: 'running', waitsFor: { code: 'Network', message: expect.stringMatching(/^Nothing listens at/) } });

  await lab.proxy.up();
  expect(await lab.until(upload, ended)).toMatchObject({ state: 'done', bytesDone: up.length, waitsFor: undefined, error: undefined });
  expect(await lab.until(download.id, ended)).toMatchObject({ state: 'done', bytesDone: down.length, error: undefined });
  expect(sha256(await lab.bytes('lost/file.bin'))).toBe(sha256(up));
  expect(sha256(await readFile(path.join(to, 'down.bin')))).toBe(sha256(down));
});

test('while it waits, pause and Try now work at once', async () => {
  await start(NEVER);
  const bytes = randomBytes(24 * MIB);
  const id = await lostInTheMiddle(bytes);
  await lab.until(id, waits);
  expect(await lab.handlers.pause({ input: { id } })).toMatchObject({ state: 'paused', waitsFor: undefined });
  await lab.handlers.resume({ input: { id } });
  await lab.until(id, waits);
  await lab.proxy.up();
  await lab.handlers.tryNow({ input: { id } });
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done' });
  expect(sha256(await lab.bytes('lost/file.bin'))).toBe(sha256(bytes));
});

test('cancelled without a network: at once, and the parts in S3 go when it is back, also after a restart', async () => {
  await start({});
  const id = await lostInTheMiddle(randomBytes(24 * MIB));
  await lab.until(id, waits);
  expect(await lab.handlers.cancel({ input: { id } })).toMatchObject({ state: 'cancelled', waitsFor: { code: 'Network' } });
  expect(await lab.openUploads()).toBe(1);
  await lab.restart();
  await lab.until(id, waits);
  await lab.proxy.up();
  await expect.poll(() => lab.openUploads(), { timeout: 20_000 }).toBe(0);
  expect(await lab.until(id, (transfer) => !waits(transfer))).toMatchObject({ state: 'cancelled', error: undefined });
});

test('transfers of other connections do not wait behind one that waits', async () => {
  await start({ ...NEVER, transfers: 1 });
  const id = await lostInTheMiddle(randomBytes(24 * MIB));
  await lab.until(id, waits);
  await lab.put('here', 'there');
  const { aws } = lab.backend.context;
  const { endpoint, region, credentials } = lab.lake;
  const other = await aws.create({ name: 'Straight', kind: 'keys', region, endpoint }, credentials);
  const to = await lab.folder();
  const { grant } = await lab.backend.context.grants.grant(to, 'folder');
  const download = await lab.handlers.download({ input: { connectionId: other.id, bucket: BUCKET, keys: ['here'], prefixes: [], basePrefix: '', policy: 'ask', propose: false, grant } });
  expect(await lab.until(download.id, ended)).toMatchObject({ state: 'done' });
  expect(await readdir(to)).toEqual(['here']);
  // One more of the connection that is gone says so, and does not begin.
  const more = await lab.startUpload([await file(randomBytes(10))]);
  expect(await lab.until(more.id, waits)).toMatchObject({ state: 'queued' });
});

test('a host that nobody knows is said plainly', async () => {
  await start({});
  const { aws } = lab.backend.context;
  const other = await aws.create({ name: 'Typed wrong', kind: 'keys', region: 'eu-west-1', endpoint: 'http://no-such-host.invalid:9000' }, lab.lake.credentials);
  await aws.update(other.id, { readOnly: false });
  const { id } = await lab.handlers.delete({ input: { connectionId: other.id, bucket: BUCKET, keys: ['x'], prefixes: [] } });
  expect(await lab.until(id, waits)).toMatchObject({ waitsFor: { message: 'The host no-such-host.invalid is not found.', detail: expect.stringContaining('Or the endpoint of connection “Typed wrong” is wrong.') } });
  expect(await lab.handlers.cancel({ input: { id } })).toMatchObject({ state: 'cancelled' });
});

test('after a sleep it asks at once, and gives up sockets that died meanwhile', async () => {
  await start({ ...NEVER, sleepGap: 1000, stall: 3_600_000, probe: 1000, attempts: 5 });
  const sleep = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500); // this process stands still, as when the machine sleeps
  const bytes = randomBytes(24 * MIB);
  const id = await lostInTheMiddle(bytes);
  await lab.until(id, waits);
  await lab.proxy.up();
  lab.proxy.add({ when: isPart, fault: { kind: 'delay', ms: 3_600_000 }, times: 1 });
  sleep();
  await lab.until(id, (transfer) => !waits(transfer));
  await expect.poll(() => lab.proxy.seen.filter(isPart).length).toBeGreaterThan(3);
  sleep();
  const state = async () => (await lab.handlers.tryNow({ input: { id } })).state;
  await expect.poll(state, { timeout: 20_000 }).toBe('done');
  expect(sha256(await lab.bytes('lost/file.bin'))).toBe(sha256(bytes));
});
