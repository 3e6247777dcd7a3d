import { AppError } from '../../../../shared/errors.ts';
import { SqlError } from '../../../../shared/sql/errors.ts';
import { AwsJsonError } from '../../jsonService.ts';
import { ObjectStoreError } from '../../objects/records.ts';
import type { AthenaContext } from '../context.ts';
import { QueryFailure } from '../errors.ts';
import { publishResult } from '../results/publish.ts';
import { runStatement } from '../statements/run.ts';
import type { StatementRun } from '../statements/outcome.ts';
import type { QueryExecution, State, StoredExecution } from './record.ts';

/** Runs an execution to its final state; never throws for what the statement does wrong. */
export async function runExecution(context: AthenaContext, stored: StoredExecution, signal: AbortSignal): Promise<void> {
  const { execution } = stored;
  const started = Date.now();
  const queued = started - execution.Status.SubmissionDateTime * 1000;
  const run: StatementRun = {
    context,
    id: execution.QueryExecutionId,
    database: execution.QueryExecutionContext.Database ?? 'default',
    outputLocation: execution.ResultConfiguration.OutputLocation,
    workGroup: execution.WorkGroup,
    signal,
    ...(execution.ExecutionParameters ? { parameters: execution.ExecutionParameters } : {}),
    measures: { bytesScanned: 0, planningMs: 0, engineMs: 0 },
  };
  let publishMs = 0;
  try {
    signal.throwIfAborted();
    const outcome = await runStatement(run, execution.Query, execution);
    signal.throwIfAborted();
    const publishing = Date.now();
    stored.result = await publishResult(run, execution, outcome);
    publishMs = Date.now() - publishing;
    finish(execution, 'SUCCEEDED');
  } catch (error) {
    if (signal.aborted) finish(execution, 'CANCELLED', { reason: 'Query cancelled by user' });
    else finish(execution, 'FAILED', failureOf(error));
  }
  execution.Statistics = {
    ...execution.Statistics,
    EngineExecutionTimeInMillis: Math.round(run.measures.engineMs),
    DataScannedInBytes: run.measures.bytesScanned,
    TotalExecutionTimeInMillis: Math.round(Date.now() - started + queued),
    QueryQueueTimeInMillis: Math.max(0, Math.round(queued)),
    QueryPlanningTimeInMillis: Math.round(run.measures.planningMs),
    ServiceProcessingTimeInMillis: publishMs,
    ResultReuseInformation: { ReusedPreviousResult: false },
  };
}

export interface Ending {
  reason: string;
  category?: number;
  type?: number;
  retryable?: boolean;
}

/** Moves an execution to a final state. */
export function finish(execution: QueryExecution, state: State, ending?: Ending): void {
  const { Status } = execution;
  Status.State = state;
  Status.CompletionDateTime = Date.now() / 1000;
  if (!ending) return;
  Status.StateChangeReason = ending.reason;
  if (state !== 'FAILED') return;
  Status.AthenaError = { ErrorCategory: ending.category ?? 2, ErrorType: ending.type ?? 1301, Retryable: ending.retryable ?? false, ErrorMessage: ending.reason };
}

/** What Athena says of an error. https://docs.aws.amazon.com/athena/latest/ug/error-reference.html */
function failureOf(error: unknown): Ending {
  if (error instanceof QueryFailure) return { reason: error.message, category: error.category, type: error.errorType };
  if (error instanceof SqlError) return { reason: `${error.trinoName}: ${error.message}`, category: 2, type: 1301 };
  if (error instanceof AwsJsonError) return { reason: `${error.name}: ${error.message}`, category: 2, type: 1304 };
  if (error instanceof ObjectStoreError) return { reason: `${error.code}: ${error.message}`, category: 2, type: 1101 };
  if (error instanceof AppError && error.code === 'EngineDied') {
    return { reason: `GENERIC_INTERNAL_ERROR: The query engine ended while it ran this query. ${error.message}`, category: 1, type: 200, retryable: true };
  }
  return { reason: `GENERIC_INTERNAL_ERROR: ${error instanceof Error ? error.message : String(error)}`, category: 1, type: 200 };
}
