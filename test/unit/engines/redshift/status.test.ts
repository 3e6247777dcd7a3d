import { expect, test } from 'vitest';
import { asStrings } from '../../../../electron/aws/exactIntegers.ts';
import { statementError, toStatus } from '../../../../electron/engines/redshift/status.ts';

test('what DescribeStatement says becomes the status of a run', () => {
  const at = { CreatedAt: new Date('2026-01-01T00:00:00Z'), UpdatedAt: new Date('2026-01-01T00:00:02Z'), $metadata: {} };
  expect(toStatus({ ...at, Id: 'x', Status: 'PICKED', Duration: -1 })).toMatchObject({ state: 'queued', endedAt: undefined, engineMillis: undefined });
  expect(toStatus({ ...at, Id: 'x', Status: 'STARTED', Duration: 0 }).state).toBe('running');
  expect(toStatus({ ...at, Id: 'x', Status: 'FINISHED', Duration: 1_500_000_000, HasResultSet: true })).toMatchObject({ state: 'succeeded', engineMillis: 1500, totalMillis: 2000, statementType: 'DML', endedAt: '2026-01-01T00:00:02.000Z' });
  expect(toStatus({ ...at, Id: 'x', Status: 'ABORTED' }).state).toBe('cancelled');
});

test('an error of Redshift says where, in lines and columns of the statement', () => {
  expect(statementError('ERROR: syntax error at or near "frm"\n  Position: 14;', 'SELECT 1,\n  2\nfrm x')).toMatchObject({ message: 'syntax error at or near "frm"', line: 2, column: 4 });
  expect(statementError('ERROR: relation "x" does not exist', 'SELECT 1').line).toBeUndefined();
  expect(statementError(undefined, 'SELECT 1').message).toBe('Redshift gave no reason.');
});

test('integers that a number cannot hold stay texts; what looks like one inside a string stays as it is', () => {
  const said = '{"longValue":9223372036854775807},{"longValue" : -9007199254740993},{"longValue":42},{"stringValue":"\\"longValue\\":12345678901234567890"}';
  expect(asStrings(said)).toBe('{"stringValue":"9223372036854775807"},{"stringValue":"-9007199254740993"},{"longValue":42},{"stringValue":"\\"longValue\\":12345678901234567890"}');
});
