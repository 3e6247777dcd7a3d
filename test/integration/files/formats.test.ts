import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DuckDBInstance } from '@duckdb/node-api';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, configure } from '@zip.js/zip.js';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Preview } from '../../../shared/contract/preview.ts';
import { previewHandlers } from '../../../electron/services/files/index.ts';
import { ObjectReader } from '../../../electron/services/files/objectReader.ts';
import { tarHeader, tarOf, zipOfOne } from '../../support/archives.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { startFaultyProxy, type FaultyProxy } from '../../support/faultyProxy.ts';
import { startLake, type TestLake } from '../../support/lake.ts';

let lake: TestLake;
let proxy: FaultyProxy;
let backend: TestContext;
let handlers: ReturnType<typeof previewHandlers>['handlers'];
let close: () => Promise<void>;
let s3: S3Client;
let folder: string;

configure({ useWebWorkers: false });

beforeAll(async () => {
  lake = await startLake();
  proxy = await startFaultyProxy(lake.endpoint);
  s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
  backend = await testContext({ endpoint: proxy.endpoint, region: lake.region, ...lake.credentials });
  ({ handlers, close } = previewHandlers(backend.context));
  folder = await mkdtemp(path.join(tmpdir(), 'secchi-formats-'));
});
afterEach(() => proxy.clear());
afterAll(async () => {
  await close();
  await backend.close();
  await proxy.close();
  await lake.stop();
  await rm(folder, { recursive: true });
});

const put = (Key: string, Body: Uint8Array | string, ContentEncoding?: string) => s3.send(new PutObjectCommand({ Bucket: 'files', Key, Body: Buffer.from(Body as string), ContentEncoding }));
const at = (key: string) => ({ connectionId: 'local', bucket: 'files', key });
const open = (key: string, more: object = {}, signal?: AbortSignal) => handlers.open({ input: { ...at(key), rows: 100, ...more }, signal });

/** What the proxy saw asked of an object: requests, and bytes by their Range headers. */
function asked(key: string, size: number): { ranges: number; bytes: number } {
  const requests = proxy.seen.filter(({ method, url }) => method === 'GET' && url.startsWith(`/files/${key}`));
  const bytes = requests.reduce((sum, { headers }) => {
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(headers.range ?? '') ?? [];
    return sum + Math.min(Number(to) + 1, size) - Number(from);
  }, 0);
  return { ranges: requests.length, bytes };
}

async function parquet(name: string, sql: string, options: string): Promise<Buffer> {
  const file = path.join(folder, name);
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  await connection.run(`COPY (${sql}) TO '${file}' (FORMAT parquet, ${options})`);
  connection.closeSync();
  instance.closeSync();
  return readFile(file);
}

const expectKind = <Kind extends Preview['kind']>(shown: Preview, kind: Kind): Extract<Preview, { kind: Kind }> => {
  expect(shown.kind).toBe(kind);
  return shown as Extract<Preview, { kind: Kind }>;
};

describe('Parquet', () => {
  const ROWS = 60_000;
  beforeAll(async () => {
    const sql = `SELECT i AS id, 'name ' || i AS name, CASE WHEN i % 3 = 0 THEN NULL ELSE i * 1.5 END AS score, (i * 7 % 100000)::DECIMAL(12,2) AS price, DATE '2024-01-01' + (i % 365)::INT AS day,
      {'a': i, 'b': [i, i + 1]} AS nested, MAP {'k': i} AS pairs FROM range(${ROWS}) r(i)`;
    await put('many.parquet', await parquet('many.parquet', sql, `ROW_GROUP_SIZE 20000, CODEC 'zstd', KV_METADATA {owner: 'data team'}`));
  });

  test('schema, row groups, statistics and key-value metadata, from the footer that was read for the rows', async () => {
    proxy.seen.length = 0;
    const shown = expectKind(await open('many.parquet'), 'table');
    expect(shown).toMatchObject({ format: 'parquet', totalRows: ROWS, rowGroups: 3, compression: 'ZSTD' });
    const footer = await handlers.parquet({ input: { ...at('many.parquet'), group: 1 } });
    expect(footer.keyValues).toContainEqual({ label: 'owner', value: 'data team' });
    expect(footer.groups.map(({ rows, firstRow }) => [rows, firstRow])).toEqual([[20_480, 0], [20_480, 20_480], [19_040, 40_960]]);
    const chunks = new Map(footer.groups[1]!.chunks!.map((chunk) => [chunk.path, chunk]));
    expect(footer.groups[0]!.chunks).toBeUndefined();
    expect(chunks.get('id')).toMatchObject({ min: '20480', max: '40959', nulls: 0, values: 20_480, codec: 'ZSTD' });
    expect(chunks.get('score')!.nulls).toBe(6827);
    expect(chunks.get('day')).toMatchObject({ min: '2024-01-01', max: '2024-12-30' });
    const names = footer.schema.map(({ name, depth, logical, repetition, athena }) => ({ name, depth, logical, repetition, athena }));
    expect(names).toContainEqual({ name: 'price', depth: 0, logical: 'DECIMAL(12,2)', repetition: 'optional', athena: 'decimal(12,2)' });
    expect(names).toContainEqual(expect.objectContaining({ name: 'nested', depth: 0, athena: 'struct<a:bigint,b:array<bigint>>' }));
    expect(names).toContainEqual(expect.objectContaining({ name: 'b', depth: 1, logical: 'LIST' }));
    const { ranges, bytes } = asked('many.parquet', footer.cost.size);
    expect(footer.cost).toMatchObject({ ranges, bytesRead: bytes });
  });

  test('rows from anywhere, of chosen columns, by the ranges they are in', async () => {
    const first = expectKind(await open('many.parquet'), 'table');
    proxy.seen.length = 0;
    const page = await handlers.rows({ input: { ...at('many.parquet'), start: 45_000, count: 3, columns: ['id', 'price'] } });
    expect(page).toMatchObject({ start: 45_000, columns: [{ name: 'id', type: 'bigint' }, { name: 'price', type: 'decimal(12,2)' }], cells: [['45000', '45001', '45002'], ['15000.00', '15007.00', '15014.00']], skipped: [] });
    const { bytes } = asked('many.parquet', page.cost.size);
    expect(page.cost.bytesRead).toBe(first.cost.bytesRead + bytes);
    expect(bytes).toBeLessThan(page.cost.size / 2);
    const across = await handlers.rows({ input: { ...at('many.parquet'), start: 40_958, count: 4, columns: ['id'] } });
    expect(across.cells).toEqual([['40958', '40959', '40960', '40961']]);
    expect((await handlers.rows({ input: { ...at('many.parquet'), start: ROWS - 1, count: 100, columns: ['nested'] } })).cells).toEqual([[`{"a":${ROWS - 1},"b":[${ROWS - 1},${ROWS}]}`]]);
  });

  test('FAULTS 9: an object that is replaced between two looks is not mixed with the new one', async () => {
    await put('moving.parquet', await parquet('moving.parquet', 'SELECT i AS id FROM range(500000) r(i)', 'ROW_GROUP_SIZE 100000'));
    await open('moving.parquet');
    await put('moving.parquet', await parquet('moving.parquet', 'SELECT i + 1 AS id FROM range(500000) r(i)', 'ROW_GROUP_SIZE 100000'));
    await expect(handlers.rows({ input: { ...at('moving.parquet'), start: 450_000, count: 10 } })).rejects.toMatchObject({ code: 'Conflict' });
    await open('moving.parquet');
    expect((await handlers.rows({ input: { ...at('moving.parquet'), start: 450_000, count: 1 } })).cells).toEqual([['450001']]);
  });
});

describe('archives by ranges', () => {
  const noise = (length: number) => Uint8Array.from({ length }, (_, i) => (i * 2654435761) >>> 13);

  test('a zip file: its directory, then one entry; the count in the answer is what went over the wire', async () => {
    const writer = new ZipWriter(new Uint8ArrayWriter());
    await writer.add('lib/big.so', new Uint8ArrayReader(noise(2_000_000)), { level: 0 });
    await writer.add('META-INF/rows.csv', new Uint8ArrayReader(Buffer.from('a,b\n1,2\n')));
    await writer.add('data.parquet', new Uint8ArrayReader(await parquet('in.parquet', "SELECT 7 AS n, 'x' AS t", 'COMPRESSION snappy')));
    await put('app.jar', await writer.close());
    proxy.seen.length = 0;
    const shown = expectKind(await open('app.jar'), 'archive');
    expect(shown.entries.map(({ name }) => name)).toEqual(['lib/big.so', 'META-INF/rows.csv', 'data.parquet']);
    expect(await open('app.jar', { entry: shown.entries[1] })).toMatchObject({ kind: 'table', format: 'csv', cells: [['1'], ['2']] });
    const inner = await open('app.jar', { entry: shown.entries[2] });
    expect(inner).toMatchObject({ kind: 'table', format: 'parquet', cells: [['7'], ['x']] });
    const { ranges, bytes } = asked('app.jar', inner.cost.size);
    expect(inner.cost).toMatchObject({ ranges, bytesRead: bytes });
    expect(bytes).toBeLessThan(300_000);
  });

  test('a tar file of large entries costs a request each, and pages', async () => {
    const parts = Array.from({ length: 80 }, (_, i) => Buffer.concat([tarHeader(`part-${i}.bin`, 200_000), Buffer.alloc(200_192)]));
    await put('large.tar', Buffer.concat([...parts, Buffer.alloc(1024)]));
    proxy.seen.length = 0;
    const first = expectKind(await open('large.tar'), 'archive');
    expect(first.next).toBeGreaterThan(0);
    const rest = await handlers.entries({ input: { ...at('large.tar'), from: first.next! } });
    expect([...first.entries, ...rest.entries].map(({ name }) => name)).toEqual(parts.map((_, i) => `part-${i}.bin`));
    expect(asked('large.tar', rest.cost.size).bytes).toBeLessThan(600_000);
  });

  test('FAULTS 24: a zip file whose entry unfolds to 200 MB and says 100 bytes', async () => {
    await put('bomb.zip', zipOfOne('bomb.csv', Buffer.alloc(200_000_000, 'a,b\n'), { size: 100 }));
    const shown = expectKind(await open('bomb.zip'), 'archive');
    expect(await open('bomb.zip', { entry: shown.entries[0] })).toMatchObject({ kind: 'table', format: 'csv' });
  });

  test('tar.gz, and Content-Encoding: gzip without a name that says so', async () => {
    await put('logs.tgz', gzipSync(tarOf({ 'a.log': 'one\n', 'b.csv': 'x,y\n1,2\n' })));
    expect(await open('logs.tgz')).toMatchObject({ kind: 'archive', compression: 'gzip', entries: [{ name: 'a.log' }, { name: 'b.csv' }] });
    await put('rows.csv', gzipSync('a,b\n1,2\n'), 'gzip');
    expect(await open('rows.csv')).toMatchObject({ kind: 'table', format: 'csv', compression: 'gzip', cells: [['1'], ['2']], facts: expect.arrayContaining([{ label: 'Content-Encoding', value: 'gzip' }]) });
  });
});

describe('bytes', () => {
  test('pages of hex are the object’s bytes; what was read is not read again', async () => {
    const body = Buffer.from(Array.from({ length: 500_000 }, (_, i) => (i * 31) & 255));
    await put('blob.bin', body);
    expectKind(await open('blob.bin'), 'hex');
    const page = await handlers.bytes({ input: { ...at('blob.bin'), start: 490_000, length: 16_384 } });
    expect(Buffer.from(page.data, 'base64').equals(body.subarray(490_000))).toBe(true);
    const again = await handlers.bytes({ input: { ...at('blob.bin'), start: 490_000, length: 100 } });
    expect(again.cost.ranges).toBe(page.cost.ranges);
    expect((await handlers.bytes({ input: { ...at('blob.bin'), start: 600_000, length: 100 } })).data).toBe('');
  });

  test('a PDF is left to the page, after its first bytes', async () => {
    await put('paper.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(5_000_000)]));
    expect(await open('paper.pdf')).toMatchObject({ kind: 'pdf', cost: { ranges: 1, bytesRead: 4096 } });
  });
});

describe('faults on the way', () => {
  test('FAULTS 7: a body that is cut is asked for again', async () => {
    await put('cut.csv', `a,b\n${'1,2\n'.repeat(20_000)}`);
    proxy.add({ when: ({ url }) => url.startsWith('/files/cut.csv'), fault: { kind: 'cut', bytes: 1000 }, times: 1 });
    expect(await open('cut.csv')).toMatchObject({ kind: 'table', totalRows: undefined });
  });

  test('FAULTS 19: a body that stalls is asked for again', async () => {
    await put('stall.bin', Buffer.alloc(100_000, 1));
    proxy.add({ when: ({ url }) => url.startsWith('/files/stall.bin'), fault: { kind: 'stall', bytes: 1000 }, times: 1 });
    const reader = new ObjectReader(backend.context.aws, at('stall.bin'), 200);
    expect((await reader.head(100_000)).length).toBe(100_000);
  });

  test('a look that nobody waits for ends at once, and the next one is not held up', async () => {
    await put('slow.csv', `a,b\n${'1,2\n'.repeat(20_000)}`);
    await put('next.csv', 'a,b\n1,2\n');
    proxy.add({ when: ({ url }) => url.startsWith('/files/slow.csv'), fault: { kind: 'stall', bytes: 100 } });
    const controller = new AbortController();
    const slow = open('slow.csv', {}, controller.signal);
    const refused = expect(slow).rejects.toMatchObject({ code: 'Cancelled' });
    const next = open('next.csv');
    controller.abort();
    await refused;
    expect(await next).toMatchObject({ kind: 'table' });
  });

  test('a look that is left while the file is being read and parsed ends at once', async () => {
    const stalled = await parquet('stalled.parquet', 'SELECT i AS id, hash(i) AS h FROM range(300000) r(i)', 'ROW_GROUP_SIZE 300000');
    await put('stalled.parquet', stalled);
    const isFar = (range: string | undefined) => Number(/bytes=(\d+)/.exec(range ?? '')?.[1] ?? 0) > 100;
    proxy.add({ when: ({ url, headers }) => url.startsWith('/files/stalled.parquet') && isFar(headers.range), fault: { kind: 'stall', bytes: 10 } });
    const controller = new AbortController();
    const look = open('stalled.parquet', {}, controller.signal);
    const refused = expect(look).rejects.toMatchObject({ code: 'Cancelled' });
    await expect.poll(() => proxy.seen.some(({ url, headers }) => url.startsWith('/files/stalled.parquet') && isFar(headers.range))).toBe(true);
    controller.abort();
    await refused;
    expect(await open('next.csv')).toMatchObject({ kind: 'table' });
  });

  test('FAULTS 20: a 403 names the action and the object', async () => {
    proxy.add({ when: ({ url }) => url.startsWith('/files/secret.csv'), fault: { kind: 'answer', status: 403, body: '<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>' } });
    await expect(open('secret.csv')).rejects.toMatchObject({ code: 'AccessDenied', action: 's3:GetObject', resource: 's3://files/secret.csv' });
  });
});
