import PQueue from 'p-queue';
import type { contract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { BackendContext } from '../../context.ts';
import type { ServiceHandlers } from '../handlers.ts';
import { objectFacts } from './facts.ts';
import { objectSheet } from './sheet.ts';

const AT_ONCE = 8;

/** What S3 says of objects. What changes them is in transfers. */
export function s3ObjectsHandlers({ aws }: BackendContext): ServiceHandlers<typeof contract.s3Objects> {
  return {
    sheet: ({ input, signal }) => objectSheet(aws, input, signal),
    async facts({ input: { keys, ...at }, signal }) {
      const queue = new PQueue({ concurrency: AT_ONCE });
      const one = async (key: string) => {
        try {
          signal?.throwIfAborted();
          return { facts: await objectFacts(aws, { ...at, key }, signal) };
        } catch (error) {
          if (error instanceof AppError && !signal?.aborted) return { key, error: error.toData() };
          throw error;
        }
      };
      return queue.addAll(keys.map((key) => () => one(key)));
    },
  };
}
