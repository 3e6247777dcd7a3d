import { randomUUID } from 'node:crypto';
import * as athena from '@aws-sdk/client-athena';
import { GlueClient, GetTableCommand, GetPartitionsCommand } from '@aws-sdk/client-glue';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { athenaOn } from '../../../support/athena.ts';
import { startLake, type TestLake } from '../../../support/lake.ts';
import { checkingHandler } from '../../../support/serviceModel.ts';

let lake: TestLake;
let sql: ReturnType<typeof athenaOn>;
let glue: GlueClient;
let s3: S3Client;
const checking = checkingHandler(athena as unknown as Record<string, unknown>);
const failure = (command: Promise<unknown>) => command.then(() => 'no error', (error: Error) => `${error.name}: ${error.message}`);

beforeAll(async () => {
  lake = await startLake();
  sql = athenaOn(lake, { database: 'db', requestHandler: checking.requestHandler as never });
  glue = new GlueClient(lake.clientConfig);
  s3 = new S3Client(lake.clientConfig);
  await sql.ok('CREATE DATABASE db');
});
afterAll(async () => {
  await lake?.stop();
});

const HEAVY = 'WITH n AS (SELECT x FROM UNNEST(sequence(1, 10000)) t(x)) SELECT count(*) FROM n a CROSS JOIN n b CROSS JOIN n c WHERE (a.x * b.x + c.x) % 7 = 3';

describe('starting', () => {
  it('gives the same execution for the same token, and refuses the token for another request', async () => {
    const ClientRequestToken = randomUUID();
    const first = await sql.start('SELECT 1', { ClientRequestToken });
    expect(await sql.start('SELECT 1', { ClientRequestToken })).toBe(first);
    expect(await failure(sql.start('SELECT 2', { ClientRequestToken }))).toMatch(/^InvalidRequestException: .*[Ii]dempotent/);
  });

  it('lists executions newest first, gets many, and knows which it does not have', async () => {
    const ids = [await sql.start('SELECT 10'), await sql.start('SELECT 11')];
    const { QueryExecutionIds, NextToken } = await sql.client.send(new athena.ListQueryExecutionsCommand({ MaxResults: 2 }));
    expect(QueryExecutionIds).toEqual(ids.toReversed());
    expect((await sql.client.send(new athena.ListQueryExecutionsCommand({ MaxResults: 1, NextToken }))).QueryExecutionIds).toHaveLength(1);
    const got = await sql.client.send(new athena.BatchGetQueryExecutionCommand({ QueryExecutionIds: [ids[0]!, 'none'] }));
    expect([got.QueryExecutions!.length, got.UnprocessedQueryExecutionIds!.map((u) => u.QueryExecutionId)]).toEqual([1, ['none']]);
    expect(await failure(sql.client.send(new athena.GetQueryExecutionCommand({ QueryExecutionId: 'none' })))).toMatch(/^InvalidRequestException: .*not found/);
    await Promise.all(ids.map((id) => sql.wait(id)));
    const { QueryRuntimeStatistics } = await sql.client.send(new athena.GetQueryRuntimeStatisticsCommand({ QueryExecutionId: ids[0] }));
    expect(QueryRuntimeStatistics!.Rows!.OutputRows).toBe(1);
  });

  it('follows the work group for where results go', async () => {
    const make = (Name: string, Configuration: athena.WorkGroupConfiguration) => sql.client.send(new athena.CreateWorkGroupCommand({ Name, Configuration }));
    await make('nowhere', { EnforceWorkGroupConfiguration: false });
    await make('strict', { ResultConfiguration: { OutputLocation: 's3://secchi-results/strict/' }, EnforceWorkGroupConfiguration: true });
    expect(await failure(sql.start('SELECT 1', { WorkGroup: 'nowhere' }))).toMatch(/^InvalidRequestException: No output location provided/);
    const own = { OutputLocation: 's3://secchi-results/own' };
    const locationOf = async (WorkGroup: string) => (await sql.ok('SELECT 1', { WorkGroup, ResultConfiguration: own })).ResultConfiguration!.OutputLocation!;
    expect(await locationOf('nowhere')).toMatch(/^s3:\/\/secchi-results\/own\/[-\w]+\.csv$/);
    expect(await locationOf('strict')).toMatch(/^s3:\/\/secchi-results\/strict\/[-\w]+\.csv$/);
    expect(await failure(sql.start('SELECT 1', { WorkGroup: 'none' }))).toMatch(/^InvalidRequestException: WorkGroup none is not found/);
    expect((await sql.run('SELECT 1', { ResultConfiguration: { OutputLocation: 's3://no-such-bucket-here/' } })).reason).toMatch(/no-such-bucket-here/);
    await sql.client.send(new athena.UpdateWorkGroupCommand({ WorkGroup: 'nowhere', State: 'DISABLED' }));
    expect(await failure(sql.start('SELECT 1', { WorkGroup: 'nowhere' }))).toMatch(/^InvalidRequestException: .*disabled/);
    expect((await sql.client.send(new athena.ListWorkGroupsCommand({}))).WorkGroups!.map((w) => w.Name)).toEqual(['nowhere', 'primary', 'strict']);
    expect(await failure(sql.client.send(new athena.DeleteWorkGroupCommand({ WorkGroup: 'strict' })))).toMatch(/not empty/);
    await sql.client.send(new athena.DeleteWorkGroupCommand({ WorkGroup: 'strict', RecursiveDeleteOption: true }));
    expect(await failure(sql.client.send(new athena.GetWorkGroupCommand({ WorkGroup: 'strict' })))).toMatch(/InvalidRequestException/);
  });
});

describe('stopping', () => {
  it('FAULTS 23: stops a query in the middle, and those that wait; one that has ended stays as it is', async () => {
    const running = await sql.start(HEAVY);
    const others: string[] = [];
    for (let i = 0; i < 5; i++) others.push(await sql.start(HEAVY));
    for (;;) {
      const { QueryExecution } = await sql.client.send(new athena.GetQueryExecutionCommand({ QueryExecutionId: running }));
      if (QueryExecution!.Status!.State === 'RUNNING') break;
    }
    await new Promise((resolve) => setTimeout(resolve, 500)); // well into its run
    for (const QueryExecutionId of [others.at(-1)!, running, ...others.slice(0, -1)]) await sql.client.send(new athena.StopQueryExecutionCommand({ QueryExecutionId }));
    for (const id of [running, ...others]) expect(await sql.wait(id, 10_000)).toMatchObject({ state: 'CANCELLED', reason: 'Query cancelled by user' });
    const done = await sql.ok('SELECT 42');
    await sql.client.send(new athena.StopQueryExecutionCommand({ QueryExecutionId: done.QueryExecutionId }));
    expect((await sql.wait(done.QueryExecutionId!)).state).toBe('SUCCEEDED');
  });

  it('FAULTS 23: after kill -9 in mid-query says so, keeps finished results, and runs again', async () => {
    const own = await startLake();
    const before = athenaOn(own);
    const finished = await before.ok('SELECT 7 AS n');
    const running = await before.start(HEAVY);
    await own.kill();
    const again = await startLake({ dataDir: own.dataDir });
    const after = athenaOn(again);
    expect(await after.wait(running)).toMatchObject({ state: 'FAILED', reason: expect.stringMatching(/stopped while this query ran/) });
    const { ResultSet } = await after.client.send(new athena.GetQueryResultsCommand({ QueryExecutionId: finished.QueryExecutionId }));
    expect(ResultSet!.Rows!.map((row) => row.Data![0]!.VarCharValue)).toEqual(['n', '7']);
    expect(await after.values('SELECT 8')).toEqual([['8']]);
    await again.stop();
  });
});

describe('statements', () => {
  it('makes tables from queries, adds rows to them, and keeps types and partitions', async () => {
    const made = await sql.ok(`CREATE TABLE ctas WITH (format = 'JSON', partitioned_by = ARRAY['k'], external_location = 's3://secchi-results/ctas/') AS SELECT 1 AS a, 'x' AS b, 'p1' AS k`);
    expect([made.StatementType, made.SubstatementType]).toEqual(['DDL', 'CREATE_TABLE_AS_SELECT']);
    expect(made.Statistics!.DataManifestLocation).toMatch(/-manifest.csv$/);
    await sql.ok(`INSERT INTO ctas (b, k, a) VALUES ('y', 'p2', 2), (NULL, 'p1', 3)`);
    expect(await sql.values('SELECT a, b, k FROM ctas ORDER BY a')).toEqual([['1', 'x', 'p1'], ['2', 'y', 'p2'], ['3', null, 'p1']]);
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'db', Name: 'ctas' }));
    expect(Table!.StorageDescriptor!.Columns!.map((c) => `${c.Name} ${c.Type}`)).toEqual(['a int', expect.stringMatching(/^b (string|varchar)/)]);
    const { Partitions } = await glue.send(new GetPartitionsCommand({ DatabaseName: 'db', TableName: 'ctas' }));
    expect(Partitions!.map((p) => p.StorageDescriptor!.Location)).toEqual(['s3://secchi-results/ctas/k=p1', 's3://secchi-results/ctas/k=p2']);
    expect((await sql.run(`INSERT INTO ctas VALUES ('no', 'x', 'p')`)).reason).toMatch(/TYPE_MISMATCH/);
    expect((await sql.run(`CREATE TABLE ctas AS SELECT 1 x`)).reason).toMatch(/already exists/);
    expect((await sql.run(`CREATE TABLE other WITH (external_location = 's3://secchi-results/ctas/') AS SELECT 1 x`)).reason).toMatch(/HIVE_PATH_ALREADY_EXISTS/);
    expect((await sql.run(`CREATE TABLE other WITH (bucketed_by = ARRAY['x'], bucket_count = 3) AS SELECT 1 x`)).reason).toMatch(/NOT_SUPPORTED/);
  });

  it.each(['PARQUET', 'TEXTFILE', 'JSON'])('writes and reads %s alike', async (format) => {
    const name = `round_${format.toLowerCase()}`;
    await sql.ok(`CREATE TABLE ${name} WITH (format = '${format}') AS SELECT * FROM (VALUES (1, 'a', 1.5e0, true, DATE '2020-01-02', TIMESTAMP '2020-01-02 03:04:05.678', DECIMAL '1.25'), (NULL, NULL, NULL, NULL, NULL, NULL, NULL)) t(i, s, d, b, dt, ts, dc)`);
    expect(await sql.values(`SELECT i, s, d, b, dt, ts, dc FROM ${name} ORDER BY i`)).toEqual([['1', 'a', '1.5', 'true', '2020-01-02', '2020-01-02 03:04:05.678', '1.25'], Array(7).fill(null)]);
  });

  it('unloads rows to objects', async () => {
    await sql.ok(`UNLOAD (SELECT * FROM UNNEST(sequence(1, 10)) t(n)) TO 's3://secchi-results/unloaded/' WITH (format = 'TEXTFILE', compression = 'none')`);
    const { Contents } = await s3.send(new ListObjectsV2Command({ Bucket: 'secchi-results', Prefix: 'unloaded/' }));
    expect(Contents!.reduce((sum, object) => sum + object.Size!, 0)).toBe('1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n'.length);
  });

  it('keeps views as Presto does and reads through them', async () => {
    await sql.ok('CREATE VIEW v AS SELECT 1 AS one, ARRAY[1] AS list');
    expect((await sql.run('CREATE VIEW v AS SELECT 2 AS two')).reason).toMatch(/already exists/);
    await sql.ok('CREATE OR REPLACE VIEW v AS SELECT 3 AS three');
    expect(await sql.rows('SELECT * FROM db.v')).toEqual([['three'], ['3']]);
    const { Table } = await glue.send(new GetTableCommand({ DatabaseName: 'db', Name: 'v' }));
    expect(Table).toMatchObject({ TableType: 'VIRTUAL_VIEW', ViewOriginalText: expect.stringMatching(/^\/\* Presto View: /), ViewExpandedText: '/* Presto View */' });
    expect(await sql.rows('SHOW CREATE VIEW v')).toEqual([['CREATE VIEW "db"."v" AS'], ['SELECT 3 AS three']]);
    expect(await sql.rows('SHOW VIEWS')).toEqual([['v']]);
    await sql.ok('DROP VIEW v');
    expect((await sql.run('SELECT * FROM v')).reason).toMatch(/TABLE_NOT_FOUND/);
  });

  it('describes what the catalog holds, and SHOW CREATE TABLE makes it again', async () => {
    await sql.ok(`CREATE EXTERNAL TABLE shown (a int COMMENT 'it''s', b struct<x:int,y:array<string>>) COMMENT 'about' PARTITIONED BY (k string) ROW FORMAT DELIMITED FIELDS TERMINATED BY '\\t' STORED AS TEXTFILE LOCATION 's3://secchi-results/shown/' TBLPROPERTIES ('p'='q')`);
    const ddl = (await sql.rows('SHOW CREATE TABLE shown')).map(([line]) => line).join('\n');
    const { Table: first } = await glue.send(new GetTableCommand({ DatabaseName: 'db', Name: 'shown' }));
    await sql.ok('DROP TABLE shown');
    await sql.ok(ddl);
    const { Table: second } = await glue.send(new GetTableCommand({ DatabaseName: 'db', Name: 'shown' }));
    expect(second!.StorageDescriptor).toEqual(first!.StorageDescriptor);
    expect([second!.PartitionKeys, second!.Parameters!['p'], second!.Parameters!['comment']]).toEqual([first!.PartitionKeys, 'q', 'about']);
    expect((await sql.rows('DESCRIBE shown'))[0]).toEqual([`a                   \tint                 \tit's                `]);
    expect(await sql.rows('SHOW COLUMNS IN shown')).toHaveLength(3);
    await sql.ok(`ALTER TABLE shown ADD COLUMNS (c bigint)`);
    await sql.ok(`ALTER TABLE shown ADD IF NOT EXISTS PARTITION (k = 'x') LOCATION 's3://secchi-results/x/' PARTITION (k = 'y')`);
    expect(await sql.rows('SHOW PARTITIONS shown')).toEqual([['k=x'], ['k=y']]);
    expect((await sql.run(`ALTER TABLE shown ADD PARTITION (k = 'x')`)).reason).toMatch(/already exists/);
    await sql.ok(`ALTER TABLE shown DROP PARTITION (k = 'x')`);
    await sql.ok(`ALTER TABLE shown SET TBLPROPERTIES ('new' = 'one')`);
    expect(await sql.rows('SHOW TBLPROPERTIES shown')).toContainEqual(['new\tone']);
    expect(await sql.values(`SELECT table_name FROM information_schema.columns WHERE table_schema = 'db' AND table_name = 'shown' AND column_name = 'c'`)).toEqual([['shown']]);
    expect((await sql.rows('EXPLAIN SELECT * FROM shown')).length).toBeGreaterThan(1);
    expect((await sql.run('DROP DATABASE db')).reason).toMatch(/not empty/);
  });

  it('prepares and executes, with parameters from USING or from the call', async () => {
    await sql.ok('PREPARE doubled FROM SELECT ? * 2 AS d, ? AS t');
    expect(await sql.values(`EXECUTE doubled USING 21, 'x'`)).toEqual([['42', 'x']]);
    expect(await sql.values('EXECUTE doubled', { ExecutionParameters: ['4', `'y'`] })).toEqual([['8', 'y']]);
    const named = { StatementName: 'doubled', WorkGroup: 'primary' };
    expect((await sql.client.send(new athena.GetPreparedStatementCommand(named))).PreparedStatement!.QueryStatement).toBe('SELECT ? * 2 AS d, ? AS t');
    await sql.ok('DEALLOCATE PREPARE doubled');
    expect(await failure(sql.client.send(new athena.GetPreparedStatementCommand(named)))).toMatch(/^ResourceNotFoundException/);
  });

  it('names what it does not do', async () => {
    expect((await sql.run('DELETE FROM ctas WHERE a = 1')).reason).toMatch(/^NOT_SUPPORTED: DELETE/);
    expect((await sql.run('CREATE TABLE ice (a int) LOCATION \'s3://secchi-results/ice/\' TBLPROPERTIES (\'table_type\'=\'ICEBERG\')')).reason).toMatch(/^NOT_SUPPORTED: .*ICEBERG/i);
    expect((await sql.run('SELEC 1')).reason).toMatch(/^SYNTAX_ERROR: line 1:1/);
    expect(await failure(sql.client.send(new athena.ListNotebookMetadataCommand({ WorkGroup: 'primary' })))).toMatch(/ListNotebookMetadata/);
  });
});

describe('metadata and named queries', () => {
  it('lists catalogs, databases and tables', async () => {
    const catalog = { CatalogName: 'AwsDataCatalog' };
    expect((await sql.client.send(new athena.ListDataCatalogsCommand({}))).DataCatalogsSummary!.map((c) => c.CatalogName)).toEqual(['AwsDataCatalog']);
    expect((await sql.client.send(new athena.ListDatabasesCommand(catalog))).DatabaseList!.map((d) => d.Name)).toEqual(['db', 'default']);
    const { TableMetadata } = await sql.client.send(new athena.GetTableMetadataCommand({ ...catalog, DatabaseName: 'db', TableName: 'ctas' }));
    expect(TableMetadata).toMatchObject({ TableType: 'EXTERNAL_TABLE', PartitionKeys: [{ Name: 'k' }], Parameters: { location: 's3://secchi-results/ctas/' } });
    expect((await sql.client.send(new athena.ListTableMetadataCommand({ ...catalog, DatabaseName: 'db', Expression: 'ct.*' }))).TableMetadataList!.map((t) => t.Name)).toEqual(['ctas']);
    expect(await failure(sql.client.send(new athena.GetDatabaseCommand({ ...catalog, DatabaseName: 'none' })))).toMatch(/^MetadataException: .*EntityNotFoundException/);
  });

  it('keeps named queries', async () => {
    const { NamedQueryId } = await sql.client.send(new athena.CreateNamedQueryCommand({ Name: 'n', Database: 'db', QueryString: 'SELECT 1', ClientRequestToken: randomUUID() }));
    await sql.client.send(new athena.UpdateNamedQueryCommand({ NamedQueryId, Name: 'm', QueryString: 'SELECT 2' }));
    expect((await sql.client.send(new athena.ListNamedQueriesCommand({}))).NamedQueryIds).toEqual([NamedQueryId]);
    expect((await sql.client.send(new athena.BatchGetNamedQueryCommand({ NamedQueryIds: [NamedQueryId!, 'x'] }))).NamedQueries![0]).toMatchObject({ Name: 'm', QueryString: 'SELECT 2', WorkGroup: 'primary' });
    await sql.client.send(new athena.DeleteNamedQueryCommand({ NamedQueryId }));
    expect(await failure(sql.client.send(new athena.GetNamedQueryCommand({ NamedQueryId })))).toMatch(/^InvalidRequestException/);
  });

  it('answers as the service model says', () => {
    expect(checking.violations).toEqual([]);
  });
});
