import type { FileHead, Parsed, ParseOptions } from './engine/protocol.ts';
import type { FilesEngine } from './filesEngine.ts';
import { boundedReads, type ObjectReader } from './objectReader.ts';

/** Bytes read first of a text or unknown file. */
const HEAD = 256 * 1024;
/** Of what is known by its first bytes and then read by ranges; tar and Avro begin at once. */
const SMALL_HEAD = 4 * 1024;
const RANGED = /\.(parquet|parq|pq|avro|orc|zip|jar|war|whl|egg|docx|xlsx|pptx|odt|ods|epub|apk|kmz|pdf|tar|mp4|mov|mp3)$/i;

const nameOf = (resource: string): string => resource.slice(resource.lastIndexOf('/') + 1);

/** What is known of an object before it is parsed. */
export async function headOf(reader: ObjectReader, signal?: AbortSignal): Promise<FileHead> {
  const name = nameOf(reader.resource);
  const head = await reader.head(RANGED.test(name) ? SMALL_HEAD : HEAD, signal);
  return { name, size: reader.size, head };
}

/** Reads the beginning of an object (by ranges) and has it parsed in the disposable process. */
export async function sampleObject(engine: FilesEngine, reader: ObjectReader, options: ParseOptions, signal?: AbortSignal): Promise<Parsed> {
  const file = await headOf(reader, signal);
  if (reader.size === 0) return { kind: 'empty' };
  return engine.run('parse', { resource: reader.resource, file, options, read: boundedReads(reader, signal), signal });
}
