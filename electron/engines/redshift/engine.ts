import { createHash } from 'node:crypto';
import { CancelStatementCommand, DescribeStatementCommand, ExecuteStatementCommand, GetStatementResultCommand } from '@aws-sdk/client-redshift-data';
import type { Run } from '../../../shared/contract/runs.ts';
import { AppError } from '../../../shared/errors.ts';
import { filled } from '../../../shared/sql/parameters.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { externalIdOf, type Engine, type FinishedRows } from '../types.ts';
import { cellOf, toColumn } from './columns.ts';
import { toStatus } from './status.ts';
import { assertTarget, nameOf, placeOf } from './target.ts';

/**
 * Amazon Redshift by its Data API: clusters and serverless workgroups. Rows come as JSON, which tells NULL from the empty
 * string; they are there for 24 hours. https://docs.aws.amazon.com/redshift/latest/mgmt/data-api.html
 */
export function createRedshiftEngine(aws: AwsConnections): Engine {
  const about = (connectionId: string, operation: string, resource: string) => ({ connectionId, action: `redshift-data:${operation}`, resource });

  async function describe(connectionId: string, externalId: string) {
    return aws.attempt(about(connectionId, 'DescribeStatement', `statement ${externalId}`), ({ redshiftData }) => redshiftData.send(new DescribeStatementCommand({ Id: externalId })));
  }

  async function page({ connectionId, externalId }: { connectionId: string; externalId: string }, token: string | undefined, abortSignal?: AbortSignal) {
    const answer = await aws.attempt(about(connectionId, 'GetStatementResult', `statement ${externalId}`), ({ redshiftData }) =>
      redshiftData.send(new GetStatementResultCommand({ Id: externalId, NextToken: token }), { abortSignal }),
    );
    return { columns: (answer.ColumnMetadata ?? []).map(toColumn), rows: (answer.Records ?? []).map((row) => row.map(cellOf)), nextToken: answer.NextToken };
  }

  async function rows(run: Run): Promise<FinishedRows> {
    const at = { connectionId: run.connectionId, externalId: externalIdOf(run) };
    if (!(await describe(at.connectionId, at.externalId)).HasResultSet) return { columns: [], rows: [], ways: [] };
    return { ...(await page(at, undefined)), ways: [{ kind: 'pages', page: (token, signal) => page(at, token, signal) }] };
  }

  return {
    label: 'Redshift',
    bills: true,

    async start({ connectionId, sql, target: given, parameters = [], clientToken }) {
      const target = assertTarget(given);
      const command = new ExecuteStatementCommand({
        ...placeOf(target),
        Sql: parameters.length > 0 ? filled(sql, parameters) : sql,
        // 1 to 64 characters.
        ClientToken: createHash('sha256').update(`${connectionId}\0${clientToken}`).digest('hex'),
        ResultFormat: 'JSON',
      });
      const { Id } = await aws.attempt(about(connectionId, 'ExecuteStatement', nameOf(target)), ({ redshiftData }) => redshiftData.send(command));
      if (!Id) throw new AppError('Internal', 'Redshift started the statement but gave it no id.');
      return Id;
    },

    poll: async (connectionId, externalId) => toStatus(await describe(connectionId, externalId)),

    async stop(connectionId, externalId) {
      await aws.attempt(about(connectionId, 'CancelStatement', `statement ${externalId}`), ({ redshiftData }) => redshiftData.send(new CancelStatementCommand({ Id: externalId })));
    },

    // Paid by the hour of the cluster or of the workgroup's capacity, not by statement.
    price: () => null,
    rows,

    async statistics(run) {
      const { Duration, ResultRows, ResultSize } = await describe(run.connectionId, externalIdOf(run));
      const timeline = [
        { part: 'engine' as const, millis: Duration === undefined || Duration < 0 ? undefined : Math.round(Duration / 1e6) },
        { part: 'total' as const, millis: run.totalMillis },
      ];
      const told = (value: number | undefined) => (value === undefined || value < 0 ? undefined : value);
      return { timeline: timeline.flatMap(({ part, millis }) => (millis === undefined ? [] : [{ part, millis }])), outputRows: told(ResultRows), outputBytes: told(ResultSize), stages: [] };
    },
  };
}
