import { randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ChecksumMode } from '../../../shared/contract/connections.ts';
import { BUCKET, ended, sha256, startTransferLab, type TransferLab } from '../../support/transfers.ts';

const MIB = 1024 * 1024;
let lab: TransferLab;
beforeAll(async () => void (lab = await startTransferLab()));
afterEach(() => lab.proxy.clear());
afterAll(() => lab.close());

const big = randomBytes(17 * MIB + 5);
const small = randomBytes(3000);

async function connect(checksums: ChecksumMode): Promise<string> {
  const { aws } = lab.backend.context;
  const { id } = await aws.create({ name: checksums, kind: 'keys', region: lab.lake.region, endpoint: lab.proxy.endpoint, checksums }, lab.lake.credentials);
  await aws.update(id, { readOnly: false });
  return id;
}
async function uploadBoth(connectionId: string, prefix: string) {
  const tree = path.join(await lab.folder(), 'tree');
  await mkdir(tree);
  await writeFile(path.join(tree, 'big'), big);
  await writeFile(path.join(tree, 'small'), small);
  const { grant } = await lab.backend.context.grants.grant(tree, 'read');
  const from = lab.proxy.seen.length;
  const { id } = await lab.handlers.upload({ input: { connectionId, bucket: BUCKET, prefix, grants: [grant], policy: 'overwrite', propose: false } });
  const transfer = await lab.until(id, ended);
  return { transfer, puts: lab.proxy.seen.slice(from).filter(({ method }) => method === 'PUT') };
}
async function download(connectionId: string, prefix: string) {
  const to = await lab.folder();
  const { grant } = await lab.backend.context.grants.grant(to, 'folder');
  const { id } = await lab.handlers.download({ input: { connectionId, bucket: BUCKET, keys: [], prefixes: [prefix], basePrefix: prefix, policy: 'ask', propose: false, grant } });
  return { transfer: await lab.until(id, ended), to };
}
const head = (key: string) => lab.s3.send(new HeadObjectCommand({ Bucket: BUCKET, Key: key, ChecksumMode: 'ENABLED' }));
const hasCrc = ({ headers }: { headers: object }) => 'x-amz-checksum-crc32' in headers;
const hasMd5 = ({ headers }: { headers: object }) => 'content-md5' in headers;

const expected: Record<ChecksumMode, { crc: boolean; md5: boolean; type: string | undefined; damage: 'failed' | 'done' }> = {
  full: { crc: true, md5: false, type: 'FULL_OBJECT', damage: 'failed' },
  parts: { crc: true, md5: false, type: 'COMPOSITE', damage: 'failed' },
  md5: { crc: false, md5: true, type: undefined, damage: 'failed' },
  none: { crc: false, md5: false, type: undefined, damage: 'done' },
};

describe.each(Object.entries(expected))('checksums: %s', (mode, { crc, md5, type, damage }) => {
  let connectionId: string;
  const prefix = `${mode}/`;
  beforeAll(async () => void (connectionId = await connect(mode as ChecksumMode)));

  test('uploads send what the server is to check by, and arrive', async () => {
    const { transfer, puts } = await uploadBoth(connectionId, prefix);
    expect(transfer).toMatchObject({ state: 'done', filesDone: 2, error: undefined });
    expect(puts).toHaveLength(4);
    expect([puts.every(hasCrc), puts.some(hasCrc)]).toEqual([crc, crc]);
    expect([puts.every(hasMd5), puts.some(hasMd5)]).toEqual([md5, md5]);
    // The lake itself gives an object without a checksum one of its own, as S3 does.
    if (type) expect((await head(`${prefix}tree/big`)).ChecksumType).toBe(type);
    expect(sha256(await lab.bytes(`${prefix}tree/big`))).toBe(sha256(big));
    expect(sha256(await lab.bytes(`${prefix}tree/small`))).toBe(sha256(small));
  });

  test('downloads arrive; FAULTS 8: one with a flipped bit is published only where nothing is checked', async () => {
    const { transfer, to } = await download(connectionId, `${prefix}tree/`);
    expect(transfer).toMatchObject({ state: 'done', filesDone: 2 });
    expect(sha256(await readFile(path.join(to, 'big')))).toBe(sha256(big));
    lab.proxy.add({ when: ({ method, url }) => method === 'GET' && url.includes('/small'), fault: { kind: 'corrupt', at: 11 } });
    const damaged = await download(connectionId, `${prefix}tree/`);
    expect(damaged.transfer.state).toBe(damage);
    expect((await readdir(damaged.to)).includes('small')).toBe(damage === 'done');
  });

  test('objects are deleted, which S3 wants a checksum for', async () => {
    const from = lab.proxy.seen.length;
    const { id } = await lab.handlers.delete({ input: { connectionId, bucket: BUCKET, keys: [], prefixes: [prefix] } });
    expect(await lab.until(id, ended)).toMatchObject({ state: 'done', filesDone: 2 });
    const [request] = lab.proxy.seen.slice(from).filter(({ method }) => method === 'POST');
    expect([hasMd5(request!), Object.keys(request!.headers).some((name) => name.startsWith('x-amz-checksum-'))]).toEqual([md5, !md5]);
  });
});
