import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import { createRecordCutter, type RecordCutter, type Records } from './csvRecords.ts';
import type { Database } from './database.ts';
import type { EngineMethods } from './protocol.ts';
import { literal, storedName } from './types.ts';

/** DuckDB's own default; a longer record needs a larger one. */
const LEAST_LINE = 2 * 1024 * 1024;

interface Loading {
  columns: number;
  cutter: RecordCutter;
  rows: number;
  /** Cutting and inserting are two lines of work: the next part is cut while this one is inserted. */
  cut: Promise<unknown>;
  inserted: Promise<unknown>;
}

/**
 * How DuckDB reads what Athena writes: every value is quoted, NULL is nothing at all, "" is the empty string. With these
 * options `"NULL"`, a row of NULLs (an empty line where there is one column) and newlines in fields come out exact.
 */
function readCsv(part: string, columns: number, records: Records): string {
  const line = Math.max(LEAST_LINE, records.longest + 1);
  const struct = Array.from({ length: columns }, (_, i) => `'${storedName(i)}': 'VARCHAR'`).join(', ');
  return `read_csv(${literal(part)}, columns = {${struct}}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    new_line = '\\n', nullstr = '', allow_quoted_nulls = false, strict_mode = true, max_line_size = ${line}, buffer_size = ${Math.max(line, records.bytes.length + 1)})`;
}

/** An encrypted or foreign object is found out here, before any of it is taken for rows. */
function withoutHeader(records: Records, header: Buffer): Records {
  if (!records.bytes.subarray(0, header.length).equals(header)) {
    throw new AppError('Conflict', 'The result object does not begin with the columns of the result.', { detail: 'It may be encrypted on the client, or another program wrote it.' });
  }
  return { ...records, bytes: records.bytes.subarray(header.length) };
}

/** Fills result files from parts of Athena's CSV. */
export function createLoader(database: Database) {
  const loading = new Map<string, Loading>();

  async function insert(file: string, part: string, columns: number, records: Records): Promise<number> {
    if (records.bytes.length === 0) return 0;
    const run = () => database.use(file, async (connection, table) => (await connection.run(`INSERT INTO ${table} FROM ${readCsv(part, columns, records)}`)).rowsChanged);
    await writeFile(part, records.bytes);
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof AppError && /not utf-8|Invalid unicode/i.test(error.detail ?? ''))) throw error;
      // Bytes that are no text are shown as U+FFFD, as Athena's own API shows them.
      const text = Buffer.from(records.bytes.toString('utf8'));
      await writeFile(part, text);
      return await database.use(file, async (connection, table) => (await connection.run(`INSERT INTO ${table} FROM ${readCsv(part, columns, { bytes: text, longest: records.longest * 3 })}`)).rowsChanged);
    } finally {
      await rm(part, { force: true });
    }
  }

  return {
    async create({ file, columns }: { file: string; columns: number }): Promise<void> {
      await database.remove(file);
      const list = Array.from({ length: columns }, (_, i) => `${storedName(i)} VARCHAR`).join(', ');
      await database.use(file, (connection, table) => connection.run(`CREATE TABLE ${table} (${list})`));
      loading.set(file, { columns, cutter: createRecordCutter(), rows: 0, cut: Promise.resolve(), inserted: Promise.resolve() });
    },

    append({ file, part, header, last }: EngineMethods['append']['args']): Promise<{ rows: number }> {
      const state = loading.get(file);
      if (!state) throw new AppError('Conflict', `${file} is not being loaded.`);
      const cut = state.cut.then(async () => {
        const records = state.cutter.cut(await readFile(part), { last });
        await rm(part);
        return header === undefined ? records : withoutHeader(records, Buffer.from(header));
      });
      state.cut = cut;
      const inserted = state.inserted.then(async () => {
        state.rows += await insert(file, `${part}.csv`, state.columns, await cut);
        if (last) loading.delete(file);
        return { rows: state.rows };
      });
      state.inserted = inserted;
      // Whoever awaits `inserted` hears of it; the chains themselves must not be unhandled.
      cut.catch(() => undefined);
      inserted.catch(() => loading.delete(file));
      return inserted;
    },

    async settle({ file }: { file: string }): Promise<{ bytes: number }> {
      await database.use(file, (connection, _, alias) => connection.run(`CHECKPOINT ${alias}`));
      return { bytes: (await stat(file)).size };
    },
  };
}
