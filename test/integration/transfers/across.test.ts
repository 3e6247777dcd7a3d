import { randomBytes } from 'node:crypto';
import { CompleteMultipartUploadCommand, CreateMultipartUploadCommand, GetObjectTaggingCommand, HeadObjectCommand, PutBucketVersioningCommand, PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { SyncPlace } from '../../../shared/contract/sync.ts';
import { OTHER, startOtherLake, type OtherStore } from '../../support/otherLake.ts';
import { below, startSyncLab, type SyncLab } from '../../support/syncLab.ts';
import { BUCKET, ended, sha256 } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
let lab: SyncLab;
let other: OtherStore;
beforeAll(async () => {
  lab = await startSyncLab();
  other = await startOtherLake(lab);
});
afterEach(() => {
  lab.proxy.clear();
  other.proxy.clear();
});
afterAll(async () => {
  await other.close();
  await lab.close();
});

const there = (prefix: string): SyncPlace => ({ kind: 'bucket', connectionId: other.connectionId, bucket: OTHER, prefix });
const isPart = ({ method, url }: { method: string; url: string }) => method === 'PUT' && url.includes('partNumber=');
interface Copy {
  keys?: string[];
  prefixes?: string[];
  basePrefix?: string;
  toPrefix: string;
  move?: boolean;
  policy?: 'ask' | 'overwrite' | 'skip' | 'keepBoth';
}
const start = ({ keys = [], prefixes = [], basePrefix = '', move = false, policy = 'overwrite', toPrefix }: Copy) =>
  lab.handlers.copy({ input: { connectionId: 'local', bucket: BUCKET, keys, prefixes, basePrefix, toConnectionId: other.connectionId, toBucket: OTHER, toPrefix, move, policy } });
const copied = async (copy: Copy) => lab.until((await start(copy)).id, ended);

/** An object of parts of this size, as another program uploads it. */
async function putInParts(key: string, bytes: Uint8Array, partSize: number, algorithm?: 'CRC32C' | 'CRC64NVME' | 'SHA256'): Promise<string> {
  const at = { Bucket: BUCKET, Key: key };
  const { UploadId } = await lab.s3.send(new CreateMultipartUploadCommand({ ...at, ChecksumAlgorithm: algorithm }));
  const Parts = [];
  for (let offset = 0, PartNumber = 1; offset < bytes.length; offset += partSize, PartNumber += 1) {
    const part = await lab.s3.send(new UploadPartCommand({ ...at, UploadId, PartNumber, Body: bytes.subarray(offset, offset + partSize), ChecksumAlgorithm: algorithm }));
    Parts.push({ PartNumber, ETag: part.ETag, ChecksumCRC32: part.ChecksumCRC32, ChecksumCRC32C: part.ChecksumCRC32C, ChecksumCRC64NVME: part.ChecksumCRC64NVME, ChecksumSHA256: part.ChecksumSHA256 });
  }
  await lab.s3.send(new CompleteMultipartUploadCommand({ ...at, UploadId, MultipartUpload: { Parts } }));
  return (await lab.s3.send(new HeadObjectCommand(at))).ETag!;
}

test('objects go to another connection with headers, metadata, tags and class, byte for byte', async () => {
  const [small, large] = [randomBytes(3000), randomBytes(20 * MIB + 17)];
  await lab.put('from/a b/+%/도시.csv', small, { ContentType: 'text/csv; charset=utf-8', CacheControl: 'no-store', Metadata: { owner: 'ops', note: '' }, Tagging: 'team=data&x=%2B', StorageClass: 'STANDARD_IA' });
  await lab.put('from/large.bin', large, { Metadata: { size: 'large' }, Tagging: 'n=1', ContentEncoding: 'identity' });
  await lab.put('from/empty/', new Uint8Array());
  expect(await copied({ prefixes: ['from/'], toPrefix: 'to/' })).toMatchObject({ state: 'done', kind: 'copy', connectionId: other.connectionId, fromConnectionId: 'local', filesDone: 3, bytesDone: small.length + large.length });
  expect(sha256(await other.bytes('to/from/a b/+%/도시.csv'))).toBe(sha256(small));
  expect(sha256(await other.bytes('to/from/large.bin'))).toBe(sha256(large));
  expect(await other.keys('to/')).toHaveLength(3);
  const head = (Key: string) => other.s3.send(new HeadObjectCommand({ Bucket: OTHER, Key }));
  expect(await head('to/from/a b/+%/도시.csv')).toMatchObject({ ContentType: 'text/csv; charset=utf-8', CacheControl: 'no-store', Metadata: { owner: 'ops', note: '' }, StorageClass: 'STANDARD_IA' });
  expect(await head('to/from/large.bin')).toMatchObject({ Metadata: { size: 'large' }, ContentEncoding: 'identity' });
  const { TagSet } = await other.s3.send(new GetObjectTaggingCommand({ Bucket: OTHER, Key: 'to/from/a b/+%/도시.csv' }));
  expect(TagSet).toEqual([{ Key: 'team', Value: 'data' }, { Key: 'x', Value: '+' }]);
  expect(await other.openUploads()).toBe(0);
});

test.each([
  ['CRC64NVME of the whole', 'CRC64NVME'],
  ['CRC32C of parts', 'CRC32C'],
  ['SHA-256 of parts', 'SHA256'],
  ['no checksum but the ETag of parts', undefined],
] as const)('the copy of an object with %s has its part size, and so its ETag', async (_, algorithm) => {
  const bytes = randomBytes(27 * MIB + 5);
  const key = `parts/${algorithm ?? 'none'}.bin`;
  const etag = await putInParts(key, bytes, 6 * MIB, algorithm);
  expect(await copied({ keys: [key], toPrefix: '' })).toMatchObject({ state: 'done', error: undefined });
  expect(sha256(await other.bytes(key))).toBe(sha256(bytes));
  expect((await other.s3.send(new HeadObjectCommand({ Bucket: OTHER, Key: key }))).ETag).toBe(etag);
});

test.each([
  ['SHA256'],
  ['CRC64NVME'],
  ['CRC32'],
] as const)('FAULTS 8: a bit that flips on the way from the source is found by its %s; nothing is published', async (ChecksumAlgorithm) => {
  const key = `flipped/${ChecksumAlgorithm}.bin`;
  await lab.put(key, randomBytes(20 * MIB), { ChecksumAlgorithm });
  lab.proxy.add({ when: ({ method, url, headers }) => method === 'GET' && url.includes('flipped/') && headers.range !== undefined, fault: { kind: 'corrupt', at: 5 } });
  expect(await copied({ keys: [key], toPrefix: '' })).toMatchObject({ state: 'failed', error: { code: 'ChecksumMismatch', resource: `s3://${BUCKET}/${key}` } });
  expect(await other.keys(key)).toEqual([]);
  expect(await other.openUploads()).toBe(0);
  lab.proxy.clear();
  lab.proxy.add({ when: ({ method, url, headers }) => method === 'GET' && url.includes('flipped/') && headers.range !== undefined, fault: { kind: 'corrupt', at: 5 }, times: 1 });
  expect(await copied({ keys: [key], toPrefix: '' })).toMatchObject({ state: 'done' }); // once is tried again by itself
});

test('FAULTS 9: an object that is replaced while it is copied is not copied', async () => {
  await lab.put('replaced.bin', randomBytes(20 * MIB));
  let seen = 0;
  lab.proxy.add({ when: ({ method, url, headers }) => method === 'GET' && url.includes('replaced') && headers.range !== undefined && ++seen === 2, fault: { kind: 'hold', until: () => lab.put('replaced.bin', randomBytes(20 * MIB)) } });
  expect(await copied({ keys: ['replaced.bin'], toPrefix: '' })).toMatchObject({ state: 'failed', error: { code: 'Conflict', message: `s3://${BUCKET}/replaced.bin was changed since the plan was made.` } });
  expect(await other.keys('replaced')).toEqual([]);
});

test('FAULTS 7, 19: bodies cut short and stalled on the way are asked for again, at both ends', async () => {
  const bytes = randomBytes(20 * MIB);
  await lab.put('cut.bin', bytes);
  lab.proxy.add({ when: ({ method, headers }) => method === 'GET' && headers.range !== undefined, fault: { kind: 'cut', bytes: 100_000 }, times: 1 });
  lab.proxy.add({ when: ({ method, headers }) => method === 'GET' && headers.range !== undefined, fault: { kind: 'stall', bytes: 100_000 }, times: 1 });
  other.proxy.add({ when: isPart, fault: { kind: 'reset' }, times: 2 });
  expect(await copied({ keys: ['cut.bin'], toPrefix: '' })).toMatchObject({ state: 'done', bytesDone: bytes.length });
  expect(sha256(await other.bytes('cut.bin'))).toBe(sha256(bytes));
});

test('a target that is read-only is refused in the backend, a source may be', async () => {
  const { aws } = lab.backend.context;
  await lab.put('ro.txt', 'x');
  await aws.update(other.connectionId, { readOnly: true });
  await expect(start({ keys: ['ro.txt'], toPrefix: '' })).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
  const back = await lab.plan(below('nothing-there/'), there('')).catch((error: unknown) => error);
  expect(back).toMatchObject({ state: 'failed' });
  await other.put('ro/back.txt', 'from a read-only place');
  const { id } = await lab.handlers.copy({ input: { connectionId: other.connectionId, bucket: OTHER, keys: ['ro/back.txt'], prefixes: [], basePrefix: '', toConnectionId: 'local', toBucket: BUCKET, toPrefix: 'back/', move: false, policy: 'ask' } });
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done', connectionId: 'local', fromConnectionId: other.connectionId });
  expect(Buffer.from(await lab.bytes('back/ro/back.txt')).toString()).toBe('from a read-only place');
  await expect(lab.handlers.copy({ input: { connectionId: other.connectionId, bucket: OTHER, keys: ['ro/back.txt'], prefixes: [], basePrefix: '', toConnectionId: 'local', toBucket: BUCKET, toPrefix: '', move: true, policy: 'ask' } })).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
  await aws.update(other.connectionId, { readOnly: false });
});

test('what is there already is asked about; a move deletes its sources only when all copies are verified', async () => {
  for (const name of ['one', 'two']) await lab.put(`move/${name}`, name);
  await other.put('moved/move/one', 'theirs');
  const { id } = await start({ prefixes: ['move/'], toPrefix: 'moved/', move: true, policy: 'ask' });
  expect(await lab.until(id, ({ state }) => state === 'needsAnswer')).toMatchObject({ conflicts: 1 });
  await lab.handlers.answer({ input: { id, all: 'keepBoth', some: [], hidden: true } });
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 2 });
  expect(await lab.keys('move/')).toEqual([]);
  expect(await other.keys('moved/')).toEqual(['moved/move/one', 'moved/move/one (2)', 'moved/move/two']);
});

test('two connections to one server: an object moved onto itself stays', async () => {
  const { aws } = lab.backend.context;
  const { id: twin } = await aws.create({ name: 'Twin', kind: 'keys', region: lab.lake.region, endpoint: lab.lake.endpoint }, lab.lake.credentials);
  await aws.update(twin, { readOnly: false });
  await lab.put('self.txt', 'the only one');
  const { id } = await lab.handlers.copy({ input: { connectionId: 'local', bucket: BUCKET, keys: ['self.txt'], prefixes: [], basePrefix: '', toConnectionId: twin, toBucket: BUCKET, toPrefix: '', move: true, policy: 'overwrite' } });
  expect(await lab.until(id, ended)).toMatchObject({ state: 'failed', error: { code: 'Conflict' } });
  expect(Buffer.from(await lab.bytes('self.txt')).toString()).toBe('the only one');
});

test('copies to another connection can be taken back', async () => {
  for (const name of ['x', 'y']) await lab.put(`undone/${name}`, name);
  const { id } = await copied({ prefixes: ['undone/'], toPrefix: 'undo/' });
  expect(await other.keys('undo/')).toHaveLength(2);
  await lab.handlers.rollBack({ input: { id } });
  expect(await lab.until(id, ({ rolledBack }) => rolledBack === true)).toMatchObject({ state: 'cancelled' });
  expect(await other.keys('undo/')).toEqual([]);
  expect(await lab.keys('undone/')).toHaveLength(2);
});

test('FAULTS 13: cancel aborts its upload at the target, also while the bandwidth is limited', async () => {
  await lab.put('slow.bin', randomBytes(24 * MIB));
  await lab.handlers.changeLimits({ input: { up: 512 * 1024 } });
  try {
    const { id } = await start({ keys: ['slow.bin'], toPrefix: '' });
    await lab.until(id, ({ bytesDone }) => bytesDone > 0);
    expect(await other.openUploads()).toBe(1);
    expect(await lab.handlers.cancel({ input: { id } })).toMatchObject({ state: 'cancelled' });
    expect(await other.openUploads()).toBe(0);
  } finally {
    await lab.handlers.changeLimits({ input: { up: null } });
  }
});

test('after a restart parts that are there are not sent again, and the whole is still verified', async () => {
  const bytes = randomBytes(40 * MIB);
  await lab.put('resume.bin', bytes, { ChecksumAlgorithm: 'SHA256' }); // it needs every byte in order
  let parts = 0;
  other.proxy.add({ when: (request) => isPart(request) && ++parts > 2, fault: { kind: 'delay', ms: 600_000 } });
  const { id } = await start({ keys: ['resume.bin'], toPrefix: '' });
  await lab.until(id, () => other.proxy.seen.filter((request) => isPart(request) && request.answered === 200 && request.url.includes('resume')).length === 2);
  other.proxy.clear();
  await lab.restart();
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done', error: undefined });
  expect(other.proxy.seen.filter((request) => isPart(request) && request.answered === 200 && request.url.includes('resume'))).toHaveLength(5);
  expect(sha256(await other.bytes('resume.bin'))).toBe(sha256(bytes));
});

test('a bucket is synced to one of another connection: planned, carried out, deletes included, and the same after', async () => {
  for (const name of ['a', 'b/c', 'changed', 'same']) await lab.put(`sync/${name}`, name);
  for (const [name, body] of [['changed', 'other length'], ['gone', 'g'], ['same', 'same']]) await other.put(`synced/${name!}`, body!);
  const plan = await lab.plan(below('sync/'), there('synced/'));
  expect(await lab.keysByKind(plan)).toEqual({ new: ['a', 'b/c'], changed: ['changed'], gone: ['gone'], same: ['same'] });
  expect(await lab.carryOut(plan, { deleteGone: true })).toMatchObject({ state: 'done', filesDone: 4, connectionId: other.connectionId, fromConnectionId: 'local' });
  expect(await other.keys('synced/')).toEqual(['synced/a', 'synced/b/c', 'synced/changed', 'synced/same']);
  expect(Buffer.from(await other.bytes('synced/changed')).toString()).toBe('changed');
  for (const compare of ['time', 'checksum'] as const) expect(await lab.keysByKind(await lab.plan(below('sync/'), there('synced/'), { compare }))).toEqual({ same: ['a', 'b/c', 'changed', 'same'] });
});

test('a source that was written again, or a target that was, is left as it is and said', async () => {
  for (const name of ['s', 't', 'u']) await lab.put(`race/${name}`, name);
  const plan = await lab.plan(below('race/'), there('raced/'));
  await lab.put('race/s', 'longer now');
  await other.put('raced/t', 'theirs');
  expect(await lab.carryOut(plan)).toMatchObject({ state: 'failed', filesDone: 1, filesFailed: 2, error: { code: 'Conflict' } });
  expect(Buffer.from(await other.bytes('raced/t')).toString()).toBe('theirs');
});

test('FAULTS 18: while either store asks to slow down it waits, says so, and goes on when it may', async () => {
  for (let n = 0; n < 6; n += 1) await lab.put(`slow/${n}`, String(n));
  const slowDown = { kind: 'answer', status: 503, body: '<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>', headers: { 'content-type': 'application/xml' } } as const;
  lab.proxy.add({ when: ({ method, url }) => method === 'GET' && url.includes('slow/') && !url.includes('list-type'), fault: slowDown });
  const { id } = await start({ prefixes: ['slow/'], toPrefix: 'calm/' });
  expect(await lab.until(id, ({ waitsFor }) => waitsFor !== undefined)).toMatchObject({ state: 'running', waitsFor: { code: 'Throttled' } });
  lab.proxy.clear();
  other.proxy.add({ when: ({ method }) => method === 'PUT', fault: slowDown, times: 40 });
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 6, waitsFor: undefined });
});

test('a move to another connection that replaced an object is undone: what was there is back, and its source too', async () => {
  const keepVersions = (s3: typeof lab.s3, Bucket: string) => s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  await Promise.all([keepVersions(lab.s3, BUCKET), keepVersions(other.s3, OTHER)]);
  await lab.put('given-back/x', 'moved');
  await other.s3.send(new PutObjectCommand({ Bucket: OTHER, Key: 'given-back/x', Body: 'was there' }));
  const moved = await copied({ keys: ['given-back/x'], toPrefix: '', move: true });
  expect(moved).toMatchObject({ state: 'done', replaced: 1 });
  expect([await lab.keys('given-back/'), Buffer.from(await other.bytes('given-back/x')).toString()]).toEqual([[], 'moved']);
  expect(await lab.until((await lab.handlers.undo({ input: { id: moved.id } })).id, ended)).toMatchObject({ state: 'done', filesDone: 1 });
  expect([await lab.bytes('given-back/x'), await other.bytes('given-back/x')].map((bytes) => Buffer.from(bytes).toString())).toEqual(['moved', 'was there']);
});
