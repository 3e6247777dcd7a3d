import type { DescribeStatementCommandOutput } from '@aws-sdk/client-redshift-data';
import type { AppErrorData } from '../../../shared/errors.ts';
import type { ExecutionStatus } from '../types.ts';

const STATES = { SUBMITTED: 'queued', PICKED: 'queued', STARTED: 'running', FINISHED: 'succeeded', FAILED: 'failed', ABORTED: 'cancelled' } as const;

/** `Position: 8` in an error of Redshift: characters from the statement's start, from one. */
const POSITION = /\s*Position: (\d+);?/;

/** An error of Redshift, with its place in the statement where it names one. */
export function statementError(text: string | undefined, sql: string): AppErrorData {
  const said = text?.trim() || 'Redshift gave no reason.';
  const position = POSITION.exec(said)?.[1];
  const before = position === undefined ? undefined : [...sql].slice(0, Number(position) - 1).join('').split('\n');
  return {
    code: 'QueryFailed',
    message: said.replace(POSITION, '').replace(/^ERROR:\s*/, '').trim() || said,
    detail: said,
    retryable: false,
    ...(before ? { line: before.length, column: before.at(-1)!.length + 1 } : {}),
  };
}

/** DescribeStatement's answer, in the terms of a run; Duration is in nanoseconds. It does not tell what was scanned. */
export function toStatus({ Status, Duration, Error: error, CreatedAt, UpdatedAt, HasResultSet, QueryString = '' }: DescribeStatementCommandOutput): ExecutionStatus {
  const state = STATES[Status as keyof typeof STATES] ?? 'queued';
  const ended = state === 'succeeded' || state === 'failed' || state === 'cancelled';
  return {
    state,
    endedAt: ended ? UpdatedAt?.toISOString() : undefined,
    engineMillis: Duration !== undefined && Duration >= 0 ? Math.round(Duration / 1e6) : undefined,
    totalMillis: ended && CreatedAt && UpdatedAt ? UpdatedAt.getTime() - CreatedAt.getTime() : undefined,
    statementType: HasResultSet ? 'DML' : 'UTILITY',
    error: state === 'failed' ? statementError(error, QueryString) : undefined,
  };
}
