import type { Type } from 'avsc';
import { snappyUncompress } from 'hyparquet';
import { avroType, compileSchema, plainValue, type KnownType } from './avroTypes.ts';
import { cellText } from './parquetCells.ts';
import type { ParsedTable } from './protocol.ts';
import { readable, type Source } from './source.ts';
import { unfoldHead } from './unfold.ts';

/** https://avro.apache.org/docs/1.12.0/specification/#object-container-files */
const MAGIC = 'Obj\x01';
const SYNC = 16;
/** The header holds the schema. */
const LARGEST_HEADER = 4 * 1024 * 1024;
/** One block, as stored and unfolded. */
const LARGEST_BLOCK = 64 * 1024 * 1024;
const MOST_COLUMNS = 2000;

interface Header {
  schema: string;
  codec: string;
  meta: { label: string; value: string }[];
  sync: Uint8Array;
  /** Where the first block begins. */
  end: number;
}

class Short extends Error {
  constructor() {
    super('The Avro header ends in the middle.');
  }
}

/** Reads the parts a container is made of; Short where the bytes end before them. */
class Cursor {
  at = 0;
  constructor(readonly bytes: Uint8Array) {}
  long(): number {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.bytes[this.at++];
      if (byte === undefined) throw new Short();
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) {
        const number = Number((value >> 1n) ^ -(value & 1n));
        if (!Number.isSafeInteger(number)) break;
        return number;
      }
    }
    throw new Error('A length in the Avro file is not a number.');
  }
  take(length: number): Uint8Array {
    if (length < 0) throw new Error(`A length in the Avro file is ${length}.`);
    if (this.at + length > this.bytes.length) throw new Short();
    const taken = this.bytes.subarray(this.at, this.at + length);
    this.at += length;
    return taken;
  }
}

const utf8 = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

function readHeader(bytes: Uint8Array): Header {
  const cursor = new Cursor(bytes);
  if (Buffer.from(cursor.take(4)).toString('latin1') !== MAGIC) throw new Error('This is no Avro file.');
  const entries: [string, Uint8Array][] = [];
  for (let count = cursor.long(); count !== 0; count = cursor.long()) {
    if (count < 0) cursor.long(); // the block's bytes, which its length follows
    for (let n = Math.abs(count); n > 0; n -= 1) entries.push([utf8(cursor.take(cursor.long())), cursor.take(cursor.long())]);
  }
  const sync = cursor.take(SYNC);
  const named = new Map(entries);
  const schema = named.get('avro.schema');
  if (!schema) throw new Error('The Avro file has no schema.');
  const meta = entries.filter(([name]) => !name.startsWith('avro.')).slice(0, 20).map(([label, value]) => ({ label, value: utf8(value.subarray(0, 500)) }));
  return { schema: utf8(schema), codec: utf8(named.get('avro.codec') ?? Buffer.from('null')), meta, sync, end: cursor.at };
}

/** The header and the rows of the first blocks, read block by block until `rows` are there. */
export async function readAvro(source: Source, rows: number): Promise<ParsedTable> {
  const file = growing(source);
  const header = await headerOf(file);
  const type = compileSchema(header.schema);
  const values: unknown[] = [];
  const facts = [{ label: 'Codec', value: header.codec }];
  let at = header.end;
  let blocks = 0;
  let cut = false;
  while (values.length < rows) {
    const lengths = await file.upTo(at, 20);
    if (lengths.length === 0) break;
    const cursor = new Cursor(lengths);
    let count: number;
    let size: number;
    try {
      [count, size] = [cursor.long(), cursor.long()];
    } catch (error) {
      if (!(error instanceof Short)) throw error;
      cut = true;
      break;
    }
    if (count < 0 || size < 0 || size > LARGEST_BLOCK) throw new Error(`Block ${blocks + 1} claims ${count} rows in ${size} bytes.`);
    const start = at + cursor.at;
    const stored = await file.upTo(start, size + SYNC);
    if (stored.length < size + SYNC) {
      cut = true;
      break;
    }
    if (!Buffer.from(header.sync).equals(stored.subarray(size))) throw new Error(`The sync marker after block ${blocks + 1} is not the file’s own: it is damaged.`);
    decode(type, await unfold(header.codec, stored.subarray(0, size)), Math.min(count, rows - values.length), values);
    at = start + size + SYNC;
    blocks += 1;
    if (values.length >= rows && count > rows) break;
  }
  const complete = !cut && source.size !== undefined && at >= source.size;
  if (cut && source.read) facts.push({ label: 'Cut short', value: `The file ends in the middle of block ${blocks + 1}.` });
  return { ...toTable(type, values), totalRows: complete && values.length < rows ? values.length : undefined, compression: header.codec === 'null' ? undefined : header.codec, facts: [...facts, ...header.meta], schemaText: pretty(header.schema) };
}

async function headerOf(file: Growing): Promise<Header> {
  for (let length = 16 * 1024; ; length *= 4) {
    const bytes = await file.upTo(0, length);
    try {
      return readHeader(bytes);
    } catch (error) {
      if (!(error instanceof Short) || bytes.length < length || length >= LARGEST_HEADER) throw error;
    }
  }
}

interface Growing {
  /** At most `length` bytes from `start`: fewer at the end of what can be had. */
  upTo(start: number, length: number): Promise<Uint8Array>;
}

const growing = (source: Source): Growing => ({
  upTo: async (start, length) => {
    if (start + length <= source.head.length || !readable(source)) return source.head.subarray(start, start + length);
    return source.read(Math.min(start, source.size), Math.min(start + length, source.size));
  },
});

function decode(type: Type, block: Uint8Array, count: number, values: unknown[]): void {
  const bytes = Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  for (let at = 0, n = 0; n < count; n += 1) {
    const { value, offset } = type.decode(bytes, at) as { value: unknown; offset: number };
    if (offset < 0) throw new Error(`Row ${values.length + 1} ends outside its block.`);
    values.push(value);
    at = offset;
  }
}

async function unfold(codec: string, stored: Uint8Array): Promise<Uint8Array> {
  switch (codec) {
    case 'null':
      return stored;
    case 'snappy': {
      const length = snappyLength(stored);
      if (length > LARGEST_BLOCK) throw new Error(`A block claims to hold ${length} bytes.`);
      const output = new Uint8Array(length);
      snappyUncompress(stored.subarray(0, stored.length - 4), output); // four bytes of CRC-32 follow
      return output;
    }
    case 'deflate':
    case 'zstandard':
    case 'bzip2': {
      const { bytes, complete } = await unfoldHead(codec === 'zstandard' ? 'zstd' : codec, stored, LARGEST_BLOCK, true);
      if (!complete) throw new Error('A block cannot be unfolded.');
      return bytes;
    }
    default:
      throw new Error(`The codec ${codec} is not known.`);
  }
}

function snappyLength(bytes: Uint8Array): number {
  let length = 0;
  for (let at = 0; at < 5; at += 1) {
    const byte = bytes[at] ?? 0;
    length += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return length;
  }
  throw new Error('A snappy block has no length.');
}

function toTable(type: Type, values: unknown[]): ParsedTable {
  const fields = (type as KnownType).fields?.slice(0, MOST_COLUMNS);
  const cell = (value: unknown, of: Type) => cellText(plainValue(value, of));
  return {
    kind: 'table',
    format: 'avro',
    columns: fields?.map((field) => ({ name: field.name, type: avroType(field.type) })) ?? [{ name: 'value', type: avroType(type) }],
    cells: fields ? fields.map((field) => values.map((value) => cell((value as Record<string, unknown>)[field.name], field.type))) : [values.map((value) => cell(value, type))],
    facts: [],
  };
}

function pretty(schema: string): string {
  return JSON.stringify(JSON.parse(schema), null, 2).slice(0, 200_000);
}
