import { createHash } from 'node:crypto';
import { GetQueryExecutionCommand, StartQueryExecutionCommand, StopQueryExecutionCommand } from '@aws-sdk/client-athena';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { externalIdOf, type Engine } from '../types.ts';
import { priceOf } from './prices.ts';
import { athenaRows } from './rows.ts';
import { readStatistics } from './statistics.ts';
import { toStatus } from './status.ts';

/** Athena wants 32 to 128 characters; ours may be shorter, and must not collide between connections. */
const requestToken = (connectionId: string, clientToken: string): string =>
  createHash('sha256').update(`${connectionId}\0${clientToken}`).digest('hex');

/** Athena says this in words only (InvalidRequestException). */
const NO_OUTPUT_LOCATION = /no output location|output location is required/i;

function noOutputLocation(error: unknown, workgroup: string): unknown {
  if (!(error instanceof AppError) || !NO_OUTPUT_LOCATION.test(`${error.message} ${error.detail ?? ''}`)) return error;
  return new AppError('BadInput', `Workgroup ${workgroup} names no place for results.`, {
    detail: 'Choose a bucket for the result, or set a result location in the workgroup.',
    awsCode: 'NoOutputLocation',
    resource: `workgroup ${workgroup}`,
    requestId: error.requestId,
    cause: error,
  });
}

/** Amazon Athena: Trino SQL over the connection's catalog. */
export function createAthenaEngine(aws: AwsConnections): Engine {
  const about = (connectionId: string, operation: string, resource: string) => ({ connectionId, action: `athena:${operation}`, resource });
  return {
    label: 'Athena',
    bills: true,

    async start({ connectionId, sql, workgroup, catalog, database, outputLocation, parameters, clientToken }) {
      const command = new StartQueryExecutionCommand({
        QueryString: sql,
        ClientRequestToken: requestToken(connectionId, clientToken),
        WorkGroup: workgroup,
        QueryExecutionContext: { Catalog: catalog, Database: database },
        ResultConfiguration: outputLocation ? { OutputLocation: outputLocation } : undefined,
        ExecutionParameters: parameters?.length ? parameters : undefined,
      });
      try {
        const answer = await aws.attempt(about(connectionId, 'StartQueryExecution', `workgroup ${workgroup}`), ({ athena }) => athena.send(command));
        if (!answer.QueryExecutionId) throw new AppError('Internal', 'Athena started the query but gave it no id.');
        return answer.QueryExecutionId;
      } catch (error) {
        throw noOutputLocation(error, workgroup);
      }
    },

    async poll(connectionId, externalId) {
      const answer = await aws.attempt(about(connectionId, 'GetQueryExecution', `query ${externalId}`), ({ athena }) =>
        athena.send(new GetQueryExecutionCommand({ QueryExecutionId: externalId })),
      );
      if (!answer.QueryExecution) throw new AppError('NotFound', `Athena does not know query ${externalId}.`);
      return toStatus(answer.QueryExecution);
    },

    async stop(connectionId, externalId) {
      await aws.attempt(about(connectionId, 'StopQueryExecution', `query ${externalId}`), ({ athena }) =>
        athena.send(new StopQueryExecutionCommand({ QueryExecutionId: externalId })),
      );
    },

    price: (connectionId, status) => priceOf(aws.get(connectionId).region, status),
    rows: (run) => athenaRows(aws, run),
    statistics: (run, signal) => readStatistics(aws, run.connectionId, externalIdOf(run), signal),
  };
}
