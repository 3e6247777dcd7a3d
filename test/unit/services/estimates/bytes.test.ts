import { expect, test } from 'vitest';
import { bytesOf } from '../../../../electron/services/estimates/footers.ts';
import { snapshotBytes } from '../../../../electron/services/estimates/iceberg.ts';
import { readingOf } from '../../../../electron/services/estimates/statement.ts';

const MB = 1024 ** 2;

test('of a Parquet file the chunks used count, small gaps between them, and its tail', () => {
  const file = { columns: ['a', 'b', 'c'], chunks: [{ column: 0, start: 4, end: 5 * MB }, { column: 1, start: 5 * MB, end: 5 * MB + 100 }, { column: 2, start: 5 * MB + 100, end: 20 * MB }], footer: 1000 };
  const tail = 48 * 1024;
  expect(bytesOf(file, 21 * MB, new Set(['a']))).toBe(5 * MB - 4 + tail);
  expect(bytesOf(file, 21 * MB, new Set(['b']))).toBe(100 + tail);
  expect(bytesOf(file, 21 * MB, new Set(['a', 'c']))).toBe(20 * MB - 4 + tail);
  expect(bytesOf(file, 21 * MB, new Set())).toBe(tail);
  expect(bytesOf(file, 65 * MB, new Set())).toBe(3 * tail);
});

test('an Iceberg snapshot bounds its table by its own summary, or not at all', () => {
  const metadata = (summary: object, id = '3051729675574597004') => `{"current-snapshot-id": ${id}, "snapshots": [{"snapshot-id": 3051729675574597005, "summary": {}}, {"snapshot-id": 3051729675574597004, "summary": ${JSON.stringify(summary)}}]}`;
  const size = { 'total-files-size': '5000', 'total-data-files': '2', 'total-delete-files': '0' };
  expect(snapshotBytes(metadata(size))!.bytes).toBeGreaterThanOrEqual(5000);
  expect(snapshotBytes(metadata(size))!.objects).toBe(2);
  expect(snapshotBytes(metadata({ ...size, 'total-delete-files': '1' }))).toBeUndefined();
  expect(snapshotBytes(metadata({ 'total-data-files': '2' }))).toBeUndefined();
  expect(snapshotBytes('{"current-snapshot-id": -1}')).toEqual({ bytes: 0, objects: 0 });
  expect(snapshotBytes('not json')).toBeUndefined();
});

test('which part of a statement reads rows', () => {
  const kind = (sql: string) => readingOf(sql).kind;
  for (const sql of ['SELECT 1', 'INSERT INTO t SELECT * FROM u', 'CREATE TABLE t AS SELECT * FROM u', "UNLOAD (SELECT * FROM u) TO 's3://b/x/' WITH (format = 'PARQUET')", 'EXPLAIN ANALYZE SELECT * FROM u']) expect(kind(sql), sql).toBe('query');
  for (const sql of ['EXPLAIN SELECT * FROM u', 'SHOW TABLES', 'DROP TABLE t', 'MSCK REPAIR TABLE t', 'CREATE VIEW v AS SELECT * FROM u']) expect(kind(sql), sql).toBe('free');
  for (const sql of ['DELETE FROM t WHERE x = 1', 'EXECUTE p', 'SELECT * FROM t TABLESAMPLE BERNOULLI (10)', 'WITH RECURSIVE t(n) AS (SELECT 1) SELECT * FROM t']) expect(kind(sql), sql).toBe('unknown');
  for (const sql of ['SELECT * FROM', 'SELECT 1; SELECT 2', '-- nothing']) expect(kind(sql), sql).toBe('unreadable');
});
