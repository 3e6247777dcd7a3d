import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createCatalogCache, type CachedCatalog } from '../../../../electron/services/glue/cache.ts';
import { coveringTable, hivePartition } from '../../../../electron/services/glue/covering.ts';
import { ddlOf } from '../../../../electron/services/glue/ddl.ts';
import type { CatalogSource, Table } from '../../../../electron/services/glue/source.ts';
import { filteredTables } from '../../../../electron/services/glue/tables.ts';
import { formatOf, kindOf, toTable, viewSqlOf } from '../../../../electron/services/glue/tableShape.ts';
import { openStore, type Store } from '../../../../electron/storage/store.ts';

const table = (name: string, more: Partial<Table> = {}): Table => ({
  catalog: 'AwsDataCatalog',
  database: 'db',
  name,
  kind: 'table',
  columns: [{ name: 'id', type: 'bigint' }],
  partitionKeys: [],
  serdeParameters: {},
  parameters: {},
  ...more,
});

describe('what a table is', () => {
  test.each([
    [{ TableType: 'VIRTUAL_VIEW' }, 'view'],
    [{ Parameters: { table_type: 'iceberg' } }, 'iceberg'],
    [{ Parameters: { TABLE_TYPE: 'ICEBERG' } }, 'iceberg'],
    [{ Parameters: { 'spark.sql.sources.provider': 'delta' } }, 'delta'],
    [{ inputFormat: 'org.apache.hudi.hadoop.HoodieParquetInputFormat' }, 'hudi'],
    [{ TableType: 'EXTERNAL_TABLE' }, 'table'],
  ] as const)('%o is a %s', (facts, kind) => {
    expect(kindOf(facts as never)).toBe(kind);
  });

  test.each([
    ['org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe', {}, 'Parquet'],
    ['org.apache.hadoop.hive.ql.io.orc.OrcSerde', {}, 'ORC'],
    ['org.openx.data.jsonserde.JsonSerDe', {}, 'JSON'],
    ['org.apache.hadoop.hive.serde2.OpenCSVSerde', {}, 'CSV'],
    ['org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe', { 'field.delim': ',' }, 'CSV'],
    ['org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe', { 'field.delim': '\t' }, 'TSV'],
    ['org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe', { 'field.delim': '|' }, 'Text'],
    ['com.example.Odd', {}, undefined],
  ])('%s with %o is %s', (serde, serdeParameters, format) => {
    expect(formatOf({ kind: 'table', serde, inputFormat: undefined, serdeParameters: serdeParameters as never })).toBe(format);
  });

  test('a view’s SQL is decoded; what another engine wrote does no harm', () => {
    const presto = `/* Presto View: ${Buffer.from('{"originalSql":"SELECT 1"}').toString('base64')} */`;
    expect(viewSqlOf(presto)).toBe('SELECT 1');
    expect(viewSqlOf('/* Presto View: bm90IGpzb24= */')).toBeUndefined();
    expect(viewSqlOf('select 2')).toBe('select 2');
    expect(viewSqlOf(undefined)).toBeUndefined();
  });

  test('a table of which Glue says hardly anything is still a table', () => {
    expect(toTable('AwsDataCatalog', { Name: 'bare' })).toMatchObject({ name: 'bare', kind: 'table', columns: [], location: undefined });
  });
});

describe('DDL', () => {
  test('names, comments and properties are quoted so that none breaks out', () => {
    const ddl = ddlOf(
      table("we`ird'", {
        columns: [{ name: 'a`b', type: 'string', comment: "it's" }],
        partitionKeys: [{ name: 'day', type: 'date' }],
        serde: 'x.Y',
        serdeParameters: { 'field.delim': '\\t' },
        location: 's3://b/x/',
        parameters: { "k'": "v'); DROP", transient_lastDdlTime: '1', EXTERNAL: 'TRUE' },
      }),
    );
    expect(ddl).toBe(
      [
        "CREATE EXTERNAL TABLE `db`.`we``ird'` (",
        "  `a``b` string COMMENT 'it\\'s'",
        ')',
        'PARTITIONED BY (',
        '  `day` date',
        ')',
        'ROW FORMAT SERDE',
        "  'x.Y'",
        'WITH SERDEPROPERTIES (',
        "  'field.delim'='\\\\t'",
        ')',
        'LOCATION',
        "  's3://b/x/'",
        'TBLPROPERTIES (',
        "  'k\\''='v\\'); DROP'",
        ')',
      ].join('\n'),
    );
  });
});

describe('which table covers an object', () => {
  const catalog = (tables: Partial<CachedCatalog['databases'][string][number]>[]): CachedCatalog => ({
    refreshedAt: '2026-01-01T00:00:00Z',
    databases: { db: tables.map((of) => ({ name: 't', kind: 'table', columns: null, partitionKeys: [], ...of })) },
  });

  test('the longest location wins; s3a and a missing slash are the same place', () => {
    const known = catalog([
      { name: 'all', location: 's3://b/' },
      { name: 'inner', location: 's3a://b/a/b' },
      { name: 'outer', location: 's3://b/a/' },
    ]);
    expect(coveringTable(known, 'b', 'a/b/c.csv')?.table.name).toBe('inner');
    expect(coveringTable(known, 'b', 'a/b')?.table.name).toBe('inner');
    expect(coveringTable(known, 'b', 'a/bc')?.table.name).toBe('outer');
    expect(coveringTable(known, 'b', 'x')?.table.name).toBe('all');
    expect(coveringTable(known, 'bb', 'a/b/c')).toBeUndefined();
  });

  test('views cover nothing', () => {
    expect(coveringTable(catalog([{ kind: 'view', location: 's3://b/' }]), 'b', 'x')).toBeUndefined();
  });

  test('partition values are read by name, in the keys’ order, unescaped', () => {
    const keys = [
      { name: 'year', type: 'int' },
      { name: 'Place', type: 'string' },
    ];
    const cover = (prefix: string) => hivePartition(coveringTable(catalog([{ location: 's3://b/t/', partitionKeys: keys }]), 'b', prefix)!);
    expect(cover('t/place=New%20York%2FUS/year=2001/x')).toEqual(['2001', 'New York/US']);
    expect(cover('t/year=2001/place=100%/x')).toEqual(['2001', '100%']);
    expect(cover('t/year=2001/x')).toBeUndefined();
    expect(cover('t/2001/x')).toBeUndefined();
  });
});

/** A catalog of `count` tables in one database, in pages of 100. */
function sourceOf(count: number, asked: { tables: number } = { tables: 0 }): CatalogSource {
  const all = Array.from({ length: count }, (_, i) => table(`t${i}`));
  const page = <T>(items: T[], { token, max }: { token?: string | undefined; max: number }, most: number) => {
    const start = Number(token ?? 0);
    const end = Math.min(items.length, start + Math.min(max, most));
    return { items: items.slice(start, end), nextToken: end < items.length ? String(end) : undefined };
  };
  const nothing = async () => ({ items: [] });
  return {
    databases: async (request) => page([{ name: 'db' }], request, 100),
    tables: async (_, request) => {
      asked.tables++;
      return page(all, request, 100_000);
    },
    table: async (_, name) => table(name),
    partitions: nothing,
    versions: nothing,
  };
}

describe('a filter over many tables', () => {
  test('finds all that match over several pages, each once', async () => {
    const found: string[] = [];
    let token: string | undefined;
    do {
      const page = await filteredTables(sourceOf(5_000), 'db', 'T49', { token, max: 10 });
      found.push(...page.items.map(({ name }) => name));
      token = page.nextToken;
    } while (token);
    expect(found).toHaveLength(new Set(found).size);
    expect(found.sort()).toEqual(sourceNames(5_000).filter((name) => name.includes('t49')).sort());
  });
});
const sourceNames = (count: number) => Array.from({ length: count }, (_, i) => `t${i}`);

describe('the catalog cache', () => {
  let dir: string;
  let store: Store;
  beforeEach(async () => {
    dir = await mkdtemp(path.join(tmpdir(), 'secchi-cache-'));
    store = await openStore(dir);
  });
  afterEach(async () => {
    await store.close();
    await rm(dir, { recursive: true, force: true });
  });

  test('is read without asking anybody, shares a refresh, and outlives a restart', async () => {
    const asked = { tables: 0 };
    const cache = createCatalogCache(store, () => sourceOf(3, asked));
    expect(await cache.read('c', 'AwsDataCatalog')).toEqual({ refreshedAt: null, databases: {} });
    expect(asked.tables).toBe(0);
    await Promise.all([cache.refresh('c', 'AwsDataCatalog'), cache.refresh('c', 'AwsDataCatalog')]);
    expect(asked.tables).toBe(1);
    const again = createCatalogCache(store, () => sourceOf(0));
    expect((await again.read('c', 'AwsDataCatalog')).databases.db).toHaveLength(3);
    expect((await again.read('other', 'AwsDataCatalog')).databases).toEqual({});
  });

  test('a large catalog keeps the columns only of tables that were looked at', async () => {
    const cache = createCatalogCache(store, () => sourceOf(2_500));
    await cache.remember('c', table('t7'));
    const { databases } = await cache.refresh('c', 'AwsDataCatalog');
    expect(databases.db!.filter(({ columns }) => columns).map(({ name }) => name)).toEqual(['t7']);
  });

  test('a refresh that fails leaves what was known', async () => {
    const cache = createCatalogCache(store, () => sourceOf(3));
    await cache.refresh('c', 'AwsDataCatalog');
    const failing = createCatalogCache(store, () => ({ ...sourceOf(3), tables: () => Promise.reject(new Error('denied')) }));
    await expect(failing.refresh('c', 'AwsDataCatalog')).rejects.toThrow('denied');
    expect((await failing.read('c', 'AwsDataCatalog')).databases.db).toHaveLength(3);
  });
});
