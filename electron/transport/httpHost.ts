import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError } from '../../shared/errors.ts';
import { log } from '../log.ts';
import type { Router } from '../router.ts';
import { servePageFile } from './pageFiles.ts';
import { foreign } from './sameOrigin.ts';
import type { Sessions } from './sessions.ts';
import { TICKET_PATH, type TicketOffice } from './tickets.ts';
import { createContractSocket } from './webSocket.ts';

export interface HttpHostOptions {
  /** 0: any free one. */
  port: number;
  pageDir: string;
  router: Router;
  tickets: TicketOffice;
  sessions: Sessions;
}

export interface HttpHost {
  port: number;
  close(): Promise<void>;
}

const SMALL_BODY = 4096;

async function bodyText(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) {
    text += String(chunk);
    if (text.length > SMALL_BODY) throw new RangeError('body too long');
  }
  return text;
}

/** POST /session `{ "key": "…" }` → `{ "token": "…" }`, or 403. */
async function openSession(sessions: Sessions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  let key: unknown;
  try {
    key = (JSON.parse(await bodyText(request)) as { key?: unknown }).key;
  } catch {
    return void response.writeHead(400, { connection: 'close' }).end();
  }
  const token = typeof key === 'string' ? sessions.exchange(key) : undefined;
  if (!token) log.warn('refused', 'a key that is not good');
  response.writeHead(token ? 200 : 403, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(token ? { token } : {}));
}

/**
 * The browser host's server on 127.0.0.1: the page, the contract at /contract (WebSocket), tickets, and the exchange of
 * keys. Everything from another host name or origin is refused and logged. PUTs of tickets carry the session token.
 */
export async function listen({ port, pageDir, router, tickets, sessions }: HttpHostOptions): Promise<HttpHost> {
  const socket = createContractSocket(router, sessions.isToken);
  let listening = 0;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '/').split('?')[0]!;
    const isSession = path === '/session';
    const reason = foreign(request, listening, isSession || request.method === 'PUT' || request.method === 'POST');
    if (reason) {
      log.warn('refused', request.method, path.slice(0, 100), reason);
      return void response.writeHead(403, { connection: 'close' }).end();
    }
    if (isSession && request.method === 'POST') return openSession(sessions, request, response);
    if (!path.startsWith(TICKET_PATH)) return servePageFile(pageDir, request, response);
    const bearer = /^Bearer (\S+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (request.method === 'PUT' && !sessions.isToken(bearer)) {
      log.warn('refused', 'an upload without a session');
      return void response.writeHead(401, { connection: 'close' }).end();
    }
    return tickets.handle(request, response);
  }

  const server: Server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') log.error('http', error);
      response.destroy();
    });
  });
  // Uploads and downloads take as long as they take.
  server.requestTimeout = 0;
  server.on('upgrade', (request, raw, head) => {
    const reason = foreign(request, listening, true) ?? (request.url === '/contract' ? undefined : `path ${request.url}`);
    if (!reason) return socket.upgrade(request, raw, head);
    log.warn('refused', 'a socket', reason);
    raw.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' || error.code === 'EACCES' ? new AppError('Conflict', `Port ${port} of 127.0.0.1 cannot be had (${error.code}).`, { detail: 'Choose another with --port.' }) : error),
    );
    server.listen(port, '127.0.0.1', resolve);
  });
  listening = (server.address() as AddressInfo).port;
  return {
    port: listening,
    async close() {
      socket.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      setTimeout(() => server.closeAllConnections(), 1_000).unref();
      await closed;
    },
  };
}
