import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import {
  CompleteMultipartUploadCommand, CreateBucketCommand, CreateMultipartUploadCommand, DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, ListPartsCommand,
  PutObjectCommand, S3Client, UploadPartCommand, type _Object,
} from '@aws-sdk/client-s3';
import { afterAll, expect, it } from 'vitest';
import { startLake, type TestLake } from '../../support/lake.ts';

const Bucket = 'crash';
const KEYS = 12;
const ROUNDS = 8;
const cleanups: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const clean of cleanups) await clean();
});

const client = (lake: TestLake) => new S3Client({ ...lake.clientConfig, maxAttempts: 1 });
const sha = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** What a key may hold: what was acknowledged last, or what was being written when the lake was killed. */
type Possible = Map<string, Set<string>>;
const ABSENT = 'absent';

/** Overwrites and deletes keys without pause until the lake dies. */
async function churn(s3: S3Client, possible: Possible, worker: number): Promise<number> {
  let acknowledged = 0;
  for (let i = 0; ; i++) {
    const Key = `k${worker}-${i % KEYS}`;
    const known = possible.get(Key) ?? new Set([ABSENT]);
    possible.set(Key, known);
    const removing = i % 5 === 4;
    const Body = randomBytes(1 + Math.floor(Math.random() * (i % 7 === 0 ? 300_000 : 2000)));
    const next = removing ? ABSENT : sha(Body);
    known.add(next);
    try {
      if (removing) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
      else await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
    } catch {
      return acknowledged; // killed: whether it happened is open
    }
    known.clear();
    known.add(next);
    acknowledged++;
  }
}

it('FAULTS 12: kill -9 at any moment loses no acknowledged write and shows no half of one', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'secchi-crash-'));
  cleanups.push(() => rm(dataDir, { recursive: true, force: true }));
  const possible: Possible = new Map();
  let acknowledged = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const lake = await startLake({ dataDir });
    const s3 = client(lake);
    if (round === 0) await s3.send(new CreateBucketCommand({ Bucket }));
    const workers = Array.from({ length: 4 }, (_, worker) => churn(s3, possible, worker));
    const moment = 30 + Math.random() * 400;
    await new Promise((resolve) => setTimeout(resolve, moment)); // the moment of the crash, not a wait for something
    await lake.kill();
    acknowledged += (await Promise.all(workers)).reduce((a, b) => a + b, 0);
    s3.destroy();

    const again = await startLake({ dataDir });
    const reader = client(again);
    try {
      await verify(reader, possible);
    } finally {
      reader.destroy();
      await again.kill();
    }
  }
  expect(acknowledged).toBeGreaterThan(ROUNDS);

  const last = await startLake({ dataDir });
  const s3 = client(last);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  s3.destroy();
  await last.stop(); // in order: the sweep of what the crashes left has ended
  const blobs = (await readdir(path.join(dataDir, 'lake', 'blobs'), { recursive: true })).filter((name) => path.basename(name).length === 32);
  expect(blobs).toHaveLength(Contents.length);
});

/** Every key holds one of the states it may, whole, and listing, head and bytes agree. What is seen is from now on known. */
async function verify(s3: S3Client, possible: Possible): Promise<void> {
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
  const listed = new Map<string, _Object>(Contents.map((object) => [object.Key!, object]));
  for (const [key, states] of possible) {
    const object = listed.get(key);
    let state = ABSENT;
    if (object) {
      const got = await s3.send(new GetObjectCommand({ Bucket, Key: key }));
      const bytes = await got.Body!.transformToByteArray();
      expect([object.Size, object.ETag]).toEqual([bytes.length, `"${createHash('md5').update(bytes).digest('hex')}"`]);
      state = sha(bytes);
    }
    expect([...states], `${key} after the crash`).toContain(state);
    states.clear();
    states.add(state);
  }
  for (const key of listed.keys()) expect(possible.has(key)).toBe(true);
}

it('FAULTS 12: an upload goes on after kill -9 with the parts that were acknowledged', async () => {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'secchi-crash-parts-'));
  cleanups.push(() => rm(dataDir, { recursive: true, force: true }));
  let lake = await startLake({ dataDir });
  let s3 = client(lake);
  await s3.send(new CreateBucketCommand({ Bucket }));
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand({ Bucket, Key: 'big' }));
  const where = { Bucket, Key: 'big', UploadId: UploadId! };
  const parts = Array.from({ length: 4 }, () => randomBytes(5 * 2 ** 20));
  await s3.send(new UploadPartCommand({ ...where, PartNumber: 1, Body: parts[0]! }));
  await s3.send(new UploadPartCommand({ ...where, PartNumber: 2, Body: parts[1]! }));
  const dying = s3.send(new UploadPartCommand({ ...where, PartNumber: 3, Body: parts[2]! })).catch(() => undefined);
  await lake.kill();
  await dying;
  s3.destroy();

  lake = await startLake({ dataDir });
  s3 = client(lake);
  const there = new Map((await s3.send(new ListPartsCommand(where))).Parts!.map((p) => [p.PartNumber!, p]));
  expect([there.get(1)?.Size, there.get(2)?.Size]).toEqual([parts[0]!.length, parts[1]!.length]);
  const done = [];
  for (const [i, Body] of parts.entries()) {
    const part = there.get(i + 1) ?? (await s3.send(new UploadPartCommand({ ...where, PartNumber: i + 1, Body })));
    done.push({ PartNumber: i + 1, ETag: part.ETag });
  }
  const completing = s3.send(new CompleteMultipartUploadCommand({ ...where, MultipartUpload: { Parts: done } })).then(() => true, () => false);
  await new Promise((resolve) => setTimeout(resolve, 10)); // the moment of the crash
  await lake.kill();
  const acknowledged = await completing;
  s3.destroy();

  lake = await startLake({ dataDir });
  s3 = client(lake);
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key: 'big' })).catch(() => undefined);
  if (acknowledged) expect(head).toBeDefined();
  if (!head) await s3.send(new CompleteMultipartUploadCommand({ ...where, MultipartUpload: { Parts: done } })); // the upload is still whole
  const got = await s3.send(new GetObjectCommand({ Bucket, Key: 'big' }));
  expect(sha(await got.Body!.transformToByteArray())).toBe(sha(Buffer.concat(parts)));
  s3.destroy();
  await lake.stop();
});
