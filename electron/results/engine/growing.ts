import type { ResultColumn } from '../../../shared/contract/resultViews.ts';
import { AppError } from '../../../shared/errors.ts';
import type { Database } from './database.ts';
import { checkedList, groupOf, hoped, keptColumns, keptOf, ODD, type Kept } from './keep.ts';
import { reading, removeParts, type Part } from './parts.ts';
import { printed, storedName, valueType } from './types.ts';

/** Rows are stored, though they are no whole group, after so long a wait for more of them, ms: they may come slowly, page by page. */
const SHOW_AFTER = 10_000;
/** Bytes of CSV that wait to become a group of rows. */
const MOST_WAITING = 256 * 1024 * 1024;
/** Rows of a statement over those of a group: how many bytes have is known from those before. */
const OVER = 1.05;

const isOdd = (error: unknown) => error instanceof AppError && (error.detail ?? '').includes(ODD);

/**
 * A table that grows in its file because it is too large for memory. Parts wait as files until they are a whole group of
 * rows: those DuckDB writes into the file at once, smaller ones into memory and its log first. They go by the types that
 * fit all rows so far; a text its type does not print fails the statement, and the column becomes text.
 */
export function createGrowing(database: Database, file: string, columns: ResultColumn[]) {
  let kept: Kept[] | undefined;
  let rows = 0;
  let group = 0;
  let bytesOfRow = 0;
  let waiting: Part[] = [];
  let idle = 0;
  let since = performance.now();

  const insert = (source: string, as: Kept[]) => database.use(file, async (connection, table) => (await connection.run(`INSERT INTO ${table} ${checkedList(columns, as, source)}`)).rowsChanged);

  /** The file's table, for the first rows. */
  async function create(source: string | undefined, bytes: number): Promise<Kept[]> {
    const hopes = columns.map(hoped);
    const first = await database.query(async (connection) => {
      if (!source) return { as: hopes, count: 0 };
      const count = Number((await connection.runAndReadAll(`SELECT count(*) FROM ${source}`)).getRows()[0]![0]);
      return { as: await keptOf(connection, source, columns, hopes), count };
    });
    bytesOfRow = bytes / Math.max(1, first.count);
    group = groupOf(columns.length, MOST_WAITING / OVER / bytesOfRow);
    await database.createInFile(file, keptColumns(columns, first.as), group);
    return first.as;
  }

  /** Columns some of whose texts are not of their type become text. */
  async function refit(source: string, before: Kept[]): Promise<Kept[]> {
    const after = await database.query((connection) => keptOf(connection, source, columns, before));
    const changed = columns.flatMap(({ type }, i) => (before[i] === after[i] ? [] : [{ name: storedName(i), print: printed(valueType(type).duckType)!.print }]));
    if (changed.length > 0) await database.alter(file, (table) => changed.map(({ name, print }) => `ALTER TABLE ${table} ALTER ${name} TYPE VARCHAR USING ${print(name)}`));
    return before.map((one, i) => (one === after[i] ? one : 'text'));
  }

  async function store(source: string, bytes: number): Promise<void> {
    const as = (kept ??= await create(source, bytes));
    const stored = await insert(source, as).catch(async (error: unknown) => {
      if (!isOdd(error)) throw error;
      kept = await refit(source, as);
      return insert(source, kept);
    });
    rows += stored;
    bytesOfRow = bytes / Math.max(1, stored);
  }

  return {
    /** Takes the rows of some parts, which are deleted in time; with `last` all are in the file. Answers with how many are there. */
    async take(parts: Part[], last: boolean): Promise<number> {
      idle += performance.now() - since;
      waiting.push(...parts);
      const bytes = waiting.reduce((sum, part) => sum + part.bytes, 0);
      // The first ones show at once.
      const enough = !kept || bytes >= Math.min(MOST_WAITING, group * OVER * bytesOfRow) || idle > SHOW_AFTER;
      if (waiting.length > 0 && (enough || last)) {
        const taken = waiting;
        waiting = [];
        await reading(taken, columns.length, (source) => store(source, bytes)).finally(() => removeParts(taken));
        idle = 0;
      } else if (last) kept ??= await create(undefined, 0);
      since = performance.now();
      return rows;
    },
    leave: () => removeParts(waiting),
  };
}
