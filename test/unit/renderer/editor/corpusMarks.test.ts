import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../../../renderer/editor/problems/problemsOf.ts';
import { corpus } from '../../local-lake/sql/corpus/index.ts';

/** Athena's DDL and utility statements, which Trino's grammar does not know. */
const athenaStatements = [
  'CREATE DATABASE IF NOT EXISTS staging COMMENT \'drafts\' LOCATION \'s3://b/staging/\'',
  'DROP DATABASE IF EXISTS staging CASCADE',
  "CREATE EXTERNAL TABLE a.b (x int COMMENT 'it''s', y struct<a:int,b:array<string>>) PARTITIONED BY (d string) ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' WITH SERDEPROPERTIES ('ignore.malformed.json'='true') LOCATION 's3://b/p/' TBLPROPERTIES ('has_encrypted_data'='false')",
  "CREATE EXTERNAL TABLE `a`.`b` (`x` bigint) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' ESCAPED BY '\\\\' LINES TERMINATED BY '\\n' STORED AS TEXTFILE LOCATION 's3://b/p/'",
  "CREATE TABLE t WITH (format = 'PARQUET', external_location = 's3://b/p/', partitioned_by = ARRAY['d']) AS SELECT 1 AS a, 'x' AS d",
  'CREATE OR REPLACE VIEW v AS SELECT 1 AS a',
  'INSERT INTO t (a, b) SELECT 1, 2',
  "INSERT INTO t VALUES (1, 'x'), (2, NULL)",
  "UNLOAD (SELECT * FROM t) TO 's3://b/p/' WITH (format = 'PARQUET', compression = 'SNAPPY')",
  'MSCK REPAIR TABLE samples.flights',
  "ALTER TABLE t ADD IF NOT EXISTS PARTITION (d = '2024-01-01') LOCATION 's3://b/p/d=2024-01-01/'",
  "ALTER TABLE t DROP PARTITION (d = '2024-01-01')",
  'ALTER TABLE t ADD COLUMNS (z double)',
  'SHOW DATABASES',
  "SHOW TABLES IN samples 'fl*'",
  'SHOW COLUMNS IN samples.flights',
  'SHOW PARTITIONS samples.flights',
  'SHOW CREATE TABLE samples.flights',
  'DESCRIBE FORMATTED samples.flights',
  'EXPLAIN SELECT count(*) FROM samples.flights',
  'PREPARE p FROM SELECT * FROM t WHERE a = ?',
  "EXECUTE p USING 1, 'x'",
  'DEALLOCATE PREPARE p',
  "OPTIMIZE t REWRITE DATA USING BIN_PACK WHERE d = '2024'",
  'VACUUM t',
  'DROP TABLE IF EXISTS t',
];

/** Text, and the line and column (one-based) its first mark must begin at. */
const broken: [sql: string, line: number, column?: number][] = [
  ['SELEC 1', 1, 1],
  ['SELECT * FORM t', 1],
  ['SELECT * FROM', 1],
  ['SELECT a, FROM t', 1, 11],
  ['SELECT (1 + 2', 1],
  ['SELECT 1 +', 1],
  ["SELECT 'open", 1, 8],
  ['SELECT a FROM t WHERE', 1],
  ['SELECT a FROM t GROUP 1', 1, 23],
  ['SELECT a FROM t ORDER a', 1],
  ['SELECT CASE WHEN a THEN 1 FROM t', 1],
  ['SELECT a FROM t JOIN ON x = y', 1],
  ['SELECT a\nFROM t\nWHERE a ==== 1', 3],
  ['SELECT 1;\nSELECT 2;\nSELECT * FRM t WHERE x', 3],
  ['INSERT INTO t SELECT FROM', 1],
  ['CREATE EXTERNAL TABLE t (a int', 1],
  ["CREATE EXTERNAL TABLE t (a int) LOCTION 's3://b/p/'", 1, 33],
  ['MSCK REPAIR samples.flights', 1],
  ['UNLOAD (SELECT 1) WITH (format = 1)', 1],
  ['DROP TABL t', 1, 6],
  ['SHOW PARTITIONS', 1],
  ['ALTER TABLE t ADD PARTITION d = 1', 1],
  ["EXPLAIN SELECT a FRM t WHERE 'x", 1],
];

describe('marks never contradict the engine', () => {
  for (const [group, cases] of Object.entries(corpus)) {
    it(`marks nothing in what the engine runs: ${group}`, () => {
      const marked = cases.filter((one) => !('error' in one)).flatMap(({ sql }) => problemsOf(sql).map(({ message }) => `${sql}\n  ${message}`));
      expect(marked).toEqual([]);
    }, 60_000);
  }
  it.each(athenaStatements)("marks nothing in Athena's own %s", (sql) => {
    expect(problemsOf(sql)).toEqual([]);
  });
  it.each(broken)('marks %s', (sql, line, column) => {
    const [first] = problemsOf(sql);
    expect(first).toMatchObject({ startLine: line, ...(column && { startColumn: column }) });
    expect(first?.message).toBeTruthy();
    expect(first!.endLine > first!.startLine || first!.endColumn > first!.startColumn).toBe(true);
  });
});
