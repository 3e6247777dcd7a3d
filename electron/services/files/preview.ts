import type { previewContract, Preview, ReadCost } from '../../../shared/contract/preview.ts';
import type { ServiceHandlers } from '../handlers.ts';
import type { Parsed } from './engine/protocol.ts';
import type { FilesEngine } from './filesEngine.ts';
import { BUDGET, boundedReads, type ObjectReader } from './objectReader.ts';
import type { Readers } from './readers.ts';
import { headOf, sampleObject } from './sample.ts';

const base64 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
const costOf = ({ bytesRead, ranges, size }: ObjectReader): ReadCost => ({ bytesRead, ranges, size, budget: BUDGET });

/** The answers of shared/contract/preview.ts: what is in an object, read by as few bytes as showing it takes. */
export function previewHandlersOf(engine: FilesEngine, readers: Readers): ServiceHandlers<typeof previewContract> {
  return {
    async open({ input: { rows, encoding, entry, ...at }, signal }) {
      const reader = entry || encoding ? readers.again(at) : readers.open(at);
      const parsed = await sampleObject(engine, reader, { rows, encoding, entry }, signal);
      return shown(parsed, reader, entry !== undefined);
    },

    async parquet({ input: { group, ...at }, signal }) {
      const { reader, job } = await again(at, signal);
      return { ...(await engine.run('parquet', { ...job, options: { group } })), cost: costOf(reader) };
    },

    async rows({ input: { start, count, columns, ...at }, signal }) {
      const { reader, job } = await again(at, signal);
      return { ...(await engine.run('rows', { ...job, options: { start, count, columns } })), start, cost: costOf(reader) };
    },

    async entries({ input: { from, ...at }, signal }) {
      const { reader, job } = await again(at, signal);
      return { ...(await engine.run('entries', { ...job, options: { from } })), cost: costOf(reader) };
    },

    async bytes({ input: { start, length, ...at }, signal }) {
      const reader = readers.again(at);
      if (reader.size === 0) await reader.head(Math.max(1, Math.min(start + length, 64 * 1024)), signal);
      const bytes = await reader.read(Math.min(start, reader.size), Math.min(start + length, reader.size), signal, true);
      return { start, data: base64(bytes), cost: costOf(reader) };
    },
  };

  /** The object as it was opened; only its head is read again, from what is kept. */
  async function again(at: Parameters<Readers['again']>[0], signal: AbortSignal | undefined) {
    const reader = readers.again(at);
    const file = reader.size > 0 ? { name: nameOf(at.key), size: reader.size, head: await reader.read(0, Math.min(reader.size, 4096), signal) } : await headOf(reader, signal);
    return { reader, job: { resource: reader.resource, file, read: boundedReads(reader, signal), signal } };
  }
}

const nameOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

function shown(parsed: Parsed, reader: ObjectReader, isEntry: boolean): Preview {
  const cost = costOf(reader);
  switch (parsed.kind) {
    case 'table': {
      const { format, columns, cells, totalRows, rowGroups, compression, createdBy, facts, encoding, schemaText } = parsed;
      return { kind: 'table', format, columns, cells, totalRows, rowGroups, compression, createdBy, facts: [...facts, ...stated(reader)], encoding, schemaText, cost };
    }
    case 'image': {
      const { mediaType, width, height, bytes } = parsed;
      return { kind: 'image', mediaType, width, height, data: base64(bytes), cost };
    }
    case 'hex':
      return { kind: 'hex', data: base64(parsed.bytes), reason: parsed.reason, pages: !isEntry, cost };
    default:
      return { ...parsed, cost };
  }
}

/** What the object's headers say about its bytes. */
const stated = ({ contentEncoding }: ObjectReader): { label: string; value: string }[] => (contentEncoding ? [{ label: 'Content-Encoding', value: contentEncoding }] : []);
