import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { readObject, type ReadOptions } from '../../../electron/results/objectReader.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { startFaultyProxy, type FaultyProxy, type SeenRequest } from '../../support/faultyProxy.ts';
import { startLake, type TestLake } from '../../support/lake.ts';

const KIB = 1024;
const source = { connectionId: 'local', bucket: 'objects', key: 'big.csv' };
const content = randomBytes(1000 * KIB + 7);
let lake: TestLake;
let proxy: FaultyProxy;
let tester: TestContext;

const put = async (body: Buffer) => {
  const { s3 } = await tester.context.aws.clients('local');
  await s3.send(new PutObjectCommand({ Bucket: source.bucket, Key: source.key, Body: body }));
};

beforeAll(async () => {
  lake = await startLake();
  proxy = await startFaultyProxy(lake.endpoint);
  tester = await testContext({ endpoint: proxy.endpoint, region: lake.region, ...lake.credentials });
  const { s3 } = await tester.context.aws.clients('local');
  await s3.send(new CreateBucketCommand({ Bucket: source.bucket }));
  await put(content);
});
afterEach(() => proxy.clear());
afterAll(async () => {
  await tester.close();
  await proxy.close();
  await lake.stop();
});

/** Reads all of it; the bytes in order. */
async function read(more: Partial<ReadOptions> = {}): Promise<Buffer> {
  const parts: Buffer[] = [];
  await readObject(tester.context.aws, source, {
    signal: new AbortController().signal,
    partBytes: 100 * KIB,
    onProgress: () => undefined,
    async onPart(bytes) {
      parts.push(Buffer.from(bytes)); // the memory is used again
    },
    ...more,
  });
  return Buffer.concat(parts);
}
const range = (from: number) => (request: SeenRequest) => request.headers.range?.startsWith(`bytes=${from}-`) ?? false;

test('parts come in order and make the whole, and progress ends at the total', async () => {
  let progress: [number, number] = [0, 0];
  const whole = await read({ onProgress: (...now) => (progress = now) });
  expect(whole.equals(content)).toBe(true);
  expect(progress).toEqual([content.length, content.length]);
});

test('FAULTS 7: only the part that came short is read again', async () => {
  proxy.add({ when: range(200 * KIB), times: 1, fault: { kind: 'cut', bytes: 50 } });
  const before = proxy.seen.length;
  expect((await read()).equals(content)).toBe(true);
  const ranges = proxy.seen.slice(before).map(({ headers }) => headers.range);
  expect(ranges).toHaveLength(12);
  expect(ranges.filter((each) => each?.startsWith(`bytes=${200 * KIB}-`))).toHaveLength(2);
});

test('FAULTS 19: a body that stops coming is given up and read again', async () => {
  proxy.add({ when: range(0), times: 1, fault: { kind: 'stall', bytes: 1000 } });
  expect((await read({ stallAfter: 300 })).equals(content)).toBe(true);
});

test('FAULTS 19: one that stalls every time ends in Timeout', async () => {
  proxy.add({ when: range(0), fault: { kind: 'stall', bytes: 1000 } });
  await expect(read({ stallAfter: 100 })).rejects.toMatchObject({ code: 'Timeout', retryable: true });
});

test('FAULTS 9: an object replaced between two parts is not mixed with its successor', async () => {
  const replace = async () => {
    let first = true;
    await read({
      partBytes: 10 * KIB,
      async onPart() {
        if (first) await put(randomBytes(1000 * KIB + 7));
        first = false;
      },
    });
  };
  await expect(replace()).rejects.toMatchObject({ code: 'Conflict' });
  await put(content);
});

test('cancelled, it leaves no part behind', async () => {
  const leave = new AbortController();
  proxy.add({ when: range(300 * KIB), fault: { kind: 'stall', bytes: 10 } });
  const begun = read({ signal: leave.signal, onProgress: (loaded) => loaded > 250 * KIB && leave.abort() });
  await expect(begun).rejects.toMatchObject({ code: 'Cancelled' });
});

test('a denied object says which action on which object', async () => {
  proxy.add({ when: range(0), fault: { kind: 'answer', status: 403, headers: { 'content-type': 'application/xml' }, body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>' } });
  await expect(read()).rejects.toMatchObject({ code: 'AccessDenied', action: 's3:GetObject', resource: 's3://objects/big.csv' });
});

