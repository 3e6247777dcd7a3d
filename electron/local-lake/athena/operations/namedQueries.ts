import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import type { AthenaContext } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import { namedQueriesOf, namedQueryKey, tokenKey } from '../store.ts';
import { decodeToken, page } from './paging.ts';
import { operation, optional, paged, queryText, workGroupName, type Operation } from './schemas.ts';

interface NamedQuery {
  NamedQueryId: string;
  Name: string;
  Description?: string;
  Database: string;
  QueryString: string;
  WorkGroup: string;
}

const queryName = z.string().min(1).max(128);
const description = optional(z.string().max(1024));
const byId = z.object({ NamedQueryId: z.string().min(1) });

/** https://docs.aws.amazon.com/athena/latest/APIReference/API_NamedQuery.html */
export function namedQueryOperations({ store, workGroups }: AthenaContext): Record<string, Operation> {
  const find = (id: string) => store.get<NamedQuery>(namedQueryKey(id));
  const get = async (id: string): Promise<NamedQuery> => {
    const query = await find(id);
    if (!query) throw invalidRequest(`NamedQuery ${id} does not exist`);
    return query;
  };
  const create = z.object({
    Name: queryName,
    Description: description,
    Database: z.string().min(1).max(255),
    QueryString: queryText,
    ClientRequestToken: optional(z.string().min(32).max(128)),
    WorkGroup: optional(workGroupName),
  });
  return {
    CreateNamedQuery: operation(create, async ({ Name, Description, Database, QueryString, ClientRequestToken: token, WorkGroup = 'primary' }) => {
      await workGroups.get(WorkGroup);
      const earlier = token === undefined ? undefined : await store.get<{ named: string }>(tokenKey(`named ${token}`));
      if (earlier) return { NamedQueryId: earlier.named };
      const id = randomUUID();
      const query: NamedQuery = { NamedQueryId: id, Name, ...(Description === undefined ? {} : { Description }), Database, QueryString, WorkGroup };
      await store.write(
        { type: 'put', key: namedQueryKey(id), value: query },
        { type: 'put', key: namedQueriesOf(WorkGroup) + id, value: id },
        ...(token === undefined ? [] : [{ type: 'put' as const, key: tokenKey(`named ${token}`), value: { named: id } }]),
      );
      return { NamedQueryId: id };
    }),
    GetNamedQuery: operation(byId, async ({ NamedQueryId }) => ({ NamedQuery: await get(NamedQueryId) })),
    BatchGetNamedQuery: operation(z.object({ NamedQueryIds: z.array(z.string()).min(1).max(50) }), async ({ NamedQueryIds }) => {
      const found = await Promise.all(NamedQueryIds.map(find));
      return {
        NamedQueries: found.filter((query) => query !== undefined),
        UnprocessedNamedQueryIds: NamedQueryIds.filter((_, i) => !found[i]).map((NamedQueryId) => ({ NamedQueryId, ErrorCode: 'INVALID_INPUT', ErrorMessage: `NamedQuery ${NamedQueryId} does not exist` })),
      };
    }),
    ListNamedQueries: operation(z.object({ ...paged(50), WorkGroup: optional(workGroupName) }), async ({ MaxResults, NextToken, WorkGroup = 'primary' }) => {
      await workGroups.get(WorkGroup);
      const { items, ...next } = await page(store.entries<string>(namedQueriesOf(WorkGroup), decodeToken(NextToken, namedQueriesOf(WorkGroup))), MaxResults ?? 50, (id) => id);
      return { NamedQueryIds: items, ...next };
    }),
    UpdateNamedQuery: operation(byId.extend({ Name: queryName, Description: description, QueryString: queryText }), async ({ NamedQueryId, Name, Description, QueryString }) => {
      const query = await get(NamedQueryId);
      await store.put(namedQueryKey(NamedQueryId), { ...query, Name, QueryString, ...(Description === undefined ? {} : { Description }) });
    }),
    DeleteNamedQuery: operation(byId, async ({ NamedQueryId }) => {
      const { WorkGroup } = await get(NamedQueryId);
      await store.write({ type: 'del', key: namedQueryKey(NamedQueryId) }, { type: 'del', key: namedQueriesOf(WorkGroup) + NamedQueryId });
    }),
  };
}
