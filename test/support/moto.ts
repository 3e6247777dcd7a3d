import { spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { eventually } from './eventually.ts';

/** A port nobody uses now: moto_server does not say which one it got. */
const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });

/** moto_server, another implementation of AWS. */
export async function startMoto(): Promise<{ endpoint: string; stop(): void }> {
  const port = await freePort();
  const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  await eventually(() => fetch(`${endpoint}/moto-api/`).then(({ ok }) => ok, () => false), 60_000);
  return { endpoint, stop: () => void moto.kill() };
}
