import { spawn, type ChildProcess } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { CreateTableCommand, BatchCreatePartitionCommand, CreateDatabaseCommand, UpdateTableCommand } from '@aws-sdk/client-glue';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../renderer/client.ts';
import { PLAIN_BUCKET } from '../support/buckets.ts';
import { eventually } from '../support/eventually.ts';
import { startInProcess, type InProcessBackend } from '../support/inProcessBackend.ts';
import { missing } from '../support/peers.ts';
import { ended, untilTransfer } from '../support/transfers.ts';

const reason = missing('moto_server', ['--help']);

/** A port nobody uses now: moto_server does not say which one it got. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/**
 * The app's services against another implementation of AWS than our own. Exceptions: moto's Athena answers queries with
 * canned rows, so runs and results are not tested here.
 */
describe.skipIf(reason)(reason ?? 'the services on moto_server', () => {
  let moto: ChildProcess;
  let backend: InProcessBackend;
  let client: Client;
  let connectionId: string;

  beforeAll(async () => {
    const port = await freePort();
    moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    const endpoint = `http://127.0.0.1:${port}`;
    await eventually(() => fetch(`${endpoint}/moto-api/`).then(({ ok }) => ok, () => false), 60_000);
    backend = await startInProcess();
    ({ client } = await backend.connect());
    ({ id: connectionId } = await client.connections.create({ name: 'moto', kind: 'keys', region: 'eu-west-1', endpoint, accessKeyId: 'AKIAMOTO', secretAccessKey: 'secret' }));
    await client.connections.update({ id: connectionId, readOnly: false });
  });
  afterAll(async () => {
    await backend?.stop();
    moto?.kill();
  });

  it('says who one is', async () => {
    expect(await client.connections.identity({ connectionId })).toMatchObject({ account: '123456789012', region: 'eu-west-1' });
  });

  it('FAULTS 5: lists hostile keys exactly, page by page, and shows details', async () => {
    await client.s3Bucket.create({ connectionId, bucket: 'peer', ...PLAIN_BUCKET });
    const { s3 } = await backend.context.aws.clients(connectionId);
    const keys = ['a b', 'a+b', 'a%20b', 'x&y<z>', 'é', '🪣', 'sub/deep'];
    for (const key of keys) await s3.send(new PutObjectCommand({ Bucket: 'peer', Key: key, Body: 'abc', Metadata: { m: '1' }, Tagging: 't=v' }));
    const listed: string[] = [];
    let token: string | undefined;
    do {
      const page = await client.s3.list({ connectionId, bucket: 'peer', delimiter: '', max: 3, token });
      listed.push(...page.keys);
      token = page.nextToken;
    } while (token);
    expect(listed.sort()).toEqual(keys.sort());
    expect((await client.s3.list({ connectionId, bucket: 'peer' })).prefixes).toEqual(['sub/']);
    expect(await client.s3Objects.sheet({ connectionId, bucket: 'peer', key: 'a+b' })).toMatchObject({ size: 3, metadata: { m: '1' }, tags: { t: 'v' } });
    expect(await client.s3.count({ connectionId, bucket: 'peer', prefixes: [''], keys: [] })).toEqual({ objects: 7, bytes: 21, complete: true });
    expect(await client.s3.buckets({ connectionId })).toMatchObject([{ name: 'peer' }]);
  });

  it('USERS 5: an edit of one header keeps metadata, tags, class and encryption', async () => {
    const { s3 } = await backend.context.aws.clients(connectionId);
    const key = 'sub/edited';
    await s3.send(new PutObjectCommand({ Bucket: 'peer', Key: key, Body: 'abc', ContentType: 'text/csv', ContentLanguage: 'ko', Metadata: { m: '1' }, Tagging: 't=v', StorageClass: 'STANDARD_IA', ServerSideEncryption: 'AES256' }));
    const look = () => client.s3Objects.sheet({ connectionId, bucket: 'peer', key });
    const before = await look();
    expect(before).toMatchObject({ acl: 'owner', metadata: { m: '1' }, tags: { t: 'v' }, archive: { storageClass: 'STANDARD_IA' }, encryption: { algorithm: 'AES256' } });
    const { id } = await client.transfers.edit({ connectionId, bucket: 'peer', objects: [{ key, seen: { etag: before.etag, modified: before.modified } }], change: { headers: { cacheControl: 'no-store' }, metadata: { name: '데이터' }, tags: { more: 'x' } } });
    expect(await untilTransfer(() => client.transfers.list(), id, ended)).toMatchObject({ state: 'done', filesDone: 1 });
    expect(await look()).toEqual({ ...before, modified: expect.any(String), headers: { ...before.headers, cacheControl: 'no-store' }, metadata: { m: '1', name: '데이터' }, tags: { t: 'v', more: 'x' } });
  });

  it('names what is not there, and what is in use', async () => {
    await expect(client.s3.list({ connectionId, bucket: 'nope' })).rejects.toMatchObject({ code: 'NotFound', awsCode: 'NoSuchBucket' });
    await expect(client.s3Objects.sheet({ connectionId, bucket: 'peer', key: 'nope' })).rejects.toMatchObject({ code: 'NotFound' });
    await expect(client.s3.deleteBucket({ connectionId, bucket: 'peer' })).rejects.toMatchObject({ code: 'Conflict', awsCode: 'BucketNotEmpty' });
    await expect(client.catalog.table({ connectionId, database: 'no', table: 'pe' })).rejects.toMatchObject({ code: 'NotFound', awsCode: 'EntityNotFoundException' });
  });

  it('reads the Glue catalog: databases, tables, partitions, versions', async () => {
    const { glue } = await backend.context.aws.clients(connectionId);
    await glue.send(new CreateDatabaseCommand({ DatabaseInput: { Name: 'raw', Description: 'as it came' } }));
    await client.catalog.createDatabase({ connectionId, database: 'made' });
    const TableInput = {
      Name: 'events',
      TableType: 'EXTERNAL_TABLE',
      PartitionKeys: [{ Name: 'day', Type: 'string' }],
      StorageDescriptor: { Columns: [{ Name: 'id', Type: 'bigint' }], Location: 's3://peer/events/', SerdeInfo: { SerializationLibrary: 'org.openx.data.jsonserde.JsonSerDe' } },
    };
    await glue.send(new CreateTableCommand({ DatabaseName: 'raw', TableInput }));
    await glue.send(new UpdateTableCommand({ DatabaseName: 'raw', TableInput: { ...TableInput, Description: 'two' } }));
    await glue.send(
      new BatchCreatePartitionCommand({
        DatabaseName: 'raw',
        TableName: 'events',
        PartitionInputList: ['2026-01-01', '2026-01-02'].map((day) => ({ Values: [day], StorageDescriptor: { Location: `s3://peer/events/day=${day}/` } })),
      }),
    );
    const at = { connectionId, database: 'raw', table: 'events' };
    expect((await client.catalog.databases({ connectionId })).databases.map(({ name }) => name).sort()).toEqual(['made', 'raw']);
    expect((await client.catalog.tables({ connectionId, database: 'raw' })).tables).toEqual([{ name: 'events', kind: 'table', columns: 2, partitionKeys: 1 }]);
    expect(await client.catalog.table(at)).toMatchObject({ format: 'JSON', description: 'two', partitionKeys: [{ name: 'day' }] });
    expect((await client.catalog.partitions(at)).partitions.map(({ values }) => values[0]).sort()).toEqual(['2026-01-01', '2026-01-02']);
    expect((await client.catalog.partitions({ ...at, expression: "day = '2026-01-02'" })).partitions).toHaveLength(1);
    expect((await client.catalog.versions(at)).versions).toHaveLength(2);
    expect(await client.catalog.covering({ connectionId, bucket: 'peer', prefix: 'events/day=2026-01-02/x.json' })).toEqual({ database: 'raw', table: 'events', partition: ['2026-01-02'] });
    expect((await client.catalog.search({ connectionId, text: 'EVENT' })).map(({ table }) => table)).toEqual(['events']);
  });

  it('lists the data catalogs and the workgroups of Athena', async () => {
    expect((await client.catalog.catalogs({ connectionId }))[0]).toMatchObject({ name: 'AwsDataCatalog' });
    expect((await client.runs.workgroups({ connectionId })).map(({ name }) => name)).toContain('primary');
  });
});
