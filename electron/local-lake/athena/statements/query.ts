import path from 'node:path';
import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';
import type { Output, OutputColumn, RunResult } from '../engine/protocol.ts';
import { identifier } from '../format/literals.ts';
import { duckType } from '../sql/types.ts';
import { planReads, translateQuery, type PlannedReads } from '../tables/plan.ts';
import { engineFailure } from './engineFailure.ts';
import type { Outcome, StatementRun } from './outcome.ts';

/** A query, and the columns of a table its own are to be fitted to (`source`: which of the query's, or -1 for NULL). */
export interface QueryText {
  sql: string;
  into?: { name: string; type: TrinoType; source: number }[];
}

/** SELECT: its rows as a CSV file. */
export async function runQuery(run: StatementRun, sql: string): Promise<Outcome> {
  const file = path.join(run.context.engine.workDir, `${run.id}.csv`);
  const { columns, rows } = await execute(run, { sql }, { kind: 'results', file });
  return { kind: 'rows', file, columns, rows };
}

/** The columns a query has, without running it. */
export async function describeQuery(run: StatementRun, { sql }: QueryText): Promise<OutputColumn[]> {
  return (await translateQuery(run, sql)).columns;
}

/** Runs a query and sends its rows where they are wanted; the objects it reads stay until it has ended. */
export async function execute(run: StatementRun, query: QueryText, output: Output): Promise<RunResult> {
  const { context, signal, measures } = run;
  const release = context.objects.pin();
  const plan: PlannedReads = { setup: [], bytes: 0, uris: new Map() };
  try {
    const started = Date.now();
    const translated = await translateQuery(run, query.sql);
    await planReads(run, translated, plan);
    const fitted = query.into ? fit(translated.duckdb, translated.columns, query.into) : translated;
    const planned = Date.now() - started;
    const explaining = output.kind === 'plan' && !output.analyze;
    if (!explaining) measures.bytesScanned += plan.bytes;
    const result = await context.engine.run({ setup: plan.setup, sql: fitted.duckdb, columns: fitted.columns, output }, signal);
    measures.planningMs += planned + result.planningMs;
    measures.engineMs += planned + result.planningMs + result.runningMs;
    return result;
  } catch (error) {
    throw signal.aborted ? error : engineFailure(error, plan.uris);
  } finally {
    release();
  }
}

function fit(duckdb: string, columns: OutputColumn[], into: NonNullable<QueryText['into']>): { duckdb: string; columns: OutputColumn[] } {
  const names = columns.map((_, i) => `source_${i}`);
  const values = into.map(({ name, type, source }) => `CAST(${source < 0 ? 'NULL' : names[source]} AS ${duckType(type)}) AS ${identifier(name)}`);
  return { duckdb: `SELECT ${values.join(', ')} FROM (${duckdb}\n) AS source(${names.join(', ')})`, columns: into.map(({ name, type }) => ({ name, type })) };
}
