import { AppError } from '../../../shared/errors.ts';
import type { ResultNumbers } from '../../results/numbers.ts';
import type { TypedCopies } from '../../results/typedCopies.ts';
import type { Readable } from './engine.ts';
import { tableOf, type DeskFiles } from './files.ts';
import type { DeskTable } from './process/protocol.ts';

/** `results.r12`, however it is spaced and quoted. More may be found than is meant (in a string): that costs a copy, no more. */
const RESULT = /\bresults"?\s*\.\s*"?r(\d{1,12})\b/gi;

export const resultsNamed = (sql: string): number[] => [...new Set([...sql.matchAll(RESULT)].map(([, number]) => Number(number)))];

const isNamed = (sql: string, name: string): boolean => new RegExp(`(?<![\\p{L}\\p{N}_])${name}(?![\\p{L}\\p{N}_])`, 'iu').test(sql);

/** What a statement may read: every place that was added, the files it names as tables, and copies of the results it names. */
export function createReadable({ files, results }: { files: DeskFiles; results: () => { numbers: ResultNumbers; copies: TypedCopies } }) {
  return async (sql: string): Promise<Readable> => {
    const added = await files.list();
    const named = await Promise.all(added.filter(({ name }) => isNamed(sql, name)).map(tableOf));
    const tables = named.filter((table) => table !== undefined);
    const copies: { file: string; release(): void }[] = [];
    const release = () => copies.splice(0).forEach((copy) => copy.release());
    try {
      for (const number of resultsNamed(sql)) {
        const runId = await results().numbers.run(number);
        if (runId === undefined) continue; // DuckDB says that there is no such table, and where
        const copy = await results()
          .copies.use(runId)
          .catch((error: unknown) => {
            throw error instanceof AppError ? new AppError(error.code, `results.r${number} cannot be read: ${error.message}`, { ...error.toData(), cause: error }) : error;
          });
        copies.push(copy);
        tables.push({ schema: 'results', name: `r${number}`, path: copy.file, format: 'parquet', many: false } satisfies DeskTable);
      }
    } catch (error) {
      release();
      throw error;
    }
    const places = (wanted: boolean) => added.filter(({ isFolder }) => isFolder === wanted).map(({ path }) => path);
    return { tables, files: [...places(false), ...copies.map(({ file }) => file)], folders: places(true), release };
  };
}
