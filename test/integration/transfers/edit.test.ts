import { randomBytes } from 'node:crypto';
import { CreateBucketCommand, GetObjectTaggingCommand, HeadObjectCommand, ListObjectVersionsCommand, PutBucketVersioningCommand, PutObjectCommand, PutObjectTaggingCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { s3ObjectsHandlers } from '../../../electron/services/s3Objects/index.ts';
import { withHeaders } from '../../../electron/transfers/edit/exactHeaders.ts';
import { NO_CHANGE, type ObjectChange } from '../../../shared/objects/change.ts';
import { BUCKET, ended, startTransferLab, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
let lab: TransferLab;
beforeAll(async () => void (lab = await startTransferLab({ wholeCopy: 6 * MIB })));
afterAll(() => lab.close());
afterEach(() => lab.proxy.clear());

const at = { connectionId: 'local', bucket: BUCKET };
const service = () => s3ObjectsHandlers(lab.backend.context);
const sheet = (key: string) => service().sheet({ input: { ...at, key } });
const seen = async (key: string) => {
  const { etag, modified } = await sheet(key);
  return { key, seen: { etag, modified } };
};
type Edited = { key: string; seen?: { etag: string; modified: string } };
const start = (objects: Edited[], change: Partial<ObjectChange>) => lab.handlers.edit({ input: { ...at, objects, change: { ...NO_CHANGE, ...change } } });
const edit = async (...what: Parameters<typeof start>) => lab.until((await start(...what)).id, ended);
const head = (Key: string) => lab.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key, ChecksumMode: 'ENABLED' }));
const tagsOf = async (Key: string) => Object.fromEntries((await lab.s3.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key }))).TagSet!.map((tag) => [tag.Key, tag.Value]));
const isCopy = ({ method, headers }: { method: string; headers: Record<string, unknown> }) => method === 'PUT' && headers['x-amz-copy-source'] !== undefined;
const writes = () => lab.proxy.seen.filter(({ method }) => method === 'PUT' || method === 'POST').length;

/** Everything an object can say, also what the SDK cannot: an Expires that is no date, metadata without a value. */
async function putFull(key: string, body: string | Uint8Array = 'a,b\n') {
  const command = new PutObjectCommand({
    ...{ Bucket: BUCKET, Key: key, Body: body, StorageClass: 'STANDARD_IA', ChecksumAlgorithm: 'SHA256', WebsiteRedirectLocation: '/there', Tagging: 'team=data&x=1%202' },
    ...{ ContentType: 'text/csv', ContentDisposition: 'attachment; filename="a.csv"', ContentLanguage: 'ko', ContentEncoding: 'identity' },
  });
  await lab.s3.send(withHeaders(command, { expires: '0', 'x-amz-meta-owner': 'lake', 'x-amz-meta-empty': '', 'x-amz-meta-name': '=?UTF-8?Q?Gr=C3=B6=C3=9Fe?=' }));
}

describe('USERS 5: editing one header never wipes the rest', () => {
  test('all other headers, metadata, tags, class and checksum survive, to the letter', async () => {
    const key = 'keep/größe +%&é.csv';
    await putFull(key);
    const before = await sheet(key);
    expect(before).toMatchObject({
      headers: { contentType: 'text/csv', expires: '0', websiteRedirect: '/there' },
      metadata: { owner: 'lake', empty: '', name: 'Größe' },
      tags: { team: 'data', x: '1 2' },
      checksums: { SHA256: expect.any(String) },
      checksumType: 'FULL_OBJECT',
      archive: { storageClass: 'STANDARD_IA' },
      acl: 'owner',
    });
    expect(await edit([await seen(key)], { headers: { cacheControl: 'max-age=60' } })).toMatchObject({ state: 'done', filesDone: 1, target: 'Cache-Control' });
    expect(await sheet(key)).toEqual({ ...before, modified: expect.any(String), headers: { ...before.headers, cacheControl: 'max-age=60' } });
    expect((await head(key)).Metadata!.name).toBe('=?UTF-8?Q?Gr=C3=B6=C3=9Fe?=');
    expect(Buffer.from(await lab.bytes(key)).toString()).toBe('a,b\n');
  });

  test('headers, metadata and tags are set, replaced and removed in one copy', async () => {
    await putFull('all');
    const from = writes();
    const change = { headers: { contentType: 'text/plain', expires: null }, metadata: { owner: null, name: '데이터 호수', more: 'x' }, tags: { team: 'lake', x: null, 'new key': 'a+b' } };
    expect(await edit([await seen('all')], change)).toMatchObject({ state: 'done', filesDone: 1 });
    expect(writes() - from).toBe(1);
    const { headers, metadata, tags } = await sheet('all');
    expect(headers).toEqual({ contentType: 'text/plain', contentDisposition: 'attachment; filename="a.csv"', contentLanguage: 'ko', contentEncoding: 'identity', websiteRedirect: '/there' });
    expect(metadata).toEqual({ empty: '', name: '데이터 호수', more: 'x' });
    expect(tags).toEqual({ team: 'lake', 'new key': 'a+b' });
    expect((await head('all')).Metadata!.name).toMatch(/^=\?UTF-8\?B\?/);
  });

  test('tags alone are put without a copy; what is so already is not written at all', async () => {
    await putFull('tags');
    await edit([await seen('tags')], { tags: { team: 'other' } });
    expect(lab.proxy.seen.filter((request) => isCopy(request) && request.url.includes('/tags'))).toEqual([]);
    expect(await tagsOf('tags')).toEqual({ team: 'other', x: '1 2' });
    const from = writes();
    expect(await edit([await seen('tags')], { tags: { team: 'other', gone: null }, headers: { contentType: 'text/csv' } })).toMatchObject({ state: 'done', filesDone: 1 });
    expect(writes()).toBe(from);
  });

  test('above what one copy takes it is copied in parts, and no upload is left', async () => {
    const body = randomBytes(14 * MIB);
    await putFull('big', body);
    const before = await sheet('big');
    expect(await edit([await seen('big')], { metadata: { owner: 'sea' } })).toMatchObject({ state: 'done', filesDone: 1 });
    const after = await sheet('big');
    expect(after).toMatchObject({ headers: before.headers, metadata: { ...before.metadata, owner: 'sea' }, tags: before.tags, archive: before.archive, size: body.length });
    expect(Object.keys(after.checksums)).toEqual(['SHA256']);
    expect(after).toMatchObject({ checksumType: 'COMPOSITE', parts: { count: 3, list: [{ number: 1, size: 6 * MIB, checksum: expect.any(String) }, { number: 2 }, { number: 3, size: 2 * MIB }] } });
    expect(Buffer.compare(Buffer.from(await lab.bytes('big')), body)).toBe(0);
    expect(await lab.openUploads()).toBe(0);
  });

  test('where the bucket keeps versions, the one before stays as it was', async () => {
    await lab.put('versioned', 'v', { CacheControl: 'no-store' });
    await lab.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: 'Enabled' } }));
    await edit([await seen('versioned')], { headers: { cacheControl: null, contentType: 'text/plain' } });
    await lab.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: 'Suspended' } }));
    const { Versions = [] } = await lab.s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET, Prefix: 'versioned' }));
    const ofVersion = (versionId: string) => service().sheet({ input: { ...at, key: 'versioned', versionId } });
    const headers = await Promise.all(Versions.map(async ({ VersionId }) => (await ofVersion(VersionId!)).headers.cacheControl));
    expect(headers).toEqual([undefined, 'no-store']);
  });
});

test('retention and legal hold are kept by a copy, and changed by their own calls', async () => {
  const locked = 'locked-bucket';
  await lab.s3.send(new CreateBucketCommand({ Bucket: locked, ObjectLockEnabledForBucket: true }));
  const until = new Date(Date.now() + 24 * 3600_000);
  await lab.s3.send(new PutObjectCommand({ Bucket: locked, Key: 'k', Body: 'x', ObjectLockMode: 'GOVERNANCE', ObjectLockRetainUntilDate: until, ObjectLockLegalHoldStatus: 'ON', ChecksumAlgorithm: 'CRC32' }));
  const look = () => service().sheet({ input: { connectionId: 'local', bucket: locked, key: 'k' } });
  const change = async (some: Partial<ObjectChange>) =>
    lab.until((await lab.handlers.edit({ input: { connectionId: 'local', bucket: locked, objects: [{ key: 'k' }], change: { ...NO_CHANGE, ...some } } })).id, ended);
  const before = await look();
  expect(before).toMatchObject({ lockable: 'yes', lock: { mode: 'GOVERNANCE', legalHold: true } });
  expect(await change({ headers: { cacheControl: 'x' } })).toMatchObject({ state: 'done' });
  const copied = await look();
  expect(copied).toMatchObject({ lock: before.lock, headers: { cacheControl: 'x' } });
  expect(copied.versionId).not.toBe(before.versionId);

  const later = new Date(until.getTime() + 24 * 3600_000).toISOString();
  expect(await change({ retention: { mode: 'GOVERNANCE', until: later, bypass: false }, legalHold: false })).toMatchObject({ state: 'done' });
  const changed = await look();
  expect([changed.versionId, changed.lock.legalHold ?? false, Math.floor(Date.parse(changed.lock.until!) / 1000)]).toEqual([copied.versionId, false, Math.floor(Date.parse(later) / 1000)]);
  expect(await change({ retention: { mode: 'GOVERNANCE', until: until.toISOString(), bypass: false } })).toMatchObject({ state: 'failed', error: { code: 'AccessDenied', action: 's3:PutObjectRetention' } });
  expect(await change({ retention: null })).toMatchObject({ state: 'done' });
  expect((await look()).lock.mode).toBeUndefined();
});

test('grants to others than the owner are given again after the copy, also when that fails at first', async () => {
  await lab.put('granted', 'x');
  const grant = (id: string, permission: string) => `<Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>${id}</ID></Grantee><Permission>${permission}</Permission></Grant>`;
  const body = `<AccessControlPolicy><Owner><ID>me</ID></Owner><AccessControlList>${grant('me', 'FULL_CONTROL')}${grant('you', 'READ')}</AccessControlList></AccessControlPolicy>`;
  const isAcl = (method: string) => (request: { method: string; url: string }) => request.method === method && request.url.includes('granted?acl');
  lab.proxy.add({ when: isAcl('GET'), fault: { kind: 'answer', status: 200, body } });
  expect((await sheet('granted')).acl).toBe('granted');
  // The lake has no access control lists: the first attempt is refused.
  const { id } = await start([await seen('granted')], { headers: { cacheControl: 'x' } });
  expect(await lab.until(id, ended)).toMatchObject({ state: 'failed', error: { action: 's3:PutObjectAcl' } });
  lab.proxy.add({ when: isAcl('PUT'), fault: { kind: 'answer', status: 200, body: '' } });
  await lab.handlers.retry({ input: { id } });
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done' });
  expect(lab.proxy.seen.filter((request) => isCopy(request) && request.url.includes('granted'))).toHaveLength(1);
});

describe('an edit and others at work', () => {
  test('an object changed since it was looked at is left alone, whether its bytes or its metadata changed', async () => {
    await lab.put('race', 'old');
    const looked = await seen('race');
    await lab.put('race', 'new');
    expect(await edit([looked], { headers: { cacheControl: 'x' } })).toMatchObject({ state: 'failed', error: { code: 'Conflict', message: expect.stringContaining('s3://bucket/race was changed meanwhile') } });
    expect((await head('race')).CacheControl).toBeUndefined();
    const { etag } = (await seen('race')).seen;
    expect(await edit([{ key: 'race', seen: { etag, modified: '2020-01-01T00:00:00.000Z' } }], { headers: { cacheControl: 'x' } })).toMatchObject({ state: 'failed', error: { code: 'Conflict' } });
  });

  test('one replaced between the look and the copy is not overwritten by its old self', async () => {
    await lab.put('slow', 'old');
    lab.proxy.add({ when: isCopy, fault: { kind: 'delay', ms: 300 }, times: 1 });
    const { id } = await start([await seen('slow')], { headers: { cacheControl: 'x' } });
    await expect.poll(() => lab.proxy.seen.some((request) => isCopy(request) && request.url.includes('slow'))).toBe(true);
    await lab.put('slow', 'new');
    expect(await lab.until(id, ended)).toMatchObject({ state: 'failed', error: { code: 'Conflict' } });
    expect(Buffer.from(await lab.bytes('slow')).toString()).toBe('new');
  });

  test('of many, one that fails does not stop the others and is named', async () => {
    for (let n = 0; n < 12; n += 1) await lab.put(`many/${n}`, 'x', { Metadata: { n: String(n) } });
    const objects = Array.from({ length: 12 }, (_, n) => ({ key: `many/${n}` }));
    const full = Object.fromEntries(Array.from({ length: 10 }, (_, n) => [`t${n}`, 'x']));
    await lab.s3.send(new PutObjectTaggingCommand({ Bucket: BUCKET, Key: 'many/7', Tagging: { TagSet: Object.entries(full).map(([Key, Value]) => ({ Key, Value })) } }));
    const transfer = await edit([...objects, { key: 'many/gone' }], { headers: { contentType: 'text/x' }, tags: { all: 'yes' } });
    expect(transfer).toMatchObject({ state: 'failed', filesTotal: 13, filesDone: 11, filesFailed: 2 });
    const { files } = await lab.handlers.files({ input: { id: transfer.id, states: ['failed'], max: 10 } });
    expect(files.map(({ key, error }) => [key, error!.code])).toEqual([['many/7', 'BadInput'], ['many/gone', 'NotFound']]);
    expect(await tagsOf('many/7')).toEqual(full);
    expect(await head('many/11')).toMatchObject({ ContentType: 'text/x', Metadata: { n: '11' } });
    const facts = await service().facts({ input: { ...at, keys: ['many/0', 'many/gone'] } });
    expect(facts).toMatchObject([{ facts: { key: 'many/0', tags: { all: 'yes' } } }, { key: 'many/gone', error: { code: 'NotFound' } }]);
  });

  test('FAULTS 12: stopped in the middle it goes on; no object is written twice', async () => {
    for (let n = 0; n < 10; n += 1) await lab.put(`stop/${n}`, 'x');
    const objects = await Promise.all(Array.from({ length: 10 }, (_, n) => seen(`stop/${n}`)));
    let copies = 0;
    // From the sixth on the copy is made, and its answer never heard of.
    lab.proxy.add({ when: (request) => isCopy(request) && ++copies > 5, fault: { kind: 'stall', bytes: 0 } });
    const { id } = await start(objects, { headers: { cacheControl: 'max-age=1' }, tags: { done: 'yes' } });
    await lab.until(id, (transfer) => transfer.filesDone === 5);
    await expect.poll(() => copies).toBe(10);
    await lab.restart();
    lab.proxy.clear();
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 10, filesFailed: 0 });
    expect(lab.proxy.seen.filter((request) => isCopy(request) && request.url.includes('stop/'))).toHaveLength(10);
    expect(await Promise.all(objects.map(async ({ key }) => (await head(key)).CacheControl))).toEqual(objects.map(() => 'max-age=1'));
    const before = writes();
    await edit(objects, { headers: { cacheControl: 'max-age=1' } });
    expect(writes()).toBe(before);
  });

  test('a copy that got through before the answer was heard is known again as ours', async () => {
    await lab.put('heard', 'x');
    const looked = await seen('heard');
    lab.proxy.add({ when: isCopy, fault: { kind: 'delay', ms: 600_000 }, times: 1 });
    const { id } = await start([looked], { headers: { cacheControl: 'mine' }, tags: { a: 'b' } });
    await expect.poll(() => lab.proxy.seen.some((request) => isCopy(request) && request.url.includes('heard'))).toBe(true);
    await lab.handlers.pause({ input: { id } });
    // What the copy would have made of it, with a later date and another ETag.
    await lab.put('heard', 'x!', { CacheControl: 'mine', ContentType: (await head('heard')).ContentType });
    lab.proxy.clear();
    await lab.handlers.resume({ input: { id } });
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done' });
    expect(await tagsOf('heard')).toEqual({ a: 'b' });
  });
});

describe('what S3 would refuse', () => {
  test('is refused before anything is written, with its reason', async () => {
    await lab.put('limits', 'x', { Metadata: { long: 'x'.repeat(1500) } });
    const refused = async (change: Partial<ObjectChange>) => start([{ key: 'limits' }], change).then(() => 'taken', (error: Error) => error.message);
    expect(await refused({})).toContain('Nothing was to be changed');
    expect(await refused({ headers: { contentType: 'csv' } })).toContain('media type');
    expect(await refused({ headers: { contentDisposition: 'größe' } })).toContain('ASCII');
    expect(await refused({ metadata: { 'a b': 'x' } })).toContain('“a b”');
    expect(await refused({ tags: { 'aws:x': 'x' } })).toContain('reserved');
    expect(await edit([{ key: 'limits' }], { metadata: { more: 'y'.repeat(800) } })).toMatchObject({ state: 'failed', error: { code: 'BadInput', message: expect.stringContaining('2048 bytes') } });
  });

  test('a read-only connection is not written to', async () => {
    await lab.backend.context.aws.update('local', { readOnly: true });
    await expect(start([{ key: 'race' }], { tags: { a: 'b' } })).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
    await lab.backend.context.aws.update('local', { readOnly: false });
  });
});
