import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { AppError } from '../../../shared/errors.ts';
import { createRecordCutter, type RecordCutter } from './csvRecords.ts';
import type { Database } from './database.ts';
import type { EngineMethods } from './protocol.ts';
import { literal, storedName } from './types.ts';

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
 * One buffer holds the part, so a record may be as long as the part is.
 */
function readCsv(part: string, columns: number, bytes: number): string {
  const struct = Array.from({ length: columns }, (_, i) => `'${storedName(i)}': 'VARCHAR'`).join(', ');
  return `read_csv(${literal(part)}, columns = {${struct}}, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
    new_line = '\\n', nullstr = '', allow_quoted_nulls = false, strict_mode = true, max_line_size = ${bytes + 1}, buffer_size = ${bytes + 1})`;
}

/** An encrypted or foreign object is found out here, before any of it is taken for rows. */
function withoutHeader(records: Buffer, header: Buffer): Buffer {
  if (!records.subarray(0, header.length).equals(header)) {
    throw new AppError('Conflict', 'The result object does not begin with the columns of the result.', { detail: 'It may be encrypted on the client, or another program wrote it.' });
  }
  return records.subarray(header.length);
}

const isNoText = (error: unknown) => error instanceof AppError && /not utf-8|Invalid unicode/i.test(error.detail ?? '');

/** Fills result files from parts of Athena's CSV. */
export function createLoader(database: Database) {
  const loading = new Map<string, Loading>();

  /** Stores the records of a file of whole records, and deletes it. */
  async function insert(file: string, csv: string, columns: number, bytes: number): Promise<number> {
    if (bytes === 0) return 0;
    const store = (size: number) => database.use(file, async (connection, table) => (await connection.run(`INSERT INTO ${table} FROM ${readCsv(csv, columns, size)}`)).rowsChanged);
    try {
      return await store(bytes).catch(async (error: unknown) => {
        if (!isNoText(error)) throw error;
        // Bytes that are no text are shown as U+FFFD, as Athena's own API shows them.
        const text = Buffer.from(await readFile(csv, 'utf8'));
        await writeFile(csv, text);
        return store(text.length);
      });
    } finally {
      await rm(csv, { force: true });
    }
  }

  return {
    async create({ file, columns, inMemory }: EngineMethods['create']['args']): Promise<void> {
      await database.remove(file);
      await database.create(file, Array.from({ length: columns }, (_, i) => `${storedName(i)} VARCHAR`).join(', '), inMemory);
      loading.set(file, { columns, cutter: createRecordCutter(), rows: 0, cut: Promise.resolve(), inserted: Promise.resolve() });
    },

    append({ file, part, header, last }: EngineMethods['append']['args']): Promise<{ rows: number }> {
      const state = loading.get(file);
      if (!state) throw new AppError('Conflict', `${file} is not being loaded.`);
      const csv = `${part}.csv`;
      const cut = state.cut.then(async () => {
        const records = await state.cutter.cut(part, last);
        await rm(part);
        const rows = header === undefined ? records : withoutHeader(records, Buffer.from(header));
        await writeFile(csv, rows);
        return rows.length;
      });
      state.cut = cut;
      const inserted = state.inserted.then(async () => {
        state.rows += await insert(file, csv, state.columns, await cut);
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
      await database.settle(file);
      return { bytes: (await stat(file)).size };
    },
  };
}
