import avro from 'avsc';
import { expect, test } from 'vitest';
import { parse } from '../../../../electron/services/files/engine/parse.ts';
import { countedSource } from '../../../support/countedSource.ts';

const SCHEMA = {
  type: 'record',
  name: 'Row',
  fields: [
    { name: 'id', type: 'long' },
    { name: 'name', type: ['null', 'string'] },
    { name: 'day', type: { type: 'int', logicalType: 'date' } },
    { name: 'at', type: ['null', { type: 'long', logicalType: 'timestamp-micros' }] },
    { name: 'price', type: { type: 'bytes', logicalType: 'decimal', precision: 10, scale: 2 } },
    { name: 'tags', type: { type: 'array', items: 'string' } },
    { name: 'either', type: ['int', 'string'] },
    { name: 'inner', type: { type: 'record', name: 'Inner', fields: [{ name: 'x', type: 'double' }] } },
  ],
} as const;

const row = (id: number) => ({
  id,
  name: id % 2 ? { string: `n${id}` } : null,
  day: 19_000,
  at: { long: 1_700_000_000_123_456 },
  price: Buffer.from([0x04, 0xd2]),
  tags: ['a', 'b'],
  either: id % 2 ? { int: 7 } : { string: 'seven' },
  inner: { x: 1.5 },
});

/** A container file as avsc writes it. */
function avroFile(rows: number, codec: 'null' | 'deflate', options: { blockSize?: number } = {}): Promise<Buffer> {
  const type = avro.Type.forSchema(JSON.parse(JSON.stringify(SCHEMA).replace(/,"logicalType":"[^"]+"(,"precision":10,"scale":2)?/g, '')) as never, { wrapUnions: true });
  const encoder = new avro.streams.BlockEncoder(type, { codec, ...options });
  // The header is what says how values are meant.
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    encoder.on('data', (chunk: Buffer) => chunks.push(chunk));
    encoder.on('end', () => resolve(withSchema(Buffer.concat(chunks))));
    encoder.on('error', reject);
    for (let id = 0; id < rows; id += 1) encoder.write(row(id));
    encoder.end();
  });
}

const zigzag = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value * 2;
  while (rest > 127) {
    bytes.push((rest & 0x7f) | 0x80);
    rest = Math.floor(rest / 128);
  }
  return Buffer.from([...bytes, rest]);
};
const text = (value: string) => Buffer.concat([zigzag(Buffer.byteLength(value)), Buffer.from(value)]);

/** The same blocks under a header with the schema's logical types. */
function withSchema(file: Buffer): Buffer {
  const codec = file.includes('deflate') ? 'deflate' : 'null';
  const sync = file.subarray(file.length - 16);
  const blocks = file.subarray(file.indexOf(sync) + 16);
  return Buffer.concat([Buffer.from('Obj\x01'), zigzag(3), text('avro.schema'), text(JSON.stringify(SCHEMA)), text('avro.codec'), text(codec), text('made.by'), text('a test'), zigzag(0), sync, blocks]);
}

test.each(['null', 'deflate'] as const)('Avro with codec %s: schema, logical types, unions, and the first rows by the blocks they are in', async (codec) => {
  const file = await avroFile(20_000, codec, { blockSize: 20_000 });
  const source = countedSource('rows.avro', file);
  const shown = await parse(source, { rows: 50 });
  expect(shown).toMatchObject({ kind: 'table', format: 'avro' });
  if (shown.kind !== 'table') return;
  expect(shown.columns.map(({ type }) => type)).toEqual(['bigint', 'string', 'date', 'timestamp', 'decimal(10,2)', 'array<string>', 'string', 'struct<x:double>']);
  expect(shown.cells.map((column) => column.slice(0, 2))).toEqual([
    ['0', '1'],
    [null, 'n1'],
    ['2022-01-08', '2022-01-08'],
    ['2023-11-14 22:13:20.123456', '2023-11-14 22:13:20.123456'],
    ['12.34', '12.34'],
    ['["a","b"]', '["a","b"]'],
    ['seven', '7'],
    ['{"x":1.5}', '{"x":1.5}'],
  ]);
  expect(shown.cells[0]).toHaveLength(50);
  expect(shown.facts).toContainEqual({ label: 'made.by', value: 'a test' });
  expect(source.bytesRead()).toBeLessThan(file.length / 3);
});

test('64-bit integers stay exact', async () => {
  const schema = JSON.stringify({ type: 'record', name: 'R', fields: [{ name: 'n', type: 'long' }] });
  const sync = Buffer.alloc(16, 7);
  const value = Buffer.from([0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01]); // 2^63 - 1
  const file = Buffer.concat([Buffer.from('Obj\x01'), zigzag(1), text('avro.schema'), text(schema), zigzag(0), sync, zigzag(1), zigzag(value.length), value, sync]);
  expect(await parse(countedSource('n.avro', file), { rows: 5 })).toMatchObject({ cells: [['9223372036854775807']], totalRows: 1 });
});

test('FAULTS 24: an Avro file cut at any byte is named cut or fails; it never gives other rows', async () => {
  const file = await avroFile(40, 'null', { blockSize: 600 });
  const whole = await parse(countedSource('rows.avro', file), { rows: 100 });
  if (whole.kind !== 'table') throw new Error('no table');
  expect(whole.totalRows).toBe(40);
  for (let at = 4; at < file.length; at += 1) {
    const shown = await parse(countedSource('rows.avro', file.subarray(0, at)), { rows: 100 }).catch((error: Error) => error);
    if (shown instanceof Error) continue;
    if (shown.kind !== 'table') throw new Error(`cut at ${at} it is ${shown.kind}`);
    const rows = shown.cells[0]!.length;
    expect(shown.cells).toEqual(whole.cells.map((column) => column.slice(0, rows)));
    expect(shown.totalRows === undefined || shown.totalRows === rows).toBe(true);
  }
});

test('FAULTS 24: a bent sync marker, a block that claims too much, and a schema that is none are named', async () => {
  const file = await avroFile(40, 'null', { blockSize: 600 });
  const bent = Buffer.from(file);
  bent[bent.length - 1]! ^= 1;
  await expect(parse(countedSource('bent.avro', bent), { rows: 100 })).rejects.toThrow(/sync marker/);
  const sync = Buffer.alloc(16);
  const head = (schema: string) => Buffer.concat([Buffer.from('Obj\x01'), zigzag(1), text('avro.schema'), text(schema), zigzag(0), sync]);
  await expect(parse(countedSource('big.avro', Buffer.concat([head('"long"'), zigzag(2 ** 40), zigzag(2 ** 40)])), { rows: 1 })).rejects.toThrow(/claims/);
  await expect(parse(countedSource('odd.avro', Buffer.concat([head('{"type":"nothing"}'), zigzag(1), zigzag(1), Buffer.from([0]), sync])), { rows: 1 })).rejects.toThrow(/nothing/);
});
