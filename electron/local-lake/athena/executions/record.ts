import type { TrinoType } from '../../../../shared/sql/hiveTypes.ts';

export type State = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
export const isFinal = (state: State) => state === 'SUCCEEDED' || state === 'FAILED' || state === 'CANCELLED';

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html; times are seconds since 1970. */
export interface QueryExecution {
  QueryExecutionId: string;
  Query: string;
  StatementType?: 'DML' | 'DDL' | 'UTILITY';
  SubstatementType?: string;
  ResultConfiguration: { OutputLocation: string; EncryptionConfiguration?: unknown; ExpectedBucketOwner?: string; AclConfiguration?: unknown };
  ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: boolean; MaxAgeInMinutes?: number } };
  QueryExecutionContext: { Catalog?: string; Database?: string };
  Status: {
    State: State;
    StateChangeReason?: string;
    SubmissionDateTime: number;
    CompletionDateTime?: number;
    AthenaError?: { ErrorCategory: number; ErrorType: number; Retryable: boolean; ErrorMessage: string };
  };
  Statistics: Statistics;
  WorkGroup: string;
  EngineVersion: { SelectedEngineVersion: string; EffectiveEngineVersion: string };
  ExecutionParameters?: string[];
}

export interface Statistics {
  EngineExecutionTimeInMillis?: number;
  DataScannedInBytes?: number;
  DataManifestLocation?: string;
  TotalExecutionTimeInMillis?: number;
  QueryQueueTimeInMillis?: number;
  ServicePreProcessingTimeInMillis?: number;
  QueryPlanningTimeInMillis?: number;
  ServiceProcessingTimeInMillis?: number;
  ResultReuseInformation?: { ReusedPreviousResult: boolean };
}

export interface ResultColumn {
  name: string;
  type: TrinoType;
}

/** What the service remembers of an execution beside what it tells. */
export interface StoredExecution {
  execution: QueryExecution;
  /** How its result object reads; absent until it has one. */
  result?: ResultShape;
}
export interface ResultShape {
  columns: ResultColumn[];
  /** `csv`: quoted with a header; `text`: tab-separated lines without one; `none`: there is nothing to read. */
  format: 'csv' | 'text' | 'none';
  rows: number;
  updateCount?: number;
  bytes: number;
}
