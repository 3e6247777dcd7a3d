import path from 'node:path';
import type { DeskFunction } from '../../../shared/contract/desk.ts';
import type { StartChild } from '../../processes/parent.ts';
import type { ResultNumbers } from '../../results/numbers.ts';
import type { TypedCopies } from '../../results/typedCopies.ts';
import type { Store } from '../../storage/store.ts';
import { createDeskEngine, type DeskEngine } from './engine.ts';
import { createDeskFiles, tableOf, type AddedFile, type DeskFiles } from './files.ts';
import type { SyntaxProblem } from './process/protocol.ts';
import { createReadable } from './readable.ts';

export interface DeskOptions {
  store: Store;
  startChild: StartChild;
  dataDir: string;
  memoryLimit: string;
  /** Asked when a statement names one: results are made after engines. */
  results: () => { numbers: ResultNumbers; copies: TypedCopies };
}

/** DuckDB on this desk: its engine, and what its statements can read. */
export interface Desk {
  engine: DeskEngine;
  files: DeskFiles;
  /** Its columns, as DuckDB finds them; undefined for a folder with nothing to read. */
  columns(file: AddedFile): Promise<{ name: string; type: string }[] | undefined>;
  problem(sql: string): Promise<SyntaxProblem | null>;
  functions(): Promise<DeskFunction[]>;
}

export function createDesk({ store, startChild, dataDir, memoryLimit, results }: DeskOptions): Desk {
  const appDir = path.resolve(dataDir, 'app');
  const files = createDeskFiles(store);
  const engine = createDeskEngine({ startChild, memoryLimit, dir: path.join(appDir, 'desk'), tempDir: path.join(appDir, 'tmp', 'desk-engine'), readable: createReadable({ files, results }) });
  let known: Promise<DeskFunction[]> | undefined;
  return {
    engine,
    files,
    async columns(file) {
      const table = await tableOf(file);
      if (!table) return undefined;
      const sandbox = engine.sandbox(file.isFolder ? { files: [], folders: [file.path] } : { files: [file.path], folders: [] });
      return engine.processes.call('describe', { table, sandbox });
    },
    problem: (sql) => engine.processes.call('problem', { sql }),
    functions() {
      known ??= engine.processes.call('functions', {}).catch((error: unknown) => {
        known = undefined;
        throw error;
      });
      return known;
    },
  };
}
