import PQueue from 'p-queue';
import type { FolderSizeUpdate } from '../../../shared/contract/s3Search.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { listAll } from '../../listing/listAll.ts';

/** Prefixes at a time; each is read by several readers where it is large. */
const AT_ONCE = 6;
const TELL_MS = 200;

interface MeasureInput {
  connectionId: string;
  bucket: string;
  prefixes: string[];
}

/** Objects and bytes below each prefix, told while they are counted. A prefix that cannot be listed fails alone. */
export async function* measure(aws: AwsConnections, { connectionId, bucket, prefixes }: MeasureInput, signal: AbortSignal): AsyncGenerator<{ sizes: FolderSizeUpdate[]; done: boolean }> {
  const changed = new Map<string, FolderSizeUpdate>();
  const queue = new PQueue({ concurrency: AT_ONCE });
  const count = async (prefix: string) => {
    let [objects, bytes] = [0, 0];
    const tell = (state: FolderSizeUpdate['state'], error?: AppError) => void changed.set(prefix, { prefix, objects, bytes, state, ...(error && { error: error.toData() }) });
    try {
      for await (const { sizes } of listAll(aws, { connectionId, bucket, prefix, signal, atOnce: 8 })) {
        objects += sizes.length;
        for (const size of sizes) bytes += size;
        tell('counting');
      }
      tell('done');
    } catch (error) {
      if (signal.aborted) return;
      tell('failed', error instanceof AppError ? error : new AppError('Internal', String(error)));
    }
  };
  let isDone = false;
  const all = queue.addAll(prefixes.map((prefix) => () => (signal.aborted ? Promise.resolve() : count(prefix)))).then(() => void (isDone = true));
  while (!isDone && !signal.aborted) {
    let timer: NodeJS.Timeout | undefined;
    await Promise.race([all, new Promise((resolve) => (timer = setTimeout(resolve, TELL_MS)))]);
    clearTimeout(timer);
    const sizes = [...changed.values()];
    changed.clear();
    if (!isDone) yield { sizes, done: false };
    else for (const size of sizes) changed.set(size.prefix, size);
  }
  yield { sizes: [...changed.values()], done: true };
}
