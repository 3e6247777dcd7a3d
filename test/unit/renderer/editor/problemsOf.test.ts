import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../../../renderer/editor/problems/problemsOf.ts';

describe('syntax marks of the editor', () => {
  it('marks nothing in queries and in Athena statements of both languages', () => {
    const text = `SELECT count(*) FROM samples.flights WHERE "$path" LIKE '%x;y%';
SHOW PARTITIONS samples.flights;
MSCK REPAIR TABLE samples.flights;
CREATE EXTERNAL TABLE IF NOT EXISTS a.b (x int, y struct<a:int>) PARTITIONED BY (d string) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' LOCATION 's3://b/p/';
UNLOAD (SELECT 1 AS a) TO 's3://b/p/' WITH (format = 'PARQUET');
INSERT INTO a.b SELECT 1, 2;
EXPLAIN SELECT 1;`;
    expect(problemsOf(text)).toEqual([]);
  });
  it('places a mark where the fault is in the whole text', () => {
    const [problem] = problemsOf('SELECT 1;\n\n  SELECT *\n  FORM t;');
    expect(problem).toMatchObject({ startLine: 4, startColumn: 3 });
  });
  it('places a mark inside the query of another statement', () => {
    const [problem] = problemsOf('SELECT 1;\nINSERT INTO t\nSELECT a FROM b WHERE GROUP BY 1;');
    expect(problem).toMatchObject({ startLine: 3 });
    expect(problem?.startColumn).toBe(23);
  });
});
