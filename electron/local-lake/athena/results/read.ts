import { open } from 'node:fs/promises';
import type { AthenaContext } from '../context.ts';
import { invalidRequest } from '../errors.ts';
import type { StoredExecution } from '../executions/record.ts';
import { ObjectStoreError } from '../../objects/records.ts';
import { parseS3Location } from '../s3Location.ts';
import { columnInfo } from './columnInfo.ts';
import { takeRecords, type Cells } from './csvRows.ts';

const MOST_ROWS = 1000;
/** Bytes read at a time. */
const BLOCK = 256 * 1024;

/** One page of GetQueryResults, read from the result object; the token holds the byte after which the next page begins. */
export async function readResults(context: AthenaContext, { execution, result }: StoredExecution, page: { max?: number; token?: string }) {
  const { State, StateChangeReason } = execution.Status;
  if (State === 'FAILED' || State === 'CANCELLED') {
    throw invalidRequest(`Query did not finish successfully. Final query state: ${State}${StateChangeReason ? ` (${StateChangeReason})` : ''}`, 'INVALID_QUERY_EXECUTION_STATE');
  }
  if (State !== 'SUCCEEDED' || !result) throw invalidRequest(`Query has not yet finished. Current state: ${State}`, 'INVALID_QUERY_EXECUTION_STATE');
  const ColumnInfo = result.columns.map(columnInfo);
  const answer = (rows: Cells[], NextToken?: string) => ({
    UpdateCount: result.updateCount ?? 0,
    ResultSet: { Rows: rows.map((cells) => ({ Data: cells.map((value) => (value === null ? {} : { VarCharValue: value })) })), ResultSetMetadata: { ColumnInfo } },
    NextToken,
  });
  if (result.format === 'none') return answer([]);

  const offset = page.token === undefined ? 0 : parseToken(page.token);
  const { rows, next } = await readAt(context, execution.ResultConfiguration.OutputLocation, offset, page.max ?? MOST_ROWS, result.format === 'csv');
  return answer(rows, next === undefined ? undefined : Buffer.from(String(next)).toString('base64url'));
}

function parseToken(token: string): number {
  const offset = Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isSafeInteger(offset) || offset <= 0) throw invalidRequest('The NextToken is invalid.');
  return offset;
}

async function readAt(context: AthenaContext, location: string, offset: number, most: number, csv: boolean): Promise<{ rows: Cells[]; next?: number }> {
  const release = context.objects.pin();
  try {
    const record = await headOf(context, location);
    const file = await open(await context.objects.file(record), 'r');
    try {
      const rows: Cells[] = [];
      let at = offset;
      let size = BLOCK;
      while (rows.length < most && at < record.size) {
        const length = Math.min(size, record.size - at);
        const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(length), 0, length, at);
        const bytes = buffer.subarray(0, bytesRead);
        const atEnd = at + bytesRead >= record.size;
        const { records, taken } = csv ? takeRecords(bytes, most - rows.length, atEnd) : takeLines(bytes, most - rows.length, atEnd);
        rows.push(...records);
        at += taken;
        // One record longer than the block: read more at once.
        size = taken === 0 ? size * 2 : BLOCK;
      }
      return at < record.size ? { rows, next: at } : { rows };
    } finally {
      await file.close();
    }
  } finally {
    release();
  }
}

async function headOf(context: AthenaContext, location: string) {
  const { bucket, key } = parseS3Location(location)!;
  try {
    const record = await context.objects.head(bucket, key);
    if (record) return record;
  } catch (error) {
    if (!(error instanceof ObjectStoreError)) throw error;
  }
  throw invalidRequest(`Could not find results: ${location} is not there any more.`);
}

/** Lines of a text result; a line of several columns keeps its tabs in one cell, as Athena answers DESCRIBE. */
function takeLines(bytes: Buffer, most: number, atEnd: boolean): { records: Cells[]; taken: number } {
  const records: Cells[] = [];
  let taken = 0;
  while (records.length < most && taken < bytes.length) {
    const end = bytes.indexOf(0x0a, taken);
    if (end < 0 && !atEnd) break;
    records.push([bytes.toString('utf8', taken, end < 0 ? bytes.length : end)]);
    taken = end < 0 ? bytes.length : end + 1;
  }
  return { records, taken };
}
