import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAwsConnections, type ManagedConnections } from '../../electron/aws/connections.ts';
import type { BackendContext, LocalLakeAddress } from '../../electron/context.ts';
import { nodeStartChild, type StartChild } from '../../electron/processes/parent.ts';
import { resultsHandlers } from '../../electron/services/results/index.ts';
import { runsHandlers } from '../../electron/services/runs/index.ts';
import { openStore } from '../../electron/storage/store.ts';
import { createGrants } from '../../electron/transport/grants.ts';
import { createTickets } from '../../electron/transport/tickets.ts';
import type { ResultState } from '../../shared/contract/results.ts';
import type { Run } from '../../shared/contract/runs.ts';
import { outDir } from './resultsEngine.ts';

export interface ServicesOptions {
  address: LocalLakeAddress;
  /** An earlier one, to start again on it. */
  dataDir?: string;
  startChild?: StartChild;
}

/** Runs and results as the backend makes them, in this process, on a store of their own. */
export async function startServices({ address, dataDir, startChild = nodeStartChild(outDir) }: ServicesOptions) {
  const dir = dataDir ?? (await mkdtemp(path.join(tmpdir(), 'secchi-services-')));
  const store = await openStore(path.join(dir, 'app'));
  const localLake = { address: Promise.resolve(address), current: () => ({ state: 'ready' as const }), onChange: () => () => undefined, close: async () => undefined };
  const aws: ManagedConnections = await createAwsConnections({ store, localLake });
  const tickets = createTickets();
  const context: BackendContext = { dataDir: dir, version: '0', store, aws, startChild, grants: createGrants(), tickets, host: { kind: 'browser' }, localLake };
  const runs = runsHandlers(context);
  const results = resultsHandlers(context);

  const last = async <T>(events: AsyncIterable<T>): Promise<T> => {
    let latest: T | undefined;
    for await (const event of events) latest = event;
    return latest!;
  };
  let token = 0;
  return {
    ...{ dir, store, aws, context, tickets },
    runs: runs.handlers,
    results: results.handlers,
    /** Runs a statement to its end. */
    async run(sql: string, more: Partial<Parameters<typeof runs.handlers.start>[0]['input']> = {}): Promise<Run> {
      const { id } = await runs.handlers.start({ input: { connectionId: 'local', workgroup: 'primary', catalog: 'AwsDataCatalog', sql, clientToken: `test-token-${Date.now()}-${token++}`, ...more } });
      return last(await runs.handlers.watch({ input: { id } }) as AsyncIterable<Run>);
    },
    /** Opens a result and waits until it is loaded, or not. */
    async load(runId: string): Promise<ResultState> {
      await results.handlers.open({ input: { runId } });
      return last(await results.handlers.watch({ input: { runId } }) as AsyncIterable<ResultState>);
    },
    last,
    /** Ends as the backend does; `keep` leaves the folder. */
    async close({ keep = dataDir !== undefined } = {}) {
      await results.close();
      await runs.close();
      aws.close();
      await store.close();
      if (!keep) await rm(dir, { recursive: true, force: true });
    },
  };
}

export type TestServices = Awaited<ReturnType<typeof startServices>>;
