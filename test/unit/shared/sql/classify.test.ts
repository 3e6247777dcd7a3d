import { describe, expect, test } from 'vitest';
import { classify } from '../../../../shared/sql/classify.ts';

describe('proven reads', () => {
  test.each([
    'SELECT 1',
    'select * from t where a = \'; drop table t\'',
    '(SELECT 1)',
    '((SELECT 1) UNION (SELECT 2)) ORDER BY 1',
    'WITH a AS (SELECT 1), b(x) AS (VALUES 2) SELECT * FROM a, b',
    'WITH a AS (SELECT 1) (SELECT * FROM a)',
    'VALUES 1, 2',
    'TABLE t',
    '/* DROP TABLE t */ SELECT 1 -- ; DROP TABLE t',
    'SELECT "insert", update, t.delete, replace(a, \'b\') FROM t',
    'SELECT insert FROM t',
    'SHOW DATABASES',
    'SHOW TABLES IN x \'a*\'',
    'SHOW CREATE TABLE a.b',
    'DESCRIBE FORMATTED t',
    'EXPLAIN SELECT 1',
    'EXPLAIN INSERT INTO t SELECT 1',
    'EXPLAIN (TYPE IO, FORMAT JSON) SELECT 1',
    'EXPLAIN ANALYZE SELECT 1',
    'SELECT 1;',
    "SELECT U&'\\003B DROP TABLE t'",
  ])('%s', (sql) => expect(classify(sql).isRead).toBe(true));
});

describe('everything else is a write', () => {
  test.each([
    '',
    '-- nothing',
    'SELECT 1; DROP TABLE t',
    'SELECT 1 -- x\r; DROP TABLE t',
    'SELECT 1;;SELECT 2',
    'INSERT INTO t SELECT 1',
    'WITH a AS (SELECT 1) INSERT INTO t SELECT * FROM a',
    'WITH a AS (INSERT INTO t SELECT 1) SELECT 1',
    'WITH a AS (DELETE FROM t) SELECT 1',
    'UNLOAD (SELECT 1) TO \'s3://b/\' WITH (format = \'PARQUET\')',
    'SELECT * FROM (UNLOAD (SELECT 1) TO \'s3://b/\')',
    'EXPLAIN ANALYZE INSERT INTO t SELECT 1',
    'EXPLAIN ANALYZE VERBOSE UNLOAD (SELECT 1) TO \'s3://b/\'',
    'EXPLAIN ANALYZE EXECUTE p',
    'EXPLAIN EXPLAIN ANALYZE INSERT INTO t SELECT 1',
    'EXPLAIN SELECT 1; DROP TABLE t',
    'EXECUTE p',
    'EXECUTE p USING 1',
    'PREPARE p FROM SELECT 1',
    'DEALLOCATE PREPARE p',
    'CREATE TABLE t AS SELECT 1',
    'CREATE EXTERNAL TABLE t (a int) LOCATION \'s3://b/\'',
    'CREATE OR REPLACE VIEW v AS SELECT 1',
    'DROP TABLE t',
    'ALTER TABLE t ADD PARTITION (a = \'1\')',
    'MSCK REPAIR TABLE t',
    'DELETE FROM t',
    'UPDATE t SET a = 1',
    'MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE',
    'OPTIMIZE t REWRITE DATA USING BIN_PACK',
    'VACUUM t',
    'CALL system.flush()',
    'GRANT SELECT ON t TO x',
    'SELECT * FROM TABLE(pg.system.query(query => \'DELETE FROM t\'))',
    'SELECT * FROM TABLE /* */ (pg.system.query(query => \'x\'))',
    'USING EXTERNAL FUNCTION f(x int) RETURNS int LAMBDA \'l\' SELECT f(1)',
    'SELECT \'unterminated',
    'SELECT /* unterminated',
    'WITH a AS SELECT 1',
    'WITH DROP TABLE t',
    '\u0000DROP TABLE t',
    'SELECT 1\u037e DROP TABLE t',
    'SET SESSION x = 1',
  ])('%s', (sql) => expect(classify(sql).isRead).toBe(false));
});

describe('classify', () => {
  test.each([
    ['SELECT 1', 'query', 'DML'],
    ['CREATE TABLE a.b AS SELECT 1', 'createTableAs', 'DDL'],
    ['DROP TABLE `a`.`b`', 'dropTable', 'DDL'],
    ['SHOW PARTITIONS a.b', 'showPartitions', 'UTILITY'],
    ['INSERT INTO a.b VALUES 1', 'insert', 'DML'],
    ['CREATE nonsense', 'unknown', 'DDL'],
  ])('%s is a %s of type %s', (sql, kind, statementType) => expect(classify(sql)).toMatchObject({ kind, statementType }));

  test('names what a statement is about', () => {
    expect(classify('DROP TABLE `a`.`b`').targets).toEqual([['a', 'b']]);
    expect(classify('INSERT INTO t SELECT * FROM u').targets).toEqual([['t']]);
  });
});
