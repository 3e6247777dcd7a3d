import { describe, expect, it } from 'vitest';
import { placeOf, sqlName } from '../../../../renderer/features/catalog/names.ts';
import { rewriteDdl } from '../../../../renderer/features/catalog/rewriteDdl.ts';
import { versionDifference } from '../../../../renderer/features/catalog/versionDifference.ts';
import { problemsOf } from '../../../../renderer/editor/problems/problemsOf.ts';

const version = (versionId: string, more = {}) => ({ versionId, columns: [{ name: 'a', type: 'int' }], partitionKeys: [], parameters: {}, ...more });

describe('table names and places', () => {
  it('quotes only what must be quoted and names a foreign catalog', () => {
    expect(sqlName({ catalog: 'AwsDataCatalog', database: 'samples', table: 'flights' })).toBe('samples.flights');
    expect(sqlName({ catalog: 'other', database: 'odd db', table: '2024' })).toBe('other."odd db"."2024"');
  });
  it('reads a location as bucket and prefix', () => {
    expect(placeOf('s3://b/x/y')).toEqual({ bucket: 'b', prefix: 'x/y/' });
    expect(placeOf('s3://b')).toEqual({ bucket: 'b', prefix: '' });
    expect(placeOf('hdfs://x')).toBeNull();
  });
});

describe('versions of a table', () => {
  it('says which columns came, went and changed their type', () => {
    const before = version('1', { columns: [{ name: 'a', type: 'int' }, { name: 'b', type: 'string' }] });
    const after = version('2', { columns: [{ name: 'a', type: 'bigint' }, { name: 'c', type: 'date' }] });
    expect(versionDifference(before, after)).toEqual([
      { what: 'column', name: 'a', before: 'int', after: 'bigint' },
      { what: 'column', name: 'b', before: 'string', after: undefined },
      { what: 'column', name: 'c', before: undefined, after: 'date' },
    ]);
  });
  it('leaves out what the catalog rewrites by itself', () => {
    expect(versionDifference(version('1', { parameters: { transient_lastDdlTime: '1' } }), version('2', { parameters: { transient_lastDdlTime: '2' } }))).toEqual([]);
  });
});

describe('the statement of "Create table"', () => {
  const inferred = "CREATE EXTERNAL TABLE IF NOT EXISTS `default`.`t` (\n  `a` decimal(10,2) COMMENT 'a (b)'\n)\nPARTITIONED BY (\n  `d` string\n)\nSTORED AS PARQUET\nLOCATION 's3://b/p/'";
  const shape = { database: 'samples', table: 'it`s', columns: [{ name: 'x', type: 'bigint' }], partitionKeys: [{ name: 'd', type: 'date' }] };
  it('takes name, columns and keys from the form and keeps the rest', () => {
    const ddl = rewriteDdl(inferred, shape);
    expect(ddl).toBe("CREATE EXTERNAL TABLE IF NOT EXISTS `samples`.`it``s` (\n  `x` bigint\n)\nPARTITIONED BY (\n  `d` date\n)\nSTORED AS PARQUET\nLOCATION 's3://b/p/'");
    expect(problemsOf(ddl)).toEqual([]);
  });
  it('leaves another statement alone', () => {
    expect(rewriteDdl('SELECT 1', shape)).toBe('SELECT 1');
  });
});
