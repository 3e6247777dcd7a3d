import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { ResultColumn } from '../../../shared/contract/resultViews.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Database } from './database.ts';
import { hoped, keptColumns, keptList, keptOf, type Kept } from './keep.ts';
import type { EngineMethods } from './protocol.ts';
import { literal, printed, storedName, valueType } from './types.ts';

/** Parts stored by one statement at most: DuckDB reads one on each core, and their rows show together. */
const TOGETHER = 4;

interface Part {
  path: string;
  bytes: number;
}

interface Waiting extends Part {
  stored(rows: number): void;
  failed(error: unknown): void;
}

interface Loading {
  columns: ResultColumn[];
  /** Of a table that grows in its file: undefined until the first rows are there. */
  kept: Kept[] | undefined;
  inMemory: boolean;
  rows: number;
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
  const intoMemory = (file: string, { columns }: Loading, parts: Part[]): Promise<number> =>
    database.use(file, async (connection, table) => (await connection.run(`INSERT INTO ${table} FROM ${readCsv(parts, columns.length)}`)).rowsChanged);

  /** In a file they are kept by type from the first rows on. A column whose later texts do not allow it becomes text. */
  async function intoFile(file: string, state: Loading, parts: Part[]): Promise<number> {
    const { columns } = state;
    return database.scratch(async (connection, scratch) => {
      const texts = columns.map((_, i) => `${storedName(i)} VARCHAR`).join(', ');
      await connection.run(`CREATE TABLE ${scratch} (${texts})`);
      if (parts.length > 0) await connection.run(`INSERT INTO ${scratch} FROM ${readCsv(parts, columns.length)}`);
      if (!state.kept) {
        state.kept = await keptOf(connection, scratch, columns, columns.map(hoped));
        await database.create(file, keptColumns(columns, state.kept), false);
      } else {
        const before = state.kept;
        const after = await keptOf(connection, scratch, columns, before);
        const changed = columns.flatMap(({ type }, i) => (before[i] === 'value' && after[i] !== 'value' ? [{ name: storedName(i), print: printed(valueType(type).duckType)! }] : []));
        if (changed.length > 0) await database.alter(file, (table) => changed.map(({ name, print }) => `ALTER TABLE ${table} ALTER ${name} TYPE VARCHAR USING ${print(name)}`));
        state.kept = before.map((kept, i) => (kept === after[i] ? kept : 'text'));
      }
      const list = keptList(columns, state.kept);
      return database.use(file, async (own, table) => (await own.run(`INSERT INTO ${table} SELECT ${list} FROM ${scratch}`)).rowsChanged);
    });
  }

  const insert = (file: string, state: Loading, parts: Part[]): Promise<number> => (state.inMemory ? intoMemory : intoFile)(file, state, parts);

  async function insertAll(file: string, state: Loading, parts: Part[]): Promise<number> {
    try {
      const full = parts.filter(({ bytes }) => bytes > 0);
      if (full.length === 0 && (state.inMemory || state.kept)) return 0;
      return await insert(file, state, full).catch(async (error: unknown) => {
        if (!isNoText(error)) throw error;
        return insert(file, state, await Promise.all(full.map(asText)));
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
        state.rows += await insertAll(file, state, parts);
        for (const part of parts) part.stored(state.rows);
      } catch (error) {
        loading.delete(file);
        for (const part of [...parts, ...state.waiting.splice(0)]) part.failed(error);
      }
    }
    state.storing = false;
  }

  return {
    async create({ file, columns, inMemory }: EngineMethods['create']['args']): Promise<void> {
      await database.remove(file);
      if (inMemory) await database.create(file, columns.map((_, i) => `${storedName(i)} VARCHAR`).join(', '), true);
      loading.set(file, { columns, kept: undefined, inMemory, rows: 0, waiting: [], storing: false });
    },

    async append({ file, part, bytes, last }: EngineMethods['append']['args']): Promise<{ rows: number }> {
      const state = loading.get(file);
      if (!state) throw new AppError('Conflict', `${file} is not being loaded.`);
      const rows = await new Promise<number>((stored, failed) => {
        state.waiting.push({ path: part, bytes, stored, failed });
        void store(file, state);
      });
      if (last) loading.delete(file);
      return { rows };
    },

    async settle({ file, columns }: EngineMethods['settle']['args']): Promise<{ bytes: number }> {
      await database.settle(file, async (connection, table) => keptList(columns, await keptOf(connection, table, columns, columns.map(hoped))));
      return { bytes: (await stat(file)).size };
    },
  };
}
