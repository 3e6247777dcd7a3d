import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { WebSocket as NodeWebSocket } from 'ws';
import { createBackend, type Backend } from '../../electron/backend.ts';
import type { Host, LocalLake, LocalLakeAddress } from '../../electron/context.ts';
import { listen, type HttpHost } from '../../electron/transport/httpHost.ts';
import { createSessions, type Sessions } from '../../electron/transport/sessions.ts';
import { clientOverLink, ReconnectingLink } from '../../renderer/websocketLink.ts';
import type { Client } from '../../renderer/client.ts';

/** A lake at `address`, or one that never listens. */
export function lakeAt(address?: LocalLakeAddress): LocalLake {
  return {
    address: address ? Promise.resolve(address) : new Promise(() => undefined),
    current: () => ({ state: address ? 'ready' : 'starting' }),
    onChange: () => () => undefined,
    close: async () => undefined,
  };
}

export interface InProcessBackend extends Backend {
  dataDir: string;
  http: HttpHost;
  sessions: Sessions;
  origin: string;
  /** What the backend has logged so far. */
  logged(): Promise<string>;
  /** A typed client over a real WebSocket of its own. */
  connect(token?: string): Promise<{ client: Client; link: ReconnectingLink }>;
  stop(): Promise<void>;
}

export const sessionOf = (sessions: Sessions): string => sessions.exchange(sessions.launchKey)!;

/** The page's own link, over `ws`, with the page's Origin. */
export function linkTo(origin: string, token: () => Promise<string>): ReconnectingLink {
  class PageSocket extends NodeWebSocket {
    constructor(address: string) {
      super(address, { origin });
    }
  }
  return new ReconnectingLink({ url: `${origin.replace('http', 'ws')}/contract`, token, WebSocket: PageSocket as unknown as typeof WebSocket });
}

/** The backend and its HTTP host in this process; children are not started. */
export async function startInProcess({ lake, host = { kind: 'browser' }, pageDir }: { lake?: LocalLakeAddress; host?: Host; pageDir?: string } = {}): Promise<InProcessBackend> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'secchi-in-process-'));
  const startChild = () => {
    throw new Error('This backend starts no children.');
  };
  const backend = await createBackend({ dataDir, host, startChild, localLake: lakeAt(lake), version: '0.0.0-test' });
  const sessions = createSessions();
  const http = await listen({ port: 0, pageDir: pageDir ?? path.join(dataDir, 'page'), router: backend.router, tickets: backend.tickets, sessions });
  const origin = `http://127.0.0.1:${http.port}`;
  return {
    ...backend,
    dataDir,
    http,
    sessions,
    origin,
    logged: () => readFile(path.join(dataDir, 'app', 'logs', 'backend.log'), 'utf8'),
    async connect(token = sessionOf(sessions)) {
      const link = linkTo(origin, async () => token);
      await link.opened();
      return { client: clientOverLink(link), link };
    },
    async stop() {
      await http.close();
      await backend.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
