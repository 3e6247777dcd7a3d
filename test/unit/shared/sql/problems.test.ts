import { describe, expect, test } from 'vitest';
import { ddlProblems } from '../../../../shared/sql/problems.ts';

describe('broken statements say where and why', () => {
  test.each([
    ['CREATE nonsense', 1, 8, "mismatched input 'nonsense'"],
    ['CREATE EXTERNAL TABLE (a int)', 1, 23, "mismatched input '('"],
    ['CREATE EXTERNAL TABLE t (a)', 1, 27, "mismatched input ')'"],
    ['CREATE EXTERNAL TABLE t (a foo)', 1, 28, 'Unknown type: foo'],
    ['CREATE EXTERNAL TABLE t (a array<int)', 1, 28, "'>' expected"],
    ['CREATE EXTERNAL TABLE t (a int, a string)', 1, 33, 'Duplicate column name: a'],
    ['CREATE EXTERNAL TABLE t (a int) STORED AS EXCEL', 1, 43, "mismatched input 'EXCEL'"],
    ['CREATE EXTERNAL TABLE t (a int)\nLOCATION s3', 2, 10, "mismatched input 's3'"],
    ["CREATE EXTERNAL TABLE t (a int) LOCATION 's3://b/", 1, 42, 'unterminated string'],
    ['CREATE EXTERNAL TABLE t (a int) ROW FORMAT NONE', 1, 44, "mismatched input 'NONE'"],
    ["CREATE EXTERNAL TABLE t (a int) TBLPROPERTIES ('a' 'b')", 1, 52, "mismatched input ''b''"],
    ['CREATE TABLE t AS DROP TABLE x', 1, 19, "mismatched input 'DROP'"],
    ['CREATE VIEW v SELECT 1', 1, 15, "mismatched input 'SELECT'"],
    ['DROP t', 1, 6, "mismatched input 't'"],
    ['DROP TABLE', 1, 11, "mismatched input '<EOF>'"],
    ['DROP DATABASE a.b.c.d', 1, 15, 'Too many dots'],
    ['ALTER TABLE t', 1, 14, "mismatched input '<EOF>'"],
    ['ALTER TABLE t ADD PARTITION (a)', 1, 31, "mismatched input ')'"],
    ["ALTER TABLE t ADD PARTITION (a > '1')", 1, 32, "mismatched input '>'"],
    ['ALTER VIEW v AS SELECT 1', 1, 7, 'ALTER VIEW is not supported'],
    ['MSCK REPAIR t', 1, 13, "mismatched input 't'"],
    ['MSCK REPAIR TABLE t x', 1, 21, "mismatched input 'x'"],
    ['SHOW ME', 1, 6, "mismatched input 'ME'"],
    ['DESCRIBE', 1, 9, "mismatched input '<EOF>'"],
    ['INSERT t SELECT 1', 1, 8, "mismatched input 't'"],
    ['INSERT INTO t DELETE', 1, 15, "mismatched input 'DELETE'"],
    ["UNLOAD SELECT 1 TO 's3://b/'", 1, 8, "mismatched input 'SELECT'"],
    ['UNLOAD (SELECT 1) TO x', 1, 22, "mismatched input 'x'"],
    ['EXECUTE p USING', 1, 16, "mismatched input '<EOF>'"],
    ['PREPARE p SELECT 1', 1, 11, "mismatched input 'SELECT'"],
    ['EXPLAIN', 1, 8, "mismatched input '<EOF>'"],
    ['SELEC 1', 1, 1, "mismatched input 'SELEC'"],
    ['VACUUM', 1, 7, "mismatched input '<EOF>'"],
  ])('%s', (sql, line, column, message) => {
    const problems = ddlProblems(sql);
    expect(problems).toHaveLength(1);
    expect(problems![0]).toMatchObject({ line, column });
    expect(problems![0]!.message).toContain(message);
  });
});

describe('right statements', () => {
  test.each(['OPTIMIZE t REWRITE DATA USING BIN_PACK', 'VACUUM t', "UNLOAD (SELECT 1) TO 's3://b/' WITH (format='PARQUET')", 'CREATE EXTERNAL TABLE t (a int) STORED AS PARQUET LOCATION \'s3://b/\';', 'SHOW TABLES'])('%s shows none', (sql) => expect(ddlProblems(sql)).toEqual([]));
  test.each(['SELECT FROM', 'WITH x', '(SELECT 1', 'VALUES'])('%s is left to the Trino grammar', (sql) => expect(ddlProblems(sql)).toBeNull());
});
