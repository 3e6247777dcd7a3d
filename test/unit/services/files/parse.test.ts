import { describe, expect, test } from 'vitest';
import { detect } from '../../../../electron/services/files/engine/detect.ts';
import { parseExact, stringifyExact } from '../../../../electron/services/files/engine/exactJson.ts';
import { readJson } from '../../../../electron/services/files/engine/json.ts';
import { parse } from '../../../../electron/services/files/engine/parse.ts';
import { athenaType } from '../../../../electron/services/files/engine/parquetTypes.ts';
import { unfoldedSource } from '../../../../electron/services/files/engine/source.ts';
import type { SchemaTree } from 'hyparquet';

const bytes = (text: string) => Buffer.from(text, 'latin1');
const parsed = (name: string, head: Uint8Array, rows = 10) => parse(unfoldedSource(name, head, true), { rows });

test('files are known by their first bytes', () => {
  expect(detect(bytes('PAR1....'))).toEqual({ kind: 'parquet' });
  expect(detect(bytes('Obj\x01'))).toEqual({ kind: 'avro' });
  expect(detect(bytes('ORC\x08\x00'))).toEqual({ kind: 'binary', what: 'Apache ORC' });
  expect(detect(bytes('a\x00b'))).toEqual({ kind: 'binary' });
  expect(detect(bytes('plain'))).toEqual({ kind: 'text' });
});

describe('JSON', () => {
  test('what is cut off is left out', () => {
    expect(readJson('{"a":1}\n{"a":2}\n{"a":', { complete: false, rows: 10 })?.cells).toEqual([['1', '2']]);
    expect(readJson('[{"a":1},{"a":"x,]}"},{"a":', { complete: false, rows: 10 })?.cells).toEqual([['1', 'x,]}']]);
  });
  test('types widen over rows; what DDL cannot say is a string', () => {
    const table = readJson('{"n":1,"o":{"a":1},"m":1,"w":{"odd name":1},"l":[]}\n{"n":1.5,"o":{"b":[true]},"m":{},"w":null,"l":[{"x":1}]}\n', { complete: true, rows: 10 });
    expect(table?.columns).toEqual([
      { name: 'n', type: 'double' },
      { name: 'o', type: 'struct<a:bigint,b:array<boolean>>' },
      { name: 'm', type: 'string' },
      { name: 'w', type: 'string' },
      { name: 'l', type: 'array<struct<x:bigint>>' },
    ]);
  });
  test('integers of any length stay exact', () => {
    const text = '{"a":12345678901234567890,"b":"12345678901234567890","c":[-9007199254740993]}';
    expect(stringifyExact(parseExact(text))).toBe(text);
  });
});

describe('FAULTS 24: hostile text', () => {
  test('a broken file that says it is JSON is shown as text', async () => {
    const head = bytes('{"a": tru');
    expect(await parsed('x.json', head)).toMatchObject({ kind: 'text', text: '{"a": tru' });
  });
  test('JSON nested without end does not end the reader', async () => {
    const head = bytes('['.repeat(200_000));
    expect(await parsed('deep.json', head)).toMatchObject({ kind: 'text' });
    const object = bytes('{"a":'.repeat(100_000));
    expect(await parsed('deep.json', object)).toMatchObject({ kind: 'text' });
  });
  test('a gzip file of something else is bytes', async () => {
    const { gzipSync } = await import('node:zlib');
    const head = gzipSync(Buffer.from([0, 1, 2, 3, 0, 0]));
    expect(await parsed('x.gz', head)).toMatchObject({ kind: 'hex' });
  });
});

test('Parquet types become Athena types', () => {
  const leaf = (element: Partial<SchemaTree['element']>, children: SchemaTree[] = []) => ({ element: { name: 'x', ...element }, children, path: [], count: 0 }) as unknown as SchemaTree;
  expect(athenaType(leaf({ type: 'INT32' }))).toBe('int');
  expect(athenaType(leaf({ type: 'INT32', converted_type: 'INT_8' }))).toBe('tinyint');
  expect(athenaType(leaf({ type: 'INT32', converted_type: 'DATE' }))).toBe('date');
  expect(athenaType(leaf({ type: 'INT96' }))).toBe('timestamp');
  expect(athenaType(leaf({ type: 'INT64', converted_type: 'TIMESTAMP_MICROS' }))).toBe('timestamp');
  expect(athenaType(leaf({ type: 'FIXED_LEN_BYTE_ARRAY', converted_type: 'DECIMAL', precision: 20, scale: 4 }))).toBe('decimal(20,4)');
  expect(athenaType(leaf({ type: 'BYTE_ARRAY' }))).toBe('binary');
  expect(athenaType(leaf({ type: 'BYTE_ARRAY', converted_type: 'UTF8' }))).toBe('string');
  const text = leaf({ name: 'Element', type: 'BYTE_ARRAY', converted_type: 'UTF8' });
  expect(athenaType(leaf({ converted_type: 'LIST' }, [leaf({ name: 'list', repetition_type: 'REPEATED' }, [text])]))).toBe('array<string>');
  expect(athenaType(leaf({ converted_type: 'LIST' }, [leaf({ name: 'array', repetition_type: 'REPEATED', type: 'INT64' })]))).toBe('array<bigint>');
  expect(athenaType(leaf({ converted_type: 'MAP' }, [leaf({ name: 'key_value', repetition_type: 'REPEATED' }, [text, leaf({ name: 'value', type: 'DOUBLE' })])]))).toBe('map<string,double>');
  expect(athenaType(leaf({}, [text, leaf({ name: 'n', type: 'BOOLEAN' })]))).toBe('struct<element:string,n:boolean>');
});
