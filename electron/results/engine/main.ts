import { serveParent, type Call, type Handlers } from '../../processes/child.ts';
import { readChart } from './chart/chart.ts';
import { readFacts } from './chart/facts.ts';
import { openDatabase } from './database.ts';
import { writeComparison } from './compare.ts';
import { exportRows } from './export.ts';
import { createLoader } from './load.ts';
import { readPage } from './page.ts';
import { writePivot } from './pivot.ts';
import { profileColumn, topValues } from './profile.ts';
import type { EngineMethods, EngineOptions } from './protocol.ts';
import { selectionStats } from './stats.ts';
import { writeView } from './view.ts';

/** The results engine: the one process that opens result files. */
const database = await openDatabase(JSON.parse(process.argv[2] ?? '{}') as EngineOptions);
const loader = createLoader(database);

const handlers: { [Method in keyof EngineMethods]: (args: EngineMethods[Method]['args'], call: Call) => Promise<EngineMethods[Method]['value']> } = {
  create: (args) => loader.create(args),
  append: (args) => loader.append(args),
  settle: (args) => loader.settle(args),
  page: (args) => readPage(database, args),
  view: (args, call) => writeView(database, args, call),
  pivot: (args, call) => writePivot(database, args, call),
  compare: (args, call) => writeComparison(database, args, call),
  stats: (args, call) => selectionStats(database, args, call),
  topValues: (args, call) => topValues(database, args, call),
  profile: (args, call) => profileColumn(database, args, call),
  export: (args, call) => exportRows(database, args, call),
  chart: (args, { signal }) => readChart(database, args, signal),
  chartFacts: (args, { signal }) => readFacts(database, args, signal),
  release: ({ file }) => database.release(file),
};
serveParent(handlers as unknown as Handlers);
