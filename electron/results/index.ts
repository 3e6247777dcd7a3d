import os from 'node:os';
import path from 'node:path';
import type { Settings } from '../../shared/contract/workspace.ts';
import type { AwsConnections } from '../aws/types.ts';
import { createRunJournal } from '../engines/journal.ts';
import type { Engines } from '../engines/types.ts';
import type { StartChild } from '../processes/parent.ts';
import type { Store } from '../storage/store.ts';
import { createResultsEngine, type ResultsEngine } from './engineClient.ts';
import { createResultNumbers, type ResultNumbers } from './numbers.ts';
import { createResultStore, type ResultStore } from './store.ts';
import { createTypedCopies, type TypedCopies } from './typedCopies.ts';

/** Bytes of results kept on disk where the settings say nothing. */
const DEFAULT_BUDGET = 20 * 1024 ** 3;
/** The engine's share of memory, an eighth of the machine within bounds; DuckDB's own default is 80 % of it. */
export const memoryLimit = `${Math.max(1024, Math.min(4096, Math.floor(os.totalmem() / 8 / 1024 ** 2)))}MB`;

export interface Results {
  store: ResultStore;
  engine: ResultsEngine;
  numbers: ResultNumbers;
  /** For engines that read results as tables. */
  copies: TypedCopies;
  /** A folder the engine may write exports into. */
  stagingDir: string;
}

/** The result store with its engine. */
export function createResults({ aws, engines, store, startChild, dataDir }: { aws: AwsConnections; engines: Engines; store: Store; startChild: StartChild; dataDir: string }): Results {
  const appDir = path.resolve(dataDir, 'app');
  const resultsDir = path.join(appDir, 'results');
  const tempDir = path.join(appDir, 'tmp', 'results-engine');
  const stagingDir = path.join(appDir, 'tmp', 'exports');
  const copiesDir = path.join(appDir, 'tmp', 'result-tables');
  const engine = createResultsEngine(startChild, { folders: [resultsDir, tempDir, stagingDir, copiesDir], tempDir, memoryLimit });
  const settings = store.collection<Partial<Settings>>('settings');
  const numbers = createResultNumbers(store);
  const results = createResultStore({
    ...{ aws, engines, engine, numbers, resultsDir },
    journal: createRunJournal(store),
    records: store.collection('results'),
    budget: async () => (await settings.get('all'))?.resultsBudget ?? DEFAULT_BUDGET,
  });
  return { store: results, engine, numbers, stagingDir, copies: createTypedCopies({ store: results, engine, dir: copiesDir }) };
}
