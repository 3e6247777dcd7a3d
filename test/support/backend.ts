import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Client } from '../../renderer/client.ts';
import { clientOverLink } from '../../renderer/websocketLink.ts';
import { linkTo } from './inProcessBackend.ts';
import type { TestLake } from './lake.ts';
import { startBundle } from './serve.ts';

export interface StartBackendOptions {
  /** A folder of an earlier backend, to start again on it. Default: a new one, removed by `stop`. */
  dataDir?: string;
  /** Without sample data (the default: quick). */
  empty?: boolean;
  /** Wait until the sample data is there. Default: where not `empty`. */
  filled?: boolean;
  env?: NodeJS.ProcessEnv;
  /** A command that executes the backend's. */
  under?: string[];
}

export interface TestBackend {
  client: Client;
  /** The address as printed, with its key. */
  url: string;
  origin: string;
  dataDir: string;
  /** A session token, for PUTs to tickets. */
  token: string;
  pid: number;
  /** Ends it as a user does, and waits. */
  stop(options?: { keepData?: boolean }): Promise<void>;
  /** kill -9, and waits. The data folder stays. */
  kill(): Promise<void>;
}

/** Exchanges the key of an address for a session token, as the page does. */
export async function openSession(url: string): Promise<string> {
  const { origin, hash } = new URL(url);
  const key = new URLSearchParams(hash.slice(1)).get('key');
  const response = await fetch(`${origin}/session`, { method: 'POST', headers: { origin }, body: JSON.stringify({ key }) });
  if (!response.ok) throw new Error(`POST /session answered ${response.status}`);
  return ((await response.json()) as { token: string }).token;
}

/** The real backend, in its own process, with its real local lake, and a typed client over a real WebSocket. */
export async function startBackend({ dataDir, empty = true, filled = !empty, env, under }: StartBackendOptions = {}): Promise<TestBackend> {
  const folder = dataDir ?? (await mkdtemp(path.join(tmpdir(), 'secchi-backend-')));
  const served = await startBundle('serve', ['--no-open', '--data-dir', folder, ...(empty ? ['--empty'] : [])], { env, under });
  const url = served.ready.url!;
  const { origin } = new URL(url);
  const token = await openSession(url);
  const link = linkTo(origin, async () => token);
  await link.opened();
  const client = clientOverLink(link);
  const stop = async (keepData: boolean) => {
    link.close();
    await served.stop();
    if (!keepData) await rm(folder, { recursive: true, force: true });
  };
  if (filled) {
    for await (const { state, message } of await client.app.watchLocalLake()) {
      if (state !== 'failed') continue;
      await stop(dataDir !== undefined);
      throw new Error(`The local lake failed: ${message}`);
    }
  }
  return {
    client,
    url,
    origin,
    dataDir: folder,
    token,
    pid: served.child.pid!,
    stop: ({ keepData = dataDir !== undefined } = {}) => stop(keepData),
    async kill() {
      link.close();
      await served.kill();
    },
  };
}

/** A read-only connection by keys from the backend to another lake. Returns its id. */
export async function keysConnection({ client }: TestBackend, { endpoint, region, credentials }: Pick<TestLake, 'endpoint' | 'region' | 'credentials'>): Promise<string> {
  const { id } = await client.connections.create({ name: 'Another lake', kind: 'keys', region, endpoint, ...credentials });
  return id;
}
