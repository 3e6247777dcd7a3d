import { describe, expect, it } from 'vitest';
import { exportFileName } from '../../../../renderer/features/results/exportFileName.ts';
import { prettyValue } from '../../../../renderer/features/results/prettyValue.ts';
import { errorPlace, placeIn } from '../../../../renderer/features/sql/errorPlace.ts';
import { readSqlParams } from '../../../../renderer/features/sql/sqlParams.ts';
import { splitStatements } from '../../../../shared/sql/statements.ts';

describe('one cell, laid out', () => {
  it('indents JSON', () => {
    expect(prettyValue('{"a":[1,2]}')).toBe('{\n  "a": [\n    1,\n    2\n  ]\n}');
  });
  it("breaks Athena's own rendering of rows and arrays", () => {
    expect(prettyValue('{id=1, tags=[x, y], none=[]}')).toBe('{\n  id=1,\n  tags=[\n    x,\n    y\n  ],\n  none=[]\n}');
  });
  it('leaves plain text as it is', () => {
    expect(prettyValue('[draft] notes, part 1')).toBe('[draft] notes, part 1');
  });
});

describe('names of exported files', () => {
  it('come from the tab, without what file systems refuse', () => {
    expect(exportFileName('delays.sql', 'csv')).toBe('delays.csv');
    expect(exportFileName('a/b:c*?', 'parquet')).toBe('a-b-c.parquet');
    expect(exportFileName('..', 'csv')).toBe('result.csv');
  });
});

describe("the engine's error in the editor", () => {
  const text = 'SELECT 1;  SELECT oops\nFROM t';
  const [, statement] = placeIn(text, splitStatements(text));
  const run = (line?: number, column?: number) => ({ error: { code: 'QueryFailed' as const, message: '', retryable: false, line, column } });
  it('is moved to where the statement stands in the whole text', () => {
    expect(errorPlace({ statement, run: run(1, 8) as never })).toEqual({ line: 1, column: 19 });
    expect(errorPlace({ statement, run: run(2, 6) as never })).toEqual({ line: 2, column: 6 });
  });
  it('is nowhere when the engine named no place', () => {
    expect(errorPlace({ statement, run: run() as never })).toBeNull();
  });
});

describe('what a SQL tab remembers', () => {
  it('survives params of another shape', () => {
    expect(readSqlParams({ database: 5, runIds: 'x', lastRunId: 'r1' })).toMatchObject({ workgroup: 'primary', catalog: 'AwsDataCatalog', database: undefined });
    expect(readSqlParams({ lastRunId: 'r1' }).runIds).toEqual(['r1']);
  });
});
