import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import type { ResultsEngine } from './engineClient.ts';
import type { ResultStore } from './store.ts';

/** Copies kept while nobody reads them; the one used longest ago goes. */
const MOST_IDLE = 8;

interface Copy {
  users: number;
  made: Promise<string>;
}

/**
 * Results as Parquet files with real types, for engines other than the results' own: its files open in one process only, and
 * hold some columns as text. Made when first read, from the stored result.
 */
export function createTypedCopies({ store, engine, dir }: { store: ResultStore; engine: ResultsEngine; dir: string }) {
  /** In order of use, the oldest first. */
  const copies = new Map<string, Copy>();
  const emptied = rm(dir, { recursive: true, force: true });
  emptied.catch(() => undefined); // whoever makes the first copy hears of it

  async function make(runId: string): Promise<string> {
    await emptied;
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const target = path.join(dir, `${runId}.parquet`);
    const aside = `${target}.partial`;
    await store.useAll(runId, undefined, ({ file, columns }) => engine.call('export', { file, target: aside, columns, format: 'parquet', options: { escapeFormulas: false } }));
    await rename(aside, target);
    return target;
  }

  async function dropIdle(): Promise<void> {
    const idle = [...copies].filter(([, { users }]) => users === 0);
    for (const [runId, { made }] of idle.slice(0, Math.max(0, idle.length - MOST_IDLE))) {
      copies.delete(runId);
      await made.then((file) => rm(file, { force: true }), () => undefined);
    }
  }

  return {
    /** The copy's path; it stays until `release` is called. Waits for all rows; fails as opening the result does. */
    async use(runId: string): Promise<{ file: string; release(): void }> {
      const copy = copies.get(runId) ?? { users: 0, made: make(runId) };
      copies.delete(runId);
      copies.set(runId, copy);
      copy.users++;
      const release = () => {
        copy.users--;
        void dropIdle();
      };
      try {
        return { file: await copy.made, release };
      } catch (error) {
        // Another may have begun a new one meanwhile.
        if (copies.get(runId) === copy) copies.delete(runId);
        throw error;
      }
    },
  };
}

export type TypedCopies = ReturnType<typeof createTypedCopies>;
