import { BatchGetQueryExecutionCommand, GetQueryExecutionCommand, ListQueryExecutionsCommand, type QueryExecution } from '@aws-sdk/client-athena';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import type { PastExecution } from '../types.ts';
import { toStatus } from './status.ts';

/** API_BatchGetQueryExecution takes 50 at most. */
const BATCH = 50;

function toPast(execution: QueryExecution): PastExecution {
  const { QueryExecutionId = '', Query = '', WorkGroup = 'primary', QueryExecutionContext: context, Status } = execution;
  return {
    externalId: QueryExecutionId,
    sql: Query,
    place: { workgroup: WorkGroup, catalog: context?.Catalog ?? 'AwsDataCatalog', database: context?.Database },
    submittedAt: (Status?.SubmissionDateTime ?? new Date(0)).toISOString(),
    parameters: execution.ExecutionParameters,
    status: toStatus(execution),
  };
}

/** What ran in a workgroup, by whoever, newest first; Athena remembers 45 days. */
export async function listExecutions(aws: AwsConnections, { connectionId, workgroup, token }: { connectionId: string; workgroup: string; token?: string | undefined }, abortSignal?: AbortSignal): Promise<{ executions: PastExecution[]; next?: string | undefined }> {
  const about = (operation: string) => ({ connectionId, action: `athena:${operation}`, resource: `workgroup ${workgroup}` });
  const page = await aws.attempt(about('ListQueryExecutions'), ({ athena }) => athena.send(new ListQueryExecutionsCommand({ WorkGroup: workgroup, NextToken: token, MaxResults: BATCH }), { abortSignal }));
  const ids = page.QueryExecutionIds ?? [];
  if (ids.length === 0) return { executions: [], next: page.NextToken };
  const { QueryExecutions = [] } = await aws.attempt(about('BatchGetQueryExecution'), ({ athena }) => athena.send(new BatchGetQueryExecutionCommand({ QueryExecutionIds: ids }), { abortSignal }));
  const byId = new Map(QueryExecutions.map((one) => [one.QueryExecutionId, one]));
  return { executions: ids.flatMap((id) => (byId.has(id) ? [toPast(byId.get(id)!)] : [])), next: page.NextToken };
}

export async function getExecution(aws: AwsConnections, connectionId: string, externalId: string): Promise<PastExecution> {
  const { QueryExecution: found } = await aws.attempt({ connectionId, action: 'athena:GetQueryExecution', resource: `query ${externalId}` }, ({ athena }) =>
    athena.send(new GetQueryExecutionCommand({ QueryExecutionId: externalId })),
  );
  if (!found) throw new AppError('NotFound', `Athena does not know query ${externalId}.`);
  return toPast(found);
}
