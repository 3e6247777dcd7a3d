import type { Run } from '../../../shared/contract/runs.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { externalIdOf, type FinishedRows, type RowsWay } from '../types.ts';
import { readApiPage } from './resultPages.ts';

/** `s3://bucket/key`. */
function parseLocation(location: string | undefined): { bucket: string; key: string } | undefined {
  const match = /^s3:\/\/([^/]+)\/(.+)$/.exec(location ?? '');
  return match ? { bucket: match[1]!, key: match[2]! } : undefined;
}

/** Only what a SELECT writes is CSV; DDL writes text that GetQueryResults cuts into columns. */
const writesCsv = (run: Run): boolean => (run.outputLocation ? run.outputLocation.endsWith('.csv') : run.statementType === 'DML');

/** The first rows by GetQueryResults; all of them from the result object or, where it cannot be read, by its further pages (FAULTS 22). */
export async function athenaRows(aws: AwsConnections, run: Run): Promise<FinishedRows> {
  const hasHeader = writesCsv(run);
  const query = { connectionId: run.connectionId, externalId: externalIdOf(run), hasHeader };
  const location = hasHeader ? parseLocation(run.outputLocation) : undefined;
  const ways: RowsWay[] = [{ kind: 'pages', page: (token, signal) => readApiPage(aws, query, token, signal) }];
  if (location) ways.unshift({ kind: 'object', ...location });
  return { ...(await readApiPage(aws, query, undefined)), ways };
}
