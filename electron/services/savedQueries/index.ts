import { OK } from '../../../shared/contract/common.ts';
import type { contract } from '../../../shared/contract/index.ts';
import type { SavedQuery } from '../../../shared/contract/savedQueries.ts';
import type { BackendContext } from '../../context.ts';
import { athenaSharedQueries } from '../../engines/athena/sharedQueries.ts';
import type { ServiceHandlers } from '../handlers.ts';

/** `/a//b/` is `a/b`. */
const tidyFolder = (folder: string): string =>
  folder
    .split('/')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .join('/');

const order = (query: SavedQuery): string => `${query.folder}\0${query.name}`.toLowerCase();

/** Queries kept on this computer, and those that Athena keeps for a workgroup. */
export function savedQueriesHandlers({ store, aws }: BackendContext): ServiceHandlers<typeof contract.savedQueries> {
  const saved = store.collection<SavedQuery>('savedQueries');
  const shared = athenaSharedQueries(aws);
  return {
    async list() {
      const all: SavedQuery[] = [];
      for await (const [, query] of saved.entries()) all.push(query);
      return all.toSorted((a, b) => (order(a) < order(b) ? -1 : 1));
    },

    async save({ input }) {
      const kept = { ...input, folder: tidyFolder(input.folder), tags: [...new Set(input.tags.map((tag) => tag.trim()).filter((tag) => tag !== ''))], updatedAt: new Date().toISOString() };
      await saved.put(kept.id, kept);
      return kept;
    },

    async remove({ input }) {
      await saved.batch(input.ids.map((key) => ({ type: 'del', key })));
      return OK;
    },

    shared: ({ input, signal }) => shared.list(input, signal),

    async share({ input }) {
      aws.assertWritable(input.connectionId, `save the query “${input.name}” in workgroup ${input.workgroup}`);
      await shared.save(input, input);
      return OK;
    },

    async unshare({ input }) {
      aws.assertWritable(input.connectionId, `delete a query of workgroup ${input.workgroup}`);
      await shared.remove(input, input);
      return OK;
    },
  };
}
