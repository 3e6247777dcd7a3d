import path from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { LocalLakeAddress, LocalLakeState } from '../context.ts';
import type { StartChild } from '../processes/parent.ts';
import { lakeCredentials } from './credentials.ts';
import { createGlueService } from './glue/index.ts';
import { closeServer, createLakeServer, listen } from './http/lakeServer.ts';
import type { JsonService } from './jsonService.ts';
import { ObjectStore } from './objects/objectStore.ts';

export const REGION = 'us-east-1';
export const ACCOUNT_ID = '000000000000';

export interface LakeOptions {
  /** DIR; the lake lives in DIR/lake. */
  dataDir: string;
  /** 0: any free port. */
  port: number;
  /** Do not fill a new lake with sample data. */
  empty: boolean;
  startChild: StartChild;
  log: (message: string) => void;
}

export interface Lake {
  address: LocalLakeAddress;
  state(): LocalLakeState;
  onState(listener: (state: LocalLakeState) => void): () => void;
  close(): Promise<void>;
}

/** Opens the lake and serves it on 127.0.0.1. AppError Conflict where its folder or its port is taken. */
export async function openLake(options: LakeOptions): Promise<Lake> {
  const dir = path.join(options.dataDir, 'lake');
  const opened: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of opened.reverse()) await end();
    opened.length = 0;
  };
  try {
    const store = await ObjectStore.open(dir);
    opened.push(() => store.close());
    const credentials = await lakeCredentials(dir);
    const services: JsonService[] = [await createGlueService({ dir, accountId: ACCOUNT_ID })];
    opened.push(...services.map((service) => async () => service.close?.()));

    const server = createLakeServer({ store, services, credentials, region: REGION, accountId: ACCOUNT_ID, log: options.log });
    const port = await listenOn(server, options.port);
    opened.push(() => closeServer(server));
    const states = lakeStates({ state: 'ready' });
    return { address: { endpoint: `http://127.0.0.1:${port}`, region: REGION, ...credentials }, ...states, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function listenOn(server: ReturnType<typeof createLakeServer>, port: number): Promise<number> {
  try {
    return await listen(server, port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    throw new AppError('Conflict', `Port ${port} is in use by another program.`, { detail: 'Choose another with --port; 0 takes any free one.', cause: error });
  }
}

/** The state and who wants to hear of its changes. */
function lakeStates(first: LocalLakeState) {
  let current = first;
  const listeners = new Set<(state: LocalLakeState) => void>();
  return {
    state: () => current,
    onState(listener: (state: LocalLakeState) => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    set(state: LocalLakeState) {
      current = state;
      for (const listener of listeners) listener(state);
    },
  };
}
