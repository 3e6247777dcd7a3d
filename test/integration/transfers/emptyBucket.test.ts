import { CreateBucketCommand, CreateMultipartUploadCommand, DeleteBucketCommand, DeleteObjectCommand, ListMultipartUploadsCommand, ListObjectVersionsCommand, PutBucketVersioningCommand, PutObjectCommand, PutObjectLegalHoldCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SeenRequest } from '../../support/faultyProxy.ts';
import { BUCKET, ended, startTransferLab, type TransferLab } from '../../support/transfers.ts';

let lab: TransferLab;
beforeAll(async () => void (lab = await startTransferLab()));
afterEach(() => lab.proxy.clear());
afterAll(() => lab.close());

const isDelete = ({ method, url }: SeenRequest) => method === 'POST' && /[?&]delete/.test(url);
const start = (bucket: string, confirm = bucket) => lab.handlers.emptyBucket({ input: { connectionId: 'local', bucket, confirm } });
const versions = async (Bucket: string) => {
  const { Versions = [], DeleteMarkers = [] } = await lab.s3.send(new ListObjectVersionsCommand({ Bucket }));
  return Versions.length + DeleteMarkers.length;
};
const uploads = async (Bucket: string) => (await lab.s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads?.length ?? 0;

/** A bucket that keeps versions, with `keys` objects of two versions each and the half of them deleted, and an unfinished upload. */
async function fill(Bucket: string, keys: number): Promise<void> {
  await lab.s3.send(new CreateBucketCommand({ Bucket }));
  await lab.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  const names = Array.from({ length: keys }, (_, n) => `a +%한/${n}`);
  for (let at = 0; at < keys; at += 100) {
    await Promise.all(
      names.slice(at, at + 100).map(async (Key, n) => {
        for (const Body of ['1', '22']) await lab.s3.send(new PutObjectCommand({ Bucket, Key, Body }));
        if (n % 2) await lab.s3.send(new DeleteObjectCommand({ Bucket, Key }));
      }),
    );
  }
  const { UploadId } = await lab.s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'unfinished +' }));
  await lab.s3.send(new UploadPartCommand({ Bucket, Key: 'unfinished +', UploadId, PartNumber: 1, Body: 'x' }));
}

test('all versions, delete markers and unfinished uploads go, counted first; then the bucket can be deleted', async () => {
  await fill('all', 60);
  const { id } = await start('all');
  expect(await lab.until(id, ended)).toMatchObject({ kind: 'empty', state: 'done', source: 's3://all/', filesTotal: 151, filesDone: 151, filesFailed: 0, bytesDone: 180, bytesTotal: 180 });
  expect([await versions('all'), await uploads('all')]).toEqual([0, 0]);
  await lab.s3.send(new DeleteBucketCommand({ Bucket: 'all' }));
});

test('nothing is deleted where the name was not typed, or a transfer still writes to the bucket', async () => {
  await lab.put('kept', 'x');
  await expect(start(BUCKET, 'bucke')).rejects.toMatchObject({ code: 'BadInput' });
  lab.proxy.add({ when: ({ method, headers }) => method === 'PUT' && 'x-amz-copy-source' in headers, fault: { kind: 'delay', ms: 600_000 } });
  const copy = await lab.handlers.copy({ input: { connectionId: 'local', bucket: BUCKET, toBucket: BUCKET, keys: ['kept'], prefixes: [], basePrefix: '', toPrefix: 'to/', move: false, policy: 'overwrite' } });
  await expect(start(BUCKET)).rejects.toMatchObject({ code: 'Conflict' });
  await lab.handlers.cancel({ input: { id: copy.id } });
  expect(await lab.keys()).toEqual(['kept']);
});

test('stopped in the middle it goes on after a restart, and counts what it had deleted and not heard of', async () => {
  await fill('stopped', 1300);
  let deletes = 0;
  // The first page is deleted; the second too, but nobody hears of it; the others wait.
  lab.proxy.add({ when: (request) => isDelete(request) && (deletes += 1) < 0, fault: { kind: 'reset' } });
  lab.proxy.add({ when: (request) => isDelete(request) && deletes === 2, fault: { kind: 'stall', bytes: 0 }, times: 1 });
  lab.proxy.add({ when: (request) => isDelete(request) && deletes > 2, fault: { kind: 'delay', ms: 600_000 } });
  const { id } = await start('stopped');
  await lab.until(id, ({ filesDone }) => filesDone >= 1000 && deletes >= 4);
  const left = await versions('stopped');
  expect(left).toBeGreaterThan(0);
  lab.proxy.clear();
  await lab.restart();
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 3251, filesTotal: 3251, filesFailed: 0 });
  expect([await versions('stopped'), await uploads('stopped')]).toEqual([0, 0]);
});

test('cancelled, what is left stays; Retry goes on with it', async () => {
  await fill('cancelled', 600);
  let deletes = 0;
  lab.proxy.add({ when: (request) => isDelete(request) && ++deletes > 1, fault: { kind: 'delay', ms: 600_000 } });
  const { id } = await start('cancelled');
  await lab.until(id, ({ filesDone }) => filesDone >= 1000);
  expect(await lab.handlers.cancel({ input: { id } })).toMatchObject({ state: 'cancelled' });
  expect(await versions('cancelled')).toBeGreaterThan(0);
  lab.proxy.clear();
  await lab.handlers.retry({ input: { id } });
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 1501 });
  expect(await versions('cancelled')).toBe(0);
});

test('what may not be deleted (a legal hold) is named and stays; the rest goes; Retry takes it once it may', async () => {
  const Bucket = 'locked';
  await lab.s3.send(new CreateBucketCommand({ Bucket, ObjectLockEnabledForBucket: true }));
  await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'held', Body: 'x', ObjectLockLegalHoldStatus: 'ON' }));
  await lab.s3.send(new PutObjectCommand({ Bucket, Key: 'free', Body: 'y' }));
  const { id } = await start(Bucket);
  expect(await lab.until(id, ended)).toMatchObject({ state: 'failed', filesDone: 1, filesFailed: 1, error: { code: 'AccessDenied', message: expect.stringContaining('held') as string } });
  expect(await versions(Bucket)).toBe(1);
  const { files } = await lab.handlers.files({ input: { id, max: 10 } });
  expect(files).toMatchObject([{ key: 'held', state: 'failed' }]);
  await lab.s3.send(new PutObjectLegalHoldCommand({ Bucket, Key: 'held', LegalHold: { Status: 'OFF' } }));
  await lab.handlers.retry({ input: { id } });
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 2, filesFailed: 0 });
  expect(await versions(Bucket)).toBe(0);
});

test('denied: nothing may be listed, or every delete is refused; it stops and says which action', async () => {
  await fill('denied', 3);
  const denied = { kind: 'answer' as const, status: 403, body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>' };
  lab.proxy.add({ when: ({ url }) => /[?&]versions/.test(url), fault: denied });
  expect(await lab.until((await start('denied')).id, ended)).toMatchObject({ state: 'failed', error: { code: 'AccessDenied', action: 's3:ListBucketVersions' } });
  lab.proxy.clear();
  lab.proxy.add({ when: isDelete, fault: denied });
  expect(await lab.until((await start('denied')).id, ended)).toMatchObject({ state: 'failed', error: { code: 'AccessDenied', action: 's3:DeleteObjectVersion' } });
  expect(await versions('denied')).toBe(7);
});

test('a store that has no versions is emptied of its objects', async () => {
  await lab.s3.send(new CreateBucketCommand({ Bucket: 'plain' }));
  for (const Key of ['a', 'b']) await lab.s3.send(new PutObjectCommand({ Bucket: 'plain', Key, Body: Key }));
  lab.proxy.add({ when: ({ url }) => /[?&](versions|uploads)/.test(url), fault: { kind: 'answer', status: 501, body: '<Error><Code>NotImplemented</Code><Message>no</Message></Error>' } });
  expect(await lab.until((await start('plain')).id, ended)).toMatchObject({ state: 'done', filesDone: 2 });
  expect(await versions('plain')).toBe(0);
});
