import * as athena from '@aws-sdk/client-athena';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { athenaOn } from '../../../support/athena.ts';
import { startLake, type TestLake } from '../../../support/lake.ts';
import { checkingHandler } from '../../../support/serviceModel.ts';

let lake: TestLake;
let s3: S3Client;
let sql: ReturnType<typeof athenaOn>;
const checking = checkingHandler(athena as unknown as Record<string, unknown>);
const put = (key: string, Body: string | Uint8Array) => s3.send(new PutObjectCommand({ Bucket: 'secchi-results', Key: key, Body }));
const text = async (key: string) => (await s3.send(new GetObjectCommand({ Bucket: 'secchi-results', Key: key }))).Body!.transformToString();

beforeAll(async () => {
  lake = await startLake();
  s3 = new S3Client(lake.clientConfig);
  sql = athenaOn(lake, { database: 'db', requestHandler: checking.requestHandler as never });
  await sql.ok('CREATE DATABASE db');
});
afterAll(async () => {
  await lake?.stop();
});

const create = (name: string, columns: string, format: string, properties = '') =>
  sql.ok(`CREATE EXTERNAL TABLE ${name} (${columns}) ${format} LOCATION 's3://secchi-results/tables/${name}/' ${properties}`);

describe('results', () => {
  it('FAULTS 21: writes and answers NULL, the empty text, quotes and newlines exactly', async () => {
    const query = `SELECT * FROM (VALUES (1, CAST(NULL AS varchar)), (2, ''), (3, 'NULL'), (4, 'a "b", c'), (5, chr(10) || 'x')) t(n, s) ORDER BY n`;
    const { ResultConfiguration, QueryExecutionId, StatementType, SubstatementType, EngineVersion } = await sql.ok(query);
    expect([StatementType, SubstatementType, EngineVersion?.EffectiveEngineVersion]).toEqual(['DML', 'SELECT', 'Athena engine version 3']);
    expect(ResultConfiguration!.OutputLocation).toBe(`s3://secchi-results/${QueryExecutionId}.csv`);
    expect(await text(`${QueryExecutionId}.csv`)).toBe('"n","s"\n"1",\n"2",""\n"3","NULL"\n"4","a ""b"", c"\n"5","\nx"\n');
    expect(await text(`${QueryExecutionId}.csv.metadata`)).toContain('varchar');
    expect(await sql.rows(query)).toEqual([['n', 's'], ['1', null], ['2', ''], ['3', 'NULL'], ['4', 'a "b", c'], ['5', '\nx']]);
  });

  it('writes values as Athena does, with the columns it tells', async () => {
    const query = `SELECT 1e10 a, 0.001e0 b, 1e-4 c, real '3e10' d, array[1, NULL] e, map(array['k'], array[1.5e0]) f, CAST(row(1, 'x') AS row(a integer, b varchar)) g,
      x'68656c' h, timestamp '2001-01-01 00:00:00' i, date '2001-02-03' j, decimal '1.50' k, true l, CAST(1 AS tinyint) m, nan() n, infinity() o, -0e0 p`;
    const { QueryExecutionId } = await sql.ok(query);
    const { ResultSet } = await sql.client.send(new athena.GetQueryResultsCommand({ QueryExecutionId }));
    expect(ResultSet!.Rows![1]!.Data!.map((d) => d.VarCharValue)).toEqual([
      '1.0E10', '0.001', '1.0E-4', '3.0E10', '[1, null]', '{k=1.5}', '{a=1, b=x}', '68 65 6c', expect.stringMatching(/^2001-01-01 00:00:00/), '2001-02-03', '1.50', 'true', '1', 'NaN', 'Infinity', '-0.0',
    ]);
    const info = ResultSet!.ResultSetMetadata!.ColumnInfo!.map((c) => [c.Name, c.Type, c.Precision, c.Scale]);
    expect(info.slice(0, 8)).toEqual([
      ['a', 'double', 17, 0], ['b', 'double', 17, 0], ['c', 'double', 17, 0], ['d', 'float', 17, 0], ['e', 'array', 0, 0], ['f', 'map', 0, 0], ['g', 'row', 0, 0], ['h', 'varbinary', 1073741824, 0],
    ]);
    expect(info.slice(9, 13)).toEqual([['j', 'date', 0, 0], ['k', 'decimal', 3, 2], ['l', 'boolean', 0, 0], ['m', 'tinyint', 3, 0]]);
  });

  it('pages through a result, header first, and keeps repeated column names', async () => {
    const { QueryExecutionId } = await sql.ok('SELECT n AS a, n AS a FROM UNNEST(sequence(1, 2500)) t(n)');
    const rows: string[] = [];
    const sizes: number[] = [];
    for await (const page of athena.paginateGetQueryResults({ client: sql.client, pageSize: 1000 }, { QueryExecutionId })) {
      sizes.push(page.ResultSet!.Rows!.length);
      rows.push(...page.ResultSet!.Rows!.map((row) => row.Data!.map((d) => d.VarCharValue).join()));
    }
    expect(sizes).toEqual([1000, 1000, 501]);
    expect(rows[0]).toBe('a,a');
    expect(rows.slice(1)).toEqual(Array.from({ length: 2500 }, (_, i) => `${i + 1},${i + 1}`));
    await expect(sql.client.send(new athena.GetQueryResultsCommand({ QueryExecutionId, MaxResults: 1001 }))).rejects.toThrow();
    await expect(sql.client.send(new athena.GetQueryResultsCommand({ QueryExecutionId, NextToken: 'bogus' }))).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });

  it('says that a failed query has no results, and why it failed', async () => {
    const { execution, state, reason } = await sql.run('SELECT 1/0');
    expect([state, reason]).toEqual(['FAILED', expect.stringContaining('DIVISION_BY_ZERO')]);
    expect(execution.Status!.AthenaError).toMatchObject({ ErrorCategory: 2, ErrorMessage: reason });
    await expect(sql.client.send(new athena.GetQueryResultsCommand({ QueryExecutionId: execution.QueryExecutionId }))).rejects.toMatchObject({ name: 'InvalidRequestException' });
  });
});

describe('tables', () => {
  it('reads delimited text: header, \\N, short and long lines, values that are no numbers, nested values', async () => {
    await create('lazy', 'a int, b string, c double, d array<int>, e map<string,int>', `ROW FORMAT DELIMITED FIELDS TERMINATED BY '|' COLLECTION ITEMS TERMINATED BY ',' MAP KEYS TERMINATED BY ':' STORED AS TEXTFILE`, `TBLPROPERTIES ('skip.header.line.count'='1')`);
    await put('tables/lazy/one.txt', 'a|b|c|d|e\n1|x "q"|1.5|1,2|k:1,l:2\r\n\\N||abc\nx|y|2|3||more\n');
    await put('tables/lazy/_hidden', 'nonsense');
    await put('tables/lazy/two.txt.gz', gzipSync('a|b|c|d|e\n9|zip|9.5||\n'));
    expect((await sql.values('SELECT a, b, c, d, e FROM lazy ORDER BY b')).map((row) => row.join(';'))).toEqual([';;;;', '1;x "q";1.5;[1, 2];{k=1, l=2}', ';y;2.0;[3];{}', '9;zip;9.5;[];{}'].map((line) => line));
  });

  it('reads quoted CSV by OpenCSVSerde and names the object that does not fit', async () => {
    await create('quoted', 'a string, b int', `ROW FORMAT SERDE 'org.apache.hadoop.hive.serde2.OpenCSVSerde' WITH SERDEPROPERTIES ('separatorChar'=',', 'quoteChar'='"')`);
    await put('tables/quoted/1.csv', '"x, ""y""",1\n"",2\n');
    expect(await sql.values('SELECT a, b FROM quoted ORDER BY b')).toEqual([['x, "y"', '1'], ['', '2']]);
    await put('tables/quoted/2.csv', 'z,\n');
    const { state, reason } = await sql.run('SELECT sum(b) FROM quoted');
    expect([state, reason]).toEqual(['FAILED', expect.stringMatching(/^HIVE_BAD_DATA: .*s3:\/\/secchi-results\/tables\/quoted\//)]);
  });

  it('reads JSON lines whatever the case of their keys, nested, and malformed lines only if told so', async () => {
    const format = (more = '') => `ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe' ${more}`;
    const lines = '{"Id": 1, "Inner": {"X": 5, "list": [{"Y": "a"}]}, "s": {"k": 1}}\n{"id": 2, "other": true}\n';
    await create('js', 'id int, inner struct<x:int,list:array<struct<y:string>>>, s string', format());
    await put('tables/js/1.json', lines);
    expect(await sql.values(`SELECT id, "inner".x, "inner".list[1].y, s FROM js ORDER BY id`)).toEqual([['1', '5', 'a', '{"k":1}'], ['2', null, null, null]].map((row) => row.map((v) => (v === '{"k":1}' ? expect.stringMatching(/\{"k": ?1\}/) : v))));
    await put('tables/js/2.json', 'no json\n');
    expect(await sql.run('SELECT count(id) FROM js')).toMatchObject({ state: 'FAILED', reason: expect.stringMatching(/^HIVE_BAD_DATA: .*tables\/js\/2.json/) });
    await create('js2', 'id int', format(`WITH SERDEPROPERTIES ('ignore.malformed.json'='true')`));
    await put('tables/js2/1.json', `${lines}no json\n`);
    expect(await sql.values('SELECT count(*), count(id) FROM js2')).toEqual([['3', '2']]);
  });

  it('reads Parquet by name: missing columns are NULL, another type is refused, only used columns are counted', async () => {
    await sql.ok(`CREATE TABLE pq WITH (external_location = 's3://secchi-results/tables/pq/') AS SELECT n AS id, CAST(n AS varchar) AS name, rpad('', 1000, 'x' || CAST(n AS varchar)) AS wide FROM UNNEST(sequence(1, 1000)) t(n)`);
    await create('wider', 'name string, extra double, id bigint, wide string', 'STORED AS PARQUET');
    await sql.ok(`ALTER TABLE wider SET LOCATION 's3://secchi-results/tables/pq/'`);
    expect(await sql.values('SELECT id, name, extra FROM wider WHERE id = 7')).toEqual([['7', '7', null]]);
    const narrow = await sql.ok('SELECT sum(id) FROM wider');
    const whole = await sql.ok('SELECT * FROM wider');
    expect(narrow.Statistics!.DataScannedInBytes!).toBeLessThan(whole.Statistics!.DataScannedInBytes! / 2);
    await create('wrong', 'id string', 'STORED AS PARQUET');
    await sql.ok(`ALTER TABLE wrong SET LOCATION 's3://secchi-results/tables/pq/'`);
    expect((await sql.run('SELECT id FROM wrong')).reason).toMatch(/^HIVE_BAD_DATA: Field id's type INT\d\d in parquet file s3:\/\/secchi-results\/tables\/pq\/\S+ is incompatible with type varchar/);
  });

  it('FAULTS 24: fails on a file that is no Parquet, and goes on', async () => {
    await create('broken', 'id int', 'STORED AS PARQUET');
    await put('tables/broken/x.parquet', 'PAR1 this is not what it says');
    expect((await sql.run('SELECT * FROM broken')).reason).toMatch(/^HIVE_BAD_DATA: .*s3:\/\/secchi-results\/tables\/broken\/x.parquet/);
    expect(await sql.values('SELECT 1')).toEqual([['1']]);
  });

  it('prunes partitions, gives their values their types, and tells "$path"', async () => {
    await create('parts', 'v string', `PARTITIONED BY (y int, n string) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' STORED AS TEXTFILE`);
    for (const y of [1, 2, 10]) await put(`tables/parts/y=${y}/n=a%2Fb/f.csv`, `v${y}\n`);
    await put('tables/parts/y=bad', 'x');
    expect((await sql.rows('MSCK REPAIR TABLE parts')).length).toBe(4);
    expect(await sql.rows('MSCK REPAIR TABLE parts')).toEqual([]);
    expect(await sql.values(`SELECT v, y, n, "$path" FROM parts WHERE y > 1 AND n = 'a/b' ORDER BY y`)).toEqual([
      ['v2', '2', 'a/b', 's3://secchi-results/tables/parts/y=2/n=a%2Fb/f.csv'],
      ['v10', '10', 'a/b', 's3://secchi-results/tables/parts/y=10/n=a%2Fb/f.csv'],
    ]);
    const { Statistics } = await sql.ok('SELECT * FROM parts WHERE y = 10');
    expect(Statistics!.DataScannedInBytes).toBe(4);
  });

  it('reads hundreds of partitions with their values', async () => {
    await create('many', 'v int', `PARTITIONED BY (k int) ROW FORMAT DELIMITED FIELDS TERMINATED BY ',' STORED AS TEXTFILE`);
    for (let at = 0; at < 200; at += 20) await Promise.all(Array.from({ length: 20 }, (_, i) => put(`tables/many/k=${at + i}/f`, `${at + i}\n`)));
    await sql.ok('MSCK REPAIR TABLE many');
    expect(await sql.values('SELECT count(*), sum(v), sum(k), count(DISTINCT "$path") FROM many WHERE v = k')).toEqual([['200', '19900', '19900', '200']]);
  });

  it('names what it cannot read', async () => {
    await create('orc', 'a int', 'STORED AS ORC');
    expect((await sql.run('SELECT * FROM orc')).reason).toMatch(/^NOT_SUPPORTED: .*OrcSerde/);
    expect((await sql.run('SELECT * FROM nowhere')).reason).toMatch(/TABLE_NOT_FOUND/);
  });
});

describe('answers', () => {
  it('fit the service model', () => {
    expect(checking.violations).toEqual([]);
  });
});
