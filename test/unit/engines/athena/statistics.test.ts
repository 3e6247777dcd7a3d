import { expect, test } from 'vitest';
import { readStatistics } from '../../../../electron/engines/athena/statistics.ts';
import type { AwsConnections } from '../../../../electron/aws/types.ts';

/** What Athena's documentation shows of a query of two stages. */
const answer = {
  QueryRuntimeStatistics: {
    Timeline: { QueryQueueTimeInMillis: 120, QueryPlanningTimeInMillis: 80, EngineExecutionTimeInMillis: 900, ServiceProcessingTimeInMillis: 20, TotalExecutionTimeInMillis: 1040 },
    Rows: { InputRows: 3000, InputBytes: 4096, OutputRows: 5, OutputBytes: 60 },
    OutputStage: { StageId: 0, State: 'FINISHED', OutputRows: 5, ExecutionTime: 10, SubStages: [{ StageId: 1, State: 'FINISHED', InputRows: 3000, ExecutionTime: 700 }] },
  },
};

test('stages come in the order they are drawn, each before what feeds it', async () => {
  const aws = { attempt: async () => answer } as unknown as AwsConnections;
  const { timeline, stages, inputRows } = await readStatistics(aws, 'c', 'q');
  expect(timeline.map(({ part, millis }) => [part, millis])).toEqual([['queue', 120], ['planning', 80], ['engine', 900], ['service', 20], ['total', 1040]]);
  expect(inputRows).toBe(3000);
  expect(stages.map(({ id, depth, executionMillis }) => [id, depth, executionMillis])).toEqual([['0', 0, 10], ['1', 1, 700]]);
});
