import { stat } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import type { Database } from './database.ts';
import { createGrowing } from './growing.ts';
import { groupOf, hoped, keptList, keptOf, textColumns } from './keep.ts';
import { reading, removeParts, type Part } from './parts.ts';
import type { EngineMethods } from './protocol.ts';

/** Parts stored by one statement at most: DuckDB reads one on each core, and their rows show together. */
const TOGETHER = 4;

interface Waiting extends Part {
  last: boolean;
  stored(rows: number): void;
  failed(error: unknown): void;
}

interface Loading {
  rows: number;
  /** Stores the rows of some parts, and deletes these; answers with all there are now. */
  take(parts: Part[], last: boolean): Promise<number>;
  /** Lets go of what has not become rows. */
  leave(): Promise<void>;
  waiting: Waiting[];
  /** Somebody stores what waits. */
  storing: boolean;
}

/** Fills result files from parts of Athena's CSV. */
export function createLoader(database: Database) {
  const loading = new Map<string, Loading>();

  /** In memory rows are texts until they settle: nobody waits for their types. */
  function intoMemory(file: string, columns: number): Pick<Loading, 'take' | 'leave'> {
    let rows = 0;
    return {
      async take(parts) {
        const insert = (source: string) => database.use(file, async (connection, table) => (await connection.run(`INSERT INTO ${table} FROM ${source}`)).rowsChanged);
        if (parts.length > 0) rows += await reading(parts, columns, insert).finally(() => removeParts(parts));
        return rows;
      },
      leave: async () => undefined,
    };
  }

  async function takeAll({ take }: Loading, parts: Waiting[]): Promise<number> {
    const [full, empty] = [parts.filter(({ bytes }) => bytes > 0), parts.filter(({ bytes }) => bytes === 0)];
    await removeParts(empty);
    return take(full, parts.some(({ last }) => last));
  }

  /** Stores what waits, several parts at a time; the rows of each statement are there together or not at all. */
  async function store(file: string, state: Loading): Promise<void> {
    if (state.storing) return;
    state.storing = true;
    while (state.waiting.length > 0) {
      const parts = state.waiting.splice(0, TOGETHER);
      try {
        state.rows = await takeAll(state, parts);
        for (const part of parts) part.stored(state.rows);
      } catch (error) {
        loading.delete(file);
        await state.leave();
        for (const part of [...parts, ...state.waiting.splice(0)]) part.failed(error);
      }
    }
    state.storing = false;
  }

  return {
    async create({ file, columns, inMemory }: EngineMethods['create']['args']): Promise<void> {
      await loading.get(file)?.leave();
      await database.remove(file);
      if (inMemory) await database.createInMemory(file, textColumns(columns));
      loading.set(file, { ...(inMemory ? intoMemory(file, columns.length) : createGrowing(database, file, columns)), rows: 0, waiting: [], storing: false });
    },

    async append({ file, part, bytes, last }: EngineMethods['append']['args']): Promise<{ rows: number }> {
      const state = loading.get(file);
      if (!state) throw new AppError('Conflict', `${file} is not being loaded.`);
      const rows = await new Promise<number>((stored, failed) => {
        state.waiting.push({ path: part, bytes, last, stored, failed });
        void store(file, state);
      });
      if (last) loading.delete(file);
      return { rows };
    },

    async settle({ file, columns }: EngineMethods['settle']['args']): Promise<{ bytes: number }> {
      await database.settle(file, async (connection, table) => keptList(columns, await keptOf(connection, table, columns, columns.map(hoped))), groupOf(columns.length));
      return { bytes: (await stat(file)).size };
    },
  };
}
