import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { inferTable, previewHandlers } from '../../../electron/services/files/index.ts';
import { testContext, type TestContext } from '../../support/context.ts';
import { startLake, type TestLake } from '../../support/lake.ts';
import { vegaFile } from '../../support/samples.ts';

let lake: TestLake;
let backend: TestContext;
let s3: S3Client;

beforeAll(async () => {
  lake = await startLake();
  s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
  backend = await testContext({ endpoint: lake.endpoint, region: lake.region, ...lake.credentials });
});
afterAll(async () => {
  await backend.close();
  await lake.stop();
});

const put = (Key: string, Body: Uint8Array | string) => s3.send(new PutObjectCommand({ Bucket: 'files', Key, Body }));
const open = (key: string, rows = 100, context: Parameters<typeof previewHandlers>[0] = backend.context) => previewHandlers(context).handlers.open({ input: { connectionId: 'local', bucket: 'files', key, rows } });
const preview = async (key: string, body: Uint8Array | string, rows = 100) => {
  await put(key, body);
  return open(key, rows);
};

describe('preview', () => {
  test('CSV with quotes, newlines in fields and a header', async () => {
    const shown = await preview('t.csv', 'id,name,when\r\n1,"Doe, ""J""",2024-01-31\r\n2,"two\nlines",2024-02-01\r\n');
    expect(shown).toMatchObject({
      kind: 'table',
      format: 'csv',
      columns: [{ name: 'id', type: 'bigint' }, { name: 'name', type: 'string' }, { name: 'when', type: 'date' }],
      cells: [['1', '2'], ['Doe, "J"', 'two\nlines'], ['2024-01-31', '2024-02-01']],
      totalRows: 2,
      cost: { ranges: 1 },
    });
  });

  test('TSV, and delimiters found out by sample', async () => {
    expect(await preview('a.tsv', 'a\tb\n1\t2\n')).toMatchObject({ format: 'tsv', cells: [['1'], ['2']] });
    expect(await preview('semicolons.csv', 'a;b\n1,5;2\n3,5;4\n')).toMatchObject({ format: 'csv', cells: [['1,5', '3,5'], ['2', '4']] });
    expect(await preview('no-extension', 'x|y|z\n1|2|3\n4|5|6\n')).toMatchObject({ kind: 'table', format: 'csv', columns: [{ name: 'x' }, { name: 'y' }, { name: 'z' }] });
  });

  test('UTF-16 and Latin-1 text', async () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('name,town\nJosé,Zürich\n', 'utf16le')]);
    expect(await preview('utf16.csv', utf16)).toMatchObject({ cells: [['José'], ['Zürich']], encoding: 'UTF-16LE' });
    expect(await preview('latin1.csv', Buffer.from('name,town\nJosé,Zürich\n', 'latin1'))).toMatchObject({ cells: [['José'], ['Zürich']] });
  });

  test('JSON lines, a JSON array and one object; long integers stay exact', async () => {
    const lines = '{"id":9007199254740993,"tags":["a"],"at":{"x":1.5}}\n{"id":2,"tags":[],"at":null}\n';
    expect(await preview('a.jsonl', lines)).toMatchObject({
      format: 'jsonl',
      columns: [{ name: 'id', type: 'bigint' }, { name: 'tags', type: 'array<string>' }, { name: 'at', type: 'struct<x:double>' }],
      cells: [['9007199254740993', '2'], ['["a"]', '[]'], ['{"x":1.5}', null]],
    });
    expect(await preview('array.json', '[{"a":1},\n {"a":2,"b":[{"n":12345678901234567890}]}]')).toMatchObject({ format: 'json', cells: [['1', '2'], [null, '[{"n":12345678901234567890}]']] });
    expect(await preview('one.json', '{\n "a": true\n}')).toMatchObject({ format: 'json', cells: [['true']] });
  });

  test('gzip of CSV', async () => {
    expect(await preview('t.csv.gz', gzipSync('a,b\n1,2\n'))).toMatchObject({ format: 'csv', compression: 'gzip', cells: [['1'], ['2']] });
  });

  test('Parquet by ranges: the footer and the pages of the first rows, a fraction of the object', async () => {
    const bytes = await readFile(vegaFile('flights-3m.parquet'));
    const shown = await preview('flights.parquet', bytes, 50);
    expect(shown).toMatchObject({ kind: 'table', format: 'parquet', totalRows: 3_000_000, cost: { size: bytes.length } });
    if (shown.kind !== 'table') return;
    expect(shown.cells.every((column) => column.length === 50)).toBe(true);
    expect(shown.cost.bytesRead).toBeLessThan(bytes.length / 2);
  });

  test('text, images, unknown bytes and nothing', async () => {
    expect(await preview('notes.txt', 'a,b\nc,d\n')).toMatchObject({ kind: 'text', text: 'a,b\nc,d\n', encoding: 'UTF-8', truncated: false });
    expect(await preview('x.svg', '<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>')).toMatchObject({ kind: 'image', mediaType: 'image/svg+xml' });
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
    expect(await preview('dot', png)).toMatchObject({ kind: 'image', mediaType: 'image/png', width: 1, height: 1, data: png.toString('base64'), cost: { bytesRead: png.length, ranges: 1, size: png.length } });
    expect(await preview('a.bin', Buffer.from([0, 1, 2, 255]))).toMatchObject({ kind: 'hex', data: 'AAEC/w==' });
    expect(await preview('empty.csv', '')).toMatchObject({ kind: 'empty', cost: { size: 0 } });
  });
});

describe('FAULTS 24: hostile and truncated files', () => {
  test('a truncated Parquet file fails by name, and the next preview works', async () => {
    const bytes = await readFile(vegaFile('flights-3m.parquet'));
    await expect(preview('cut.parquet', bytes.subarray(0, 100_000))).rejects.toMatchObject({ code: 'BadInput', message: expect.stringContaining('s3://files/cut.parquet') });
    expect(await preview('fine.csv', 'a,b\n1,2\n')).toMatchObject({ kind: 'table' });
  });

  test('Parquet that lies about its sizes is refused, and a thousand flipped bytes never end the backend', async () => {
    const whole = await readFile(vegaFile('flights-3m.parquet'));
    const lying = Buffer.from(whole.subarray(0, 200_000));
    lying.writeUInt32LE(0x7fffffff, lying.length - 8);
    lying.write('PAR1', lying.length - 4);
    await expect(preview('lying.parquet', lying)).rejects.toMatchObject({ code: 'BadInput', message: expect.stringContaining('lying.parquet') });
    // The footer of a real file over other bytes, itself bent here and there.
    const footer = whole.readUInt32LE(whole.length - 8);
    for (let seed = 1; seed <= 12; seed += 1) {
      const bent = Buffer.from(whole.subarray(whole.length - footer - 8 - 300_000));
      bent.write('PAR1', 0);
      for (let n = 0; n < seed * 20; n += 1) bent[bent.length - 9 - ((n * 7919 * seed) % footer)]! ^= 1 << n % 8;
      const error = await preview(`bent-${seed}.parquet`, bent).then(
        () => undefined,
        (thrown: unknown) => thrown as { message: string; code: string },
      );
      if (error) expect(error.message).toContain(`bent-${seed}.parquet`);
    }
    expect(await preview('fine.csv', 'a,b\n1,2\n')).toMatchObject({ kind: 'table' });
  });

  test('a file that ends the process that reads it is named, and the next one is read by another', async () => {
    const killer = { ...backend.context, startChild: ((name, args) => {
      const child = backend.context.startChild(name, args);
      const { post } = child;
      child.post = (message) => (child.kill(), post(message));
      return child;
    }) as typeof backend.context.startChild };
    await put('fatal.csv', 'a,b\n1,2\n');
    await expect(open('fatal.csv', 1, killer)).rejects.toMatchObject({ code: 'EngineDied', message: expect.stringContaining('s3://files/fatal.csv') });
    expect(await preview('after.csv', 'a,b\n1,2\n')).toMatchObject({ kind: 'table' });
  });

  test('a gzip bomb unfolds no further than a preview needs', async () => {
    const bomb = gzipSync(Buffer.alloc(100 * 1024 * 1024, 'a,b\n'), { level: 9 });
    const shown = await preview('bomb.csv.gz', bomb);
    expect(shown).toMatchObject({ kind: 'table', compression: 'gzip', totalRows: undefined });
  });
});

describe('table inference', () => {
  const infer = (prefix: string) => inferTable(backend.context, { connectionId: 'local', bucket: 'files', prefix, database: 'default' });

  test('a dropped CSV becomes a table of its folder', async () => {
    await put('in/My Cars 2024.csv', 'Name,Miles per Gallon,Built\nfiat,31.5,1974-01-01\nvw,,1975-01-01\n');
    const table = await infer('in/My Cars 2024.csv');
    expect(table).toMatchObject({
      suggestedName: 'my_cars_2024',
      location: 's3://files/in/',
      format: 'csv',
      columns: [{ name: 'name', type: 'string' }, { name: 'miles_per_gallon', type: 'double' }, { name: 'built', type: 'date' }],
      warnings: [],
    });
  });

  test('Hive partitions are keys, not columns', async () => {
    for (const month of [1, 2]) await put(`hive/year=2024/month=${month}/part-0.jsonl`, `{"id":${month},"month":9}\n`);
    expect(await infer('hive/year=2024/month=1/part-0.jsonl')).toMatchObject({
      suggestedName: 'hive',
      location: 's3://files/hive/',
      columns: [{ name: 'id', type: 'bigint' }],
      partitionKeys: [{ name: 'year', type: 'bigint' }, { name: 'month', type: 'bigint' }],
    });
  });
});
