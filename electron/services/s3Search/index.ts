import { OK } from '../../../shared/contract/common.ts';
import type { contract } from '../../../shared/contract/index.ts';
import type { FolderSizeUpdate, SearchBatch } from '../../../shared/contract/s3Search.ts';
import { AppError } from '../../../shared/errors.ts';
import type { BackendContext } from '../../context.ts';
import type { ClosableService } from '../handlers.ts';
import { find } from './find.ts';
import { matcherOf } from './matcher.ts';
import { measure } from './measure.ts';
import { PulledWorks } from './pulled.ts';

/** Search below a prefix, and the sizes of folders: all that lists everything for the page, batch by batch. */
export function s3SearchHandlers({ aws }: BackendContext): ClosableService<typeof contract.s3Search> {
  const works = new PulledWorks();
  const next = async <T>({ id, batch }: { id: string; batch: number }): Promise<T> => {
    const answer = await works.next<T>(id, batch);
    if (answer === undefined) throw new AppError('NotFound', 'This search has ended.');
    return answer;
  };
  return {
    handlers: {
      async find({ input: { filter, ...where } }) {
        const matches = matcherOf(filter, where.prefix);
        return works.start((signal) => find(aws, where, matches, signal));
      },
      found: ({ input }) => next<SearchBatch>(input),
      measure: async ({ input }) => works.start((signal) => measure(aws, input, signal)),
      measured: ({ input }) => next<{ sizes: FolderSizeUpdate[]; done: boolean }>(input),
      async end({ input }) {
        works.end(input.id);
        return OK;
      },
    },
    close: async () => works.close(),
  };
}
