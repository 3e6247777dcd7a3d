import { z } from 'zod';
import { AwsJsonError } from '../../jsonService.ts';
import type { AthenaContext } from '../context.ts';
import type { Executions } from '../executions/executions.ts';
import { readResults } from '../results/read.ts';
import { executionsOf } from '../store.ts';
import { decodeToken, page } from './paging.ts';
import { executionId, operation, optional, paged, queryText, resultConfiguration, workGroupName, type Operation } from './schemas.ts';

const startInput = z.object({
  QueryString: queryText,
  ClientRequestToken: optional(z.string().min(32).max(128)),
  QueryExecutionContext: optional(z.object({ Catalog: optional(z.string().min(1).max(256)), Database: optional(z.string().min(1).max(255)) })),
  ResultConfiguration: optional(resultConfiguration),
  WorkGroup: optional(workGroupName),
  ExecutionParameters: optional(z.array(z.string().min(1).max(1024)).min(1)),
});
const byId = z.object({ QueryExecutionId: executionId });

export function executionOperations(context: AthenaContext, executions: Executions): Record<string, Operation> {
  return {
    StartQueryExecution: operation(startInput, async (input) => ({ QueryExecutionId: await executions.start(input) })),
    GetQueryExecution: operation(byId, async ({ QueryExecutionId }) => ({ QueryExecution: (await executions.get(QueryExecutionId)).execution })),
    BatchGetQueryExecution: operation(z.object({ QueryExecutionIds: z.array(executionId).min(1).max(50) }), async ({ QueryExecutionIds }) => {
      const found = await Promise.all(QueryExecutionIds.map((id) => known(executions.get(id))));
      const missing = QueryExecutionIds.filter((_, i) => !found[i]);
      return {
        QueryExecutions: found.flatMap((stored) => (stored ? [stored.execution] : [])),
        UnprocessedQueryExecutionIds: missing.map((QueryExecutionId) => ({ QueryExecutionId, ErrorCode: 'INVALID_INPUT', ErrorMessage: `QueryExecution ${QueryExecutionId} was not found` })),
      };
    }),
    ListQueryExecutions: operation(z.object({ WorkGroup: optional(workGroupName), ...paged(50) }), async ({ WorkGroup = 'primary', MaxResults, NextToken }) => {
      await context.workGroups.get(WorkGroup);
      const { items, ...next } = await page(executions.list(WorkGroup, decodeToken(NextToken, executionsOf(WorkGroup))), MaxResults ?? 50, (id) => id);
      return { QueryExecutionIds: items, ...next };
    }),
    StopQueryExecution: operation(byId, ({ QueryExecutionId }) => executions.stop(QueryExecutionId)),
    GetQueryResults: operation(byId.extend({ ...paged(1000), QueryResultType: optional(z.enum(['DATA_ROWS', 'DATA_MANIFEST'])) }), async ({ QueryExecutionId, MaxResults, NextToken }) =>
      readResults(context, await executions.get(QueryExecutionId), { max: MaxResults, token: NextToken }),
    ),
    GetQueryRuntimeStatistics: operation(byId, async ({ QueryExecutionId }) => {
      const { execution, result } = await executions.get(QueryExecutionId);
      const { ServicePreProcessingTimeInMillis, QueryQueueTimeInMillis, QueryPlanningTimeInMillis, EngineExecutionTimeInMillis, ServiceProcessingTimeInMillis, TotalExecutionTimeInMillis } = execution.Statistics;
      return {
        QueryRuntimeStatistics: {
          Timeline: { ServicePreProcessingTimeInMillis, QueryQueueTimeInMillis, QueryPlanningTimeInMillis, EngineExecutionTimeInMillis, ServiceProcessingTimeInMillis, TotalExecutionTimeInMillis },
          Rows: { InputBytes: execution.Statistics.DataScannedInBytes, OutputBytes: result?.bytes, OutputRows: result?.updateCount ?? result?.rows },
        },
      };
    }),
  };
}

/** Undefined for what is not there. */
async function known<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof AwsJsonError) return undefined;
    throw error;
  }
}
