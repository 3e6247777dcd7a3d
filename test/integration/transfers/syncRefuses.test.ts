import { chmod, mkdir, rm, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { CreateBucketCommand, PutBucketVersioningCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { below, startSyncLab, type SyncLab } from '../../support/syncLab.ts';
import { ended } from '../../support/transfers.ts';

let lab: SyncLab;
beforeAll(async () => {
  lab = await startSyncLab();
});
afterEach(() => lab.proxy.clear());
afterAll(() => lab.close());

const text = async (key: string) => Buffer.from(await lab.bytes(key)).toString();
async function write(folder: string, name: string, content: string, seconds = -3600): Promise<void> {
  const at = path.join(folder, name);
  await mkdir(path.dirname(at), { recursive: true });
  await writeFile(at, content);
  await utimes(at, Date.now() / 1000 + seconds, Date.now() / 1000 + seconds);
}

test('a missing or empty source is refused, on both sides; the target is untouched', async () => {
  const folder = await lab.folder();
  await lab.put('kept/a', 'a');
  const empty = await lab.plan(await lab.at(folder), below('kept/'));
  expect(empty).toMatchObject({ state: 'failed', error: { code: 'BadInput', message: expect.stringContaining('nothing in') as string } });
  await expect(lab.handlers.sync({ input: { planId: empty.id, deleteGone: true } })).rejects.toMatchObject({ code: 'Conflict' });
  await write(folder, 'mine', 'x');
  expect(await lab.plan(below('no/such/'), await lab.at(folder))).toMatchObject({ state: 'failed', error: { code: 'BadInput' } });
  expect(await lab.plan(below('', 'no-such-bucket'), await lab.at(folder))).toMatchObject({ state: 'failed', error: { code: 'NotFound' } });
  const place = await lab.at(folder);
  await rm(folder, { recursive: true });
  expect(await lab.plan(place, below('kept/'))).toMatchObject({ state: 'failed', error: { code: 'NotFound' } });
  expect(await lab.keys('kept/')).toEqual(['kept/a']);
});

test('deletions are off by default, and many of them need their number said', async () => {
  const folder = await lab.folder();
  await write(folder, 'a', 'a');
  for (const key of ['a', 'b', 'c']) await lab.put(`cap/${key}`, 'a');
  const same = await lab.plan(await lab.at(folder), below('cap/'));
  await expect(lab.handlers.sync({ input: { planId: same.id, deleteGone: false } })).rejects.toMatchObject({ code: 'BadInput' });
  await expect(lab.handlers.sync({ input: { planId: same.id, deleteGone: true } })).rejects.toMatchObject({ code: 'Conflict', awsCode: 'ConfirmDeletes' });
  await expect(lab.handlers.sync({ input: { planId: same.id, deleteGone: true, confirmDeletes: 3 } })).rejects.toMatchObject({ awsCode: 'ConfirmDeletes' });
  const [b] = await lab.rows(same, 'gone');
  await lab.sync.exclude({ input: { id: same.id, rows: [{ n: b!.n, kind: 'gone' }], excluded: true } });
  // One of three is little.
  expect(await lab.carryOut(same, { deleteGone: true })).toMatchObject({ state: 'done', filesDone: 1 });
  expect(await lab.keys('cap/')).toEqual(['cap/a', 'cap/b']);
  await expect(lab.handlers.sync({ input: { planId: same.id, deleteGone: true } })).rejects.toMatchObject({ code: 'Conflict' });
  await expect(lab.sync.exclude({ input: { id: same.id, rows: [], excluded: true } })).rejects.toMatchObject({ code: 'Conflict' });
  await lab.put('cap/c', 'a');
  const more = await lab.plan(await lab.at(folder), below('cap/'));
  expect(await lab.carryOut(more, { deleteGone: true, confirmDeletes: 2 })).toMatchObject({ state: 'done' });
  expect(await lab.keys('cap/')).toEqual(['cap/a']);
});

test('a folder: what is gone is deleted there too, where it still is what the plan saw', async () => {
  const folder = await lab.folder();
  for (const name of ['kept', 'two', 'gone', 'edited']) await write(folder, name, name);
  for (const name of ['kept', 'two', 'new']) await lab.put(`local/${name}`, name);
  const plan = await lab.plan(below('local/'), await lab.at(folder));
  expect((await lab.keysByKind(plan)).gone).toEqual(['edited', 'gone']);
  await write(folder, 'edited', 'my work', 0);
  expect(await lab.carryOut(plan, { deleteGone: true })).toMatchObject({ state: 'failed', filesFailed: 1, error: { code: 'Conflict' } });
  expect((await lab.keysByKind(await lab.plan(below('local/'), await lab.at(folder)))).gone).toEqual(['edited']);
});

test('a source or target that changed after the plan is left and reported, and nothing is deleted', async () => {
  const folder = await lab.folder();
  for (const name of ['fine', 'source', 'target', 'appears']) await write(folder, name, name);
  await lab.put('late/target', 'planned');
  for (const name of ['gone', '1', '2']) await lab.put(`late/${name}`, name);
  const plan = await lab.plan(await lab.at(folder), below('late/'));
  await write(folder, 'source', 'changed', 0);
  await lab.put('late/target', 'theirs');
  await lab.put('late/appears', 'theirs too');
  const done = await lab.carryOut(plan, { deleteGone: true, confirmDeletes: 3 });
  expect(done).toMatchObject({ state: 'failed', filesDone: 1, filesFailed: 3, error: { code: 'Conflict' } });
  expect([await text('late/fine'), await text('late/target'), await text('late/appears')]).toEqual(['fine', 'theirs', 'theirs too']);
  expect(await lab.keys('late/')).not.toContain('late/source');
  expect(await lab.keys('late/')).toContain('late/gone');
  expect(await lab.openUploads()).toBe(0);
});

test('to a folder: an object replaced after the plan and a file edited after it are both left', async () => {
  const folder = await lab.folder();
  for (const name of ['fine', 'replaced', 'edited']) await lab.put(`down/${name}`, `${name} of the bucket`);
  await write(folder, 'edited', 'old');
  const plan = await lab.plan(below('down/'), await lab.at(folder));
  await lab.put('down/replaced', 'another one');
  await write(folder, 'edited', 'my work', 0);
  expect(await lab.carryOut(plan)).toMatchObject({ state: 'failed', filesDone: 1, filesFailed: 2, error: { code: 'Conflict' } });
  const after = await lab.plan(below('down/'), await lab.at(folder));
  expect(await lab.keysByKind(after)).toEqual({ new: ['replaced'], changed: ['edited'], same: ['fine'] });
});

test('between prefixes: a source replaced and a target written after the plan are both left', async () => {
  for (const name of ['fine', 'replaced', 'taken', 'over']) await lab.put(`one/${name}`, name);
  await lab.put('two/over', 'other');
  const plan = await lab.plan(below('one/'), below('two/'));
  await lab.put('one/replaced', 'another one');
  await lab.put('two/taken', 'theirs');
  await lab.put('two/over', 'theirs too');
  expect(await lab.carryOut(plan)).toMatchObject({ state: 'failed', filesDone: 1, filesFailed: 3, error: { code: 'Conflict' } });
  expect([await text('two/fine'), await text('two/taken'), await text('two/over')]).toEqual(['fine', 'theirs', 'theirs too']);
  expect(await lab.keys('two/')).not.toContain('two/replaced');
});

test('what an answer that got lost had written is not taken for somebody else’s', async () => {
  const folder = await lab.folder();
  await write(folder, 'one', 'mine');
  const plan = await lab.plan(await lab.at(folder), below('lost/'));
  // The object is written; then, as far as the backend hears, it was not.
  await lab.put('lost/one', 'mine');
  lab.proxy.add({ when: ({ method, url }) => method === 'PUT' && url.includes('lost/one'), fault: { kind: 'answer', status: 503, body: '<Error><Code>SlowDown</Code><Message>later</Message></Error>' }, times: 1 });
  expect(await lab.carryOut(plan)).toMatchObject({ state: 'done', filesDone: 1 });
});

test('a folder of the source that cannot be read makes nothing gone below it', async ({ skip }) => {
  if (process.getuid?.() === 0) skip('root reads everything');
  const folder = await lab.folder();
  await write(folder, 'a', 'a');
  await write(folder, 'secret/b', 'b');
  await chmod(path.join(folder, 'secret'), 0);
  for (const key of ['secret/b', 'secret/c', 'z']) await lab.put(`unread/${key}`, 'b');
  const plan = await lab.plan(await lab.at(folder), below('unread/'), { include: ['b', 'c', 'a', 'z'] });
  await chmod(path.join(folder, 'secret'), 0o700);
  expect(await lab.keysByKind(plan)).toEqual({ new: ['a'], problem: ['secret/', 'secret/b', 'secret/c'], gone: ['z'] });
  expect(plan.warnings).toEqual([{ code: 'unreadable', count: 2, example: 'secret/b' }]);
});

test('places that overlap, two folders, and a glob that is none are refused before anything is read', async () => {
  const folder = await lab.at(await lab.folder());
  await expect(lab.plan(below('x/'), below('x/y/'))).rejects.toMatchObject({ code: 'BadInput' });
  await expect(lab.plan(below(''), below('y/'))).rejects.toMatchObject({ code: 'BadInput' });
  await expect(lab.plan(folder, folder)).rejects.toMatchObject({ code: 'BadInput' });
  await expect(lab.plan({ kind: 'folder', folder: 'not-chosen' }, below('x/'))).rejects.toMatchObject({ code: 'NotFound' });
});

test('archived objects are named as such and left; a plan can be read after a restart, a saved pair too', async () => {
  await lab.put('cold/frozen', 'x', { StorageClass: 'GLACIER' });
  await lab.put('cold/warm', 'y');
  const folder = await lab.at(await lab.folder());
  const plan = await lab.plan(below('cold/'), folder);
  expect(await lab.keysByKind(plan)).toEqual({ new: ['warm'], problem: ['frozen'] });
  expect(plan.warnings).toEqual([{ code: 'archived', count: 1, example: 'frozen' }]);
  const { id } = await lab.sync.savePair({ input: { name: 'Cold', from: below('cold/'), to: folder, options: plan.options, deleteGone: false } });
  await lab.restart();
  expect(await lab.keysByKind(plan)).toEqual({ new: ['warm'], problem: ['frozen'] });
  const [pair] = await lab.sync.pairs({ input: undefined });
  expect(pair).toMatchObject({ id, name: 'Cold', from: { prefix: 'cold/' } });
  expect(await lab.carryOut(await lab.plan(pair!.from, pair!.to))).toMatchObject({ state: 'done', filesDone: 1 });
  await lab.sync.removePair({ input: { id } });
  await lab.sync.drop({ input: { id: plan.id } });
  await expect(lab.sync.rows({ input: { id: plan.id, kinds: ['new'], max: 10 } })).rejects.toMatchObject({ code: 'NotFound' });
});

test('a bucket that keeps versions: the plan says so, and the deletes can be taken back', async () => {
  await lab.s3.send(new CreateBucketCommand({ Bucket: 'versioned' }));
  await lab.s3.send(new PutBucketVersioningCommand({ Bucket: 'versioned', VersioningConfiguration: { Status: 'Enabled' } }));
  for (const Key of ['a', 'b', 'c']) await lab.s3.send(new PutObjectCommand({ Bucket: 'versioned', Key, Body: Key }));
  for (const name of ['a', 'b']) await lab.put(`source/${name}`, name);
  const plan = await lab.plan(below('source/'), below('', 'versioned'));
  expect(plan.undo).toBe('versions');
  const done = await lab.carryOut(plan, { deleteGone: true });
  expect(done).toMatchObject({ state: 'done', undoable: 1 });
  const undo = await lab.handlers.undo({ input: { id: done.id } });
  expect(await lab.until(undo.id, ended)).toMatchObject({ state: 'done', filesDone: 1 });
  expect(await lab.keysByKind(await lab.plan(below('source/'), below('', 'versioned')))).toEqual({ gone: ['c'], same: ['a', 'b'] });
});

test('a read-only connection can be planned with, and is not written to', async () => {
  const folder = await lab.folder();
  await write(folder, 'a', 'a');
  const plan = await lab.plan(await lab.at(folder), below('readonly/'));
  await lab.backend.context.aws.update('local', { readOnly: true });
  try {
    await expect(lab.handlers.sync({ input: { planId: plan.id, deleteGone: false } })).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
  } finally {
    await lab.backend.context.aws.update('local', { readOnly: false });
  }
  expect(await lab.keys('readonly/')).toEqual([]);
});
