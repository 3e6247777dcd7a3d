import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Credentials } from '../auth/sigV4.ts';
import type { JsonService } from '../jsonService.ts';
import type { ObjectStore } from '../objects/objectStore.ts';
import { addressOf } from '../s3/route.ts';
import { serveS3 } from '../s3/s3Service.ts';
import { serveSts } from '../sts/stsService.ts';
import { readRequest, type RawRequest } from './rawRequest.ts';
import { serveJson } from './serveJson.ts';

export interface LakeServerOptions {
  store: ObjectStore;
  services: JsonService[];
  credentials: Credentials;
  region: string;
  accountId: string;
  log: (message: string) => void;
}

/** Clients drop idle connections after some seconds; a server that drops them first races with their next request. */
const KEEP_ALIVE_MS = 120_000;
/** A connection on which nothing moves at all. */
const IDLE_MS = 600_000;
const CLOSE_MS = 2_000;

/** All services behind one port of the loopback address, told apart as AWS's own endpoints would. */
export function createLakeServer(options: LakeServerOptions): Server {
  const serve = (message: IncomingMessage, response: ServerResponse) => {
    response.on('error', () => undefined); // the caller left
    answer(options, message, response).catch((error: unknown) => {
      options.log(`A request failed: ${error instanceof Error ? error.stack : String(error)}`);
      response.destroy();
    });
  };
  // requestTimeout: an upload may take hours. maxHeaderSize: 2 KB of metadata, long tags and a presigned query.
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: 32 * 1024 }, serve);
  server.on('checkContinue', serve);
  server.setTimeout(IDLE_MS);
  return server;
}

async function answer(options: LakeServerOptions, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const request = readRequest(message);
  if (request.headers.has('x-amz-target')) return serveJson(options, request, message, response);
  if (isQueryProtocol(request)) return serveSts(options, request, message, response);
  return serveS3(options, request, message, response);
}

/** A form posted to the service itself, or `?Action=`: S3 has neither. */
function isQueryProtocol(request: RawRequest): boolean {
  if (request.rawPath !== '/' || addressOf(request).bucket !== '') return false;
  return request.query.some(([name]) => name === 'Action') || (request.headers.get('content-type') ?? '').startsWith('application/x-www-form-urlencoded');
}

/** Listens on 127.0.0.1; 0 takes any free port. Resolves to the port. */
export function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

/** Takes no new requests, lets open ones end for a moment, then cuts them. */
export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), CLOSE_MS);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
