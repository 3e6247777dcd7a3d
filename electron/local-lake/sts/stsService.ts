import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { sha256Hex } from '../auth/canonicalRequest.ts';
import { authenticate, type Credentials } from '../auth/sigV4.ts';
import { readBody } from '../http/body.ts';
import { parseQuery, type RawRequest } from '../http/rawRequest.ts';
import { ServiceError } from '../http/serviceError.ts';
import { document, element } from '../s3/xml.ts';

export interface StsOptions {
  credentials: Credentials;
  region: string;
  accountId: string;
}
const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';
const MAX_BODY = 1 << 20;

/** Our signature errors by the names STS uses for them. */
const AUTH_NAMES: Record<string, string> = {
  AccessDenied: 'MissingAuthenticationToken',
  AuthorizationHeaderMalformed: 'IncompleteSignature',
  InvalidAccessKeyId: 'InvalidClientTokenId',
  InvalidToken: 'InvalidClientTokenId',
  RequestTimeTooSkewed: 'RequestExpired',
};

/** Answers the AWS query protocol: `Action=GetCallerIdentity` in a form body or the query. Never throws. */
export async function serveSts(options: StsOptions, request: RawRequest, message: IncomingMessage, response: ServerResponse): Promise<void> {
  const requestId = randomUUID();
  const send = (status: number, xml: string) => {
    response.writeHead(status, { 'content-type': 'text/xml', 'content-length': Buffer.byteLength(xml), 'x-amzn-requestid': requestId });
    response.end(xml);
  };
  try {
    const body = await readBody(message, MAX_BODY);
    authenticate(request, { ...options, services: ['sts'] }, sha256Hex(body));
    const parameters = new Map([...request.query, ...parseQuery(body.toString('utf8'))]);
    const action = parameters.get('Action') ?? '';
    if (action !== 'GetCallerIdentity') throw new ServiceError('InvalidAction', `The local lake does not implement the action ${action || '(none)'} of STS.`, 400);
    const result = [element('Arn', `arn:aws:iam::${options.accountId}:user/you`), element('UserId', 'AIDASECCHILOCALLAKE00'), element('Account', options.accountId)];
    send(200, document('GetCallerIdentityResponse', [element('GetCallerIdentityResult', result), element('ResponseMetadata', [element('RequestId', requestId)])], NAMESPACE));
  } catch (thrown) {
    const error = thrown instanceof ServiceError ? thrown : new ServiceError('InternalFailure', 'The local lake met an internal error.', 500);
    const content = [element('Type', error.status < 500 ? 'Sender' : 'Receiver'), element('Code', AUTH_NAMES[error.code] ?? error.code), element('Message', error.message)];
    send(error.status, document('ErrorResponse', [element('Error', content), element('RequestId', requestId)], NAMESPACE));
  }
}
