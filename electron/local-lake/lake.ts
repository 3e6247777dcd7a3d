import path from 'node:path';
import { AppError } from '../../shared/errors.ts';
import type { LocalLakeAddress, LocalLakeState } from '../context.ts';
import type { StartChild } from '../processes/parent.ts';
import { createAthenaService } from './athena/index.ts';
import { lakeCredentials } from './credentials.ts';
import { createGlueService } from './glue/index.ts';
import { closeServer, createLakeServer, listen } from './http/lakeServer.ts';
import { ObjectStore } from './objects/objectStore.ts';
import { createFirstBuckets, fillWithSamples } from './sample/fill.ts';

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
    const glue = await createGlueService({ dir, accountId: ACCOUNT_ID });
    opened.push(async () => glue.close?.());
    const athena = await createAthenaService({ dir, region: REGION, objects: store, glue, startChild: options.startChild });
    opened.push(async () => athena.close?.());
    if (store.listBuckets().length === 0) await createFirstBuckets({ objects: store, region: REGION });

    const server = createLakeServer({ store, services: [glue, athena], credentials, region: REGION, accountId: ACCOUNT_ID, log: options.log });
    const port = await listenOn(server, options.port);
    opened.push(() => closeServer(server));
    const states = lakeStates({ state: options.empty ? 'ready' : 'filling' });
    if (!options.empty) {
      const filling = fill({ dir, region: REGION, objects: store, catalog: glue.catalog, engine: athena.engine }, states.set, options.log);
      opened.push(() => filling);
    }
    return { address: { endpoint: `http://127.0.0.1:${port}`, region: REGION, ...credentials }, ...states, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Fills a new lake while it already serves. A lake without its samples is still a lake: it says what went wrong. */
async function fill(target: Parameters<typeof fillWithSamples>[0], become: (state: LocalLakeState) => void, log: (message: string) => void): Promise<void> {
  try {
    await fillWithSamples({ ...target, onProgress: (message) => become({ state: 'filling', message }) });
    become({ state: 'ready' });
  } catch (error) {
    const message = `The sample data could not be filled in: ${(error as Error).message}`;
    log(message);
    become({ state: 'ready', message });
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
