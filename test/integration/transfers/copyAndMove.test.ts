import { DeleteObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { BUCKET, ended, sha256, startTransferLab, type Policy, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
let lab: TransferLab;
beforeAll(async () => {
  lab = await startTransferLab({ wholeCopy: 6 * MIB });
});
afterEach(() => lab.proxy.clear());
afterAll(() => lab.close());

const start = (what: { keys?: string[]; prefixes?: string[]; basePrefix?: string; toPrefix?: string; renameTo?: string; move?: boolean; policy?: Policy }) =>
  lab.handlers.copy({ input: { connectionId: 'local', bucket: BUCKET, toBucket: BUCKET, keys: [], prefixes: [], basePrefix: '', toPrefix: '', move: false, policy: 'ask', ...what } });
const run = async (what: Parameters<typeof start>[0]) => lab.until((await start(what)).id, ended);
const text = async (key: string) => Buffer.from(await lab.bytes(key)).toString();
const isCopy = ({ method, headers }: { method: string; headers: object }) => method === 'PUT' && 'x-amz-copy-source' in headers;

test('a copied object keeps headers, metadata, tags and class; hostile keys too', async () => {
  const key = 'meta/a +%&ü\u0001//b.txt';
  await lab.put(key, 'hello', { ContentType: 'text/x-test', CacheControl: 'no-store', Metadata: { colour: 'blue' }, Tagging: 'team=lake', StorageClass: 'STANDARD_IA' });
  expect(await run({ prefixes: ['meta/'], basePrefix: '', toPrefix: 'to/' })).toMatchObject({ state: 'done', filesDone: 1, bytesDone: 5, kind: 'copy' });
  const there = { Bucket: BUCKET, Key: `to/${key}` };
  expect(await lab.s3.send(new HeadObjectCommand(there))).toMatchObject({ ContentType: 'text/x-test', CacheControl: 'no-store', Metadata: { colour: 'blue' }, StorageClass: 'STANDARD_IA' });
  expect((await lab.s3.send(new GetObjectTaggingCommand(there))).TagSet).toEqual([{ Key: 'team', Value: 'lake' }]);
  expect(await text(key)).toBe('hello');
});

test('an object over the limit of one CopyObject is moved in parts, with its headers, metadata and tags', async () => {
  const bytes = randomBytes(15 * MIB);
  await lab.put('big/one.bin', bytes, { ContentType: 'text/x-big', Metadata: { size: 'large' }, Tagging: 'a=1' });
  const from = lab.proxy.seen.length;
  expect(await run({ keys: ['big/one.bin'], renameTo: 'big/renamed.bin', move: true })).toMatchObject({ state: 'done' });
  expect(lab.proxy.seen.slice(from).filter(({ url }) => url.includes('partNumber=')).length).toBeGreaterThan(1);
  const there = { Bucket: BUCKET, Key: 'big/renamed.bin' };
  expect(await lab.s3.send(new HeadObjectCommand(there))).toMatchObject({ ContentType: 'text/x-big', Metadata: { size: 'large' } });
  expect((await lab.s3.send(new GetObjectTaggingCommand(there))).TagSet).toEqual([{ Key: 'a', Value: '1' }]);
  expect(sha256(await lab.bytes('big/renamed.bin'))).toBe(sha256(bytes));
  expect(await lab.keys('big/')).toEqual(['big/renamed.bin']);
  expect(await lab.openUploads()).toBe(0);
});

test('a copy into or onto itself is refused before anything is written', async () => {
  await lab.put('self/x', '1');
  await expect(start({ prefixes: ['self/'], toPrefix: 'self/inner/' })).rejects.toMatchObject({ code: 'BadInput', message: expect.stringContaining('into itself') as string });
  await expect(start({ keys: ['self/x'], toPrefix: '' })).rejects.toMatchObject({ code: 'BadInput' });
  expect(await lab.keys('self/')).toEqual(['self/x']);
});

test('conflicts are found before anything is written, and answered one by one', async () => {
  for (const name of ['a', 'b.txt', 'c', 'new']) await lab.put(`from/${name}`, `new ${name}`);
  for (const name of ['a', 'b.txt', 'c']) await lab.put(`into/${name}`, `old ${name}`);
  const { id } = await start({ prefixes: ['from/'], basePrefix: 'from/', toPrefix: 'into/', move: true });
  expect(await lab.until(id, ({ state }) => state === 'needsAnswer')).toMatchObject({ conflicts: 3 });
  expect(await lab.keys('into/')).toHaveLength(3);
  const conflicts = await lab.handlers.conflicts({ input: { id, after: -1, max: 10 } });
  expect(conflicts.map(({ key }) => key)).toEqual(['into/a', 'into/b.txt', 'into/c']);
  await lab.restart(); // the question outlives a restart
  const index = (key: string) => conflicts.find((one) => one.key === key)!.index;
  await lab.handlers.answer({ input: { id, all: 'skip', some: [{ index: index('into/a'), choice: 'overwrite' }, { index: index('into/b.txt'), choice: 'keepBoth' }], hidden: true } });
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 3, filesSkipped: 1 });
  expect(await Promise.all(['a', 'b.txt', 'b (2).txt', 'c', 'new'].map((name) => text(`into/${name}`)))).toEqual(['new a', 'old b.txt', 'new b.txt', 'old c', 'new new']);
  expect(await lab.keys('from/')).toEqual(['from/c']);
});

test('no source is deleted while one copy failed; taken back, only the copies made are gone', async () => {
  for (const n of [1, 2, 3, 4]) await lab.put(`keep/${n}`, `${n}`);
  await lab.put('kept/other', 'was there');
  lab.proxy.add({ when: (request) => isCopy(request) && request.url.includes('kept/3'), fault: { kind: 'answer', status: 403, body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>' } });
  const failed = await run({ prefixes: ['keep/'], basePrefix: 'keep/', toPrefix: 'kept/', move: true });
  expect(failed).toMatchObject({ state: 'failed', filesDone: 3, filesFailed: 1, canRollBack: true });
  expect(await lab.keys('keep/')).toHaveLength(4);
  await lab.put('kept/2', 'somebody wrote over the copy');
  expect(await lab.handlers.rollBack({ input: { id: failed.id } })).toMatchObject({ state: 'cancelled', rolledBack: true });
  expect(await lab.keys('kept/')).toEqual(['kept/2', 'kept/other']);
  expect(await lab.keys('keep/')).toHaveLength(4);
});

test('a source that changes between copy and delete is kept, and said; a move that deletes cannot be taken back', async () => {
  await lab.put('late/a', '1');
  await lab.put('late/b', '1');
  lab.proxy.add({ when: ({ method, url }) => method === 'POST' && url.includes('delete'), fault: { kind: 'answer', status: 403, body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>' }, times: 1 });
  const { id } = await run({ prefixes: ['late/'], basePrefix: 'late/', toPrefix: 'later/', move: true });
  await lab.put('late/b', 'changed');
  await expect(lab.handlers.rollBack({ input: { id } })).rejects.toMatchObject({ code: 'Conflict' });
  await lab.handlers.retry({ input: { id } });
  expect(await lab.until(id, ended)).toMatchObject({ state: 'failed', filesDone: 1, filesFailed: 1, error: { code: 'Conflict' } });
  expect(await lab.keys('late/')).toEqual(['late/b']);
  expect(await text('late/b')).toBe('changed');
});

const settled = (transfer: Parameters<typeof ended>[0]) => ended(transfer) || transfer.state === 'needsAnswer';
/** Somebody writes to the key just before the copy to it arrives. */
const race = (key: string, work = () => lab.put(key, 'theirs')) => lab.proxy.add({ when: (request) => isCopy(request) && request.url.startsWith(`/${BUCKET}/${key}`), fault: { kind: 'hold', until: work }, times: 1 });

test.each([
  ['ask', { state: 'needsAnswer', filesDone: 2, conflicts: 1 }, 'theirs'],
  ['skip', { state: 'done', filesDone: 2, filesSkipped: 1 }, 'theirs'],
  ['keepBoth', { state: 'done', filesDone: 3 }, 'theirs'],
  ['overwrite', { state: 'done', filesDone: 3 }, '2'],
  ['newer', { state: 'done', filesDone: 3 }, '2'],
] as const)('an object that appears at the target after the plan: %s', async (policy, verdict, content) => {
  for (const n of [1, 2, 3]) await lab.put(`race-${policy}/${n}`, `${n}`);
  race(`raced-${policy}/2`);
  const { id } = await start({ prefixes: [`race-${policy}/`], basePrefix: `race-${policy}/`, toPrefix: `raced-${policy}/`, policy });
  expect(await lab.until(id, settled)).toMatchObject(verdict);
  expect(await text(`raced-${policy}/2`)).toBe(content);
  if (policy === 'keepBoth') expect(await text('raced-keepBoth/2 (2)')).toBe('2');
  if (policy !== 'ask') return;
  const [conflict] = await lab.handlers.conflicts({ input: { id, after: -1, max: 10 } });
  expect(conflict).toMatchObject({ key: 'raced-ask/2', there: { size: 6 }, ours: { size: 1, modified: expect.stringMatching(/^\d{4}-/) as string } });
  await lab.restart(); // the question outlives a restart
  await lab.handlers.answer({ input: { id, all: 'overwrite', some: [], hidden: true } });
  expect(await lab.until(id, settled)).toMatchObject({ state: 'done', filesDone: 3 });
  expect(await text('raced-ask/2')).toBe('2');
});

test('an object that changes, or goes, after it was answered for is not written over unasked; where nothing is left nobody is asked', async () => {
  for (const name of ['changed', 'gone']) {
    await lab.put(`again/${name}`, `new ${name}`);
    await lab.put(`into-again/${name}`, 'old');
  }
  race('into-again/changed');
  race('into-again/gone', () => lab.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'into-again/gone' })) as Promise<never>);
  const { id } = await start({ prefixes: ['again/'], basePrefix: 'again/', toPrefix: 'into-again/' });
  await lab.until(id, ({ state }) => state === 'needsAnswer');
  await lab.handlers.answer({ input: { id, all: 'overwrite', some: [], hidden: true } });
  expect(await lab.until(id, (transfer) => ended(transfer) || (transfer.state === 'needsAnswer' && transfer.filesDone === 1))).toMatchObject({ state: 'needsAnswer', conflicts: 1 });
  expect([await text('into-again/changed'), await text('into-again/gone')]).toEqual(['theirs', 'new gone']);
});

test('a move that meets such an object deletes no source until it is answered', async () => {
  for (const n of [1, 2]) await lab.put(`wait/${n}`, `${n}`);
  race('waited/2');
  const { id } = await start({ prefixes: ['wait/'], basePrefix: 'wait/', toPrefix: 'waited/', move: true });
  expect(await lab.until(id, settled)).toMatchObject({ state: 'needsAnswer', conflicts: 1 });
  expect(await lab.keys('wait/')).toHaveLength(2);
  await lab.handlers.answer({ input: { id, all: 'skip', some: [], hidden: true } });
  expect(await lab.until(id, settled)).toMatchObject({ state: 'done', filesDone: 1, filesSkipped: 1 });
  expect([await lab.keys('wait/'), await text('waited/2')]).toEqual([['wait/2'], 'theirs']);
});

test('a copy in parts that meets such an object keeps its parts for the answer; kept both, they go', async () => {
  const bytes = randomBytes(13 * MIB);
  for (const name of ['one', 'two']) {
    await lab.put(`large/${name}`, bytes);
    const isComplete = ({ method, url }: { method: string; url: string }) => method === 'POST' && url.includes(`larger/${name}`) && url.includes('uploadId=');
    lab.proxy.add({ when: isComplete, fault: { kind: 'hold', until: () => lab.put(`larger/${name}`, 'theirs') }, times: 1 });
  }
  const { id } = await start({ prefixes: ['large/'], basePrefix: 'large/', toPrefix: 'larger/' });
  expect(await lab.until(id, settled)).toMatchObject({ state: 'needsAnswer', conflicts: 2 });
  const conflicts = await lab.handlers.conflicts({ input: { id, after: -1, max: 10 } });
  await lab.handlers.answer({ input: { id, all: 'overwrite', some: [{ index: conflicts.find(({ key }) => key.endsWith('two'))!.index, choice: 'keepBoth' }], hidden: true } });
  expect(await lab.until(id, settled)).toMatchObject({ state: 'done', filesDone: 2 });
  expect(await Promise.all(['one', 'two', 'two (2)'].map(async (name) => (await lab.bytes(`larger/${name}`)).length))).toEqual([bytes.length, 6, bytes.length]);
  expect(await lab.openUploads()).toBe(0);
});

test('a transfer that was cancelled while it asked asks again on Retry; nothing is written over unasked', async () => {
  await lab.put('ask/x', 'new');
  await lab.put('asked/x', 'old');
  const { id } = await start({ prefixes: ['ask/'], basePrefix: 'ask/', toPrefix: 'asked/' });
  await lab.until(id, ({ state }) => state === 'needsAnswer');
  await lab.handlers.cancel({ input: { id } });
  await lab.handlers.retry({ input: { id } });
  await lab.until(id, (transfer) => ended(transfer) || transfer.state === 'needsAnswer');
  expect(await text('asked/x')).toBe('old');
  expect(await lab.until(id, ({ state }) => state === 'needsAnswer')).toMatchObject({ conflicts: 1 });
});

test('“newer” overwrites what is of another size and what is older, and leaves the rest', async () => {
  for (const [name, body] of [['same', 'xx'], ['longer', 'xxx']]) await lab.put(`newer/${name}`, body!);
  await lab.put('older/longer', 'yy');
  // Times are in whole seconds: the other was written at the same time or later.
  await lab.put('older/same', 'yy');
  expect(await run({ prefixes: ['newer/'], basePrefix: 'newer/', toPrefix: 'older/', policy: 'newer' })).toMatchObject({ state: 'done', filesDone: 1, filesSkipped: 1 });
  expect([await text('older/same'), await text('older/longer')]).toEqual(['yy', 'xxx']);
});

test('taking back a copy says how many objects it replaced that nothing can bring back', async () => {
  for (const name of ['old', 'new']) await lab.put(`for-good/${name}`, `the source of ${name}`);
  await lab.put('replaced/old', 'what was there');
  const done = await run({ prefixes: ['for-good/'], basePrefix: 'for-good/', toPrefix: 'replaced/', policy: 'overwrite' });
  expect(done).toMatchObject({ state: 'done', canRollBack: true, overwrittenForGood: 1 });
  expect(await lab.handlers.rollBack({ input: { id: done.id } })).toMatchObject({ rolledBack: true, overwrittenForGood: 1 });
  expect(await lab.keys('replaced/')).toEqual(['replaced/old']);
  expect(await text('replaced/old')).toBe('the source of old');
});

test('a version over the limit of one CopyObject is made current again in parts, with its own headers, metadata and tags', async () => {
  await lab.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: 'Enabled' } }));
  const old = randomBytes(15 * MIB);
  const Key = 'kept/old +%.bin';
  await lab.put(Key, old, { ContentType: 'text/x-old', Metadata: { age: 'old' }, Tagging: 'a=old' });
  const { VersionId: versionId } = await lab.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key }));
  await lab.put(Key, 'new', { ContentType: 'text/x-new', Tagging: 'a=new' });
  const restore = async (version: string) => lab.until((await lab.handlers.restoreVersion({ input: { connectionId: 'local', bucket: BUCKET, key: Key, versionId: version } })).id, ended);
  expect(await restore(versionId!)).toMatchObject({ state: 'done', filesDone: 1 });
  expect(sha256(await lab.bytes(Key))).toBe(sha256(old));
  expect(await lab.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key }))).toMatchObject({ ContentType: 'text/x-old', Metadata: { age: 'old' } });
  expect((await lab.s3.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key }))).TagSet).toEqual([{ Key: 'a', Value: 'old' }]);
  // Of a deleted object, too; and of a version that is not there nothing is written.
  await lab.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key }));
  expect(await restore(versionId!)).toMatchObject({ state: 'done' });
  expect(sha256(await lab.bytes(Key))).toBe(sha256(old));
  expect(await restore('no-such-version')).toMatchObject({ state: 'failed' });
  expect(sha256(await lab.bytes(Key))).toBe(sha256(old));
  expect(await lab.openUploads()).toBe(0);
});
