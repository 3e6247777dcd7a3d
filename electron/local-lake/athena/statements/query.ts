import path from 'node:path';
import { parseTrinoType } from '../format/trinoTypes.ts';
import type { Output, OutputColumn } from '../engine/protocol.ts';
import { planQuery } from '../tables/plan.ts';
import type { Outcome, StatementRun } from './outcome.ts';

/** SELECT: its rows as a CSV file. */
export async function runQuery(run: StatementRun, sql: string): Promise<Outcome> {
  const file = path.join(run.context.engine.workDir, `${run.id}.csv`);
  const { columns, rows } = await execute(run, sql, { kind: 'results', file });
  return { kind: 'rows', file, columns, rows };
}

/** Runs a query and sends its rows where they are wanted; the objects it reads stay until it has ended. */
export async function execute(run: StatementRun, sql: string, output: Output) {
  const { context, signal, measures } = run;
  const release = context.objects.pin();
  try {
    const started = Date.now();
    const plan = await planQuery(run, sql);
    measures.bytesScanned += plan.bytes;
    const columns: OutputColumn[] | undefined = plan.columns?.map(({ name, type }) => ({ name, type: parseTrinoType(type) }));
    const planned = Date.now() - started;
    const result = await context.engine.run({ setup: plan.setup, sql: plan.duckdb, columns, output }, signal);
    measures.planningMs += planned + result.planningMs;
    measures.engineMs += planned + result.planningMs + result.runningMs;
    return result;
  } finally {
    release();
  }
}
