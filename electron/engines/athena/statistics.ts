import { GetQueryRuntimeStatisticsCommand, type QueryStage } from '@aws-sdk/client-athena';
import type { RunStage, RunStatistics } from '../../../shared/contract/runStatistics.ts';
import type { AwsConnections } from '../../aws/types.ts';

const MOST_STAGES = 500;

/** Stages in the order they are drawn: each before those that feed it. */
function stagesOf(stage: QueryStage, depth = 0): RunStage[] {
  const { StageId, State, ExecutionTime, InputRows, InputBytes, OutputRows, OutputBytes, SubStages = [] } = stage;
  const own = { id: String(StageId ?? ''), depth, state: State, executionMillis: ExecutionTime, inputRows: InputRows, inputBytes: InputBytes, outputRows: OutputRows, outputBytes: OutputBytes };
  return [own, ...SubStages.flatMap((inner) => stagesOf(inner, depth + 1))];
}

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryRuntimeStatistics.html */
export async function readStatistics(aws: AwsConnections, connectionId: string, externalId: string, abortSignal?: AbortSignal): Promise<RunStatistics> {
  const { QueryRuntimeStatistics: found } = await aws.attempt({ connectionId, action: 'athena:GetQueryRuntimeStatistics', resource: `query ${externalId}` }, ({ athena }) =>
    athena.send(new GetQueryRuntimeStatisticsCommand({ QueryExecutionId: externalId }), { abortSignal }),
  );
  const { Timeline: times = {}, Rows: rows = {}, OutputStage: stage } = found ?? {};
  const timeline = [
    ['preprocessing', times.ServicePreProcessingTimeInMillis],
    ['queue', times.QueryQueueTimeInMillis],
    ['planning', times.QueryPlanningTimeInMillis],
    ['engine', times.EngineExecutionTimeInMillis],
    ['service', times.ServiceProcessingTimeInMillis],
    ['total', times.TotalExecutionTimeInMillis],
  ] as const;
  return {
    timeline: timeline.flatMap(([part, millis]) => (millis === undefined ? [] : [{ part, millis }])),
    ...{ inputRows: rows.InputRows, inputBytes: rows.InputBytes, outputRows: rows.OutputRows, outputBytes: rows.OutputBytes },
    stages: stage ? stagesOf(stage).slice(0, MOST_STAGES) : [],
  };
}
