import type { Preview } from '../../../shared/contract/s3.ts';
import type { AwsConnections } from '../../aws/types.ts';
import type { Parsed } from './engine/protocol.ts';
import type { FilesEngine } from './filesEngine.ts';
import { ObjectReader, type ObjectAt } from './objectReader.ts';

/** Bytes read of a text or unknown file. */
const HEAD = 256 * 1024;
/** A Parquet file is known by its first bytes; the rest is asked for by ranges. */
const PARQUET_HEAD = 4;
const LARGEST_IMAGE = 8 * 1024 * 1024;
const HEX_BYTES = 4096;

/** A parsed object and what it took. */
export interface Sample {
  parsed: Parsed | { kind: 'empty' };
  head: Uint8Array;
  reader: ObjectReader;
}

/** Reads the beginning of an object (by ranges) and has it parsed in the disposable process. */
export async function sampleObject(aws: AwsConnections, engine: FilesEngine, at: ObjectAt, rows: number, signal?: AbortSignal): Promise<Sample> {
  const reader = new ObjectReader(aws, at, signal);
  const head = await reader.head(/\.(parquet|parq|pq)$/i.test(at.key) ? PARQUET_HEAD : HEAD);
  if (reader.size === 0) return { parsed: { kind: 'empty' }, head, reader };
  const name = at.key.slice(at.key.lastIndexOf('/') + 1);
  const isParquetName = head.length <= PARQUET_HEAD && Buffer.from(head).toString('latin1') !== 'PAR1';
  const shown = isParquetName && reader.size > head.length ? await reader.read(0, Math.min(HEAD, reader.size)) : head; // a name that lies
  const parsed = await engine.parse(reader.resource, { name, size: reader.size, head: shown, rows }, (start, end) => reader.read(start, end));
  return { parsed, head: shown, reader };
}

/** What an object looks like: at most `rows` rows of a table, text, an image, or bytes. Never the whole object unless it is small. */
export async function preview(aws: AwsConnections, engine: FilesEngine, at: ObjectAt, rows: number, signal?: AbortSignal): Promise<Preview> {
  const { parsed, head, reader } = await sampleObject(aws, engine, at, rows, signal);
  const cost = () => ({ bytesRead: reader.bytesRead, ranges: reader.ranges, size: reader.size });
  switch (parsed.kind) {
    case 'empty':
      return { kind: 'empty', ...cost() };
    case 'table': {
      const { format, columns, cells, totalRows, rowGroups, compression, createdBy, facts, encoding } = parsed;
      const encoded = encoding && encoding !== 'UTF-8' ? [{ label: 'Encoding', value: encoding }] : [];
      return { kind: 'table', format, columns, cells, totalRows, rowGroups, compression, createdBy, facts: [...facts, ...encoded], ...cost() };
    }
    case 'text':
      return { ...parsed, ...cost() };
    case 'image': {
      if (reader.size > LARGEST_IMAGE) return { kind: 'hex', data: base64(head.subarray(0, HEX_BYTES)), reason: `The image is larger than ${LARGEST_IMAGE / 1024 / 1024} MiB.`, ...cost() };
      return { kind: 'image', mediaType: parsed.mediaType, data: base64(await reader.read(0, reader.size)), ...cost() };
    }
    case 'hex':
      return { kind: 'hex', data: base64(head.subarray(0, HEX_BYTES)), reason: parsed.reason, ...cost() };
  }
}

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
