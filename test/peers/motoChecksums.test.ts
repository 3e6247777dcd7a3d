import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { transfersHandlers } from '../../electron/services/transfers/index.ts';
import { SyncPlans } from '../../electron/transfers/sync/plans.ts';
import { checksumMode } from '../../shared/contract/connections.ts';
import { testContext, type TestContext } from '../support/context.ts';
import { startMoto } from '../support/moto.ts';
import { missing } from '../support/peers.ts';
import { ended, sha256, untilTransfer } from '../support/transfers.ts';

const reason = missing('moto_server', ['--help']);
const credentials = { accessKeyId: 'k', secretAccessKey: 's' };

describe.skipIf(reason)(`checksum modes against moto${reason ? ` (${reason})` : ''}`, () => {
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let backend: TestContext;
  let service: ReturnType<typeof transfersHandlers>;
  let s3: S3Client;
  let folder: string;

  beforeAll(async () => {
    moto = await startMoto();
    s3 = new S3Client({ endpoint: moto.endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'modes' }));
    backend = await testContext({ endpoint: moto.endpoint, region: 'us-east-1', ...credentials });
    service = transfersHandlers(backend.context, new SyncPlans(backend.context), { attempts: 2, firstWait: 50 });
    folder = await mkdtemp(path.join(tmpdir(), 'secchi-modes-'));
  });
  afterAll(async () => {
    await service?.close();
    await backend?.close();
    moto?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  test.each(checksumMode.options)('%s: there, back and deleted', async (checksums) => {
    const { id: connectionId } = await backend.context.aws.create({ name: checksums, kind: 'keys', region: 'us-east-1', endpoint: moto.endpoint, checksums }, credentials);
    await backend.context.aws.update(connectionId, { readOnly: false });
    const [tree, back] = [path.join(folder, checksums), path.join(folder, `${checksums}-back`)];
    await mkdir(tree);
    await mkdir(back);
    const files = { big: randomBytes(17 * 1024 * 1024), small: randomBytes(2000) };
    for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(tree, name), bytes);
    const at = { connectionId, bucket: 'modes' };
    const end = (id: string) => untilTransfer(() => service.handlers.list({ input: undefined }), id, ended, 60_000);
    const { grants } = backend.context;
    const up = await service.handlers.upload({ input: { ...at, prefix: '', grants: [(await grants.grant(tree, 'read')).grant], policy: 'overwrite', propose: false } });
    expect(await end(up.id)).toMatchObject({ state: 'done', error: undefined });
    const down = await service.handlers.download({ input: { ...at, keys: [], prefixes: [`${checksums}/`], basePrefix: `${checksums}/`, policy: 'overwrite', propose: false, grant: (await grants.grant(back, 'folder')).grant } });
    expect(await end(down.id)).toMatchObject({ state: 'done', error: undefined });
    for (const [name, bytes] of Object.entries(files)) expect(sha256(await readFile(path.join(back, name)))).toBe(sha256(bytes));
    const gone = await service.handlers.delete({ input: { ...at, keys: [], prefixes: [`${checksums}/`] } });
    expect(await end(gone.id)).toMatchObject({ state: 'done', filesDone: 2 });
    expect((await s3.send(new ListObjectsV2Command({ Bucket: 'modes', Prefix: `${checksums}/` }))).KeyCount).toBe(0);
  }, 120_000);
});
