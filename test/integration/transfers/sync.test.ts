import { mkdir, readFile, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { makeHostileFiles, treeOf } from '../../support/hostileFiles.ts';
import { below, startSyncLab, type SyncLab } from '../../support/syncLab.ts';
import { BUCKET } from '../../support/transfers.ts';

let lab: SyncLab;
beforeAll(async () => {
  lab = await startSyncLab();
});
afterEach(() => lab.proxy.clear());
afterAll(() => lab.close());

const text = async (key: string) => Buffer.from(await lab.bytes(key)).toString();
/** A folder with files, all an hour old. */
async function folderOf(files: Record<string, string>): Promise<string> {
  const folder = await lab.folder();
  for (const [name, content] of Object.entries(files)) await write(folder, name, content, -3600);
  return folder;
}
async function write(folder: string, name: string, content: string, seconds = 0): Promise<void> {
  const at = path.join(folder, name);
  await mkdir(path.dirname(at), { recursive: true });
  await writeFile(at, content);
  const when = Date.now() / 1000 + seconds;
  await utimes(at, when, when);
}
const ALL_SAME = { new: { files: 0 }, changed: { files: 0 }, gone: { files: 0 }, problem: { files: 0 } };

test('a folder to a bucket: the plan says what is new, changed, gone and same; carried out, a second one plans nothing', async () => {
  const folder = await folderOf({ 'a.txt': 'a', 'b/c.txt': 'c', 'b/d.txt': 'd', 'later.txt': 'x' });
  for (const [key, body] of [['b/c.txt', 'longer'], ['b/d.txt', 'd'], ['b/gone.txt', 'g'], ['later.txt', 'y']]) await lab.put(`up/${key}`, body!);
  await write(folder, 'later.txt', 'x', 60);
  const plan = await lab.plan(await lab.at(folder), below('up/'));
  expect(await lab.keysByKind(plan)).toEqual({ new: ['a.txt'], changed: ['b/c.txt', 'later.txt'], gone: ['b/gone.txt'], same: ['b/d.txt'] });
  expect(plan).toMatchObject({ state: 'complete', listed: { from: 4, to: 4 }, targetFiles: 4, undo: 'none', sums: { changed: { files: 2, bytes: 2 } } });
  expect((await lab.rows(plan, 'changed')).map(({ why }) => why)).toEqual(['size', 'time']);
  expect(await lab.carryOut(plan)).toMatchObject({ state: 'done', kind: 'sync', filesTotal: 3, filesDone: 3, bytesDone: 3 });
  expect([await text('up/a.txt'), await text('up/b/c.txt'), await text('up/later.txt')]).toEqual(['a', 'c', 'x']);
  expect(await lab.keys('up/')).toContain('up/b/gone.txt');
  // The time of a file is in the future, as where a clock is wrong: what it was uploaded with decides.
  expect(await lab.plan(await lab.at(folder), below('up'))).toMatchObject({ sums: { new: { files: 0 }, changed: { files: 0 }, same: { files: 4 } } });
});

test('a bucket to a folder: files get the times of their objects, nothing is planned after, nor back', async () => {
  for (const name of ['a.txt', 'deep/er/b.txt', 'marker/']) await lab.put(`down/${name}`, name.endsWith('/') ? new Uint8Array() : name);
  const folder = await lab.folder();
  const there = await lab.plan(below('down/'), await lab.at(folder));
  expect(await lab.keysByKind(there)).toEqual({ new: ['a.txt', 'deep/er/b.txt', 'marker/'] });
  expect(there.listed).toEqual({ from: 2, to: 0 });
  expect(await lab.carryOut(there)).toMatchObject({ state: 'done', filesDone: 3 });
  expect((await stat(path.join(folder, 'marker'))).isDirectory()).toBe(true);
  expect(await readFile(path.join(folder, 'deep/er/b.txt'), 'utf8')).toBe('deep/er/b.txt');
  const { LastModified } = await lab.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: 'down/a.txt' }));
  expect(Math.floor((await stat(path.join(folder, 'a.txt'))).mtimeMs / 1000)).toBe(LastModified!.getTime() / 1000);
  expect(await lab.plan(below('down/'), await lab.at(folder))).toMatchObject({ sums: { ...ALL_SAME, same: { files: 3 } } });
  expect(await lab.plan(await lab.at(folder), below('down/'))).toMatchObject({ sums: { ...ALL_SAME, same: { files: 3 } } });
  await write(folder, 'a.txt', 'A.TXT', 60);
  const back = await lab.plan(below('down/'), await lab.at(folder));
  expect(await lab.keysByKind(back)).toEqual({ changed: ['a.txt'], same: ['deep/er/b.txt', 'marker/'] });
  expect(back.warnings).toEqual([{ code: 'targetNewer', count: 1, example: 'a.txt' }]);
});

test('empty folders go both ways where they are wanted, and are never deleted', async () => {
  const folder = await folderOf({ 'a.txt': 'a', 'only hidden/.x': 'x' });
  for (const name of ['empty', 'deep/er', '빈 폴더']) await mkdir(path.join(folder, name), { recursive: true });
  expect(await lab.keysByKind(await lab.plan(await lab.at(folder), below('empty/'), { folders: false }))).toEqual({ new: ['a.txt', 'only hidden/.x'] });
  const up = await lab.plan(await lab.at(folder), below('empty/'), { hidden: false });
  expect(await lab.keysByKind(up)).toEqual({ new: ['a.txt', 'deep/er/', 'empty/', 'only hidden/', '빈 폴더/'] });
  expect(up).toMatchObject({ listed: { from: 2, to: 0 } }); // files, the hidden one too
  expect(await lab.carryOut(up)).toMatchObject({ state: 'done', filesDone: 5 });
  expect(await lab.keys('empty/')).toEqual(['empty/a.txt', 'empty/deep/er/', 'empty/empty/', 'empty/only hidden/', 'empty/빈 폴더/']);
  expect(await lab.plan(await lab.at(folder), below('empty/'), { hidden: false })).toMatchObject({ sums: { ...ALL_SAME, same: { files: 5 } } });

  const back = await lab.folder();
  await write(back, 'empty/has something', 'x');
  await mkdir(path.join(back, 'mine'));
  const down = await lab.plan(below('empty/'), await lab.at(back));
  expect(await lab.keysByKind(down)).toEqual({ new: ['a.txt', 'deep/er/', 'only hidden/', '빈 폴더/'], gone: ['empty/has something'], same: ['empty/'] });
  expect(await lab.carryOut(down, { deleteGone: true, confirmDeletes: 1 })).toMatchObject({ state: 'done', filesDone: 5 });
  for (const name of ['deep/er', 'empty', 'only hidden', '빈 폴더', 'mine']) expect((await stat(path.join(back, name))).isDirectory()).toBe(true);
  expect(await lab.plan(below('empty/'), await lab.at(back))).toMatchObject({ sums: { ...ALL_SAME, same: { files: 5 } } });
});

test('what was synced up is the same when it is synced down again: the time kept with the object says so', async () => {
  const folder = await folderOf({ one: '1', two: '22' });
  expect(await lab.carryOut(await lab.plan(await lab.at(folder), below('both/')))).toMatchObject({ state: 'done' });
  expect(await lab.plan(below('both/'), await lab.at(folder))).toMatchObject({ sums: { ...ALL_SAME, same: { files: 2 } } });
  await lab.put('both/one', '3');
  expect(await lab.keysByKind(await lab.plan(below('both/'), await lab.at(folder)))).toEqual({ changed: ['one'], same: ['two'] });
});

test('a prefix to another: copied inside S3, and the same after', async () => {
  for (const name of ['x', 'y/z', 'old']) await lab.put(`src/${name}`, name);
  for (const name of ['old', 'y/z', 'extra']) await lab.put(`dst/${name}`, name === 'y/z' ? 'other length' : name);
  const plan = await lab.plan(below('src/'), below('dst/'));
  expect(await lab.keysByKind(plan)).toEqual({ new: ['x'], changed: ['y/z'], gone: ['extra'], same: ['old'] });
  expect(await lab.carryOut(plan, { deleteGone: true })).toMatchObject({ state: 'done', filesDone: 3 });
  expect(await lab.keys('dst/')).toEqual(['dst/old', 'dst/x', 'dst/y/z']);
  expect(await lab.plan(below('src/'), below('dst/'))).toMatchObject({ sums: { ...ALL_SAME, same: { files: 3 } } });
});

test('FAULTS 5: hostile names go there and back to an identical tree', async () => {
  const [from, to] = [await lab.folder(), await lab.folder()];
  await makeHostileFiles(from, 80);
  expect(await lab.carryOut(await lab.plan(await lab.at(from), below('hostile/')))).toMatchObject({ state: 'done', filesDone: 80 });
  expect(await lab.plan(await lab.at(from), below('hostile/'))).toMatchObject({ sums: { ...ALL_SAME, same: { files: 80 } } });
  expect(await lab.carryOut(await lab.plan(below('hostile/'), await lab.at(to)))).toMatchObject({ state: 'done', filesDone: 80 });
  // Names a file system cannot be trusted with are written differently, and lead back to their keys.
  expect(await lab.plan(below('hostile/'), await lab.at(to))).toMatchObject({ sums: { ...ALL_SAME, same: { files: 80 } } });
  const digests = (tree: string[]) => tree.map((line) => line.slice(-64)).sort();
  expect(digests(await treeOf(to))).toEqual(digests(await treeOf(from)));
});

test('FAULTS 1: a key that leads out of the folder is a problem, and the rest is synced', async () => {
  for (const name of ['../out', 'ok', 'a//b']) await lab.put(`lead/${name}`, name);
  const folder = await lab.folder();
  const plan = await lab.plan(below('lead/'), await lab.at(folder));
  expect(await lab.keysByKind(plan)).toEqual({ new: ['a//b', 'ok'], problem: ['../out'] });
  expect(plan.warnings).toEqual([{ code: 'renamed', count: 1, example: 'a//b' }]);
  expect(await lab.carryOut(plan)).toMatchObject({ state: 'done', filesDone: 2 });
  expect(await lab.plan(below('lead/'), await lab.at(folder))).toMatchObject({ sums: { ...ALL_SAME, problem: { files: 1 }, same: { files: 2 } } });
});

test('FAULTS 2: a link in the target folder is neither followed nor written over', async () => {
  await lab.put('link/secret', 'from the bucket');
  const [folder, elsewhere] = [await lab.folder(), await lab.folder()];
  await write(elsewhere, 'secret', 'mine');
  await symlink(path.join(elsewhere, 'secret'), path.join(folder, 'secret'));
  expect(await lab.keysByKind(await lab.plan(below('link/'), await lab.at(folder)))).toEqual({ problem: ['secret'] });
  expect(await readFile(path.join(elsewhere, 'secret'), 'utf8')).toBe('mine');
});

test('by checksum the content decides, whatever the times say', async () => {
  const folder = await folderOf({ same: 'abc', other: 'abc' });
  await lab.put('sum/same', 'abc');
  await lab.put('sum/other', 'xyz');
  expect(await lab.keysByKind(await lab.plan(await lab.at(folder), below('sum/')))).toEqual({ same: ['other', 'same'] });
  await write(folder, 'same', 'abc', 600);
  const plan = await lab.plan(await lab.at(folder), below('sum/'), { compare: 'checksum' });
  expect(await lab.keysByKind(plan)).toEqual({ changed: ['other'], same: ['same'] });
  expect((await lab.rows(plan, 'changed'))[0]).toMatchObject({ why: 'checksum' });
  expect(await lab.carryOut(plan)).toMatchObject({ state: 'done' });
  expect(await lab.plan(await lab.at(folder), below('sum/'), { compare: 'checksum' })).toMatchObject({ sums: { ...ALL_SAME, same: { files: 2 } } });
});

test('a change of the same size within the second of an upload by another program is seen, either way', async () => {
  const folder = await lab.folder();
  for (const name of ['same', 'changed']) await lab.put(`second/${name}`, 'abc');
  for (const [name, content] of [['same', 'abc'], ['changed', 'xyz']] as const) {
    await write(folder, name, content);
    const { LastModified } = await lab.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: `second/${name}` }));
    const at = LastModified!.getTime() / 1000 + 0.999; // after the object, whenever in that second it was written
    await utimes(path.join(folder, name), at, at);
  }
  const up = await lab.plan(await lab.at(folder), below('second/'));
  expect(await lab.keysByKind(up)).toEqual({ changed: ['changed'], same: ['same'] });
  expect((await lab.rows(up, 'changed'))[0]).toMatchObject({ why: 'checksum' });
  expect(await lab.keysByKind(await lab.plan(below('second/'), await lab.at(folder)))).toEqual({ changed: ['changed'], same: ['same'] });
});

test('filters and hidden files hold on both sides: what they leave out is not gone', async () => {
  const folder = await folderOf({ 'a.csv': '1', 'b.txt': '1', '.git/config': '1', 'logs/x.csv': '1', 'logs/.secret.csv': '1' });
  for (const key of ['old.csv', 'old.txt', '.old', 'logs/old.csv']) await lab.put(`filter/${key}`, '1');
  const plan = await lab.plan(await lab.at(folder), below('filter/'), { include: ['*.csv'], exclude: ['logs/**'], hidden: false });
  expect(await lab.keysByKind(plan)).toEqual({ new: ['a.csv'], gone: ['old.csv'] });
});
