import type { DuckDBConnection } from '@duckdb/node-api';
import { identifier, literal } from './types.ts';

/** Attached files at most; the one used longest ago goes first. */
const MOST_ATTACHED = 32;

interface Attached {
  alias: string;
  users: number;
}

/** Database files, attached while they are used and a while longer. */
export function createAttachments(control: DuckDBConnection) {
  /** In order of use, the oldest first. */
  const attached = new Map<string, Attached>();
  let nextAlias = 1;
  let queue: Promise<unknown> = Promise.resolve();
  /** Attaching and detaching happen one after the other. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  };

  async function detach(file: string): Promise<void> {
    const entry = attached.get(file);
    if (!entry) return;
    attached.delete(file);
    await control.run(`DETACH ${identifier(entry.alias)}`);
  }

  async function attach(file: string, rowGroup: number | undefined): Promise<Attached> {
    const known = attached.get(file);
    if (known) {
      known.users++;
      attached.delete(file);
      attached.set(file, known);
      return known;
    }
    for (const [other, { users }] of attached) {
      if (attached.size < MOST_ATTACHED) break;
      if (users === 0) await detach(other);
    }
    const entry = { alias: `f${nextAlias++}`, users: 1 };
    await control.run(`ATTACH ${literal(file)} AS ${identifier(entry.alias)}${rowGroup === undefined ? '' : ` (ROW_GROUP_SIZE ${rowGroup})`}`);
    attached.set(file, entry);
    return entry;
  }

  return {
    /** Runs `work` while `file` is attached under the alias it is given. `rowGroup`: rows of a group where the file is made now. */
    async use<T>(file: string, work: (alias: string) => Promise<T>, rowGroup?: number): Promise<T> {
      const entry = await inTurn(() => attach(file, rowGroup));
      try {
        return await work(entry.alias);
      } finally {
        entry.users--;
      }
    },
    detach: (file: string): Promise<void> => inTurn(() => detach(file)),
  };
}
