import { GetQueryResultsCommand } from '@aws-sdk/client-athena';
import type { ResultColumn } from '../../../shared/contract/results.ts';
import type { AwsConnections } from '../../aws/types.ts';
import type { RowsPage } from '../types.ts';
import { toResultColumn } from './columns.ts';

/** One page of GetQueryResults: rows of cells, null for NULL. */
export interface ApiPage extends RowsPage {
  columns: ResultColumn[];
}

/** The most rows one call gives (API_GetQueryResults: MaxResults). */
export const API_PAGE_ROWS = 1000;

/** A SELECT's first page begins with the column names as a row; SHOW, DESCRIBE and EXPLAIN have no such row. */
function withoutHeader(rows: (string | null)[][], columns: ResultColumn[]): (string | null)[][] {
  const first = rows[0];
  const isHeader = first !== undefined && first.length === columns.length && columns.every((column, i) => first[i] === column.name);
  return isHeader ? rows.slice(1) : rows;
}

/**
 * One page of a finished query's rows through the API.
 * `hasHeader`: whether the result's first row repeats the column names (what Athena writes as .csv).
 * Source: https://docs.aws.amazon.com/athena/latest/APIReference/API_GetQueryResults.html
 */
export async function readApiPage(
  aws: AwsConnections,
  query: { connectionId: string; externalId: string; hasHeader: boolean },
  token: string | undefined,
  signal?: AbortSignal,
): Promise<ApiPage> {
  const { connectionId, externalId, hasHeader } = query;
  const about = { connectionId, action: 'athena:GetQueryResults', resource: `query ${externalId}` };
  const answer = await aws.attempt(about, ({ athena }) =>
    athena.send(new GetQueryResultsCommand({ QueryExecutionId: externalId, MaxResults: API_PAGE_ROWS, NextToken: token }), { abortSignal: signal }),
  );
  const columns = (answer.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(toResultColumn);
  // A datum without VarCharValue is NULL; an empty string has an empty one.
  const rows = (answer.ResultSet?.Rows ?? []).map((row) => columns.map((_, i) => row.Data?.[i]?.VarCharValue ?? null));
  return { columns, rows: token === undefined && hasHeader ? withoutHeader(rows, columns) : rows, nextToken: answer.NextToken };
}
