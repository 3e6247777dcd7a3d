import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { keysConnection, startBackend } from '../support/backend.ts';
import { ended } from '../support/transfers.ts';
import type { Transfer } from '../../shared/contract/transfers.ts';
import { BUCKET, type Server } from './transferServers.ts';

/** The app's backend in its own process, moving bytes through its contract as the window has it do. */
export interface Ours {
  up(source: string, prefix: string): Promise<void>;
  down(what: { keys?: string[]; prefixes?: string[] }, target: string): Promise<void>;
  /** The most it held resident over what it held before it had done anything, MB, while `work` runs. */
  residentOverIdle(work: () => Promise<unknown>): Promise<number>;
  stop(): Promise<void>;
}

export async function startOurs(server: Server): Promise<Ours> {
  const backend = await startBackend();
  const { client } = backend;
  const connectionId = await keysConnection(backend, server);
  await client.connections.update({ id: connectionId, readOnly: false });

  async function through({ id }: Transfer): Promise<void> {
    const begun = performance.now();
    for (;;) {
      const found = (await client.transfers.list()).find((transfer) => transfer.id === id)!;
      if (found.state === 'done') return;
      if (ended(found)) throw new Error(`The transfer ended ${found.state}: ${JSON.stringify(found.error)}`);
      // The window is told ten times a second; short work is measured more finely.
      await sleep(Math.min(100, 20 + (performance.now() - begun) / 20));
    }
  }
  const resident = async () => Number(/VmRSS:\s+(\d+)/.exec(await readFile(`/proc/${backend.pid}/status`, 'utf8'))![1]) / 1024;

  const idle = await resident();

  return {
    async up(source, prefix) {
      const { grant } = await client.app.grantPath({ path: source, for: 'read' });
      await through(await client.transfers.upload({ connectionId, bucket: BUCKET, prefix, grants: [grant], policy: 'overwrite' }));
    },
    async down({ keys = [], prefixes = [] }, target) {
      const { grant } = await client.app.grantPath({ path: target, for: 'folder' });
      await through(await client.transfers.download({ connectionId, bucket: BUCKET, basePrefix: prefixes[0] ?? '', keys, prefixes, grant, policy: 'overwrite' }));
    },
    async residentOverIdle(work) {
      let most = idle;
      let over = false;
      const looking = (async () => {
        while (!over) {
          most = Math.max(most, await resident());
          await sleep(50);
        }
      })();
      await work();
      over = true;
      await looking;
      return most - idle;
    },
    stop: () => backend.stop(),
  };
}
