import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openStore, type Store } from '../../../electron/storage/store.ts';
import { Claims } from '../../../electron/transfers/download/claims.ts';
import { identityOf, keyOfPath, pathOfKey, type NameRules } from '../../../electron/transfers/download/names.ts';
import type { Job } from '../../../electron/transfers/job.ts';
import { Journal } from '../../../electron/transfers/journal.ts';

let dir: string;
let store: Store;
beforeAll(async () => {
  dir = await mkdtemp(path.join(tmpdir(), 'secchi-claims-'));
  store = await openStore(dir);
});
afterAll(async () => {
  await store.close();
  await rm(dir, { recursive: true, force: true });
});

const mac: NameRules = { windows: false, caseInsensitive: true, normalises: true };
const claimsOf = (id: string, rules: NameRules) => new Claims({ journal: new Journal(store), record: { id } } as Job, rules);

test('FAULTS 4: on a file system that folds case and normal forms every key gets a file of its own, and leads back', async () => {
  const keys = ['A', 'a', '\u00e9', 'e\u0301', 'n', 'n/b', 'n/c', 'N/b', 'Dir/x', 'dir/x', 'dir/y'];
  const claims = claimsOf('mac', mac);
  const paths: string[] = [];
  for (const key of keys) {
    paths.push((await claims.claim(pathOfKey(key, mac), key))!);
    await claims.flush(); // what was claimed is found in the journal as well
  }
  expect(new Set(paths.map((at) => identityOf(at, mac))).size).toBe(keys.length);
  expect(paths.map(keyOfPath)).toEqual(keys);
  // No file stands where another needs a folder.
  const folders = new Set(paths.flatMap((at) => at.split('/').slice(0, -1).map((_, n, all) => identityOf(all.slice(0, n + 1).join('/'), mac))));
  expect(paths.some((at) => folders.has(identityOf(at, mac)))).toBe(false);
});

test('a folder claimed first keeps its name; the file of that name gives way', async () => {
  const claims = claimsOf('order', mac);
  expect(await claims.claim('a/b', 'a/b')).toBe('a/b');
  expect(await claims.claim('a', 'a')).toBe('%61');
});

test('the same key again is not planned twice', async () => {
  const claims = claimsOf('twice', mac);
  expect(await claims.claim('x', 'x')).toBe('x');
  expect(await claims.claim('x', 'x')).toBeUndefined();
});

test('a plan that goes on knows the claims of the one before', async () => {
  const rules: NameRules = { windows: false, caseInsensitive: true, normalises: false };
  const before = claimsOf('goes on', rules);
  expect(await before.claim('A', 'A')).toBe('A');
  await before.flush();
  expect(await before.claim('A', 'A')).toBeUndefined();
  const after = claimsOf('goes on', rules);
  expect(await after.claim('A', 'A')).toBeUndefined();
  expect(await after.claim('a', 'a')).not.toBe('a');
});
