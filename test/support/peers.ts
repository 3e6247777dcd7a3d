import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import type { TestLake } from './lake.ts';

const run = promisify(execFile);

/** Why a program cannot be used here; undefined where it can. */
export function missing(program: string, args: string[]): string | undefined {
  try {
    execFileSync(program, args, { stdio: 'pipe' });
    return undefined;
  } catch (error) {
    return `skipped: ${program} ${args.join(' ')} does not work here (${(error as Error).message.split('\n')[0]})`;
  }
}

/** The environment that points AWS tools at a lake, whatever this machine's own configuration says. */
export const awsEnvironment = (lake: TestLake) => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LC_ALL: 'C.UTF-8',
  AWS_ACCESS_KEY_ID: lake.credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: lake.credentials.secretAccessKey,
  AWS_DEFAULT_REGION: lake.region,
  AWS_ENDPOINT_URL: lake.endpoint,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  AWS_EC2_METADATA_DISABLED: 'true',
  AWS_PAGER: '',
});

/** Runs a program against the lake; resolves to what it printed. Rejects with its error output. */
export async function peer(lake: TestLake, program: string, args: string[], more: { cwd?: string; env?: Record<string, string> } = {}): Promise<string> {
  const { stdout } = await run(program, args, { env: { ...awsEnvironment(lake), ...more.env }, cwd: more.cwd, maxBuffer: 64 << 20 });
  return stdout;
}
