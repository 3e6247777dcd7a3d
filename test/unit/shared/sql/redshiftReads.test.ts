import { expect, test } from 'vitest';
import { isRedshiftRead } from '../../../../shared/sql/redshiftReads.ts';

test('queries of tables and known functions are reads', () => {
  for (const sql of ['SELECT 1', 'select count(*), max(x) from a.b where y in (1, 2) and z between 1 and 2', 'WITH t AS (SELECT date_trunc(\'month\', d) AS m FROM x) SELECT m, sum(1) OVER (PARTITION BY m) FROM t', 'SELECT CAST(a AS varchar(10)) FROM (SELECT 1 AS a) s']) {
    expect(isRedshiftRead(sql), sql).toBe(true);
  }
});

test('every doubt is a write', () => {
  for (const sql of [
    'INSERT INTO t VALUES (1)',
    'SELECT 1 INTO t',
    'SELECT f_udf(1)',
    'SELECT s.count(1)',
    'SELECT "count"(1)',
    'SELECT pg_cancel_backend(1)',
    "SELECT set_config('x', 'y', false)",
    "SELECT 'a\\'' ; DROP TABLE t --'",
    'SELECT $$ ; DROP TABLE t $$',
    'EXPLAIN SELECT 1',
    'CALL p()',
    'SELECT 1; DELETE FROM t',
    '',
  ]) {
    expect(isRedshiftRead(sql), sql).toBe(false);
  }
});
