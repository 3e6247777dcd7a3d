import { createHash, randomInt } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, GetObjectCommand, ListMultipartUploadsCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect, onTestFinished, test } from 'vitest';
import type { Transfer } from '../../../shared/contract/transfers.ts';
import { startBackend, type TestBackend } from '../../support/backend.ts';
import { proxiedLake } from '../../support/proxiedLake.ts';
import { ended, sha256 } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
const KILLS = 20;
const seed = Number(process.env.SECCHI_SEED ?? randomInt(1, 1_000_000));

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
let state = seed;
function random(): number {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}
/** Bytes that belong to a name and the seed. */
function bytesOf(name: string, size: number): Buffer {
  const block = createHash('sha512').update(`${seed} ${name}`).digest();
  return Buffer.alloc(size, block);
}

const isWrite = ({ method, url }: { method: string; url: string }) => method === 'PUT' && !url.includes('uploads');

test(`FAULTS 12: kill -9 at ${KILLS} random moments of a queue of 500 files (seed ${seed}): it goes on by itself, and nothing is lost, left over or sent twice`, { timeout: 300_000 }, async () => {
  const { proxy, s3, env } = await proxiedLake();
  const Bucket = 'queue';
  await s3.send(new CreateBucketCommand({ Bucket }));
  const folder = await mkdtemp(path.join(tmpdir(), 'secchi-twenty-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const [tree, to, dataDir] = ['tree', 'to', 'data'].map((name) => path.join(folder, name)) as [string, string, string];
  for (const at of [tree, to, dataDir]) await mkdir(at);

  // 150 small uploads and 4 in parts; 100 downloads, 2 of them large; 100 copies; 80 moves; 66 deletes.
  const local = new Map<string, Buffer>();
  for (let n = 0; n < 150; n += 1) local.set(`small-${n}`, bytesOf(`small ${n}`, 1 + Math.floor(random() * 20_000)));
  for (let n = 0; n < 4; n += 1) local.set(`parts-${n}`, bytesOf(`parts ${n}`, 17 * MIB + Math.floor(random() * 9 * MIB)));
  for (const [name, bytes] of local) await writeFile(path.join(tree, name), bytes);
  const stored = new Map<string, Buffer>();
  const store = (prefix: string, count: number, size: (n: number) => number) => {
    for (let n = 0; n < count; n += 1) stored.set(`${prefix}/${n}`, bytesOf(`${prefix} ${n}`, size(n)));
  };
  store('down', 100, (n) => (n < 2 ? 20 * MIB + n : 1 + Math.floor(random() * 30_000)));
  store('copied', 100, (n) => 1000 + n);
  store('moved', 80, (n) => 2000 + n);
  store('deleted', 66, (n) => 10 + n);
  const entries = [...stored];
  for (let at = 0; at < entries.length; at += 20) await Promise.all(entries.slice(at, at + 20).map(([Key, Body]) => s3.send(new PutObjectCommand({ Bucket, Key, Body }))));

  let backend: TestBackend = await startBackend({ dataDir, env });
  onTestFinished(() => backend.stop().catch(() => undefined));
  const { id: connectionId } = await backend.client.connections.create({ name: 'Proxied', kind: 'environment', region: 'us-east-1', endpoint: proxy.endpoint });
  await backend.client.connections.update({ id: connectionId, readOnly: false });
  // Far enough away that a queue of 500 is not over before twenty kills.
  proxy.add({ when: () => true, fault: { kind: 'delay', ms: 60 } });
  // Uploads of 150 files at ~24 at a time are through within a second: they go through few at a time.
  await backend.client.transfers.changeLimits({ up: 4 * MIB, down: 4 * MIB });

  const { client } = backend;
  const grant = async (at: string, what: 'read' | 'folder') => (await client.app.grantPath({ path: at, for: what })).grant;
  const at = { connectionId, bucket: Bucket };
  const copyOf = (from: string, into: string, move: boolean) => ({ ...at, prefixes: [from], keys: [], basePrefix: from, toBucket: Bucket, toPrefix: into, move, policy: 'overwrite' as const });
  await client.transfers.upload({ ...at, prefix: 'up/', grants: [await grant(tree, 'read')], policy: 'overwrite' });
  await client.transfers.download({ ...at, keys: [], prefixes: ['down/'], basePrefix: 'down/', grant: await grant(to, 'folder'), policy: 'overwrite' });
  await client.transfers.copy(copyOf('copied/', 'copies/', false));
  await client.transfers.copy(copyOf('moved/', 'arrived/', true));
  await client.transfers.delete({ ...at, keys: [], prefixes: ['deleted/'] });

  const unfinished = async (): Promise<Transfer[]> => (await backend.client.transfers.list()).filter((transfer) => !ended(transfer));
  let whileWorking = 0;
  for (let kill = 0; kill < KILLS; kill += 1) {
    // A moment is a number of requests, not a time: a slow machine is killed at the same places.
    const until = proxy.seen.length + Math.floor(random() * 45);
    const deadline = Date.now() + 1500;
    let left = await unfinished();
    while (left.length > 0 && proxy.seen.length < until && Date.now() < deadline) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      if (proxy.seen.length % 7 === 0) left = await unfinished();
    }
    if (left.length > 0) whileWorking += 1;
    await backend.kill();
    backend = await startBackend({ dataDir, env });
  }
  console.log(`seed ${seed}: ${whileWorking} of ${KILLS} kills hit a queue at work`);
  expect(whileWorking).toBeGreaterThanOrEqual(15);
  proxy.clear();
  await backend.client.transfers.changeLimits({ up: null, down: null });
  await expect.poll(async () => (await unfinished()).length, { timeout: 120_000, interval: 200 }).toBe(0);

  expect((await backend.client.transfers.list()).map(({ kind, state: how, filesDone, filesFailed, error }) => ({ kind, how, filesDone: kind === 'delete' ? 'all' : filesDone, filesFailed, error })).sort((a, b) => a.kind.localeCompare(b.kind))).toEqual([
    { kind: 'copy', how: 'done', filesDone: 100, filesFailed: 0, error: undefined },
    { kind: 'delete', how: 'done', filesDone: 'all', filesFailed: 0, error: undefined },
    { kind: 'download', how: 'done', filesDone: 100, filesFailed: 0, error: undefined },
    { kind: 'move', how: 'done', filesDone: 80, filesFailed: 0, error: undefined },
    { kind: 'upload', how: 'done', filesDone: 154, filesFailed: 0, error: undefined },
  ]);
  const expected = new Map<string, Buffer>();
  for (const [name, bytes] of local) expected.set(`up/tree/${name}`, bytes);
  for (const [key, bytes] of stored) {
    if (key.startsWith('down/')) expected.set(key, bytes);
    if (key.startsWith('copied/')) expected.set(key, bytes).set(key.replace('copied/', 'copies/'), bytes);
    if (key.startsWith('moved/')) expected.set(key.replace('moved/', 'arrived/'), bytes);
  }
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  expect(Contents.map(({ Key }) => Key!).sort()).toEqual([...expected.keys()].sort());
  for (const [Key, bytes] of expected) {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
    expect(sha256(await Body!.transformToByteArray()), Key).toBe(sha256(bytes));
  }
  const down = [...stored].filter(([key]) => key.startsWith('down/'));
  expect((await readdir(to)).sort()).toEqual(down.map(([key]) => key.slice(5)).sort()); // no temporary file either
  for (const [key, bytes] of down) expect(sha256(await readFile(path.join(to, key.slice(5)))), key).toBe(sha256(bytes));
  expect((await s3.send(new ListMultipartUploadsCommand({ Bucket }))).Uploads ?? []).toEqual([]);

  // What the server confirmed to anybody who still listened, by what it was: an object, a part of an upload, a copy.
  const confirmed = proxy.seen.filter((request) => isWrite(request) && request.answered === 200).map(({ url }) => url.replace(/uploadId=[^&]*|x-id=\w+/g, ''));
  const twice = confirmed.filter((what, index) => confirmed.indexOf(what) !== index);
  expect(twice).toEqual([]);
});
