import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { outDir } from './serve.ts';

const lakeScript = path.join(outDir, 'lake.js');

export interface TestLake {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  /** For `new S3Client(…)`, `new GlueClient(…)`, …; path style concerns S3 only. */
  clientConfig: { endpoint: string; region: string; credentials: { accessKeyId: string; secretAccessKey: string }; forcePathStyle: true };
  dataDir: string;
  process: ChildProcess;
  /** Ends it in order; removes the data folder where this made it. */
  stop(): Promise<void>;
  /** SIGKILL; the data folder stays. */
  kill(): Promise<void>;
}

/**
 * Starts `out/lake.js` (built by `node build/build.mjs --node`) as a process of its own on a free port.
 * `dataDir`: an existing one, to start again on it; otherwise a new temporary folder. `empty` (the default here): no samples.
 */
export async function startLake(options: { empty?: boolean; dataDir?: string; port?: number } = {}): Promise<TestLake> {
  const dataDir = options.dataDir ?? (await mkdtemp(path.join(tmpdir(), 'secchi-lake-')));
  const args = ['--enable-source-maps', lakeScript, '--data-dir', dataDir, '--port', String(options.port ?? 0)];
  if (options.empty ?? true) args.push('--empty');
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let errors = '';
  child.stderr.on('data', (text: Buffer) => (errors += text.toString()));
  const { endpoint, region, ...credentials } = await firstLine(child, () => errors);
  return {
    endpoint,
    region,
    credentials,
    clientConfig: { endpoint, region, credentials, forcePathStyle: true },
    dataDir,
    process: child,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      if (options.dataDir === undefined) await rm(dataDir, { recursive: true, force: true });
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function firstLine(child: ChildProcess, errors: () => string): Promise<{ endpoint: string; region: string; accessKeyId: string; secretAccessKey: string }> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout!.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes('\n')) resolve(JSON.parse(text.slice(0, text.indexOf('\n'))) as never);
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The lake ended with ${code} before it was ready: ${errors()}`)));
  });
}
