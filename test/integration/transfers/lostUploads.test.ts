import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CreateMultipartUploadCommand, ListMultipartUploadsCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SeenRequest } from '../../support/faultyProxy.ts';
import { BUCKET, ended, sha256, startTransferLab, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
let lab: TransferLab;
beforeAll(async () => void (lab = await startTransferLab({ wholeCopy: 6 * MIB })));
afterEach(() => lab.proxy.clear());
afterAll(() => lab.close());

const isCreate = ({ method, url }: SeenRequest) => method === 'POST' && /[?&]uploads/.test(url);
const uploads = async () => ((await lab.s3.send(new ListMultipartUploadsCommand({ Bucket: BUCKET }))).Uploads ?? []).map(({ UploadId }) => UploadId!);
const begin = async (Key: string, more: object = {}) => (await lab.s3.send(new CreateMultipartUploadCommand({ Bucket: BUCKET, Key, ...more }))).UploadId!;
/** What our own uploads ask for. */
const LIKE_OURS = { ChecksumAlgorithm: 'CRC32', ChecksumType: 'FULL_OBJECT' };
async function file(name: string): Promise<{ at: string; bytes: Buffer }> {
  const at = path.join(await lab.folder(), name);
  const bytes = randomBytes(9 * MIB);
  await writeFile(at, bytes);
  return { at, bytes };
}

test('FAULTS 12: an upload S3 began and whose id a killed start never heard is aborted; those of others stay', async () => {
  const { at, bytes } = await file('lost.bin');
  const before = await begin('lost.bin', LIKE_OURS);
  // The upload begins at S3; its answer never comes.
  let asked = 0;
  lab.proxy.add({ when: (request) => isCreate(request) && ++asked > 0, fault: { kind: 'stall', bytes: 0 } });
  // What was begun before ours was asked for is not ours: its date is in whole seconds, so that has to be seconds ago.
  const since = Date.now();
  await expect.poll(() => Date.now() - since, { timeout: 10_000 }).toBeGreaterThan(5_000);
  const { id } = await lab.startUpload([at]);
  await lab.until(id, () => asked > 0);
  await expect.poll(async () => (await uploads()).length).toBe(2);
  const others = [await begin('lost.bin'), await begin('lost.bin', { ...LIKE_OURS, StorageClass: 'STANDARD_IA' }), await begin('lost.bin.other', LIKE_OURS)];
  const withPart = await begin('lost.bin', LIKE_OURS);
  await lab.s3.send(new UploadPartCommand({ Bucket: BUCKET, Key: 'lost.bin', UploadId: withPart, PartNumber: 1, Body: 'x' }));
  lab.proxy.clear();
  await lab.restart();
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done' });
  expect(sha256(await lab.bytes('lost.bin'))).toBe(sha256(bytes));
  expect((await uploads()).toSorted()).toEqual([before, ...others, withPart].toSorted());
});

test('a repeated request may have begun two uploads: the one whose answer was lost is aborted; of a copy in parts, too', async () => {
  const { at } = await file('twice.bin');
  const left = await uploads();
  lab.proxy.add({ when: isCreate, fault: { kind: 'cut', bytes: 0 }, times: 1 });
  expect(await lab.upload(at)).toMatchObject({ state: 'done' });
  expect(await uploads()).toEqual(left);

  await lab.put('copied/large.bin', randomBytes(9 * MIB));
  let asked = 0;
  lab.proxy.add({ when: (request) => isCreate(request) && ++asked > 0, fault: { kind: 'stall', bytes: 0 } });
  const { id } = await lab.handlers.copy({ input: { connectionId: 'local', bucket: BUCKET, toBucket: BUCKET, keys: ['copied/large.bin'], prefixes: [], basePrefix: 'copied/', toPrefix: 'to/', move: false, policy: 'overwrite' } });
  await expect.poll(async () => (await uploads()).length).toBeGreaterThan(left.length);
  lab.proxy.clear();
  await lab.restart();
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done' });
  expect(await uploads()).toEqual(left);
});

test('where uploads may not be listed nothing is aborted, and the upload goes on', async () => {
  const { at } = await file('unlisted.bin');
  const left = await uploads();
  lab.proxy.add({ when: ({ method, url }) => method === 'GET' && /[?&]uploads/.test(url), fault: { kind: 'answer', status: 403, body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>' } });
  lab.proxy.add({ when: isCreate, fault: { kind: 'cut', bytes: 0 }, times: 1 });
  expect(await lab.upload(at)).toMatchObject({ state: 'done' });
  expect((await uploads()).length).toBe(left.length + 1);
});
