import { randomUUID } from 'node:crypto';
import { OK } from '../../../shared/contract/common.ts';
import type { contract } from '../../../shared/contract/index.ts';
import type { SavedPair, SyncPlan } from '../../../shared/contract/sync.ts';
import type { BackendContext } from '../../context.ts';
import type { SyncPlans } from '../../transfers/sync/plans.ts';
import type { Row } from '../../transfers/sync/types.ts';
import { eventStream } from '../../transport/eventStream.ts';
import type { ClosableService } from '../handlers.ts';

const facts = (entry: Row['from']) => entry && { size: entry.size, modified: new Date(entry.modified).toISOString() };

const shownRow = ({ n, kind, key, from, to, why, path, excluded = false, problem }: Row) => ({ n, kind, key, from: facts(from), to: facts(to), why, path: path === key ? undefined : path, excluded, problem });

/** Plans of a sync, and the pairs the user keeps. Plans change nothing. */
export function syncHandlers({ store, grants }: BackendContext, plans: SyncPlans): ClosableService<typeof contract.sync> {
  const pairs = store.collection<SavedPair>('syncPairs');
  return {
    handlers: {
      async folder({ input: { grant } }) {
        const path = grants.resolve(grant, 'folder');
        return { kind: 'folder', folder: await plans.remember(path), path };
      },
      plan: ({ input }) => plans.start(input),
      async watch({ input: { id }, signal }) {
        return eventStream<SyncPlan>(await plans.watch(id), { signal, isLast: ({ state }) => state !== 'planning' });
      },
      async stop({ input: { id } }) {
        await plans.stop(id);
        return OK;
      },
      async rows({ input }) {
        const { rows, next } = await plans.find(input);
        return { rows: rows.map(shownRow), next };
      },
      exclude: ({ input: { id, rows, excluded } }) => plans.exclude(id, rows, excluded),
      async drop({ input: { id } }) {
        await plans.drop(id);
        return OK;
      },
      async pairs() {
        const all: SavedPair[] = [];
        for await (const [, pair] of pairs.entries()) all.push(pair);
        return all.sort((a, b) => a.name.localeCompare(b.name));
      },
      async savePair({ input: { id = randomUUID(), name, options, deleteGone, ...places } }) {
        const [from, to] = await Promise.all([plans.resolve(places.from), plans.resolve(places.to)]);
        plans.assertPair({ from, to, options });
        const pair: SavedPair = { id, name, from, to, options, deleteGone };
        await pairs.put(id, pair);
        return pair;
      },
      async removePair({ input: { id } }) {
        await pairs.delete(id);
        return OK;
      },
    },
    close: () => plans.close(),
  };
}
