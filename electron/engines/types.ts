import type { AppErrorData } from '../../shared/errors.ts';
import type { Run } from '../../shared/contract/runs.ts';

/** One statement to be run, as the user asked for it. */
export interface Statement {
  connectionId: string;
  sql: string;
  workgroup: string;
  catalog: string;
  database?: string | undefined;
  /** `s3://…/` where the result goes; absent = as the workgroup says. */
  outputLocation?: string | undefined;
  /** Values of `?` in the statement, in order. */
  parameters?: string[] | undefined;
  /** A repeated start with the same token starts nothing new. */
  clientToken: string;
}

/** What the service says of an execution. Times in ms, sizes in bytes. */
export interface ExecutionStatus {
  state: Run['state'];
  endedAt?: string | undefined;
  queueMillis?: number | undefined;
  engineMillis?: number | undefined;
  totalMillis?: number | undefined;
  bytesScanned?: number | undefined;
  statementType?: Run['statementType'];
  outputLocation?: string | undefined;
  error?: AppErrorData | undefined;
}

/** An execution that the service remembers, whoever asked for it. */
export interface PastExecution {
  externalId: string;
  sql: string;
  place: { workgroup: string; catalog: string; database?: string | undefined };
  submittedAt: string;
  parameters?: string[] | undefined;
  status: ExecutionStatus;
}

/** Where SQL runs. All failures are AppErrors. */
export interface Engine {
  /** Answers with the service's own id of the execution. */
  start(statement: Statement): Promise<string>;
  poll(connectionId: string, externalId: string): Promise<ExecutionStatus>;
  /** Asks the service to stop; what really happened is read by `poll` afterwards. */
  stop(connectionId: string, externalId: string): Promise<void>;
  /** US dollars on AWS for what an execution did; null where it is not known. */
  price(connectionId: string, status: ExecutionStatus): number | null;
}

export const hasEnded = (state: Run['state']): boolean => state === 'succeeded' || state === 'failed' || state === 'cancelled';
