import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import path from 'node:path';

export interface ServedProcess {
  /** The one JSON line it printed when it was ready. */
  ready: Record<string, string>;
  child: ChildProcess;
  stop(): Promise<void>;
  /** kill -9, and wait until it is gone. */
  kill(): Promise<void>;
}

const root = path.resolve(import.meta.dirname, '../..').replace(/\/out$/, '');
/** Where the bundles are, from the sources and from a bundle alike. */
export const outDir = path.basename(import.meta.dirname) === 'out' ? import.meta.dirname : path.join(root, 'out');

/** Starts out/NAME.js (`under` another command that executes what follows it) and waits for its line of JSON on stdout. */
export async function startBundle(name: 'serve' | 'lake', args: string[], { env = {}, timeoutMs = 60_000, under = [] }: { env?: NodeJS.ProcessEnv; timeoutMs?: number; under?: string[] } = {}): Promise<ServedProcess> {
  const [command, ...rest] = [...under, process.execPath, path.join(outDir, `${name}.js`), ...args];
  const child = spawn(command!, rest, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let complaints = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints = (complaints + text).slice(-4000)));
  const ended = once(child, 'exit');
  const ready = await Promise.race([
    new Promise<Record<string, string>>((resolve) => createInterface({ input: child.stdout }).once('line', (line) => resolve(JSON.parse(line)))),
    ended.then(([code, signal]) => Promise.reject(new Error(`${name} ended (${code ?? signal}) before it was ready: ${complaints}`))),
    new Promise<never>((_, reject) => setTimeout(() => reject(new Error(`${name} was not ready within ${timeoutMs} ms: ${complaints}`)), timeoutMs).unref()),
  ]);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await ended;
  };
  return { ready, child, stop: () => end('SIGTERM'), kill: () => end('SIGKILL') };
}
