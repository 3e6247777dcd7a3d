import { stat } from 'node:fs/promises';
import { OK } from '../../../shared/contract/common.ts';
import type { DeskFile } from '../../../shared/contract/desk.ts';
import type { contract } from '../../../shared/contract/index.ts';
import { AppError } from '../../../shared/errors.ts';
import type { BackendContext } from '../../context.ts';
import { tableOf, type AddedFile } from '../../engines/duckdb/files.ts';
import { hasDied } from '../../engines/duckdb/processes.ts';
import { createRunJournal } from '../../engines/journal.ts';
import type { ServiceHandlers } from '../handlers.ts';

/** Results offered as tables. */
const MOST_RESULTS = 200;
/** What was found in a folder is believed for so long. */
const BELIEVED_MS = 5 * 60_000;

/** What statements of DuckDB on this desk can read. */
export function deskHandlers({ desk, results, grants, store }: BackendContext): ServiceHandlers<typeof contract.desk> {
  const { files } = desk;
  const journal = createRunJournal(store);
  const seen = new Map<string, { key: string; until: number; found: Promise<Pick<DeskFile, 'format' | 'columns' | 'problem'>> }>();

  async function look(file: AddedFile): Promise<Pick<DeskFile, 'format' | 'columns' | 'problem'>> {
    const format = (await tableOf(file))?.format;
    try {
      return { format, columns: await desk.columns(file) };
    } catch (error) {
      const why = error instanceof AppError ? error : new AppError('Internal', String(error));
      return { format, problem: (hasDied(why) ? new AppError('EngineDied', `${file.path} ended the process that read it.`, { detail: 'It is damaged, or made to harm. Nothing else is affected.', resource: file.path }) : why).toData() };
    }
  }

  /** Read again where the file has changed. */
  async function shown(file: AddedFile): Promise<DeskFile> {
    const about = await stat(file.path).catch(() => undefined);
    if (!about) return { ...file, problem: new AppError('NotFound', `${file.path} does not exist.`, { detail: 'It was moved or deleted.', resource: file.path }).toData() };
    const key = `${file.path} ${about.size} ${about.mtimeMs}`;
    const known = seen.get(file.id);
    if (known?.key === key && (!file.isFolder || known.until > Date.now())) return { ...file, ...(await known.found) };
    const found = look(file);
    seen.set(file.id, { key, until: Date.now() + BELIEVED_MS, found });
    return { ...file, ...(await found) };
  }

  const pathOf = (grant: string): string => {
    try {
      return grants.resolve(grant, 'read');
    } catch {
      return grants.resolve(grant, 'folder');
    }
  };

  return {
    async tables() {
      const described = [];
      // One after the other: each has a process of its own.
      for (const file of await files.list()) described.push(await shown(file));
      const stored = (await results.store.stored()).results.filter(({ columns }) => columns.length > 0).slice(0, MOST_RESULTS);
      const named = await Promise.all(stored.map(async ({ runId, name, rows, columns }) => ({ runId, name, rows, columns, sql: (await journal.get(runId))?.run.sql ?? '' })));
      return { files: described, results: named };
    },

    add: async ({ input }) => shown(await files.add(pathOf(input.grant))),
    rename: async ({ input }) => shown(await files.rename(input.id, input.name)),

    async remove({ input }) {
      await files.remove(input.id);
      seen.delete(input.id);
      return OK;
    },

    problem: ({ input }) => desk.problem(input.sql),
    functions: () => desk.functions(),
  };
}
