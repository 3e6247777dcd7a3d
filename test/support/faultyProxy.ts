import { createServer, request as httpRequest, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What to do to a request that a rule takes; a request that no rule takes passes through. */
export type Fault =
  /** Answered here, the server never sees it. */
  | { kind: 'answer'; status: number; body?: string; headers?: Record<string, string> }
  /** The answer's body ends after `bytes`, with the socket (a reset), though its headers promised more. */
  | { kind: 'cut'; bytes: number }
  /** The same, but those bytes arrive, and the socket ends in peace. */
  | { kind: 'short'; bytes: number }
  /** The answer's body stops after `bytes`; the socket stays open. */
  | { kind: 'stall'; bytes: number }
  /** One bit of the body's byte `at` is flipped. */
  | { kind: 'corrupt'; at: number }
  /** The request goes on after `ms`. */
  | { kind: 'delay'; ms: number }
  /** The request goes on when this resolves. */
  | { kind: 'hold'; until(): Promise<unknown> }
  /** The socket closes before any answer. */
  | { kind: 'reset' };

export interface SeenRequest {
  method: string;
  /** Path and query, as sent. */
  url: string;
  headers: IncomingMessage['headers'];
  /** The operation of an AWS JSON service: `AmazonAthena.StartQueryExecution`. */
  operation: string | undefined;
  /** The status of the server's answer, once all of it went back to a client that still listened. */
  answered?: number;
}

export interface Rule {
  when(request: SeenRequest): boolean;
  fault: Fault;
  /** Requests it takes; then it is spent. Default: all. */
  times?: number;
}

export interface FaultyProxy {
  endpoint: string;
  /** All requests so far, oldest first. */
  seen: SeenRequest[];
  add(rule: Rule): void;
  clear(): void;
  /** Breaks all connections and refuses new ones, until `up`. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** A loopback HTTP proxy before one server that passes everything on as it is, Host included, but for what rules say. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const { hostname, port } = new URL(target);
  let rules: Required<Rule>[] = [];
  const seen: SeenRequest[] = [];

  function take(request: SeenRequest): Fault | undefined {
    const rule = rules.find(({ when, times }) => times > 0 && when(request));
    if (rule) rule.times--;
    return rule?.fault;
  }

  function forward(request: IncomingMessage, response: ServerResponse, fault: Fault | undefined, about: SeenRequest) {
    const out = httpRequest({ hostname, port, method: request.method, path: request.url, headers: request.headers, setHost: false, agent: false }, (answer) => {
      response.writeHead(answer.statusCode!, answer.rawHeaders);
      response.once('finish', () => (about.answered = answer.statusCode!));
      let at = 0;
      answer.on('data', (chunk: Buffer) => {
        const from = at;
        at += chunk.length;
        if (fault?.kind === 'cut' || fault?.kind === 'short' || fault?.kind === 'stall') {
          if (from < fault.bytes) response.write(chunk.subarray(0, fault.bytes - from));
          if (at < fault.bytes) return;
          answer.destroy();
          // What was written before has to leave before the socket goes.
          if (fault.kind === 'cut') setImmediate(() => response.destroy());
          if (fault.kind === 'short') response.socket?.end();
          return;
        }
        const copy = fault?.kind === 'corrupt' && from <= fault.at && fault.at < at ? Buffer.from(chunk) : chunk;
        if (copy !== chunk && fault?.kind === 'corrupt') copy[fault.at - from]! ^= 1;
        if (!response.write(copy)) {
          answer.pause();
          response.once('drain', () => answer.resume());
        }
      });
      answer.on('end', () => response.end());
    });
    out.on('error', () => response.destroy());
    response.on('close', () => out.destroy());
    request.pipe(out);
  }

  const serve = (request: IncomingMessage, response: ServerResponse) => {
    const target = request.headers['x-amz-target'];
    const about: SeenRequest = { method: request.method!, url: request.url!, headers: request.headers, operation: typeof target === 'string' ? target : undefined };
    seen.push(about);
    const fault = take(about);
    if (fault?.kind === 'reset') return void request.socket.destroy();
    if (fault?.kind === 'answer') {
      request.resume();
      response.writeHead(fault.status, fault.headers).end(fault.body ?? '');
      return;
    }
    if (fault?.kind === 'hold') return void fault.until().then(() => forward(request, response, undefined, about));
    if (fault?.kind === 'delay') return void sleep(fault.ms).then(() => forward(request, response, undefined, about));
    forward(request, response, fault, about);
  };
  let server: Server;
  const listenAt = async (at: number) => {
    server = createServer(serve);
    server.requestTimeout = 0;
    await new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  };
  const down = async () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  await listenAt(0);
  const own = (server!.address() as AddressInfo).port;

  return {
    endpoint: `http://127.0.0.1:${own}`,
    seen,
    add: (rule) => void rules.push({ times: Number.POSITIVE_INFINITY, ...rule }),
    clear: () => void (rules = []),
    down,
    up: () => listenAt(own),
    close: down,
  };
}
