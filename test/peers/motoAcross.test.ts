import { randomBytes } from 'node:crypto';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SyncPlace } from '../../shared/contract/sync.ts';
import { startMoto } from '../support/moto.ts';
import { connectStore, OTHER, type OtherStore } from '../support/otherLake.ts';
import { missing } from '../support/peers.ts';
import { below, startSyncLab, type SyncLab } from '../support/syncLab.ts';
import { sha256 } from '../support/transfers.ts';

const MIB = 1024 * 1024;
const reason = missing('moto_server', ['--help']);

describe.skipIf(reason)(`a sync between a lake and moto ${reason ?? ''}`, () => {
  let lab: SyncLab;
  let moto: Awaited<ReturnType<typeof startMoto>>;
  let other: OtherStore;
  beforeAll(async () => {
    lab = await startSyncLab();
    moto = await startMoto();
    other = await connectStore(lab, { endpoint: moto.endpoint, region: 'us-east-1', credentials: { accessKeyId: 'AKIAMOTO', secretAccessKey: 'secret' } });
  }, 90_000);
  afterAll(async () => {
    await other.close();
    moto.stop();
    await lab.close();
  });
  const there = (prefix: string): SyncPlace => ({ kind: 'bucket', connectionId: other.connectionId, bucket: OTHER, prefix });

  it('both ways: bytes and metadata are the same, and nothing is planned after', async () => {
    const files = new Map([['a b/+%.csv', randomBytes(2000)], ['large.bin', randomBytes(21 * MIB + 3)], ['한글/empty.txt', Buffer.alloc(0)]]);
    for (const [name, bytes] of files) await lab.put(`one/${name}`, bytes, { Metadata: { from: 'lake' }, ContentType: 'text/x-test' });
    expect(await lab.carryOut(await lab.plan(below('one/'), there('two/')))).toMatchObject({ state: 'done', filesDone: 3, error: undefined });
    for (const [name, bytes] of files) expect(sha256(await other.bytes(`two/${name}`)), name).toBe(sha256(bytes));
    expect(await other.s3.send(new HeadObjectCommand({ Bucket: OTHER, Key: 'two/large.bin' }))).toMatchObject({ Metadata: { from: 'lake' }, ContentType: 'text/x-test' });
    expect(await lab.keysByKind(await lab.plan(below('one/'), there('two/')))).toEqual({ same: [...files.keys()] });

    expect(await lab.carryOut(await lab.plan(there('two/'), below('three/')))).toMatchObject({ state: 'done', filesDone: 3, error: undefined });
    for (const [name, bytes] of files) expect(sha256(await lab.bytes(`three/${name}`)), name).toBe(sha256(bytes));
    expect(await lab.keysByKind(await lab.plan(there('two/'), below('three/')))).toEqual({ same: [...files.keys()] });
    expect(await other.openUploads()).toBe(0);
  }, 120_000);
});
