import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import type { Database } from './database.ts';
import { createGrowing } from './growing.ts';
import { groupOf, hoped, keptList, keptOf, textColumns } from './keep.ts';
import type { EngineMethods } from './protocol.ts';
import { literal, storedName } from './types.ts';

/** Parts stored by one statement at most: DuckDB reads one on each core, and their rows show together. */
const TOGETHER = 4;

interface Part {
  path: string;
  bytes: number;
}

interface Waiting extends Part {
  last: boolean;
  stored(rows: number): void;
  failed(error: unknown): void;
}

interface Loading {
  columns: number;
  rows: number;
  /** Stores the rows an SQL source gives; answers with all there are now. */
  take(source: string | undefined, last: boolean): Promise<number>;
  /** Lets go of what has not become rows. */
  leave(): Promise<void>;
  waiting: Waiting[];
  /** Somebody stores what waits. */
  storing: boolean;
}

/**
 * How DuckDB reads what Athena writes: every value is quoted, NULL is nothing at all, "" is the empty string. With these
 * options `"NULL"`, a row of NULLs (an empty line where there is one column) and newlines in fields come out exact.
 * One buffer holds a part, so a record may be as long as the part is.
 */
function readCsv(parts: Part[], columns: number): string {
  const struct = Array.from({ length: columns }, (_, i) => `'${storedName(i)}': 'VARCHAR'`).join(', ');
  const most = Math.max(...parts.map(({ bytes }) => bytes)) + 1;
  return `read_csv([${parts.map(({ path }) => literal(path)).join(', ')}], columns = {${struct}}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    new_line = '\\n', nullstr = '', allow_quoted_nulls = false, strict_mode = true, max_line_size = ${most}, buffer_size = ${most})`;
}

const isNoText = (error: unknown) => error instanceof AppError && /not utf-8|Invalid unicode/i.test(error.detail ?? '');

/** Bytes that are no text are shown as U+FFFD, as Athena's own API shows them. */
async function asText({ path }: Part): Promise<Part> {
  const text = Buffer.from(await readFile(path, 'utf8'));
  await writeFile(path, text);
  return { path, bytes: text.length };
}

/** Fills result files from parts of Athena's CSV. */
export function createLoader(database: Database) {
  const loading = new Map<string, Loading>();

  /** In memory rows are texts until they settle: nobody waits for their types. */
  function intoMemory(file: string): Pick<Loading, 'take' | 'leave'> {
    let rows = 0;
    return {
      async take(source) {
        if (source) rows += await database.use(file, async (connection, table) => (await connection.run(`INSERT INTO ${table} FROM ${source}`)).rowsChanged);
        return rows;
      },
      leave: async () => undefined,
    };
  }

  async function takeAll({ columns, take }: Loading, parts: Waiting[]): Promise<number> {
    const last = parts.some((part) => part.last);
    const full: Part[] = parts.filter(({ bytes }) => bytes > 0);
    const source = (of: Part[]) => (of.length > 0 ? readCsv(of, columns) : undefined);
    try {
      return await take(source(full), last).catch(async (error: unknown) => {
        if (!isNoText(error)) throw error;
        return take(source(await Promise.all(full.map(asText))), last);
      });
    } finally {
      await Promise.all(parts.map(({ path }) => rm(path, { force: true })));
    }
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
      loading.set(file, { columns: columns.length, ...(inMemory ? intoMemory(file) : createGrowing(database, file, columns)), rows: 0, waiting: [], storing: false });
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
