import { expect, test } from 'vitest';
import { distinctNames } from '../../../../shared/columnNames.ts';
import { valueType } from '../../../../electron/results/engine/types.ts';

test('names that repeat, without regard to case, are told apart', () => {
  expect(distinctNames(['a', 'A', 'a', '', 'a_2'].map((name) => ({ name, type: 'varchar' })))).toEqual(['a', 'A_2', 'a_3', 'column_4', 'a_2_2']);
});

test.each([
  ['bigint', 'BIGINT'],
  ['decimal(38,10)', 'DECIMAL(38,10)'],
  ['timestamp(3)', 'TIMESTAMP'],
  ['timestamp(3) with time zone', 'TIMESTAMPTZ'],
  ['array(varchar)', 'VARCHAR'],
  ['char(3)', 'VARCHAR'],
  ['something new', 'VARCHAR'],
])('%s is stored in typed formats as %s', (trino, duck) => {
  expect(valueType(trino).duckType).toBe(duck);
});
