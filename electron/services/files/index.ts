import type { InferredTable } from '../../../shared/contract/catalog.ts';
import type { previewContract } from '../../../shared/contract/preview.ts';
import type { BackendContext } from '../../context.ts';
import type { ClosableService } from '../handlers.ts';
import { FilesEngine } from './filesEngine.ts';
import { infer, type InferInput } from './inference/infer.ts';
import { previewHandlersOf } from './preview.ts';
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
