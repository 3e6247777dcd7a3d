import { randomBytes } from 'node:crypto';
import { GetObjectTaggingCommand, HeadObjectCommand, PutBucketVersioningCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { s3TiersHandlers } from '../../../electron/services/s3Tiers/index.ts';
import type { Mask, ScanState } from '../../../shared/contract/s3Tiers.ts';
import { BUCKET, ended, startTransferLab, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
let lab: TransferLab;
beforeAll(async () => void (lab = await startTransferLab({ wholeCopy: 6 * MIB })));
afterAll(() => lab.close());
afterEach(() => lab.proxy.clear());

const at = { connectionId: 'local', bucket: BUCKET };
const start = (what: { keys?: string[]; prefixes?: string[]; mask?: Mask }, storageClass: 'STANDARD_IA' | 'STANDARD' | 'GLACIER_IR' = 'STANDARD_IA') =>
  lab.handlers.changeStorageClass({ input: { ...at, keys: [], prefixes: [], ...what, storageClass } });
const change = async (...what: Parameters<typeof start>) => lab.until((await start(...what)).id, ended);
const head = (Key: string) => lab.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key, ChecksumMode: 'ENABLED' }));
const classOf = async (key: string) => (await head(key)).StorageClass ?? 'STANDARD';
const copies = () => lab.proxy.seen.filter(({ method, headers }) => method === 'PUT' && headers['x-amz-copy-source'] !== undefined);

async function scan(input: { keys?: string[]; prefixes?: string[]; mask?: Mask; noncurrent?: boolean }): Promise<ScanState> {
  const tiers = s3TiersHandlers(lab.backend.context);
  let last: ScanState | undefined;
  for await (const state of await tiers.scan({ input: { ...at, keys: [], prefixes: [], noncurrent: false, ...input } })) last = state as ScanState;
  return last!;
}

describe('the storage class of objects', () => {
  test('changes with headers, metadata and tags kept, whatever the key', async () => {
    const key = 'keep/größe +%&é.csv';
    await lab.put(key, 'a,b\n', { ContentType: 'text/csv', CacheControl: 'max-age=5', Metadata: { owner: 'lake' }, Tagging: 'team=data&x=1%202' });
    expect(await change({ keys: [key] })).toMatchObject({ state: 'done', filesDone: 1 });
    expect(await head(key)).toMatchObject({ StorageClass: 'STANDARD_IA', ContentType: 'text/csv', CacheControl: 'max-age=5', Metadata: { owner: 'lake' } });
    const { TagSet } = await lab.s3.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: key }));
    expect(TagSet).toEqual([{ Key: 'team', Value: 'data' }, { Key: 'x', Value: '1 2' }]);
    expect(Buffer.from(await lab.bytes(key)).toString()).toBe('a,b\n');
  });

  test('above what one copy takes it is copied in parts, with headers and tags, and no upload is left', async () => {
    const body = randomBytes(14 * MIB);
    await lab.put('big.bin', body, { ContentType: 'application/x-big', Metadata: { of: 'parts' }, Tagging: 'a=b' });
    expect(await change({ keys: ['big.bin'] }, 'GLACIER_IR')).toMatchObject({ state: 'done', filesDone: 1 });
    expect(await head('big.bin')).toMatchObject({ StorageClass: 'GLACIER_IR', ContentType: 'application/x-big', Metadata: { of: 'parts' }, ContentLength: body.length });
    expect((await lab.s3.send(new GetObjectTaggingCommand({ Bucket: BUCKET, Key: 'big.bin' }))).TagSet).toEqual([{ Key: 'a', Value: 'b' }]);
    expect(Buffer.compare(Buffer.from(await lab.bytes('big.bin')), body)).toBe(0);
    expect(await lab.openUploads()).toBe(0);
  });

  test('changes for a mask below a prefix: glob, size and class; the plan counts the same', async () => {
    for (const [key, size] of [['logs/a/1.gz', 2000], ['logs/a/2.gz', 10], ['logs/b/3.gz', 3000], ['logs/b/4.txt', 4000]] as const) await lab.put(`mask/${key}`, 'x'.repeat(size));
    const mask = { glob: '**/*.gz', minSize: 1000, modifiedBefore: new Date(Date.now() + 60_000).toISOString() };
    expect(await scan({ prefixes: ['mask/'], mask })).toMatchObject({ state: 'complete', listed: 4, objects: 2, bytes: 5000 });
    expect(await change({ prefixes: ['mask/'], mask })).toMatchObject({ state: 'done', filesTotal: 2, filesDone: 2 });
    expect(await Promise.all(['a/1.gz', 'a/2.gz', 'b/3.gz', 'b/4.txt'].map((key) => classOf(`mask/logs/${key}`)))).toEqual(['STANDARD_IA', 'STANDARD', 'STANDARD_IA', 'STANDARD']);
    expect(await change({ prefixes: ['mask/'], mask: { modifiedBefore: '2020-01-01T00:00:00.000Z' } })).toMatchObject({ state: 'done', filesTotal: 0 });
  });

  test('what has the class already is not copied again, nor after a stop in the middle', async () => {
    for (let n = 0; n < 12; n += 1) await lab.put(`again/${n}`, 'x');
    let seen = 0;
    lab.proxy.add({ when: ({ method, headers }) => method === 'PUT' && headers['x-amz-copy-source'] !== undefined && ++seen > 5, fault: { kind: 'delay', ms: 600_000 } });
    const { id } = await start({ prefixes: ['again/'] });
    await lab.until(id, (transfer) => transfer.filesDone === 5);
    await lab.restart();
    lab.proxy.clear();
    const from = copies().length;
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 12, filesFailed: 0 });
    expect(copies().length - from).toBeLessThanOrEqual(7);
    const before = copies().length;
    expect(await change({ prefixes: ['again/'] })).toMatchObject({ state: 'done', filesTotal: 0 });
    expect(copies().length).toBe(before);
  });

  test('an object replaced between the look and the copy is not overwritten by its old self', async () => {
    await lab.put('race', 'old');
    let replaced = false;
    lab.proxy.add({
      when: ({ method, headers }) => method === 'PUT' && headers['x-amz-copy-source'] !== undefined && !replaced,
      fault: { kind: 'delay', ms: 300 },
      times: 1,
    });
    const { id } = await start({ keys: ['race'] });
    await expect.poll(() => copies().some(({ url }) => url.includes('race'))).toBe(true);
    replaced = true;
    await lab.put('race', 'new');
    expect(await lab.until(id, ended)).toMatchObject({ state: 'failed', error: { code: 'Conflict' } });
    expect(Buffer.from(await lab.bytes('race')).toString()).toBe('new');
    await lab.handlers.retry({ input: { id } });
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done' });
    expect(await classOf('race')).toBe('STANDARD_IA');
  });

  test('is not changed on a read-only connection', async () => {
    await lab.backend.context.aws.update('local', { readOnly: true });
    await expect(start({ keys: ['race'] })).rejects.toMatchObject({ code: 'ReadOnlyConnection' });
    await lab.backend.context.aws.update('local', { readOnly: false });
  });
});

describe('the picture of a prefix', () => {
  test('sums by class, age, size, part and extension; a folder’s own marker is no data', async () => {
    await lab.put('pic/', Buffer.alloc(0));
    await lab.put('pic/2025/a.parquet', Buffer.alloc(200 * 1024), { StorageClass: 'GLACIER_IR' });
    await lab.put('pic/2025/b.csv.gz', 'x'.repeat(10));
    await lab.put('pic/readme', 'hello');
    const state = await scan({ prefixes: ['pic/'] });
    expect(state).toMatchObject({ state: 'complete', listed: 4, objects: 3, bytes: 200 * 1024 + 15, archivedKeys: [] });
    expect(state.prefixes).toEqual([
      { name: '2025/', objects: 2, bytes: 200 * 1024 + 10, byClass: { GLACIER_IR: 200 * 1024, STANDARD: 10 } },
      { name: 'readme', objects: 1, bytes: 5, byClass: { STANDARD: 5 } },
    ]);
    expect(state.extensions.map(({ name, objects }) => [name, objects])).toEqual([['.parquet', 1], ['.csv.gz', 1], ['', 1]]);
    const instant = state.cells.find(({ storageClass }) => storageClass === 'GLACIER_IR')!;
    expect(instant).toMatchObject({ age: 0, size: 1, objects: 1, archive: 'none' });
    expect(instant.owedByteDays / (200 * 1024)).toBeCloseTo(90, 2);
  });

  test('named keys are summed without listing the rest of a large folder', async () => {
    await Promise.all(Array.from({ length: 260 }, (_, n) => lab.put(`named/${String(n).padStart(4, '0')}`, 'xy')));
    const keys = Array.from({ length: 250 }, (_, n) => `named/${String(n).padStart(4, '0')}`);
    expect(await scan({ keys })).toMatchObject({ state: 'complete', objects: 250, bytes: 500 });
    expect(await scan({ keys: ['named/0001', 'named/gone'] })).toMatchObject({ state: 'complete', objects: 1, bytes: 2 });
  });

  test('a bucket that is not there fails the scan in words', async () => {
    const tiers = s3TiersHandlers(lab.backend.context);
    const states: ScanState[] = [];
    for await (const state of await tiers.scan({ input: { connectionId: 'local', bucket: 'nowhere-at-all', keys: [], prefixes: [''], noncurrent: false } })) states.push(state as ScanState);
    expect(states.at(-1)).toMatchObject({ state: 'failed', error: { code: 'NotFound', action: 's3:ListBucket' } });
  });

  test('a reader that leaves ends the listing', async () => {
    await Promise.all(Array.from({ length: 60 }, (_, n) => lab.put(`leave/${n}`, 'x')));
    lab.proxy.add({ when: ({ url }) => url.includes('leave'), fault: { kind: 'delay', ms: 600_000 } });
    const tiers = s3TiersHandlers(lab.backend.context);
    const stream = await tiers.scan({ input: { ...at, keys: [], prefixes: ['leave/'], noncurrent: false } });
    await (stream as AsyncGenerator<ScanState>).next();
    await (stream as AsyncGenerator<ScanState>).return(undefined);
    expect((await (stream as AsyncGenerator<ScanState>).next()).done).toBe(true);
  });
});

test('prices of a region are the user’s once edited, and the app’s again after a reset', async () => {
  const tiers = s3TiersHandlers(lab.backend.context);
  const { table } = await tiers.prices({ input: undefined });
  const virginia = table.regions['us-east-1']!;
  await tiers.savePrices({ input: { region: 'us-east-1', prices: { ...virginia, monitoring: 9 } } });
  expect(await tiers.prices({ input: undefined })).toMatchObject({ edited: ['us-east-1'], table: { regions: { 'us-east-1': { monitoring: 9 } } } });
  await tiers.resetPrices({ input: { region: 'us-east-1' } });
  expect(await tiers.prices({ input: undefined })).toMatchObject({ edited: [], table: { regions: { 'us-east-1': { monitoring: 0.0025 } } } });
});

test('where a bucket keeps versions, it is told beforehand', async () => {
  const tiers = s3TiersHandlers(lab.backend.context);
  expect(await tiers.facts({ input: at })).toMatchObject({ region: 'us-east-1', versioning: expect.stringMatching(/off|unknown/), billed: false });
  const on = await lab.s3.send(new PutBucketVersioningCommand({ Bucket: BUCKET, VersioningConfiguration: { Status: 'Enabled' } })).catch(() => undefined);
  if (on) expect(await tiers.facts({ input: at })).toMatchObject({ versioning: 'enabled' });
});
