import { AppError, type ErrorCode } from '../../shared/errors.ts';
import type { Connection } from '../../shared/contract/connections.ts';
import { redirectedTo } from './regionAwareS3.ts';
import type { SignIn } from './signIn.ts';
import type { Attempt } from './types.ts';
import { isCutShort } from './wholeAnswers.ts';

interface SdkError extends Error {
  code?: string;
  Code?: string;
  $metadata?: { httpStatusCode?: number; requestId?: string };
}

/** Names of AWS's errors by what they mean here. https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html and the services' own lists. */
const BY_NAME: Record<string, ErrorCode> = {
  AccessDenied: 'AccessDenied',
  AccessDeniedException: 'AccessDenied',
  AllAccessDisabled: 'AccessDenied',
  AccountProblem: 'AccessDenied',
  ForbiddenException: 'AccessDenied',
  UnauthorizedOperation: 'AccessDenied',
  NoSuchBucket: 'NotFound',
  NoSuchKey: 'NotFound',
  NoSuchUpload: 'NotFound',
  NoSuchVersion: 'NotFound',
  NotFound: 'NotFound',
  EntityNotFoundException: 'NotFound',
  ResourceNotFoundException: 'NotFound',
  BucketAlreadyExists: 'AlreadyExists',
  BucketAlreadyOwnedByYou: 'AlreadyExists',
  AlreadyExistsException: 'AlreadyExists',
  BucketNotEmpty: 'Conflict',
  OperationAborted: 'Conflict',
  PreconditionFailed: 'Conflict',
  ConditionalRequestConflict: 'Conflict',
  ConcurrentModificationException: 'Conflict',
  InvalidObjectState: 'Conflict',
  ExpiredToken: 'CredentialsExpired',
  ExpiredTokenException: 'CredentialsExpired',
  RequestExpired: 'CredentialsExpired',
  TokenRefreshRequired: 'CredentialsExpired',
  UnauthorizedException: 'CredentialsExpired',
  InvalidAccessKeyId: 'CredentialsMissing',
  InvalidClientTokenId: 'CredentialsMissing',
  UnrecognizedClientException: 'CredentialsMissing',
  InvalidToken: 'CredentialsMissing',
  SignatureDoesNotMatch: 'CredentialsMissing',
  InvalidSignatureException: 'CredentialsMissing',
  PermanentRedirect: 'WrongRegion',
  AuthorizationHeaderMalformed: 'WrongRegion',
  IllegalLocationConstraintException: 'WrongRegion',
  SlowDown: 'Throttled',
  Throttling: 'Throttled',
  ThrottlingException: 'Throttled',
  ThrottledException: 'Throttled',
  TooManyRequestsException: 'Throttled',
  RequestLimitExceeded: 'Throttled',
  RequestThrottledException: 'Throttled',
  TimeoutError: 'Timeout',
  RequestTimeout: 'Timeout',
  RequestTimeTooSkewed: 'Unavailable',
  BadDigest: 'ChecksumMismatch',
  XAmzContentChecksumMismatch: 'ChecksumMismatch',
  XAmzContentSHA256Mismatch: 'ChecksumMismatch',
  NotImplemented: 'NotImplemented',
  NotImplementedException: 'NotImplemented',
  UnknownOperationException: 'NotImplemented',
  UnsupportedOperation: 'NotImplemented',
};

const NETWORK = /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ECONNABORTED|CERT_|ERR_TLS|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO)/;
/** Nobody was reached: no route, no name, nothing that listens. */
const UNREACHABLE = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL']);
const RETRYABLE = new Set<ErrorCode>(['Throttled', 'Timeout', 'Network', 'Unavailable', 'CredentialsExpired', 'CredentialsMissing']);

function codeOf(error: SdkError): ErrorCode {
  const name = error.name === 'Error' ? (error.Code ?? error.name) : error.name;
  if (error.name === 'AbortError') return 'Cancelled';
  if (error.name === 'CredentialsProviderError' || error.name === 'TokenProviderError' || error.name === 'ProviderError') {
    return /expired|sso login|SSO session|refresh/i.test(error.message) ? 'CredentialsExpired' : 'CredentialsMissing';
  }
  if (redirectedTo(error)) return 'WrongRegion';
  if (isCutShort(error)) return 'Network';
  // The SDK calls these a timeout.
  if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return 'Network';
  const known = BY_NAME[name];
  if (known) return known;
  if (error.code && (error.code === 'ETIMEDOUT' || error.code === 'ESOCKETTIMEDOUT')) return 'Timeout';
  if (error.code && NETWORK.test(error.code)) return 'Network';
  const status = error.$metadata?.httpStatusCode;
  if (status === undefined) return 'Internal';
  if (status === 301 || status === 307) return 'WrongRegion';
  if (status === 401 || status === 403) return 'AccessDenied';
  if (status === 404) return 'NotFound';
  if (status === 409 || status === 412) return 'Conflict';
  if (status === 429) return 'Throttled';
  if (status === 501) return 'NotImplemented';
  if (status >= 500) return 'Unavailable';
  return status >= 400 ? 'BadInput' : 'Network';
}

/** True where no connection came about at all: whatever was asked, the answer would have been the same. */
export function isUnreachable(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 4; at = at.cause, depth += 1) {
    if (UNREACHABLE.has((at as SdkError).code ?? '')) return true;
    if (at.name === 'TimeoutError' && /did not establish a connection/.test(at.message)) return true;
  }
  return false;
}

interface Told {
  message: string;
  detail?: string;
  action?: string;
  resource?: string;
  signInCommand?: string;
}

function tell(code: ErrorCode, error: SdkError, about: Attempt, connection: Connection, signIn: SignIn | undefined): Told {
  const what = `${about.action} on ${about.resource}`;
  const where = connection.endpoint ? connection.endpoint : connection.region;
  const said = error.message && error.message !== 'UnknownError' ? error.message.replace(/([^.!?])$/, '$1.') : undefined;
  switch (code) {
    case 'AccessDenied': {
      // AWS often names both itself: "… is not authorized to perform: s3:ListBucket on resource: "arn:…"".
      const named = /not authorized to perform:? ([\w-]+:\w+)(?:.*?resource: "?([^\s"]+))?/.exec(error.message ?? '');
      const action = named?.[1] ?? about.action;
      return {
        message: `Access denied: ${action} on ${about.resource}.`,
        detail: [said, `Connection “${connection.name}”, ${where}. Ask for ${action} on ${named?.[2] ?? about.resource}.`].filter(Boolean).join(' '),
        action,
        resource: named?.[2] ?? about.resource,
      };
    }
    case 'CredentialsExpired': {
      return {
        message: `The sign-in of connection “${connection.name}” has expired.`,
        detail: [signIn?.next, said && `(${said})`].filter(Boolean).join(' '),
        signInCommand: signIn?.command,
      };
    }
    case 'CredentialsMissing': {
      const mfa = /multi-factor/i.test(error.message);
      return {
        message: error.$metadata?.httpStatusCode ? `AWS does not accept the credentials of connection “${connection.name}”.` : `Connection “${connection.name}” has no credentials.`,
        detail: mfa ? `${said} Secchi does not ask for MFA codes yet: use a profile with credential_process or SSO, or a session made with “aws sts get-session-token”.` : said,
      };
    }
    case 'WrongRegion': {
      const region = redirectedTo(error);
      return {
        message: region ? `${about.resource} is in ${region}, not in ${connection.region}.` : `${about.resource} is in another region than ${connection.region}.`,
        detail: `${about.action} was refused. Change the region of connection “${connection.name}”${region ? ` to ${region}` : ''}.`,
      };
    }
    case 'Network':
      if (isUnreachable(error)) return unreachable(error, what, where, connection);
      return { message: `${what} failed: no answer, or a broken one, from ${where}.`, detail: said };
    case 'Timeout':
      if (isUnreachable(error)) return unreachable(error, what, where, connection);
      return { message: `${what} took too long; ${where} did not answer.`, detail: said };
    case 'Throttled':
      return { message: `${what}: the service asks to slow down.`, detail: `${said ?? ''} It was tried several times. Wait a moment, then retry.`.trim() };
    case 'Cancelled':
      return { message: `${what} was cancelled.` };
    case 'Unavailable':
      if (error.name === 'RequestTimeTooSkewed') return { message: 'The clock of this computer differs too much from AWS’s.', detail: 'Set the clock, then retry.' };
      return { message: `${what} failed inside the service.`, detail: said };
    case 'NotFound':
      return { message: `${about.resource} does not exist.`, detail: said };
    case 'Conflict':
      if (error.name === 'InvalidObjectState') return { message: `${about.resource} is archived and cannot be read.`, detail: 'Restore it first (“Restore from archive…”), then try again when the restore has ended.' };
      return { message: `${what} failed${said ? `: ${said}` : '.'}` };
    default:
      return { message: `${what} failed${said ? `: ${said}` : '.'}` };
  }
}

/** A name nobody knows is mostly a network that is gone, sometimes an endpoint that is mistyped: both are said. */
function unreachable(error: SdkError & { hostname?: string }, what: string, where: string, { name, endpoint }: Connection): Told {
  const typed = endpoint ? ` Or the endpoint of connection “${name}” is wrong.` : '';
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN') {
    return { message: `The host ${error.hostname ?? where} is not found.`, detail: `${what} could not be sent. This computer has no network, or its name server does not answer.${typed}` };
  }
  if (error.code === 'ECONNREFUSED') return { message: `Nothing listens at ${where}.`, detail: `${what} could not be sent: the connection was refused. The server is down.${typed}` };
  return { message: `${where} cannot be reached.`, detail: `${what} could not be sent: ${error.code ?? 'no connection came about'}. This computer has no network, or a VPN or firewall is in the way.` };
}

/** What the SDK threw, as an error that says what failed, on which resource, why, and what to do next. */
export function toAppError(thrown: unknown, about: Attempt, connection: Connection, signIn?: SignIn): AppError {
  if (thrown instanceof AppError) return thrown;
  const error = (thrown instanceof Error ? thrown : new Error(String(thrown))) as SdkError;
  const code = codeOf(error);
  const { message, ...told } = tell(code, error, about, connection, signIn);
  return new AppError(code, message, {
    action: about.action,
    resource: about.resource,
    ...told,
    awsCode: error.$metadata?.httpStatusCode === undefined ? undefined : error.name === 'Error' ? error.Code : error.name,
    requestId: error.$metadata?.requestId,
    retryable: RETRYABLE.has(code),
    cause: error,
  });
}
