import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAwsConnections, type ManagedConnections } from '../../electron/aws/connections.ts';
import type { BackendContext, LocalLakeAddress } from '../../electron/context.ts';
import { nodeStartChild, type StartChild } from '../../electron/processes/parent.ts';
import { createQueries } from '../../electron/queries.ts';
import { openStore } from '../../electron/storage/store.ts';
import { createGrants } from '../../electron/transport/grants.ts';
import { createTickets } from '../../electron/transport/tickets.ts';
import { outDir } from './serve.ts';

export interface TestContext {
  context: BackendContext & { aws: ManagedConnections };
  dataDir: string;
  /** Where one-time addresses are served. */
  ticketOrigin: string;
  close(): Promise<void>;
}

/** The backend's parts in this process, connected to a lake (or what stands before it) as connection `local`. */
export async function testContext(address: LocalLakeAddress, given?: string, startChild: StartChild = nodeStartChild(outDir)): Promise<TestContext> {
  const dataDir = given ?? (await mkdtemp(path.join(tmpdir(), 'secchi-context-')));
  const store = await openStore(path.join(dataDir, 'app'));
  const localLake = { address: Promise.resolve(address), current: () => ({ state: 'ready' as const }), onChange: () => () => undefined, close: async () => undefined };
  const aws = await createAwsConnections({ store, localLake });
  const tickets = createTickets();
  const server = createServer((request, response) => void tickets.handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const context = { dataDir, version: 'test', store, aws, ...createQueries({ aws, store, startChild, dataDir }), startChild, grants: createGrants(), tickets, host: { kind: 'browser' as const }, localLake };
  return {
    context,
    dataDir,
    ticketOrigin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      aws.close();
      await store.close();
      if (given === undefined) await rm(dataDir, { recursive: true, force: true });
    },
  };
}
