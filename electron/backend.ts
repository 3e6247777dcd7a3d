import path from 'node:path';
import { createAwsConnections } from './aws/connections.ts';
import type { BackendContext, Host, LocalLake } from './context.ts';
import { log, openLog } from './log.ts';
import type { StartChild } from './processes/parent.ts';
import { createQueries } from './queries.ts';
import { createRouter, type Router } from './router.ts';
import { openStore } from './storage/store.ts';
import { createGrants } from './transport/grants.ts';
import { createTickets, type TicketOffice } from './transport/tickets.ts';

export interface BackendOptions {
  /** DIR: app state goes under DIR/app. */
  dataDir: string;
  host: Host;
  startChild: StartChild;
  localLake: LocalLake;
  version: string;
  /** Warnings and errors on stderr too, beside the log file. */
  echoLog?: boolean;
}

export interface Backend {
  router: Router;
  tickets: TicketOffice;
  context: BackendContext;
  /** Ends the services, then the store. The local lake belongs to whoever started it. */
  close(): Promise<void>;
}

/** Everything behind the contract. Conflict where another backend holds the data folder. */
export async function createBackend({ dataDir, host, startChild, localLake, version, echoLog = false }: BackendOptions): Promise<Backend> {
  const appDir = path.join(dataDir, 'app');
  const store = await openStore(appDir);
  openLog(appDir, { echo: echoLog });
  log.info('start', { version, host: host.kind, pid: process.pid, node: process.version });
  const tickets = createTickets();
  const aws = await createAwsConnections({ store, localLake, keychain: host.keychain });
  const context: BackendContext = {
    dataDir,
    version,
    store,
    aws,
    ...createQueries({ aws, store, startChild, dataDir }),
    startChild,
    grants: createGrants(),
    tickets,
    host,
    localLake,
  };
  const { router, close } = createRouter(context, aws);
  return {
    router,
    tickets,
    context,
    async close() {
      await close();
      aws.close();
      await store.close();
      log.info('end');
    },
  };
}
