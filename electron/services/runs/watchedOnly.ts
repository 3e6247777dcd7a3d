import type { Run } from '../../../shared/contract/runs.ts';
import { hasEnded } from '../../engines/types.ts';
import type { Subscribable } from '../../transport/eventStream.ts';

/** A page that reloads, or lost its connection, watches again within this. */
const PATIENCE_MS = 10_000;

/** Runs that are wanted only as long as a window watches them: left alone for a while, they are stopped. */
export function createWatchedRuns(stop: (id: string) => void, patience = PATIENCE_MS) {
  const runs = new Map<string, { watchers: number; timer?: NodeJS.Timeout }>();
  const forget = (id: string) => {
    clearTimeout(runs.get(id)?.timer);
    runs.delete(id);
  };
  const waitFor = (id: string) => {
    const run = runs.get(id);
    if (!run || run.watchers > 0) return;
    clearTimeout(run.timer);
    run.timer = setTimeout(() => (forget(id), stop(id)), patience);
  };
  return {
    /** From now on it ends when nobody watches it. */
    add({ id }: Run, going: Subscribable<Run> | undefined) {
      if (!going || runs.has(id)) return;
      runs.set(id, { watchers: 0 });
      going.onChange(({ state }) => hasEnded(state) && forget(id));
      waitFor(id);
    },
    /** Somebody watches it until `signal` aborts. */
    watched(id: string, signal: AbortSignal | undefined) {
      const run = runs.get(id);
      if (!run || !signal || signal.aborted) return;
      run.watchers += 1;
      clearTimeout(run.timer);
      signal.addEventListener('abort', () => ((run.watchers -= 1), waitFor(id)), { once: true });
    },
    close() {
      for (const id of [...runs.keys()]) forget(id);
    },
  };
}
