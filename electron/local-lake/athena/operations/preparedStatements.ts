import { z } from 'zod';
import type { AthenaContext } from '../context.ts';
import { invalidRequest, resourceNotFound } from '../errors.ts';
import { preparedStatementsOf } from '../store.ts';
import { decodeToken, page } from './paging.ts';
import { operation, optional, paged, queryText, statementName, workGroupName, type Operation } from './schemas.ts';

const named = z.object({ StatementName: statementName, WorkGroup: workGroupName });
const written = named.extend({ QueryStatement: queryText, Description: optional(z.string().max(1024)) });

export function preparedStatementOperations({ preparedStatements, workGroups }: AthenaContext): Record<string, Operation> {
  const get = async (workGroup: string, name: string) => {
    await workGroups.get(workGroup);
    const statement = await preparedStatements.find(workGroup, name);
    if (!statement) throw resourceNotFound(`Prepared Statement ${name} was not found in workGroup: ${workGroup}`, name);
    return statement;
  };
  const put = ({ StatementName, WorkGroup, QueryStatement, Description }: z.output<typeof written>) =>
    preparedStatements.put({ StatementName, QueryStatement, WorkGroupName: WorkGroup, ...(Description === undefined ? {} : { Description }) });
  return {
    CreatePreparedStatement: operation(written, async (input) => {
      await workGroups.get(input.WorkGroup);
      if (await preparedStatements.find(input.WorkGroup, input.StatementName)) throw invalidRequest(`PreparedStatement ${input.StatementName} already exists`);
      await put(input);
    }),
    GetPreparedStatement: operation(named, async ({ StatementName, WorkGroup }) => ({ PreparedStatement: await get(WorkGroup, StatementName) })),
    BatchGetPreparedStatement: operation(z.object({ PreparedStatementNames: z.array(z.string()).max(50), WorkGroup: workGroupName }), async ({ PreparedStatementNames, WorkGroup }) => {
      await workGroups.get(WorkGroup);
      const found = await Promise.all(PreparedStatementNames.map((name) => preparedStatements.find(WorkGroup, name)));
      return {
        PreparedStatements: found.filter((statement) => statement !== undefined),
        UnprocessedPreparedStatementNames: PreparedStatementNames.filter((_, i) => !found[i]).map((StatementName) => ({
          StatementName,
          ErrorCode: 'STATEMENT_NOT_FOUND',
          ErrorMessage: `Prepared Statement ${StatementName} was not found in workGroup: ${WorkGroup}`,
        })),
      };
    }),
    ListPreparedStatements: operation(z.object({ WorkGroup: workGroupName, ...paged(50) }), async ({ WorkGroup, MaxResults, NextToken }) => {
      await workGroups.get(WorkGroup);
      const { items, ...next } = await page(preparedStatements.entries(WorkGroup, decodeToken(NextToken, preparedStatementsOf(WorkGroup))), MaxResults ?? 50, ({ StatementName, LastModifiedTime }) => ({ StatementName, LastModifiedTime }));
      return { PreparedStatements: items, ...next };
    }),
    UpdatePreparedStatement: operation(written, async (input) => {
      await get(input.WorkGroup, input.StatementName);
      await put(input);
    }),
    DeletePreparedStatement: operation(named, async ({ StatementName, WorkGroup }) => {
      await get(WorkGroup, StatementName);
      await preparedStatements.delete(WorkGroup, StatementName);
    }),
  };
}
