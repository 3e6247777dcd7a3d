import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test } from 'vitest';
import type { Tuning } from '../../../electron/transfers/tuning.ts';
import type { SeenRequest } from '../../support/faultyProxy.ts';
import { ended, sha256, startTransferLab, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;

let lab: TransferLab;
afterEach(() => lab.close());
const start = async (tuning: Partial<Tuning>) => (lab = await startTransferLab({ rangeSize: MIB, ...tuning }));

const isGet = (key: string) => ({ method, url }: SeenRequest) => method === 'GET' && url.includes(`/${key}`);
/** The Range headers of its GETs so far. */
const asked = (key: string) => lab.proxy.seen.filter(isGet(key)).map(({ headers }) => headers.range);
const bytes = (first: number, end: number) => `bytes=${first}-${end - 1}`;

test('every lane asks for its share of an object in one request', async () => {
  await start({});
  const whole = randomBytes(24 * MIB + 5);
  await lab.put('few.bin', whole);
  const to = await lab.folder();
  expect(await lab.download({ keys: ['few.bin'] }, to)).toMatchObject({ state: 'done', bytesDone: whole.length });
  const begins = [0, 4, 7, 10, 13, 16, 19, 22, 25].map((range) => Math.min(range * MIB, whole.length));
  expect(asked('few.bin')).toEqual(expect.arrayContaining(begins.slice(0, -1).map((first, lane) => bytes(first, begins[lane + 1]!))));
  expect(sha256(await readFile(path.join(to, 'few.bin')))).toBe(sha256(whole));
});

test('FAULTS 7: an answer that ends early goes on from the byte that did not come, and does not count as a failed try', async () => {
  await start({ attempts: 1, pieces: 1 });
  const whole = randomBytes(12 * MIB);
  await lab.put('short.bin', whole);
  lab.proxy.add({ when: isGet('short.bin'), fault: { kind: 'short', bytes: 2.5 * MIB }, times: 3 });
  const to = await lab.folder();
  expect(await lab.download({ keys: ['short.bin'] }, to)).toMatchObject({ state: 'done', bytesDone: whole.length });
  expect(asked('short.bin')).toEqual([0, 2.5, 5, 7.5].map((from) => bytes(from * MIB, whole.length)));
  expect(sha256(await readFile(path.join(to, 'short.bin')))).toBe(sha256(whole));
});

test('FAULTS 19: what a stalled answer has not begun is fetched by another lane meanwhile', async () => {
  await start({ stall: 3_600_000 });
  const whole = randomBytes(16 * MIB);
  await lab.put('stalled.bin', whole);
  lab.proxy.add({ when: isGet('stalled.bin'), fault: { kind: 'stall', bytes: 5000 }, times: 1 });
  const to = await lab.folder();
  const { id } = await lab.startDownload({ keys: ['stalled.bin'] }, to);
  await expect.poll(() => asked('stalled.bin').filter((range) => range?.endsWith(`-${2 * MIB - 1}`)), { timeout: 20_000 }).toContain(bytes(MIB, 2 * MIB));
  await lab.until(id, ({ bytesDone }) => bytesDone > 15 * MIB);
  await lab.proxy.down(); // what stands still is broken, and asked for again
  await lab.proxy.up();
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done', bytesDone: whole.length });
  expect(asked('stalled.bin').at(-1)).toMatch(new RegExp(`^bytes=[1-9]\\d*-${MIB - 1}$`));
  expect(sha256(await readFile(path.join(to, 'stalled.bin')))).toBe(sha256(whole));
});

test('a long answer leaves its turn to a request that waits', async () => {
  await start({ pieces: 1, requestsAtFirst: 1, requestsAtMost: 1 });
  const whole = randomBytes(80 * MIB);
  await lab.put('long.bin', whole);
  await lab.put('waits.txt', 'waits');
  await lab.handlers.changeLimits({ input: { down: MIB } });
  const to = await lab.folder();
  const long = await lab.startDownload({ keys: ['long.bin'] }, to);
  await expect.poll(() => asked('long.bin').length, { timeout: 20_000 }).toBe(1);
  const waiting = await lab.startDownload({ keys: ['waits.txt'] }, to);
  await lab.until(waiting.id, ({ state }) => state !== 'queued');
  await lab.handlers.changeLimits({ input: { down: null } });
  for (const { id } of [long, waiting]) expect(await lab.until(id, ended)).toMatchObject({ state: 'done' });
  const gets = lab.proxy.seen.filter((seen) => isGet('waits.txt')(seen) || isGet('long.bin')(seen)).map(({ url }) => url.includes('waits'));
  expect(gets.indexOf(true)).toBeLessThan(gets.lastIndexOf(false));
  expect(sha256(await readFile(path.join(to, 'long.bin')))).toBe(sha256(whole));
});
