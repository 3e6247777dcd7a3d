import type { InferredTable } from '../../../shared/contract/catalog.ts';
import type { previewContract } from '../../../shared/contract/preview.ts';
import type { BackendContext } from '../../context.ts';
import type { ClosableService } from '../handlers.ts';
import { FilesEngine } from './filesEngine.ts';
import type { ParquetChunks } from './engine/protocol.ts';
import { infer, type InferInput } from './inference/infer.ts';
import { previewHandlersOf } from './preview.ts';
import { boundedReads, ObjectReader, type ObjectAt } from './objectReader.ts';
import { Readers } from './readers.ts';

/** One disposable process a backend; it ends by itself when idle. */
const engines = new WeakMap<BackendContext['startChild'], FilesEngine>();

function engineOf({ startChild }: Pick<BackendContext, 'startChild'>): FilesEngine {
  let engine = engines.get(startChild);
  if (!engine) engines.set(startChild, (engine = new FilesEngine(startChild)));
  return engine;
}

type Needs = Pick<BackendContext, 'aws' | 'startChild'>;

/** What is inside objects. */
export function previewHandlers(context: Needs): ClosableService<typeof previewContract> {
  const readers = new Readers(context.aws);
  const engine = engineOf(context);
  return {
    handlers: previewHandlersOf(engine, readers),
    async close() {
      readers.close();
      engine.close();
    },
  };
}

/** The table some files make: columns, partitions and the DDL to create it. NotFound where there are no files to look at. */
export const inferTable = (context: Needs, input: InferInput, signal?: AbortSignal): Promise<InferredTable> => infer(context.aws, engineOf(context), input, signal);

/** Where the columns of a Parquet file lie, from its footer alone. Fails as a preview does, naming the object. */
export async function readParquetChunks(context: Needs, at: ObjectAt & { size: number }, signal?: AbortSignal): Promise<ParquetChunks> {
  const reader = new ObjectReader(context.aws, at);
  // The first read tells the reader how large the object is; the magic bytes stand there, too.
  const head = await reader.head(4, signal);
  const file = { name: at.key.slice(at.key.lastIndexOf('/') + 1), size: reader.size, head };
  return engineOf(context).run('chunks', { resource: reader.resource, file, options: {}, read: boundedReads(reader, signal), signal });
}
