import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { GetObjectCommand, HeadObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../renderer/client.ts';
import { NO_CHANGE } from '../../shared/objects/change.ts';
import { startInProcess, type InProcessBackend } from '../support/inProcessBackend.ts';
import { startMoto } from '../support/moto.ts';
import { missing } from '../support/peers.ts';
import { ended, untilTransfer } from '../support/transfers.ts';

const reason = missing('moto_server', ['--help']);

describe.skipIf(reason)(reason ?? 'undo of an overwrite on moto_server', () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let backend: InProcessBackend;
  let client: Client;
  let connectionId: string;
  let s3: S3Client;
  let folder: string;
  const bucket = 'versioned';

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'secchi-moto-'));
    [moto, backend] = await Promise.all([startMoto(), startInProcess()]);
    ({ client } = await backend.connect());
    ({ id: connectionId } = await client.connections.create({ name: 'moto', kind: 'keys', region: 'eu-west-1', endpoint: moto.endpoint, accessKeyId: 'AKIAMOTO', secretAccessKey: 'secret' }));
    await client.connections.update({ id: connectionId, readOnly: false });
    ({ s3 } = await backend.context.aws.clients(connectionId));
    await client.s3Bucket.create({ connectionId, bucket, versioning: true, objectLock: false, blockPublicAccess: false, tags: {} });
  });
  afterAll(async () => {
    await backend?.stop();
    moto?.stop();
    await rm(folder, { recursive: true, force: true });
  });
  const put = (Key: string, Body: string, more: object = {}) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body, ...more }));
  const text = async (Key: string) => (await s3.send(new GetObjectCommand({ Bucket: bucket, Key }))).Body!.transformToString();
  const done = async ({ id }: { id: string }) => untilTransfer(() => client.transfers.list(), id, ended);
  const undo = async (of: { id: string }) => done(await client.transfers.undo({ id: of.id }));

  it('an upload', async () => {
    await put('up.txt', 'old', { ContentType: 'text/x-old', Metadata: { who: 'me' } });
    await writeFile(path.join(folder, 'up.txt'), 'new');
    const { grant } = await client.app.grantPath({ path: path.join(folder, 'up.txt'), for: 'read' });
    const uploaded = await done(await client.transfers.upload({ connectionId, bucket, prefix: '', grants: [grant], policy: 'overwrite' }));
    expect(uploaded).toMatchObject({ state: 'done', replaced: 1 });
    expect(await text('up.txt')).toBe('new');
    expect(await undo(uploaded)).toMatchObject({ state: 'done', filesDone: 1 });
    expect(await text('up.txt')).toBe('old');
    expect(await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'up.txt' }))).toMatchObject({ ContentType: 'text/x-old', Metadata: { who: 'me' } });
  });

  it('a move; what somebody wrote since stays', async () => {
    for (const name of ['a', 'b']) {
      await put(`from/${name}`, `moved ${name}`);
      await put(`to/${name}`, `was ${name}`);
    }
    const moved = await done(await client.transfers.copy({ connectionId, bucket, toBucket: bucket, keys: ['from/a', 'from/b'], prefixes: [], basePrefix: 'from/', toPrefix: 'to/', move: true, policy: 'overwrite' }));
    expect(moved).toMatchObject({ state: 'done', replaced: 2 });
    await put('to/b', 'theirs');
    expect(await undo(moved)).toMatchObject({ state: 'failed', filesDone: 1, filesFailed: 1, error: { code: 'Conflict' } });
    expect([await text('to/a'), await text('from/a'), await text('to/b')]).toEqual(['was a', 'moved a', 'theirs']);
  });

  it('an edit', async () => {
    await put('edited', 'x', { Metadata: { owner: 'me' } });
    const edited = await done(await client.transfers.edit({ connectionId, bucket, objects: [{ key: 'edited' }], change: { ...NO_CHANGE, metadata: { owner: 'you' } } }));
    expect(edited).toMatchObject({ state: 'done', replaced: 1 });
    expect(await undo(edited)).toMatchObject({ state: 'done', filesDone: 1 });
    expect(await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'edited' }))).toMatchObject({ Metadata: { owner: 'me' } });
  });
});
