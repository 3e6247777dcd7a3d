import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startBackend } from '../../support/backend.ts';
import { eventually } from '../../support/eventually.ts';
import { proxiedLake } from '../../support/proxiedLake.ts';
import { ended, untilTransfer } from '../../support/transfers.ts';

const MIB = 1024 * 1024;

/** Why no small disk can be had here; undefined where it can. */
function noSmallDisk(): string | undefined {
  try {
    execFileSync('unshare', ['-rm', 'sh', '-c', 'mount -t tmpfs -o size=1m tmpfs /mnt'], { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `skipped: no tmpfs in a user namespace here (${(error as Error).message.split('\n')[0]})`;
  }
}
const reason = noSmallDisk();

/** Mounts 16 MiB at $1; fills 8 of them when $2/fill appears, and tells what is on it when $2/look does. */
const script = `
mount -t tmpfs -o size=16m tmpfs "$1" || exit 9
at=$1 signs=$2; shift 2
(
  while [ ! -e "$signs/fill" ]; do sleep 0.05; done
  head -c 8388608 /dev/zero > "$at/filler"; touch "$signs/filled"
  while [ ! -e "$signs/look" ]; do sleep 0.05; done
  ls -A "$at" > "$signs/listing.part"; mv "$signs/listing.part" "$signs/listing"
) > /dev/null 2>&1 &
exec "$@"`;

describe.skipIf(reason)(reason ?? 'a disk that fills up', () => {
  test('FAULTS 11: in the middle of a download: it stops, cleans up, and says how many bytes it needs', async () => {
    const { proxy, s3, env } = await proxiedLake();
    await s3.send(new CreateBucketCommand({ Bucket: 'full' }));
    await s3.send(new PutObjectCommand({ Bucket: 'full', Key: 'big.bin', Body: randomBytes(12 * MIB) }));
    const folder = await mkdtemp(path.join(tmpdir(), 'secchi-full-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const [disk, signs, dataDir] = ['disk', 'signs', 'data'].map((name) => path.join(folder, name)) as [string, string, string];
    for (const at of [disk, signs, dataDir]) await mkdir(at);
    const sign = (name: string) => writeFile(path.join(signs, name), '');
    const seen = (name: string) => eventually(() => readFile(path.join(signs, name), 'utf8').then((text) => [text], () => undefined), 30_000);

    const backend = await startBackend({ dataDir, env, under: ['unshare', '-rm', 'sh', '-c', script, 'sh', disk, signs] });
    onTestFinished(() => backend.stop());
    const { id: connectionId } = await backend.client.connections.create({ name: 'Proxied', kind: 'environment', region: 'us-east-1', endpoint: proxy.endpoint });

    // Of two ranges the second is held until the disk is full.
    proxy.add({ when: ({ headers }) => String(headers.range ?? '').startsWith('bytes=8388608-'), fault: { kind: 'delay', ms: 600_000 } });
    const { grant } = await backend.client.app.grantPath({ path: disk, for: 'folder' });
    const { id } = await backend.client.transfers.download({ connectionId, bucket: 'full', keys: ['big.bin'], prefixes: [], basePrefix: '', grant, policy: 'overwrite' });
    const list = () => backend.client.transfers.list();
    await untilTransfer(list, id, ({ bytesDone }) => bytesDone >= 8 * MIB);
    await sign('fill');
    await seen('filled');
    proxy.clear();
    await proxy.down(); // what is held is broken, and asked for again
    await proxy.up();
    const failed = await untilTransfer(list, id, ended, 60_000);
    expect(failed).toMatchObject({ state: 'failed', filesDone: 0, error: { code: 'DiskFull', message: expect.stringMatching(/: 12582912 bytes are needed, \d+ are free/) } });
    await sign('look');
    expect((await seen('listing'))[0]!.trim()).toBe('filler');
  });
});
