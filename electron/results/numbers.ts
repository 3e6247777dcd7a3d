import type { Store } from '../storage/store.ts';

/** `r12`: what a result is called in SQL. */
export const tableName = (number: number): string => `r${number}`;

type Entry = { number: number } | { runId: string };

const runKey = (runId: string) => `run!${runId}`;
/** Padded, so that the last one is the greatest. */
const numberKey = (number: number) => `number!${String(number).padStart(12, '0')}`;

/** Short names of results, for SQL: given once, in order, never to another run; a result that left and comes back has its old one. */
export function createResultNumbers(store: Store) {
  const entries = store.collection<Entry>('resultNumbers');
  let giving: Promise<unknown> = Promise.resolve();

  async function give(runId: string): Promise<number> {
    const known = (await entries.get(runKey(runId))) as { number: number } | undefined;
    if (known) return known.number;
    let last = 0;
    for await (const [key] of entries.entries({ gt: 'number!', lt: 'number"', reverse: true, limit: 1 })) last = Number(key.slice('number!'.length));
    const number = last + 1;
    await entries.batch([
      { type: 'put', key: runKey(runId), value: { number } },
      { type: 'put', key: numberKey(number), value: { runId } },
    ]);
    return number;
  }

  return {
    /** The number of a run's result, given now where it has none. */
    of(runId: string): Promise<number> {
      const given = giving.then(() => give(runId));
      giving = given.catch(() => undefined);
      return given;
    },
    async run(number: number): Promise<string | undefined> {
      return ((await entries.get(numberKey(number))) as { runId: string } | undefined)?.runId;
    },
  };
}

export type ResultNumbers = ReturnType<typeof createResultNumbers>;
