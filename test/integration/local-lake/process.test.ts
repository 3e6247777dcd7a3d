import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startLocalLake } from '../../../electron/local-lake/start.ts';
import { nodeStartChild, type RawChild } from '../../../electron/processes/parent.ts';
import { startLake } from '../../support/lake.ts';

const outDir = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../../out');
const run = promisify(execFile);
let dataDir: string;
beforeEach(async () => void (dataDir = await mkdtemp(path.join(tmpdir(), 'secchi-lake-process-'))));
afterEach(() => rm(dataDir, { recursive: true, force: true }));

it('makes its credentials once, for its owner only, and knows who they belong to', async () => {
  const lake = await startLake({ dataDir });
  const { accessKeyId, secretAccessKey } = lake.credentials;
  const file = path.join(dataDir, 'lake', 'credentials.json');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ accessKeyId, secretAccessKey });
  const sts = new STSClient(lake.clientConfig);
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({ Account: '000000000000', Arn: 'arn:aws:iam::000000000000:user/you' });
  const stranger = new STSClient({ ...lake.clientConfig, credentials: { ...lake.credentials, secretAccessKey: 'wrong' }, maxAttempts: 1 });
  await expect(stranger.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'SignatureDoesNotMatch' });
  await lake.stop();
  const again = await startLake({ dataDir });
  expect(again.credentials).toEqual({ accessKeyId, secretAccessKey });
  await again.stop();
});

it('FAULTS 27: a second lake on the same folder says so and ends; so does one on a taken port', async () => {
  const lake = await startLake({ dataDir });
  const second = (...args: string[]) => run(process.execPath, [path.join(outDir, 'lake.js'), ...args]);
  await expect(second('--data-dir', dataDir)).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining(`Another process is serving the lake in ${dataDir}`) });
  const other = path.join(dataDir, 'other');
  await expect(second('--data-dir', other, '--port', new URL(lake.endpoint).port)).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('is in use by another program') });
  await expect(second()).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('usage:') });
  await expect(second('--data-dir', other, '--port', 'x')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('not a port number') });
  await lake.stop();
});

it('as a child of the app it starts again on the same port when it dies', async () => {
  const children: RawChild[] = [];
  const start = nodeStartChild(outDir);
  const lake = startLocalLake({
    dataDir,
    empty: true,
    startChild: (name, args) => {
      const child = start(name, args);
      children.push(child);
      return child;
    },
  });
  const states: string[] = [];
  lake.onChange((state) => states.push(state.state));
  const { endpoint, ...credentials } = await lake.address;
  await expect.poll(() => lake.current().state, { timeout: 20_000 }).toBe('ready');
  children[0]!.kill();
  await expect.poll(() => states, { timeout: 20_000 }).toContain('starting');
  expect((await lake.address).endpoint).toBe(endpoint);
  const s3 = new S3Client({ endpoint, region: 'us-east-1', credentials, forcePathStyle: true });
  await s3.send(new ListBucketsCommand({}));
  s3.destroy();
  await lake.close();
  await expect.poll(() => isAlive(children.at(-1)!.pid!), { timeout: 20_000 }).toBe(false);
});

it('as a child of the app it reports a folder that is taken instead of trying for ever', async () => {
  const lake = await startLake({ dataDir });
  const second = startLocalLake({ dataDir, empty: true, startChild: nodeStartChild(outDir) });
  await expect(second.address).rejects.toMatchObject({ code: 'Conflict' });
  expect(second.current()).toMatchObject({ state: 'failed', message: expect.stringContaining('Another process') });
  await second.close();
  await lake.stop();
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
