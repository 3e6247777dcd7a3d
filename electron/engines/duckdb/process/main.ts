import { serveParent, type Call, type Handlers } from '../../../processes/child.ts';
import { describeTable, listFunctions, problemIn } from './describe.ts';
import type { DeskMethods } from './protocol.ts';
import { runStatement } from './run.ts';

/** DuckDB on this desk: a process for one statement at a time, which a hostile file may kill. */
const handlers: { [Method in keyof DeskMethods]: (args: DeskMethods[Method]['args'], call: Call) => Promise<DeskMethods[Method]['value']> } = {
  run: (args, call) => runStatement(args, call),
  problem: (args) => problemIn(args),
  describe: (args) => describeTable(args),
  functions: () => listFunctions(),
};
serveParent(handlers as unknown as Handlers);
