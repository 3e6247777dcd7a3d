import { spawn, spawnSync } from 'node:child_process';

export const isInstalled = (command: string): boolean => spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;

/** Runs a peer to its end, its output thrown away. Fails with what it complained. */
export function runPeer(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<void> {
  return new Promise((resolve, reject) => {
    // A bundle of certificates says nothing to a server on loopback, and some peers stumble over it.
    const { AWS_CA_BUNDLE: _, ...inherited } = process.env;
    const child = spawn(command, args, { env: { ...inherited, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaints = '';
    child.stderr.on('data', (text: Buffer) => (complaints = (complaints + text.toString()).slice(-2000)));
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}: ${complaints}`))));
  });
}
