import { describe, expect, test } from 'vitest';
import { parseDdl } from '../../../../shared/sql/ddl/parse.ts';
import type { CreateTable } from '../../../../shared/sql/ddl/ast.ts';

const names = (statement: unknown): string[] => (statement as { name: { parts: { name: string }[] } }).name.parts.map((part) => part.name);

describe('CREATE EXTERNAL TABLE', () => {
  test('reads every clause', () => {
    const table = parseDdl(String.raw`CREATE EXTERNAL TABLE IF NOT EXISTS Db.${'`my-table`'} (
      ID bigint COMMENT 'the id', ${'`Order`'} string, nested struct<a:int,b:array<map<string,decimal(10,2)>>>, price DECIMAL(10, 2))
      COMMENT 'a table' PARTITIONED BY (year int, ${'`month`'} string COMMENT 'mm')
      ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' WITH SERDEPROPERTIES ('separatorChar' = ',', 'escapeChar' = '\\', "quoteChar" = "\"")
      STORED AS INPUTFORMAT 'in' OUTPUTFORMAT 'out' LOCATION 's3://b/p/' TBLPROPERTIES ('skip.header.line.count'='1', 'x'=2)`) as CreateTable;
    expect(names(table)).toEqual(['db', 'my-table']);
    expect(table).toMatchObject({
      kind: 'createTable', external: true, ifNotExists: true, comment: 'a table', location: 's3://b/p/',
      serde: { library: 'org.apache.hadoop.hive.serde2.OpenCSVSerde', properties: { separatorChar: ',', escapeChar: '\\', quoteChar: '"' } },
      storedAs: { inputFormat: 'in', outputFormat: 'out' }, properties: { 'skip.header.line.count': '1', x: '2' },
    });
    expect(table.columns.map(({ name, type, comment }) => [name, type, comment])).toEqual([
      ['id', 'bigint', 'the id'], ['order', 'string', undefined], ['nested', 'struct<a:int,b:array<map<string,decimal(10,2)>>>', undefined], ['price', 'decimal(10,2)', undefined],
    ]);
    expect(table.partitionKeys.map(({ name, type }) => [name, type])).toEqual([['year', 'int'], ['month', 'string']]);
  });

  test('reads delimited formats', () => {
    const table = parseDdl(String.raw`CREATE EXTERNAL TABLE t (a int) CLUSTERED BY (a) INTO 4 BUCKETS ROW FORMAT DELIMITED FIELDS TERMINATED BY '\001' ESCAPED BY '\\' COLLECTION ITEMS TERMINATED BY '|' MAP KEYS TERMINATED BY ':' LINES TERMINATED BY '\n' NULL DEFINED AS 'NA' STORED AS TEXTFILE LOCATION 's3://b/'`);
    expect(table).toMatchObject({ delimited: { fields: '\u0001', escaped: '\\', collectionItems: '|', mapKeys: ':', lines: '\n', nullDefinedAs: 'NA' }, storedAs: { format: 'TEXTFILE' }, clusteredBy: { columns: ['a'], buckets: 4 } });
  });

  test('recognises Iceberg', () => {
    const table = parseDdl(`CREATE TABLE t (id bigint, d date) PARTITIONED BY (bucket(16, id), day(d)) LOCATION 's3://b/' TBLPROPERTIES ('table_type' = 'ICEBERG')`);
    expect(table).toMatchObject({ kind: 'createTable', external: false, partitionTransforms: ['bucket(16, id)', 'day(d)'], properties: { table_type: 'ICEBERG' } });
  });
});

describe('queries inside statements keep their places', () => {
  test.each([
    ['CREATE TABLE "Db".t WITH (format = \'PARQUET\', partitioned_by = ARRAY[\'a\', \'b\'], bucket_count = 2) AS\nSELECT 1 AS x', 'SELECT 1 AS x'],
    ['CREATE OR REPLACE VIEW v AS SELECT 1 AS x', 'SELECT 1 AS x'],
    ['INSERT INTO t (x) SELECT 1 AS x', 'SELECT 1 AS x'],
    ['UNLOAD (SELECT 1 AS x) TO \'s3://b/\' WITH (format = \'JSON\')', 'SELECT 1 AS x'],
  ])('%s', (sql, inner) => {
    const statement = parseDdl(sql) as { query: { sql: string; start: number } };
    expect(statement.query.sql.trim()).toBe(inner);
    expect(statement.query.start).toBe(sql.indexOf(inner));
    expect(statement.query.sql.indexOf(inner)).toBe(sql.indexOf(inner));
  });

  test('CTAS WITH NO DATA', () => {
    expect(parseDdl('CREATE TABLE t AS SELECT 1 AS x WITH NO DATA')).toMatchObject({ withData: false });
  });
  test('CTAS properties are typed', () => {
    expect(parseDdl(`CREATE TABLE t WITH (external_location = 's3://b/', bucket_count = 3, partitioned_by = ARRAY['a']) AS SELECT 1`)).toMatchObject({ properties: { external_location: 's3://b/', bucket_count: 3, partitioned_by: ['a'] } });
  });
});

describe('ALTER TABLE', () => {
  test.each([
    [`ALTER TABLE t ADD IF NOT EXISTS PARTITION (a = '1', b = 2) LOCATION 's3://x/' PARTITION (a = '3', b = 4)`, { type: 'addPartitions', ifNotExists: true, partitions: [{ values: [{ column: 'a', operator: '=', value: '1' }, { column: 'b', operator: '=', value: '2' }], location: 's3://x/' }, { values: [{ value: '3' }, { value: '4' }] }] }],
    [`ALTER TABLE t DROP IF EXISTS PARTITION (a < '1'), PARTITION (a = '5')`, { type: 'dropPartitions', ifExists: true, partitions: [[{ column: 'a', operator: '<', value: '1' }], [{ value: '5' }]] }],
    [`ALTER TABLE t PARTITION (a = '1') RENAME TO PARTITION (a = '2')`, { type: 'renamePartition' }],
    [`ALTER TABLE t PARTITION (a = '1') SET LOCATION 's3://y/'`, { type: 'setLocation', location: 's3://y/', partition: [{ column: 'a' }] }],
    [`ALTER TABLE t SET LOCATION 's3://y/'`, { type: 'setLocation' }],
    [`ALTER TABLE t SET TBLPROPERTIES ('a' = 'b')`, { type: 'setProperties', properties: { a: 'b' } }],
    ['ALTER TABLE t ADD COLUMNS (x int, y array<string>)', { type: 'addColumns', columns: [{ name: 'x', type: 'int' }, { name: 'y', type: 'array<string>' }] }],
    ['ALTER TABLE t REPLACE COLUMNS (x int)', { type: 'replaceColumns' }],
    ['ALTER TABLE t CHANGE COLUMN x y bigint AFTER z', { type: 'changeColumn', from: 'x', to: { name: 'y', type: 'bigint' }, position: { after: 'z' } }],
    ['ALTER TABLE t DROP COLUMN x', { type: 'dropColumn', column: 'x' }],
  ])('%s', (sql, action) => expect(parseDdl(sql)).toMatchObject({ kind: 'alterTable', action }));
});

describe('utility statements', () => {
  test.each([
    [`CREATE DATABASE IF NOT EXISTS d COMMENT 'c' LOCATION 's3://b/' WITH DBPROPERTIES ('a' = 'b')`, { kind: 'createDatabase', ifNotExists: true, comment: 'c', location: 's3://b/', properties: { a: 'b' } }],
    ['CREATE SCHEMA d', { kind: 'createDatabase' }],
    ['DROP DATABASE IF EXISTS d CASCADE', { kind: 'dropDatabase', ifExists: true, cascade: true }],
    ['DROP TABLE IF EXISTS `d`.`t`', { kind: 'dropTable', ifExists: true }],
    ['DROP VIEW v', { kind: 'dropView', ifExists: false }],
    ['MSCK REPAIR TABLE d.t', { kind: 'msckRepair' }],
    [`SHOW DATABASES LIKE 'a*'`, { kind: 'showDatabases', like: 'a*' }],
    [`SHOW TABLES IN d '*x*'`, { kind: 'showTables', like: '*x*' }],
    ['SHOW VIEWS', { kind: 'showViews' }],
    ['SHOW COLUMNS IN t', { kind: 'showColumns' }],
    ['SHOW PARTITIONS d.t', { kind: 'showPartitions', values: [] }],
    ['SHOW CREATE TABLE t', { kind: 'showCreateTable' }],
    ['SHOW CREATE VIEW t', { kind: 'showCreateView' }],
    [`SHOW TBLPROPERTIES t ('a')`, { kind: 'showProperties', property: 'a' }],
    ['DESC EXTENDED t', { kind: 'describe', extended: true }],
    ['DESCRIBE t col', { kind: 'describe', column: 'col' }],
    ['EXPLAIN (TYPE DISTRIBUTED) SELECT 1', { kind: 'explain', analyze: false, options: { type: 'distributed' } }],
    ['PREPARE p FROM SELECT ?', { kind: 'prepare', name: 'p' }],
    [`EXECUTE p USING 'a,b', concat('x', 'y'), ARRAY[1, 2]`, { kind: 'execute', parameters: [`'a,b'`, `concat('x', 'y')`, 'ARRAY[1, 2]'] }],
    ['DEALLOCATE PREPARE p', { kind: 'deallocate' }],
    ['OPTIMIZE t REWRITE DATA USING BIN_PACK WHERE a = 1', { kind: 'optimize' }],
    ['VACUUM t', { kind: 'vacuum' }],
    ['SELECT 1', { kind: 'query' }],
  ])('%s', (sql, expected) => expect(parseDdl(sql)).toMatchObject(expected));
});
