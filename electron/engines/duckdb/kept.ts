import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { ResultColumn } from '../../../shared/contract/results.ts';
import type { ExecutionStatus } from '../types.ts';

/** A finished statement, as it is found again after a restart. */
export interface FinishedStatement {
  columns: ResultColumn[];
  rows: number;
  status: ExecutionStatus;
}

/** A result nobody opened stays so long. */
const KEEP_MS = 7 * 24 * 3_600_000;

/** Results of the desk engine on disk until the result store has them: a folder each, whole once its note is there. */
export function createKept(dir: string) {
  const folder = (id: string) => path.join(dir, id);
  const note = (id: string) => path.join(folder(id), 'finished.json');
  return {
    file: (id: string): string => path.join(folder(id), 'rows.duckdb'),

    /** An empty place for a result. */
    async begin(id: string): Promise<string> {
      await rm(folder(id), { recursive: true, force: true });
      await mkdir(folder(id), { recursive: true, mode: 0o700 });
      return this.file(id);
    },

    /** Its bytes are on the disk when it resolves; a power cut may still take its name along, and then the statement is lost. */
    async finish(id: string, finished: FinishedStatement): Promise<void> {
      const aside = `${note(id)}.partial`;
      const handle = await open(aside, 'w', 0o600);
      try {
        await handle.writeFile(JSON.stringify(finished));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(aside, note(id));
    },

    async read(id: string): Promise<FinishedStatement | undefined> {
      const text = await readFile(note(id), 'utf8').catch(() => undefined);
      return text === undefined ? undefined : (JSON.parse(text) as FinishedStatement);
    },

    remove: (id: string): Promise<void> => rm(folder(id), { recursive: true, force: true }),

    /** Removes what never finished, and what nobody asked for in a week. `going`: those that run now. */
    async tidy(going: (id: string) => boolean): Promise<void> {
      for (const id of await readdir(dir).catch(() => [])) {
        if (going(id)) continue;
        const finished = await stat(note(id)).catch(() => undefined);
        if (!finished || Date.now() - finished.mtimeMs > KEEP_MS) await this.remove(id);
      }
    },
  };
}
