import type { DuckDBConnection } from '@duckdb/node-api';
import type { ResultColumn } from '../../../shared/contract/resultViews.ts';
import type { Database, Scratch } from './database.ts';
import { groupOf, hoped, keptColumns, keptList, keptOf, textColumns, type Kept } from './keep.ts';
import { printed, storedName, valueType } from './types.ts';

/** Rows show after this long, ms, though they are no whole group: they may come slowly, page by page. */
const SHOW_AFTER = 10_000;

/**
 * A table that grows in its file because it is too large for memory. Texts wait in memory until they are a whole group of
 * rows, which DuckDB writes at once, by the types that fit all rows so far.
 */
export function createGrowing(database: Database, file: string, columns: ResultColumn[]) {
  let kept: Kept[] | undefined;
  let rows = 0;
  let scratch: Scratch | undefined;
  let waiting = 0;
  let shown = performance.now();

  /** Makes the file's table fit for these texts. A column whose later texts are not of its type becomes text. */
  async function fit(connection: DuckDBConnection, texts: string): Promise<Kept[]> {
    const before = kept;
    const after = await keptOf(connection, texts, columns, before ?? columns.map(hoped));
    if (!before) {
      await database.createInFile(file, keptColumns(columns, after), groupOf(columns.length));
      return after;
    }
    const changed = columns.flatMap(({ type }, i) => (before[i] === after[i] ? [] : [{ name: storedName(i), print: printed(valueType(type).duckType)!.print }]));
    if (changed.length > 0) await database.alter(file, (table) => changed.map(({ name, print }) => `ALTER TABLE ${table} ALTER ${name} TYPE VARCHAR USING ${print(name)}`));
    return before.map((one, i) => (one === after[i] ? one : 'text'));
  }

  async function leave(): Promise<void> {
    const held = scratch;
    scratch = undefined;
    await held?.drop();
  }

  return {
    /** Takes the rows of an SQL source; with `last` all are in the file. Answers with how many are there. */
    async take(source: string | undefined, last: boolean): Promise<number> {
      scratch ??= await database.scratch(textColumns(columns));
      const { table: texts, use } = scratch;
      if (source) waiting += await use(async (connection) => (await connection.run(`INSERT INTO ${texts} FROM ${source}`)).rowsChanged);
      if (waiting < groupOf(columns.length) && performance.now() - shown < SHOW_AFTER && !last) return rows;
      await use(async (connection) => {
        kept = await fit(connection, texts);
        const list = keptList(columns, kept);
        await database.use(file, (own, table) => own.run(`INSERT INTO ${table} SELECT ${list} FROM ${texts}`));
      });
      rows += waiting;
      waiting = 0;
      shown = performance.now();
      await leave();
      return rows;
    },
    leave,
  };
}
