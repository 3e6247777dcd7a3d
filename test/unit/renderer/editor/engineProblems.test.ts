import { expect, test } from 'vitest';
import { engineProblems } from '../../../../renderer/editor/problems/engineProblems.ts';

test('each statement is asked about once, and its error is marked where it stands in the text', async () => {
  const asked: string[] = [];
  const find = engineProblems(async (sql) => {
    asked.push(sql);
    return sql.includes('bad') ? { line: 2, column: 3, message: 'no' } : null;
  });
  const text = 'SELECT 1;\n  SELECT :day,\n  badword x';
  expect(await find(text)).toEqual([{ startLine: 3, startColumn: 3, endLine: 3, endColumn: 10, message: 'no' }]);
  expect(asked).toEqual(['SELECT 1', 'SELECT ?   ,\n  badword x']);
  await find(`${text}; SELECT 2`);
  expect(asked.slice(2)).toEqual(['SELECT 2']);
});

test('what is missing at the end is marked at the last letter there is', async () => {
  const find = engineProblems(async () => ({ line: 1, column: 14, message: 'syntax error at end of input' }));
  expect(await find('SELECT 1 FROM')).toEqual([{ startLine: 1, startColumn: 13, endLine: 1, endColumn: 14, message: 'syntax error at end of input' }]);
});
