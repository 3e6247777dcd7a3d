import type { InferredTable } from '../../../shared/contract/catalog.ts';
import type { Preview } from '../../../shared/contract/s3.ts';
import type { BackendContext } from '../../context.ts';
import { FilesEngine } from './filesEngine.ts';
import { infer, type InferInput } from './inference/infer.ts';
import type { ObjectAt } from './objectReader.ts';
import { preview } from './preview.ts';

/** One disposable process a backend; it ends by itself when idle. */
const engines = new WeakMap<BackendContext['startChild'], FilesEngine>();

function engineOf({ startChild }: Pick<BackendContext, 'startChild'>): FilesEngine {
  let engine = engines.get(startChild);
  if (!engine) engines.set(startChild, (engine = new FilesEngine(startChild)));
  return engine;
}

type Needs = Pick<BackendContext, 'aws' | 'startChild'>;

/** The beginning of an object, as shared/contract/s3.ts describes it. BadInput, Timeout or EngineDied name a file that cannot be read. */
export const previewObject = (context: Needs, input: ObjectAt & { rows: number }, signal?: AbortSignal): Promise<Preview> =>
  preview(context.aws, engineOf(context), input, input.rows, signal);

/** The table some files make: columns, partitions and the DDL to create it. NotFound where there are no files to look at. */
export const inferTable = (context: Needs, input: InferInput, signal?: AbortSignal): Promise<InferredTable> => infer(context.aws, engineOf(context), input, signal);
