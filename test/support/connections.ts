import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createAwsConnections, type ManagedConnections } from '../../electron/aws/connections.ts';
import type { Host } from '../../electron/context.ts';
import { openStore, type Store } from '../../electron/storage/store.ts';
import { lakeAt } from './inProcessBackend.ts';

export interface TestConnections {
  aws: ManagedConnections;
  store: Store;
  /** Closes and opens the store again, as a restart of the app does. */
  restart(): Promise<TestConnections>;
  stop(): Promise<void>;
}

/** Connections over a store of their own in a temporary folder. */
export async function openConnections({ keychain, dir, socketTimeout }: { keychain?: Host['keychain']; dir?: string; socketTimeout?: number } = {}): Promise<TestConnections> {
  const folder = dir ?? (await mkdtemp(path.join(tmpdir(), 'secchi-connections-')));
  const store = await openStore(folder);
  const aws = await createAwsConnections({ store, localLake: lakeAt(), keychain, socketTimeout });
  const end = async () => {
    aws.close();
    await store.close();
  };
  return {
    aws,
    store,
    async restart() {
      await end();
      return openConnections({ keychain, dir: folder });
    },
    async stop() {
      await end();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A connection by keys to an endpoint; read-only, as new ones are. */
export const keysTo = (aws: ManagedConnections, endpoint: string, region = 'eu-west-1') =>
  aws.create({ name: 'Test', kind: 'keys', region, endpoint }, { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' });
