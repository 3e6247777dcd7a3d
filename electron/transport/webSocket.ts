import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { log } from '../log.ts';
import type { Router } from '../router.ts';
import { handlerOptions, type Caller } from './handlerOptions.ts';

/** The largest message a page may send: 100,000 keys of a selection fit. */
const MOST_BYTES = 64 * 1024 * 1024;
const MOST_SOCKETS = 64;
const AUTHENTICATE_WITHIN = 5_000;

/** Close codes the page understands (4000-4999 are an application's own). */
export const CLOSE = { badToken: 4401, badMessage: 4400, ending: 1001 } as const;

export interface ContractSocket {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  close(): void;
}

/** True for what oRPC's peer can take: `{ i, p: { u } }`, or the abort and event forms with a type. */
function isPeerMessage(text: string): boolean {
  try {
    const message = JSON.parse(text) as { i?: unknown; t?: unknown; p?: { u?: unknown } } | null;
    if (typeof message !== 'object' || message === null || typeof message.i !== 'string') return false;
    return message.t === undefined || message.t === 1 ? typeof message.p?.u === 'string' && message.p.u.startsWith('/') : message.t === 3 || message.t === 4;
  } catch {
    return false;
  }
}

/** The first message: `{ "token": "…" }`. */
function tokenOf(data: unknown): string {
  try {
    const { token } = JSON.parse(String(data)) as { token?: unknown };
    return typeof token === 'string' ? token : '';
  } catch {
    return '';
  }
}

/**
 * The contract over WebSocket. Host and Origin were checked before `upgrade`; the socket is nobody's until its first
 * message carries a session token, which is answered by `{ "authenticated": true }`.
 */
export function createContractSocket(router: Router, isToken: (token: string) => boolean): ContractSocket {
  const server = new WebSocketServer({ noServer: true, maxPayload: MOST_BYTES, perMessageDeflate: false });
  const handler = new RPCHandler(router, handlerOptions as never);

  function serve(socket: WebSocket): void {
    const context: Caller = { running: 0 };
    // oRPC awaits what `send` returns: resolving only when the bytes have left is its back-pressure.
    const paced = {
      send: (data: string | Uint8Array) => new Promise<void>((resolve, reject) => socket.send(data, (error) => (error ? reject(error) : resolve()))),
      addEventListener(type: 'message' | 'close', listener: (event: { data: string }) => void) {
        if (type === 'close') return void socket.on('close', () => listener({ data: '' }));
        socket.on('message', (data, isBinary) => {
          const text = isBinary ? '' : String(data);
          if (isPeerMessage(text)) return listener({ data: text });
          log.warn('refused', 'a message that is none of the contract’s', text.slice(0, 200));
          socket.close(CLOSE.badMessage, 'not a message of the contract');
        });
      },
    };
    void handler.upgrade(paced as never, { context });
  }

  server.on('connection', (socket) => {
    socket.on('error', (error) => log.warn('socket', error.message));
    const timer = setTimeout(() => socket.close(CLOSE.badToken, 'not authenticated in time'), AUTHENTICATE_WITHIN);
    socket.once('close', () => clearTimeout(timer));
    socket.once('message', (data) => {
      clearTimeout(timer);
      if (!isToken(tokenOf(data))) {
        log.warn('refused', 'a socket with a wrong token');
        return socket.close(CLOSE.badToken, 'wrong token');
      }
      serve(socket);
      socket.send('{"authenticated":true}');
    });
  });

  return {
    upgrade(request, socket, head) {
      if (server.clients.size >= MOST_SOCKETS) return void socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      server.handleUpgrade(request, socket, head, (ws) => server.emit('connection', ws, request));
    },
    close() {
      for (const socket of server.clients) {
        socket.close(CLOSE.ending, 'the server ends');
        setTimeout(() => socket.terminate(), 500).unref();
      }
      server.close();
    },
  };
}
