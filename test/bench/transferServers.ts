import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { missing } from '../support/peers.ts';
import { eventually } from '../support/eventually.ts';
import { startLake } from '../support/lake.ts';

export const BUCKET = 'bench';

/** A server that ours and the peers move bytes to and from. */
export interface Server {
  name: string;
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  stop(): Promise<unknown>;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function moto(): Promise<Server> {
  const port = await freePort();
  const child = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  await eventually(() => fetch(`${endpoint}/moto-api/`).then(({ ok }) => ok, () => false), 60_000);
  return { name: 'moto_server', endpoint, region: 'us-east-1', credentials: { accessKeyId: 'AKIAMOTO', secretAccessKey: 'secret' }, stop: async () => child.kill() };
}

const lake = async (): Promise<Server> => ({ name: 'local lake', ...(await startLake()) });

/** Runs `work` on each server there is (`--server lake|moto` names one), an empty bucket in it. */
export async function onServers(work: (server: Server) => Promise<void>): Promise<void> {
  const only = flag('server');
  const why = missing('moto_server', ['--help']);
  if (why) console.error(why);
  for (const start of [...(only === 'moto' ? [] : [lake]), ...(only === 'lake' || why ? [] : [moto])]) {
    const server = await start();
    try {
      const s3 = new S3Client({ endpoint: server.endpoint, region: server.region, credentials: server.credentials, forcePathStyle: true });
      await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
      s3.destroy();
      await work(server);
    } finally {
      await server.stop();
    }
  }
}

/** `--NAME value` of the command line. */
export function flag(name: string): string | undefined {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
}
