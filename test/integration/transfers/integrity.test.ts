import { randomBytes } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, UploadPartCommand, type ChecksumAlgorithm, type ChecksumType } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { SeenRequest } from '../../support/faultyProxy.ts';
import { BUCKET, startTransferLab, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
const whole = randomBytes(11 * MIB + 13);
let lab: TransferLab;

beforeAll(async () => {
  lab = await startTransferLab({ rangeSize: 2 * MIB });
});
afterEach(() => lab.proxy.clear());
afterAll(() => lab.close());

const gets = (key: string) => (request: SeenRequest) => request.method === 'GET' && request.url.includes(`/${key}`) && !request.url.includes('?attributes');

/** Of several parts, none but the last of equal size to another. */
async function putInParts(Key: string, algorithm: ChecksumAlgorithm, type: ChecksumType): Promise<void> {
  const { UploadId } = await lab.s3.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key, ChecksumAlgorithm: algorithm, ChecksumType: type }));
  const Parts = [];
  for (const [at, [from, to]] of ([[0, 5 * MIB], [5 * MIB, 10.5 * MIB], [10.5 * MIB, whole.length]] as const).entries()) {
    const { ETag, ...told } = await lab.s3.send(new UploadPartCommand({ Bucket: BUCKET, Key, UploadId, PartNumber: at + 1, Body: whole.subarray(from, to), ChecksumAlgorithm: algorithm }));
    Parts.push({ ETag, PartNumber: at + 1, [`Checksum${algorithm}`]: told[`Checksum${algorithm}` as 'ChecksumCRC32'] });
  }
  await lab.s3.send(new CompleteMultipartUploadCommand({ Bucket: BUCKET, Key, UploadId, MultipartUpload: { Parts }, ChecksumType: type }));
}

async function arrives(key: string): Promise<void> {
  const to = await lab.folder();
  expect(await lab.download({ keys: [key] }, to)).toMatchObject({ state: 'done' });
  expect((await readFile(path.join(to, key))).length).toBe((await lab.bytes(key)).length);
}

/** One bit of every answer is wrong: whatever is checked must find it. */
async function isRefused(key: string): Promise<void> {
  lab.proxy.add({ when: gets(key), fault: { kind: 'corrupt', at: 4321 } });
  const to = await lab.folder();
  expect(await lab.download({ keys: [key] }, to)).toMatchObject({ state: 'failed', error: { code: 'ChecksumMismatch', resource: `s3://${BUCKET}/${key}` } });
  expect(await readdir(to)).toEqual([]);
}

describe.each(['CRC32', 'CRC32C', 'CRC64NVME', 'SHA1', 'SHA256'] as const)('FAULTS 8: with %s', (algorithm) => {
  test.each([['small', 9000], ['one range', 1.5 * MIB], ['several ranges', whole.length]] as const)('a whole object of %s is checked', async (what, size) => {
    const key = `${algorithm}-${what.replaceAll(' ', '-')}`;
    await lab.put(key, whole.subarray(0, size), { ChecksumAlgorithm: algorithm });
    await arrives(key);
    await isRefused(key);
  });
});

test.each([['CRC32', 'COMPOSITE'], ['CRC32C', 'COMPOSITE'], ['SHA1', 'COMPOSITE'], ['SHA256', 'COMPOSITE'], ['CRC32', 'FULL_OBJECT'], ['CRC32C', 'FULL_OBJECT'], ['CRC64NVME', 'FULL_OBJECT']] as const)(
  'FAULTS 8: an object of unequal parts with a %s of type %s is checked',
  async (algorithm, type) => {
    const key = `parts-${algorithm}-${type}`;
    await putInParts(key, algorithm, type);
    await arrives(key);
    await isRefused(key);
  },
);

test('FAULTS 8: who may not ask for the parts of an object learns their sizes one by one', async () => {
  const key = 'unnamed-parts';
  await putInParts(key, 'SHA256', 'COMPOSITE');
  lab.proxy.add({ when: ({ url }) => url.includes('?attributes'), fault: { kind: 'answer', status: 403, headers: { 'content-type': 'application/xml' }, body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>' } });
  await arrives(key);
  await isRefused(key);
});

test('a download that goes on after a stop is checked from its first byte', async () => {
  const key = 'resumed';
  await lab.put(key, whole, { ChecksumAlgorithm: 'CRC64NVME' });
  const later = (request: SeenRequest) => gets(key)(request) && !request.headers.range?.startsWith('bytes=0-');
  lab.proxy.add({ when: later, fault: { kind: 'stall', bytes: 1000 } });
  const to = await lab.folder();
  const { id } = await lab.startDownload({ keys: [key] }, to);
  await lab.until(id, ({ bytesDone }) => bytesDone > 2 * MIB);
  await lab.restart();
  lab.proxy.clear();
  expect(await lab.until(id, ({ state }) => ['done', 'failed'].includes(state))).toMatchObject({ state: 'done' });
  expect((await readFile(path.join(to, key))).equals(whole)).toBe(true);
});
