import {
  BatchGetNamedQueryCommand,
  BatchGetPreparedStatementCommand,
  CreateNamedQueryCommand,
  CreatePreparedStatementCommand,
  DeleteNamedQueryCommand,
  DeletePreparedStatementCommand,
  ListNamedQueriesCommand,
  ListPreparedStatementsCommand,
  UpdateNamedQueryCommand,
  UpdatePreparedStatementCommand,
} from '@aws-sdk/client-athena';
import type { SharedQuery } from '../../../shared/contract/savedQueries.ts';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';

interface Place {
  connectionId: string;
  workgroup: string;
}

/** Queries asked for at once (API_BatchGetNamedQuery, API_BatchGetPreparedStatement). */
const BATCH = 50;
/** Of each kind, at most. */
const MOST = 1000;

/** Queries that Athena itself keeps for a workgroup: named queries and prepared statements. */
export function athenaSharedQueries(aws: AwsConnections) {
  const about = ({ connectionId, workgroup }: Place, operation: string) => ({ connectionId, action: `athena:${operation}`, resource: `workgroup ${workgroup}` });

  async function allIds(list: (token: string | undefined) => Promise<{ ids: string[]; next: string | undefined }>): Promise<string[]> {
    const ids: string[] = [];
    let token: string | undefined;
    do {
      const page = await list(token);
      ids.push(...page.ids);
      token = page.next;
    } while (token && ids.length < MOST);
    return ids;
  }

  async function batched<T>(ids: string[], get: (ids: string[]) => Promise<T[]>): Promise<T[]> {
    const found: T[] = [];
    for (let at = 0; at < ids.length; at += BATCH) found.push(...(await get(ids.slice(at, at + BATCH))));
    return found;
  }

  async function named(place: Place, abortSignal?: AbortSignal): Promise<SharedQuery[]> {
    const ids = await allIds((NextToken) =>
      aws.attempt(about(place, 'ListNamedQueries'), async ({ athena }) => {
        const answer = await athena.send(new ListNamedQueriesCommand({ WorkGroup: place.workgroup, NextToken, MaxResults: BATCH }), { abortSignal });
        return { ids: answer.NamedQueryIds ?? [], next: answer.NextToken };
      }),
    );
    return batched(ids, (NamedQueryIds) =>
      aws.attempt(about(place, 'BatchGetNamedQuery'), async ({ athena }) => {
        const { NamedQueries = [] } = await athena.send(new BatchGetNamedQueryCommand({ NamedQueryIds }), { abortSignal });
        return NamedQueries.map(({ NamedQueryId = '', Name = '', Database, Description, QueryString = '', WorkGroup }): SharedQuery => ({
          ...{ kind: 'named', id: NamedQueryId, name: Name, workgroup: WorkGroup ?? place.workgroup },
          ...{ database: Database, description: Description || undefined, sql: QueryString },
        }));
      }),
    );
  }

  async function prepared(place: Place, abortSignal?: AbortSignal): Promise<SharedQuery[]> {
    const names = await allIds((NextToken) =>
      aws.attempt(about(place, 'ListPreparedStatements'), async ({ athena }) => {
        const answer = await athena.send(new ListPreparedStatementsCommand({ WorkGroup: place.workgroup, NextToken, MaxResults: BATCH }), { abortSignal });
        return { ids: (answer.PreparedStatements ?? []).map(({ StatementName = '' }) => StatementName), next: answer.NextToken };
      }),
    );
    return batched(names, (PreparedStatementNames) =>
      aws.attempt(about(place, 'BatchGetPreparedStatement'), async ({ athena }) => {
        const { PreparedStatements = [] } = await athena.send(new BatchGetPreparedStatementCommand({ WorkGroup: place.workgroup, PreparedStatementNames }), { abortSignal });
        return PreparedStatements.map(({ StatementName = '', Description, QueryStatement = '', LastModifiedTime }): SharedQuery => ({
          ...{ kind: 'prepared', id: StatementName, name: StatementName, workgroup: place.workgroup },
          ...{ description: Description || undefined, sql: QueryStatement, updatedAt: LastModifiedTime?.toISOString() },
        }));
      }),
    );
  }

  return {
    /** Both kinds; what is denied of one does not hide the other. */
    async list(place: Place, signal?: AbortSignal): Promise<{ queries: SharedQuery[]; denied: string[] }> {
      const results = await Promise.allSettled([named(place, signal), prepared(place, signal)]);
      const denied: string[] = [];
      for (const one of results) {
        if (one.status === 'fulfilled') continue;
        if (!(one.reason instanceof AppError) || one.reason.code !== 'AccessDenied') throw one.reason;
        denied.push(one.reason.action ?? one.reason.message);
      }
      return { queries: results.flatMap((one) => (one.status === 'fulfilled' ? one.value : [])), denied };
    },

    async save(place: Place, { kind, id, name, description, database, sql }: Pick<SharedQuery, 'kind' | 'name' | 'description' | 'sql'> & { id?: string | undefined; database: string }): Promise<void> {
      const { workgroup: WorkGroup } = place;
      if (kind === 'named') {
        const asked = { Name: name, Description: description, QueryString: sql };
        if (id) await aws.attempt(about(place, 'UpdateNamedQuery'), ({ athena }) => athena.send(new UpdateNamedQueryCommand({ NamedQueryId: id, ...asked })));
        else await aws.attempt(about(place, 'CreateNamedQuery'), ({ athena }) => athena.send(new CreateNamedQueryCommand({ ...asked, Database: database, WorkGroup })));
        return;
      }
      const asked = { StatementName: name, WorkGroup, Description: description, QueryStatement: sql };
      if (id) await aws.attempt(about(place, 'UpdatePreparedStatement'), ({ athena }) => athena.send(new UpdatePreparedStatementCommand(asked)));
      else await aws.attempt(about(place, 'CreatePreparedStatement'), ({ athena }) => athena.send(new CreatePreparedStatementCommand(asked)));
    },

    async remove(place: Place, { kind, id }: Pick<SharedQuery, 'kind' | 'id'>): Promise<void> {
      if (kind === 'named') await aws.attempt(about(place, 'DeleteNamedQuery'), ({ athena }) => athena.send(new DeleteNamedQueryCommand({ NamedQueryId: id })));
      else await aws.attempt(about(place, 'DeletePreparedStatement'), ({ athena }) => athena.send(new DeletePreparedStatementCommand({ StatementName: id, WorkGroup: place.workgroup })));
    },
  };
}
