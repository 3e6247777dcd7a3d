import { AppError, type AppErrorData } from '../../shared/errors.ts';
import type { RedshiftTarget } from '../../shared/contract/redshift.ts';
import type { ResultColumn } from '../../shared/contract/results.ts';
import type { Run } from '../../shared/contract/runs.ts';
import type { RunStatistics } from '../../shared/contract/runStatistics.ts';

export type EngineName = Run['engine'];

/** One statement to be run, as the user asked for it. */
export interface Statement {
  connectionId: string;
  sql: string;
  workgroup: string;
  catalog: string;
  database?: string | undefined;
  /** Redshift's place; the others have none. */
  target?: RedshiftTarget | undefined;
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

/** Some rows, and how it goes on after them. */
export interface RowsPage {
  rows: (string | null)[][];
  nextToken?: string | undefined;
}

/** One way to all rows of a finished run. */
export type RowsWay =
  /** An object in S3: CSV as Athena writes it. */
  | { kind: 'object'; bucket: string; key: string }
  /** The engine's own pages, after the first rows. */
  | { kind: 'pages'; page(token: string, signal: AbortSignal): Promise<RowsPage> }
  /** A finished result file of the result store's own shape (electron/results/engine/database.ts), on its file system. */
  | { kind: 'file'; file: string; rows: number };

/** The rows of a finished run: the first of them at once, and the ways to all, the best first. */
export interface FinishedRows extends RowsPage {
  columns: ResultColumn[];
  ways: RowsWay[];
}

/** Where SQL runs. All failures are AppErrors. */
export interface Engine {
  /** What its users call it. */
  label: string;
  /** Whether its runs cost money on a connection that bills. */
  bills: boolean;
  /** Answers with the engine's own id of the execution. The same token starts nothing new. */
  start(statement: Statement): Promise<string>;
  poll(connectionId: string, externalId: string): Promise<ExecutionStatus>;
  /** Resolves when `poll` may have news, or with the signal. Absent where only asking tells. */
  changed?(externalId: string, signal: AbortSignal): Promise<void>;
  /** Asks the engine to stop; what really happened is read by `poll` afterwards. */
  stop(connectionId: string, externalId: string): Promise<void>;
  /** US dollars on AWS for what an execution did; null where it is not known. */
  price(connectionId: string, status: ExecutionStatus): number | null;
  /** Of a run that has succeeded and has an id. */
  rows(run: Run): Promise<FinishedRows>;
  /** All rows are in the result store: what the engine kept of them may go. */
  stored?(run: Run): Promise<void>;
  /** Of a run that has ended and has an id. */
  statistics(run: Run, signal?: AbortSignal): Promise<RunStatistics>;
  close?(): Promise<void>;
}

export type Engines = Record<EngineName, Engine>;

export const hasEnded = (state: Run['state']): boolean => state === 'succeeded' || state === 'failed' || state === 'cancelled';

/** The engine's id of a run; NotFound where it never got one. */
export function externalIdOf({ externalId }: Run): string {
  if (!externalId) throw new AppError('NotFound', 'The engine never knew this run.', { detail: 'It did not start.' });
  return externalId;
}
