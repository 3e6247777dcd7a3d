import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { Payload, type SignedBody } from '../auth/payload.ts';
import { checkSigV2Presigned, isSigV2Presigned } from '../auth/sigV2Presigned.ts';
import { authenticate, type Credentials } from '../auth/sigV4.ts';
import type { RawRequest } from '../http/rawRequest.ts';
import { ServiceError } from '../http/serviceError.ts';
import type { ObjectStore } from '../objects/objectStore.ts';
import { StoredBytes } from '../objects/storedBytes.ts';
import type { S3Response } from './context.ts';
import { toServiceError } from './errors.ts';
import { operationFor } from './operationTable.ts';
import { addressOf, isInHost } from './route.ts';
import { document, element } from './xml.ts';

export interface S3ServiceOptions {
  store: ObjectStore;
  credentials: Credentials;
  region: string;
  accountId: string;
  /** Told of errors that are ours, not the caller's. */
  log: (message: string) => void;
}

/** Answers one S3 REST request. Never throws: whatever goes wrong is answered, or ends the connection. */
export async function serveS3(options: S3ServiceOptions, request: RawRequest, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomBytes(8).toString('hex').toUpperCase();
  response.setHeader('x-amz-request-id', requestId);
  response.setHeader('x-amz-id-2', randomBytes(24).toString('base64'));
  try {
    await send(request, response, await answer(options, request, message, response));
  } catch (thrown) {
    if (response.headersSent || response.destroyed || (message.destroyed && !message.complete)) {
      response.destroy(); // the caller is gone, or half a body is out: a cut connection is the only honest end
      return;
    }
    const error = toServiceError(thrown);
    if (error.status >= 500 && error.code === 'InternalError') options.log(`S3 ${request.method} failed: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
    const xml = document(
      'Error',
      [
        element('Code', error.code),
        element('Message', error.message),
        ...Object.entries(error.elements).map(([name, value]) => element(name, value)),
        element('RequestId', requestId),
        element('HostId', String(response.getHeader('x-amz-id-2'))),
      ],
      null,
    );
    await send(request, response, { status: error.status, headers: { 'content-type': 'application/xml', ...error.headers }, body: xml }).catch(() => response.destroy());
  }
}

async function answer(options: S3ServiceOptions, request: RawRequest, message: IncomingMessage, response: ServerResponse): Promise<S3Response> {
  const { store, region, accountId } = options;
  const { bucket, key } = addressOf(request);
  const query = new Map(request.query);
  const signed = checkSignature(request, query, options, bucket);
  const owner = request.headers.get('x-amz-expected-bucket-owner');
  if (owner !== undefined && owner !== accountId) throw new ServiceError('AccessDenied', 'Access Denied', 403);
  const operation = operationFor(request.method, bucket, key, query, request.headers);
  const body = () => {
    if (/100-continue/i.test(request.headers.get('expect') ?? '')) response.writeContinue();
    // A refused body must not take the connection with it before the refusal is sent.
    return message.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  };
  return operation.run({
    store,
    request,
    query,
    bucket,
    key,
    payload: new Payload(request, signed, body),
    region,
    owner: { id: accountId.padStart(64, '0'), displayName: 'you' },
  });
}

function checkSignature(request: RawRequest, query: ReadonlyMap<string, string>, { credentials, region }: S3ServiceOptions, bucket: string): SignedBody {
  if (request.headers.has('authorization') || !isSigV2Presigned(query)) return authenticate(request, { credentials, region, services: ['s3'] });
  checkSigV2Presigned(request, query, credentials, isInHost(request) ? bucket : '');
  return { payloadHash: 'UNSIGNED-PAYLOAD' };
}

async function send(request: RawRequest, response: ServerResponse, { status, headers = {}, body }: S3Response): Promise<void> {
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
  if (typeof body === 'string') {
    const bytes = Buffer.from(body);
    response.writeHead(status, { 'content-length': bytes.length });
    response.end(request.method === 'HEAD' ? undefined : bytes);
    return;
  }
  response.writeHead(status, body || request.method === 'HEAD' || status === 204 || status === 304 ? {} : { 'content-length': headers['content-length'] ?? 0 });
  if (body instanceof StoredBytes && body.whole) response.end(body.whole);
  else if (body instanceof StoredBytes) {
    await body.sendTo((bytes) => written(response, bytes));
    response.end();
  } else if (body) await pipeline(body, response);
  else response.end();
}

/** Resolves when the system has taken the bytes. */
const written = (response: ServerResponse, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => {
    const left = () => reject(new Error('The caller left.'));
    if (response.destroyed) return left();
    response.once('close', left);
    response.write(bytes, (error) => {
      response.off('close', left);
      if (error) reject(error);
      else resolve();
    });
  });
