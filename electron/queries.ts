import type { AwsConnections } from './aws/types.ts';
import { createDesk, type Desk } from './engines/duckdb/desk.ts';
import { createEngines } from './engines/index.ts';
import type { Engines } from './engines/types.ts';
import type { StartChild } from './processes/parent.ts';
import { createResults, memoryLimit, type Results } from './results/index.ts';
import type { Store } from './storage/store.ts';

/** Where SQL runs and where its rows are kept: the store reads rows through engines, and an engine reads results through the store. */
export interface Queries {
  engines: Engines;
  desk: Desk;
  results: Results;
}

export function createQueries(from: { aws: AwsConnections; store: Store; startChild: StartChild; dataDir: string }): Queries {
  const desk = createDesk({ ...from, memoryLimit, results: () => results });
  const engines = createEngines(from.aws, desk);
  const results = createResults({ ...from, engines });
  return { engines, desk, results };
}
