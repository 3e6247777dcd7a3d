import type { AthenaClient } from '@aws-sdk/client-athena';
import type { GlueClient } from '@aws-sdk/client-glue';
import type { RedshiftDataClient } from '@aws-sdk/client-redshift-data';
import type { S3Client } from '@aws-sdk/client-s3';
import type { STSClient } from '@aws-sdk/client-sts';
import type { LeanS3 } from './leanS3.ts';
import type { Connection } from '../../shared/contract/connections.ts';
import type { RequesterPays } from './requesterPays.ts';
import type { AppError } from '../../shared/errors.ts';

/** The SDK clients of one connection, made by the one factory and shared by all who work on it. */
export interface AwsClients {
  s3: S3Client;
  /** The same requests on objects as `s3`, without its cost a request. */
  leanS3: LeanS3;
  glue: GlueClient;
  athena: AthenaClient;
  redshiftData: RedshiftDataClient;
  sts: STSClient;
}

/** What an SDK error was about, for a message that names it. */
export interface Attempt {
  connectionId: string;
  /** The IAM action, e.g. `s3:ListBucket`. */
  action: string;
  /** What it was on, as people write it: `s3://bucket/key`, `table db.t`. */
  resource: string;
}

export interface AwsConnections {
  get(id: string): Connection;
  list(): Connection[];
  /** Clients for reading and writing; for `local` it waits until the lake listens. */
  clients(id: string): Promise<AwsClients>;
  /** Throws ReadOnlyConnection, naming `what` ("delete 3 objects in s3://b"), where the connection is read-only. */
  assertWritable(id: string, what: string): void;
  /** Runs one SDK call and maps what it throws to an AppError that says action, resource and region. */
  attempt<T>(about: Attempt, call: (clients: AwsClients) => Promise<T>): Promise<T>;
  toAppError(error: unknown, about: Attempt): AppError;
  /** True where AWS itself bills for a service's work (no endpoint of our own and not the local lake). */
  isBilled(id: string, service?: 'athena' | 's3' | 'redshift-data'): boolean;
  /** Buckets whose requests the user of a connection agreed to pay for. */
  requesterPays: RequesterPays;
}
