import type { QueryExecution } from '@aws-sdk/client-athena';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { ExecutionStatus } from '../types.ts';

const STATES = { QUEUED: 'queued', RUNNING: 'running', SUCCEEDED: 'succeeded', FAILED: 'failed', CANCELLED: 'cancelled' } as const;

/** Trino's own way of saying where: `SYNTAX_ERROR: line 1:8: Column 'x' cannot be resolved`. */
const POSITION = /\bline (\d+):(\d+)(?::\s*)?/;
/** The error's name in front: `COLUMN_NOT_FOUND: line …`. */
const NAME = /^([A-Z][A-Z0-9_]+):\s*/;

/** `StateChangeReason` as an error that says what and where. */
export function queryError(reason: string | undefined, retryable = false): AppErrorData {
  const text = reason?.trim() || 'Athena gave no reason.';
  const name = NAME.exec(text)?.[1];
  const position = POSITION.exec(text);
  return {
    code: 'QueryFailed',
    message: text.replace(NAME, '').replace(POSITION, '').trim() || text,
    detail: text,
    retryable,
    awsCode: name,
    line: position ? Number(position[1]) : undefined,
    column: position ? Number(position[2]) : undefined,
  };
}

/**
 * GetQueryExecution's answer, in the terms of a run.
 * Source: https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html
 */
export function toStatus(execution: QueryExecution): ExecutionStatus {
  const { Status: status, Statistics: statistics } = execution;
  const state = STATES[status?.State as keyof typeof STATES] ?? 'queued';
  return {
    state,
    endedAt: status?.CompletionDateTime?.toISOString(),
    queueMillis: statistics?.QueryQueueTimeInMillis,
    engineMillis: statistics?.EngineExecutionTimeInMillis,
    totalMillis: statistics?.TotalExecutionTimeInMillis,
    bytesScanned: statistics?.DataScannedInBytes,
    statementType: execution.StatementType as ExecutionStatus['statementType'],
    outputLocation: execution.ResultConfiguration?.OutputLocation,
    error: state === 'failed' ? queryError(status?.AthenaError?.ErrorMessage ?? status?.StateChangeReason, status?.AthenaError?.Retryable) : undefined,
  };
}
