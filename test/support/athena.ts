import * as athena from '@aws-sdk/client-athena';
import type { TestLake } from './lake.ts';

export interface FinishedQuery {
  execution: athena.QueryExecution;
  state: string;
  reason: string;
}

/** Starts statements on a lake and waits for their end. */
export function athenaOn(lake: TestLake, options: { database?: string; requestHandler?: athena.AthenaClientConfig['requestHandler'] } = {}) {
  const client = new athena.AthenaClient({ ...lake.clientConfig, ...(options.requestHandler ? { requestHandler: options.requestHandler } : {}) });

  async function start(sql: string, more: Partial<athena.StartQueryExecutionCommandInput> = {}): Promise<string> {
    const context = options.database ? { QueryExecutionContext: { Database: options.database } } : {};
    const { QueryExecutionId } = await client.send(new athena.StartQueryExecutionCommand({ QueryString: sql, ...context, ...more }));
    return QueryExecutionId!;
  }

  async function wait(id: string, deadline = 40_000): Promise<FinishedQuery> {
    const until = Date.now() + deadline;
    for (;;) {
      const { QueryExecution: execution } = await client.send(new athena.GetQueryExecutionCommand({ QueryExecutionId: id }));
      const { State: state = '', StateChangeReason: reason = '' } = execution!.Status!;
      if (['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(state)) return { execution: execution!, state, reason };
      if (Date.now() > until) throw new Error(`Query ${id} is still ${state}: ${execution!.Query}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  const run = async (sql: string, more: Partial<athena.StartQueryExecutionCommandInput> = {}) => wait(await start(sql, more));

  /** The statement must succeed. */
  async function ok(sql: string, more: Partial<athena.StartQueryExecutionCommandInput> = {}): Promise<athena.QueryExecution> {
    const { state, reason, execution } = await run(sql, more);
    if (state !== 'SUCCEEDED') throw new Error(`${state}: ${reason}\n${sql}`);
    return execution;
  }

  /** First page of the result: the header of queries is the first row; null is NULL. */
  async function rows(sql: string, more: Partial<athena.StartQueryExecutionCommandInput> = {}): Promise<(string | null)[][]> {
    const { QueryExecutionId } = await ok(sql, more);
    const { ResultSet } = await client.send(new athena.GetQueryResultsCommand({ QueryExecutionId }));
    return ResultSet!.Rows!.map((row) => row.Data!.map((datum) => datum.VarCharValue ?? null));
  }

  /** Like `rows`, without the header. */
  const values = async (sql: string, more: Partial<athena.StartQueryExecutionCommandInput> = {}) => (await rows(sql, more)).slice(1);

  /** Every row of the result, without the header. */
  async function allValues(sql: string, more: Partial<athena.StartQueryExecutionCommandInput> = {}): Promise<(string | null)[][]> {
    const { QueryExecutionId } = await ok(sql, more);
    const all: (string | null)[][] = [];
    for await (const { ResultSet } of athena.paginateGetQueryResults({ client }, { QueryExecutionId })) {
      for (const row of ResultSet!.Rows!) all.push(row.Data!.map((datum) => datum.VarCharValue ?? null));
    }
    return all.slice(1);
  }

  return { client, start, wait, run, ok, rows, values, allValues };
}
