import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startBundle } from '../support/serve.ts';
import { compare, median, seconds, type Bench } from './measure.ts';

const RUNS = 5;
const PEER = 'moto_server';

/**
 * From the command to the first answered request: the whole app (backend, page and local lake) and the local lake alone,
 * against moto's server, another AWS endpoint for one machine. Both on an empty folder.
 */
export const bench: Bench = async (report) => {
  // It knows no --version.
  const peer = spawnSync(PEER, ['--help'], { stdio: 'ignore' }).status === 0 ? await medianOf(motoAnswers) : null;
  const lake = await medianOf(() => answers('lake', 'endpoint'));
  const app = await medianOf(() => answers('serve', 'url'));
  const note = `median of ${RUNS}`;
  report(compare('startup.lake', 's', lake, peer, PEER, note));
  report(compare('startup.app', 's', app, peer, PEER, note));
};

async function medianOf(once: () => Promise<number>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) times.push(await once());
  return median(times);
}

async function answers(name: 'lake' | 'serve', address: string): Promise<number> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'secchi-startup-'));
  let stop: () => Promise<void> = async () => undefined;
  try {
    return await seconds(async () => {
      const process = await startBundle(name, ['--port', '0', '--data-dir', dataDir, '--empty', ...(name === 'serve' ? ['--no-open'] : [])]);
      stop = process.stop;
      await (await fetch(process.ready[address]!)).arrayBuffer();
    });
  } finally {
    await stop();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function motoAnswers(): Promise<number> {
  const port = await freePort();
  const child = spawn(PEER, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', detached: true });
  try {
    return await seconds(async () => {
      for (const deadline = Date.now() + 60_000; Date.now() < deadline; ) {
        try {
          await (await fetch(`http://127.0.0.1:${port}/`)).arrayBuffer();
          return;
        } catch {
          await new Promise((resolve) => setTimeout(resolve, 10)); // not listening yet
        }
      }
      throw new Error(`${PEER} did not listen within a minute.`);
    });
  } finally {
    if (child.pid) process.kill(-child.pid, 'SIGKILL');
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
