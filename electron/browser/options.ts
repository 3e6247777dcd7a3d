import { homedir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { AppError } from '../../shared/errors.ts';

export const USAGE = `npm run serve -- [--port N] [--data-dir DIR] [--no-open]
  --port N        listen on this port of 127.0.0.1 (default: any free one)
  --data-dir DIR  keep the app's state and the local lake here
  --no-open       print the address only
  --empty         start a new local lake without sample data`;

export interface ServeOptions {
  port: number;
  dataDir: string;
  open: boolean;
  empty: boolean;
}

/** Where applications keep their data on this system (XDG base directories, Application Support, LocalAppData). */
export function defaultDataDir(platform: NodeJS.Platform = process.platform, env: NodeJS.ProcessEnv = process.env): string {
  if (platform === 'darwin') return path.join(homedir(), 'Library', 'Application Support', 'Secchi', 'data');
  if (platform === 'win32') return path.join(env.LOCALAPPDATA ?? path.join(homedir(), 'AppData', 'Local'), 'Secchi', 'data');
  return path.join(env.XDG_DATA_HOME || path.join(homedir(), '.local', 'share'), 'secchi');
}

/** BadInput for what is not an option. */
export function parseOptions(argv: string[]): ServeOptions {
  let values: { port?: string; 'data-dir'?: string; 'no-open'?: boolean; empty?: boolean };
  try {
    ({ values } = parseArgs({ args: argv, options: { port: { type: 'string' }, 'data-dir': { type: 'string' }, 'no-open': { type: 'boolean' }, empty: { type: 'boolean' } } }));
  } catch (error) {
    throw new AppError('BadInput', (error as Error).message);
  }
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new AppError('BadInput', `--port ${values.port} is not a port.`);
  return { port, dataDir: path.resolve(values['data-dir'] ?? defaultDataDir()), open: !values['no-open'], empty: values.empty ?? false };
}
