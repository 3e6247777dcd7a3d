import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { DeleteObjectCommand, GetObjectTaggingCommand, HeadObjectCommand, ListObjectVersionsCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { ObjectChange } from '../../../shared/objects/change.ts';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import type { SeenRequest } from '../../support/faultyProxy.ts';
import { BUCKET, ended, sha256, startTransferLab, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
let lab: TransferLab;
beforeAll(async () => {
  lab = await startTransferLab({ wholeCopy: 6 * MIB });
  await versioning('Enabled');
});
afterEach(() => lab.proxy.clear());
afterAll(() => lab.close());

const at = { connectionId: 'local', bucket: BUCKET };
const versioning = (Status: 'Enabled' | 'Suspended') => lab.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status } }));
const text = async (key: string) => Buffer.from(await lab.bytes(key)).toString();
const head = (Key: string) => lab.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key }));
const tags = async (Key: string) => (await lab.s3.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key }))).TagSet;
const versionsOf = async (Prefix: string) => (await lab.s3.send(new ListObjectVersionsCommand({ Bucket: BUCKET, Prefix }))).Versions ?? [];
const isCopy = ({ method, headers }: SeenRequest) => method === 'PUT' && 'x-amz-copy-source' in headers;
const startUndo = async ({ id }: Transfer) => lab.handlers.undo({ input: { id } });
const undo = async (of: Transfer) => lab.until((await startUndo(of)).id, ended);

async function tree(name: string, files: Record<string, string | Uint8Array>): Promise<string> {
  const folder = path.join(await lab.folder(), name);
  await mkdir(folder);
  for (const [file, content] of Object.entries(files)) await writeFile(path.join(folder, file), content);
  return folder;
}
const copy = async (what: { keys?: string[]; prefixes?: string[]; basePrefix?: string; toPrefix?: string; move?: boolean }) =>
  lab.until((await lab.handlers.copy({ input: { ...at, toBucket: BUCKET, keys: [], prefixes: [], basePrefix: '', toPrefix: '', move: false, policy: 'overwrite', ...what } })).id, ended);
const edit = async (key: string, change: Partial<ObjectChange>) =>
  lab.until((await lab.handlers.edit({ input: { ...at, objects: [{ key }], change: { headers: {}, metadata: {}, tags: {}, ...change } } })).id, ended);

test('an upload that replaced objects is undone: they are again what they were, with headers, metadata and tags; what it wrote stays a version', async () => {
  await lab.put('up/a.txt', 'old a', { ContentType: 'text/x-old', Metadata: { who: 'me' }, Tagging: 'age=old' });
  const large = randomBytes(9 * MIB);
  await lab.put('up/large.bin', large);
  const folder = await tree('up', { 'a.txt': 'new a', 'large.bin': randomBytes(10 * MIB), 'fresh.txt': 'fresh' });
  const done = await lab.upload(folder);
  expect(done).toMatchObject({ state: 'done', filesDone: 3, undoable: 2, replaced: 2 });
  expect(done.undoLoses).toBeUndefined();

  await lab.restart(); // what it takes is in the journal
  expect(await undo(done)).toMatchObject({ kind: 'undo', state: 'done', filesDone: 2, filesFailed: 0 });
  expect(await text('up/a.txt')).toBe('old a');
  expect(await head('up/a.txt')).toMatchObject({ ContentType: 'text/x-old', Metadata: { who: 'me' } });
  expect(await tags('up/a.txt')).toEqual([{ Key: 'age', Value: 'old' }]);
  expect(sha256(await lab.bytes('up/large.bin'))).toBe(sha256(large));
  expect(await text('up/fresh.txt')).toBe('fresh');
  expect((await versionsOf('up/a.txt')).map(({ Size }) => Size)).toEqual([5, 5, 5]);
  expect(await lab.openUploads()).toBe(0);
  await expect(startUndo(done)).rejects.toMatchObject({ code: 'Conflict' });
});

test('what somebody wrote or deleted since is never undone: it stays, and is named; the rest comes back', async () => {
  const names = ['theirs', 'deleted', 'same bytes', 'mine'];
  for (const name of names) await lab.put(`since/${name}`, `old ${name}`);
  const done = await lab.upload(await tree('since', Object.fromEntries(names.map((name) => [name, `new ${name}`]))));
  expect(done).toMatchObject({ replaced: 4 });
  await lab.put('since/theirs', 'theirs');
  await lab.s3.send(new DeleteObjectCommand({ Bucket: BUCKET, Key: 'since/deleted' }));
  await lab.put('since/same bytes', 'new same bytes'); // another version of the same ETag
  const undone = await undo(done);
  expect(undone).toMatchObject({ state: 'failed', filesDone: 1, filesFailed: 3, error: { code: 'Conflict' } });
  expect(await Promise.all(['theirs', 'same bytes', 'mine'].map((name) => text(`since/${name}`)))).toEqual(['theirs', 'new same bytes', 'old mine']);
  expect(await lab.keys('since/')).toEqual(['since/mine', 'since/same bytes', 'since/theirs']);
  const { files } = await lab.handlers.files({ input: { id: undone.id, states: ['failed'], max: 10 } });
  expect(files.map(({ key, error }) => [key, error?.message.includes(key)])).toEqual(['deleted', 'same bytes', 'theirs'].map((name) => [`since/${name}`, true]));
});

test('somebody writes between the look and the copy: theirs stays', async () => {
  await lab.put('race/x', 'old');
  const done = await lab.upload(await tree('race', { x: 'new' }));
  lab.proxy.add({ when: isCopy, fault: { kind: 'hold', until: () => lab.put('race/x', 'theirs') }, times: 1 });
  expect(await undo(done)).toMatchObject({ state: 'failed', filesFailed: 1, error: { code: 'Conflict' } });
  expect(await text('race/x')).toBe('theirs');
});

test('an undo that was stopped after its copy, before it heard of it, does not take its own copy for somebody else’s', async () => {
  const names = Array.from({ length: 30 }, (_, n) => `${n}.txt`);
  await Promise.all(names.map((name) => lab.put(`stopped/${name}`, `old ${name}`)));
  const done = await lab.upload(await tree('stopped', Object.fromEntries(names.map((name) => [name, `new ${name}`]))));
  // The copies are made; the looks at them that follow are not answered.
  let copies = 0;
  const isLook = ({ method, url }: SeenRequest) => method === 'HEAD' && !url.includes('versionId') && copies > 4;
  lab.proxy.add({ when: (request) => isCopy(request) && ++copies < 0, fault: { kind: 'reset' } });
  lab.proxy.add({ when: isLook, fault: { kind: 'delay', ms: 600_000 } });
  const { id } = await startUndo(done);
  await lab.until(id, () => copies >= 12);
  lab.proxy.clear();
  await lab.restart();
  expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 30, filesFailed: 0 });
  expect(await Promise.all(names.map((name) => text(`stopped/${name}`)))).toEqual(names.map((name) => `old ${name}`));
  expect((await versionsOf('stopped/0.txt')).length).toBe(3);
});

test('a copy and a move that replaced objects are undone; what was moved is back at its place too', async () => {
  for (const name of ['a', 'b']) await lab.put(`from/${name}`, `moved ${name}`);
  await lab.put('onto/a', 'was there');
  const copied = await copy({ keys: ['from/a'], basePrefix: 'from/', toPrefix: 'onto/' });
  expect(copied).toMatchObject({ state: 'done', replaced: 1 });
  expect(copied.overwrittenForGood).toBeUndefined();
  expect(await undo(copied)).toMatchObject({ state: 'done', filesDone: 1 });
  expect(await text('onto/a')).toBe('was there');

  const moved = await copy({ prefixes: ['from/'], basePrefix: 'from/', toPrefix: 'onto/', move: true });
  expect(moved).toMatchObject({ state: 'done', filesDone: 2, replaced: 1 });
  expect(await lab.keys('from/')).toEqual([]);
  expect(await undo(moved)).toMatchObject({ state: 'done', filesDone: 1 });
  expect(await Promise.all(['from/a', 'onto/a', 'onto/b'].map(text))).toEqual(['moved a', 'was there', 'moved b']);
});

test('copies that are taken back leave nothing to undo', async () => {
  await lab.put('back/from', 'new');
  await lab.put('back/to/from', 'old');
  const copied = await copy({ keys: ['back/from'], basePrefix: 'back/', toPrefix: 'back/to/' });
  expect(copied).toMatchObject({ replaced: 1, canRollBack: true });
  const taken = await lab.handlers.rollBack({ input: { id: copied.id } });
  expect(taken).toMatchObject({ rolledBack: true });
  expect(taken.undoable).toBeUndefined();
  expect(await text('back/to/from')).toBe('old');
});

test('an edit is undone: headers, metadata and tags are those of before; of tags alone there is nothing to undo', async () => {
  await lab.put('edited', 'same bytes', { ContentType: 'text/x-old', Metadata: { owner: 'me' }, Tagging: 'a=1' });
  const done = await edit('edited', { headers: { contentType: 'text/x-new' }, metadata: { owner: 'you', more: 'x' }, tags: { a: '2' } });
  expect(done).toMatchObject({ state: 'done', replaced: 1 });
  expect(await undo(done)).toMatchObject({ state: 'done', filesDone: 1 });
  expect(await head('edited')).toMatchObject({ ContentType: 'text/x-old', Metadata: { owner: 'me' } });
  expect(await tags('edited')).toEqual([{ Key: 'a', Value: '1' }]);
  const tagged = await edit('edited', { tags: { a: '3' } });
  expect(tagged).toMatchObject({ state: 'done' });
  await expect(startUndo(tagged)).rejects.toMatchObject({ code: 'BadInput' });
});

test('an object over the limit of one CopyObject comes back in parts', async () => {
  const before = randomBytes(13 * MIB);
  await lab.put('parts.bin', before, { Metadata: { age: 'old' } });
  const folder = await lab.folder();
  await writeFile(path.join(folder, 'parts.bin'), 'small now');
  const done = await lab.upload(path.join(folder, 'parts.bin'));
  const from = lab.proxy.seen.length;
  expect(await undo(done)).toMatchObject({ state: 'done', filesDone: 1 });
  expect(lab.proxy.seen.slice(from).filter(({ url }) => url.includes('partNumber=')).length).toBeGreaterThan(1);
  expect(sha256(await lab.bytes('parts.bin'))).toBe(sha256(before));
  expect(await head('parts.bin')).toMatchObject({ Metadata: { age: 'old' } });
  expect(await lab.openUploads()).toBe(0);
});

test('versions that may not be listed: nothing is written, and the denied action is named', async () => {
  await lab.put('denied/x', 'old');
  const done = await lab.upload(await tree('denied', { x: 'new' }));
  lab.proxy.add({ when: ({ url }) => /[?&]versions/.test(url), fault: { kind: 'answer', status: 403, body: '<Error><Code>AccessDenied</Code><Message>no</Message></Error>' } });
  const failed = await undo(done);
  expect(failed).toMatchObject({ state: 'failed', error: { code: 'AccessDenied', action: 's3:ListBucketVersions' } });
  expect(await text('denied/x')).toBe('new');
  lab.proxy.clear();
  await lab.handlers.retry({ input: { id: failed.id } });
  expect(await lab.until(failed.id, ended)).toMatchObject({ state: 'done' });
  expect(await text('denied/x')).toBe('old');
});

test('suspended versions: only what was written before that can come back, and costs what was written in its place; so it is said', async () => {
  await lab.put('suspended/kept', 'from before');
  await versioning('Suspended');
  try {
    await lab.put('suspended/lost', 'without a version');
    const done = await lab.upload(await tree('suspended', { kept: 'new', lost: 'new' }));
    expect(done).toMatchObject({ state: 'done', filesDone: 2, replaced: 1, undoLoses: true });
    expect((await versionsOf('suspended/kept')).map(({ VersionId }) => VersionId === 'null')).toEqual([true, false]);
    expect(await undo(done)).toMatchObject({ state: 'done', filesDone: 1 });
    expect(await Promise.all(['suspended/kept', 'suspended/lost'].map(text))).toEqual(['from before', 'new']);
    // Again: another write without a version has the same version id, and is told apart.
    const again = await lab.upload(await tree('suspended', { lost: 'x' }));
    expect(again.replaced).toBeUndefined();
    await versioning('Enabled');
    await lab.put('suspended/twice', 'old');
    await versioning('Suspended');
    const twice = await lab.upload(await tree('suspended', { twice: 'ours' }));
    await lab.s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'suspended/twice', Body: 'theirs' }));
    expect(await undo(twice)).toMatchObject({ state: 'failed', error: { code: 'Conflict' } });
    expect(await text('suspended/twice')).toBe('theirs');
  } finally {
    await versioning('Enabled');
  }
});

test('a read-only connection undoes nothing', async () => {
  await lab.put('ro/x', 'old');
  const done = await lab.upload(await tree('ro', { x: 'new' }));
  const assertWritable = lab.backend.context.aws.assertWritable;
  lab.backend.context.aws.assertWritable = () => {
    throw Object.assign(new Error('read-only'), { code: 'ReadOnlyConnection' });
  };
  try {
    await expect(startUndo(done)).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
  } finally {
    lab.backend.context.aws.assertWritable = assertWritable;
  }
  expect(await text('ro/x')).toBe('new');
});
