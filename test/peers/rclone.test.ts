import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHostileFiles, treeOf } from '../support/hostileFiles.ts';
import { startLake, type TestLake } from '../support/lake.ts';
import { missing, peer } from '../support/peers.ts';

const reason = missing('rclone', ['version']);

describe.skipIf(reason)(reason ?? 'rclone on the local lake', () => {
  let lake: TestLake;
  let dir: string;
  beforeAll(async () => {
    lake = await startLake();
    dir = await mkdtemp(path.join(tmpdir(), 'secchi-rclone-'));
  });
  afterAll(async () => {
    await lake?.stop();
    if (dir) await rm(dir, { recursive: true, force: true });
  });
  // As for Amazon S3: listings are URL-encoded, because XML 1.0 cannot hold control characters.
  const rclone = (...args: string[]) =>
    peer(lake, 'rclone', [...args, '--config', '/dev/null', '--s3-encoding', 'None', '--no-unicode-normalization', '--s3-list-version', '2', '--s3-list-url-encode=true', '--transfers', '16', '--checkers', '16'], {
      env: { RCLONE_CONFIG_LAKE_TYPE: 's3', RCLONE_CONFIG_LAKE_PROVIDER: 'Other', RCLONE_CONFIG_LAKE_ENV_AUTH: 'true', RCLONE_CONFIG_LAKE_ENDPOINT: lake.endpoint, RCLONE_CONFIG_LAKE_REGION: lake.region },
    });

  it('FAULTS 5: syncs 1,000 files with hostile names there and back to an identical tree, and finds no difference', async () => {
    const [from, to] = [path.join(dir, 'from'), path.join(dir, 'to')];
    await mkdir(to);
    await makeHostileFiles(from, 1000);
    await writeFile(path.join(from, 'large'), randomBytes(20 * 2 ** 20));
    await rclone('mkdir', 'LAKE:clone');
    await rclone('sync', from, 'LAKE:clone/sync', '--s3-upload-cutoff', '8Mi', '--s3-chunk-size', '5Mi');
    await rclone('sync', 'LAKE:clone/sync', to);
    expect(await treeOf(to)).toEqual(await treeOf(from));
    await rclone('check', from, 'LAKE:clone/sync');
    await rclone('copyto', 'LAKE:clone/sync/large', 'LAKE:clone/copy');
    await rclone('purge', 'LAKE:clone');
  });
});
