import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sha256Hex } from '../auth/canonicalRequest.ts';
import { authenticate, type Credentials } from '../auth/sigV4.ts';
import { AwsJsonError, type JsonService } from '../jsonService.ts';
import { readBody } from './body.ts';
import type { RawRequest } from './rawRequest.ts';
import { ServiceError } from './serviceError.ts';

export interface JsonOptions {
  services: JsonService[];
  credentials: Credentials;
  region: string;
  accountId: string;
  log: (message: string) => void;
}

const MAX_BODY = 16 << 20;

/** Our signature errors by the names the JSON services use for them. */
const AUTH_NAMES: Record<string, string> = {
  AccessDenied: 'MissingAuthenticationTokenException',
  AuthorizationHeaderMalformed: 'IncompleteSignatureException',
  AuthorizationQueryParametersError: 'IncompleteSignatureException',
  InvalidAccessKeyId: 'UnrecognizedClientException',
  InvalidToken: 'UnrecognizedClientException',
  RequestEntityTooLarge: 'RequestEntityTooLargeException',
  RequestTimeTooSkewed: 'InvalidSignatureException',
  SignatureDoesNotMatch: 'InvalidSignatureException',
};

/** Answers one AWS JSON 1.1 request (`X-Amz-Target: Prefix.Operation`). Never throws. */
export async function serveJson(options: JsonOptions, request: RawRequest, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomUUID();
  const send = (status: number, body: unknown, headers: Record<string, string> = {}) => {
    const bytes = Buffer.from(JSON.stringify(body ?? {}));
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1', 'content-length': bytes.length, 'x-amzn-requestid': requestId, ...headers });
    response.end(bytes);
  };
  try {
    send(200, await answer(options, request, message));
  } catch (thrown) {
    if (message.destroyed && !message.complete) return void response.destroy();
    const error = toJsonError(thrown);
    if (error.status >= 500) options.log(`${request.headers.get('x-amz-target')} failed: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
    send(error.status, { __type: error.name, message: error.message, Message: error.message, ...error.members }, { 'x-amzn-errortype': error.name });
  }
}

async function answer(options: JsonOptions, request: RawRequest, message: IncomingMessage): Promise<unknown> {
  const { services, credentials, region, accountId } = options;
  const [prefix = '', operation = ''] = (request.headers.get('x-amz-target') ?? '').split('.');
  const service = services.find((s) => s.targetPrefix === prefix);
  const body = await readBody(message, MAX_BODY);
  const signed = authenticate(request, { credentials, region, services: service ? [service.signingName] : services.map((s) => s.signingName) }, sha256Hex(body));
  if (/^[0-9a-f]{64}$/i.test(signed.payloadHash) && signed.payloadHash.toLowerCase() !== sha256Hex(body)) {
    throw new AwsJsonError('InvalidSignatureException', 'The request body does not match the signed x-amz-content-sha256.');
  }
  if (!service || operation === '') throw new AwsJsonError('UnknownOperationException', `The local lake has no operation ${prefix}.${operation}.`);
  let input: unknown;
  try {
    input = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsJsonError('SerializationException', 'The body of the request is not valid JSON.');
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input)) throw new AwsJsonError('SerializationException', 'The body of the request is not a JSON object.');
  return service.handle(operation, input, { accessKeyId: signed.accessKeyId, accountId, region });
}

function toJsonError(thrown: unknown): AwsJsonError {
  if (thrown instanceof AwsJsonError) return thrown;
  if (thrown instanceof ServiceError) return new AwsJsonError(AUTH_NAMES[thrown.code] ?? thrown.code, thrown.message, thrown.status === 403 ? 400 : thrown.status);
  return new AwsJsonError('InternalFailure', 'The local lake met an internal error.', 500);
}
