import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeHostileFiles, treeOf } from '../support/hostileFiles.ts';
import { startLake, type TestLake } from '../support/lake.ts';
import { missing, peer } from '../support/peers.ts';

const reason = missing('aws', ['--version']);

describe.skipIf(reason)(reason ?? 'awscli on the local lake', () => {
  let lake: TestLake;
  let dir: string;
  beforeAll(async () => {
    lake = await startLake();
    dir = await mkdtemp(path.join(tmpdir(), 'secchi-awscli-'));
    await aws('s3', 'mb', 's3://cli');
  });
  afterAll(async () => {
    await lake?.stop();
    if (dir) await rm(dir, { recursive: true, force: true });
  });
  const aws = (...args: string[]) => peer(lake, 'aws', args, { cwd: dir });

  it('knows who it is', async () => {
    expect(JSON.parse(await aws('sts', 'get-caller-identity'))).toMatchObject({ Account: '000000000000', Arn: 'arn:aws:iam::000000000000:user/you' });
  });

  it('FAULTS 5: syncs 1,000 files with hostile names there and back to an identical tree', async () => {
    const [from, to] = [path.join(dir, 'from'), path.join(dir, 'to')];
    await mkdir(to);
    await makeHostileFiles(from, 1000);
    const tree = await treeOf(from);
    expect(tree).toHaveLength(1000);
    await aws('s3', 'sync', '--quiet', from, 's3://cli/sync');
    await aws('s3', 'sync', '--quiet', 's3://cli/sync', to);
    expect(await treeOf(to)).toEqual(tree);
    expect(await aws('s3', 'sync', '--size-only', from, 's3://cli/sync')).toBe(''); // nothing is left to do
    const listed = JSON.parse(await aws('s3api', 'list-objects-v2', '--bucket', 'cli', '--prefix', 'sync/', '--page-size', '100')) as { Contents: unknown[] };
    expect(listed.Contents).toHaveLength(1000);
    await aws('s3', 'rm', '--quiet', '--recursive', 's3://cli/sync');
    expect(await aws('s3', 'ls', 's3://cli', '--recursive')).toBe('');
  });

  it('uploads in parts, copies, moves, presigns and downloads exactly', async () => {
    const file = path.join(dir, 'big');
    const bytes = randomBytes(30 * 2 ** 20 + 17);
    await writeFile(file, bytes);
    await aws('s3', 'cp', '--quiet', file, 's3://cli/big', '--metadata', 'k=v', '--content-type', 'text/x', '--storage-class', 'STANDARD_IA');
    const head = JSON.parse(await aws('s3api', 'head-object', '--bucket', 'cli', '--key', 'big')) as object;
    expect(head).toMatchObject({ ContentLength: bytes.length, Metadata: { k: 'v' }, ContentType: 'text/x', StorageClass: 'STANDARD_IA', ETag: expect.stringMatching(/-4"$/) });
    await aws('s3', 'cp', '--quiet', 's3://cli/big', 's3://cli/copied');
    await aws('s3', 'mv', '--quiet', 's3://cli/copied', 's3://cli/moved');
    await aws('s3', 'cp', '--quiet', 's3://cli/moved', path.join(dir, 'back'));
    expect((await readFile(path.join(dir, 'back'))).equals(bytes)).toBe(true);
    const url = (await aws('s3', 'presign', 's3://cli/moved', '--expires-in', '60')).trim();
    const got = Buffer.from(await (await fetch(url)).arrayBuffer());
    expect(createHash('sha256').update(got).digest('hex')).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect((await fetch(url.replace('moved', 'big'))).status).toBe(403);
    await aws('s3api', 'get-object', '--bucket', 'cli', '--key', 'big', '--range', 'bytes=10-19', path.join(dir, 'piece'));
    expect((await readFile(path.join(dir, 'piece'))).equals(bytes.subarray(10, 20))).toBe(true);
  });

  it('streams from standard input, tags, lists uploads and buckets, and removes a bucket', async () => {
    await aws('s3api', 'put-object', '--bucket', 'cli', '--key', 'tagged', '--tagging', 'a=b', '--checksum-algorithm', 'SHA256', '--body', 'big');
    expect(JSON.parse(await aws('s3api', 'get-object-tagging', '--bucket', 'cli', '--key', 'tagged'))).toEqual({ TagSet: [{ Key: 'a', Value: 'b' }] });
    const attributes = JSON.parse(await aws('s3api', 'get-object-attributes', '--bucket', 'cli', '--key', 'tagged', '--object-attributes', 'ObjectSize', 'Checksum')) as object;
    expect(attributes).toMatchObject({ Checksum: { ChecksumSHA256: expect.any(String) } });
    await aws('s3api', 'create-multipart-upload', '--bucket', 'cli', '--key', 'unfinished');
    expect(JSON.parse(await aws('s3api', 'list-multipart-uploads', '--bucket', 'cli'))).toMatchObject({ Uploads: [{ Key: 'unfinished' }] });
    await expect(aws('s3', 'rb', 's3://cli')).rejects.toThrow(/BucketNotEmpty/);
    await expect(aws('s3', 'cp', 's3://cli/absent', dir)).rejects.toThrow(/404|Not Found/);
    await expect(aws('s3api', 'put-bucket-website', '--bucket', 'cli', '--website-configuration', '{"IndexDocument":{"Suffix":"i"}}')).rejects.toThrow(/NotImplemented/);
    await aws('s3', 'rb', '--force', 's3://cli');
    await aws('s3', 'mb', 's3://versions-cli');
    await aws('s3api', 'put-bucket-versioning', '--bucket', 'versions-cli', '--versioning-configuration', 'Status=Enabled');
    await aws('s3', 'cp', 'big', 's3://versions-cli/k');
    await aws('s3', 'rm', 's3://versions-cli/k');
    expect(JSON.parse(await aws('s3api', 'list-object-versions', '--bucket', 'versions-cli'))).toMatchObject({ Versions: [{ Key: 'k', IsLatest: false }], DeleteMarkers: [{ Key: 'k', IsLatest: true }] });
    expect(await aws('s3', 'ls')).not.toContain(' cli');
  });
});
