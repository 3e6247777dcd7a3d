import { expect, test } from 'vitest';
import { queryError, toStatus } from '../../../../electron/engines/athena/status.ts';
import { toResultColumn } from '../../../../electron/engines/athena/columns.ts';

test('a reason gives its name, its place and its words', () => {
  expect(queryError("COLUMN_NOT_FOUND: line 2:8: Column 'x' cannot be resolved")).toMatchObject({
    code: 'QueryFailed',
    awsCode: 'COLUMN_NOT_FOUND',
    line: 2,
    column: 8,
    message: "Column 'x' cannot be resolved",
  });
  expect(queryError('Query exhausted resources at this scale factor')).toMatchObject({ message: 'Query exhausted resources at this scale factor', line: undefined });
  expect(queryError(undefined).message).toBe('Athena gave no reason.');
});

test('an execution becomes a status; only a failed one has an error', () => {
  const status = toStatus({
    Status: { State: 'SUCCEEDED', StateChangeReason: 'whatever', CompletionDateTime: new Date(0) },
    Statistics: { DataScannedInBytes: 5, EngineExecutionTimeInMillis: 1, QueryQueueTimeInMillis: 2, TotalExecutionTimeInMillis: 3 },
    StatementType: 'DML',
    ResultConfiguration: { OutputLocation: 's3://b/x.csv' },
  });
  expect(status).toEqual({
    ...{ state: 'succeeded', endedAt: '1970-01-01T00:00:00.000Z', bytesScanned: 5, engineMillis: 1, queueMillis: 2, totalMillis: 3 },
    ...{ statementType: 'DML', outputLocation: 's3://b/x.csv', error: undefined },
  });
});

test.each([
  [{ Name: 'a', Type: 'float' }, 'real'],
  [{ Name: 'a', Type: 'decimal', Precision: 10, Scale: 2 }, 'decimal(10,2)'],
  [{ Name: 'a', Type: 'varchar', Precision: 2147483647 }, 'varchar'],
])('column metadata %j is Trino’s %s', (info, type) => {
  expect(toResultColumn(info)).toEqual({ name: 'a', type });
});
