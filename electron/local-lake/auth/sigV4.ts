import type { RawRequest } from '../http/rawRequest.ts';
import { ServiceError } from '../http/serviceError.ts';
import { canonicalRequest, sha256Hex } from './canonicalRequest.ts';
import { sameSignature, scopeText, signature, signingKey, type CredentialScope } from './signingKey.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** What a checked signature says: enough to check the chunks that follow it. */
export interface Signed {
  accessKeyId: string;
  scope: CredentialScope;
  /** YYYYMMDDTHHMMSSZ */
  date: string;
  signature: string;
  key: Buffer;
  /** What the signer said of the body: a hash, UNSIGNED-PAYLOAD or a STREAMING-… form. */
  payloadHash: string;
  presigned: boolean;
}

interface Claim {
  credential: string;
  signedHeaders: string[];
  signature: string;
  date: string;
  /** Seconds; presigned only. */
  expires?: number;
}

const ALGORITHM = 'AWS4-HMAC-SHA256';
const MAX_SKEW_MS = 15 * 60_000;
const WEEK_SECONDS = 604_800;

const malformed = (presigned: boolean, message: string, elements?: Record<string, string>) =>
  presigned
    ? new ServiceError('AuthorizationQueryParametersError', message, 400, elements)
    : new ServiceError('AuthorizationHeaderMalformed', `The authorization header is malformed; ${message}`, 400, elements);

/** Checks SigV4 in the header or in the query. `bodyHash` is used where the request does not state one (not S3). */
export function authenticate(request: RawRequest, expected: { credentials: Credentials; region: string; services: string[] }, bodyHash?: string): Signed {
  const claim = claimOf(request);
  const presigned = claim.expires !== undefined;
  const [accessKeyId, ...scopeParts] = splitCredential(claim.credential);
  const [date = '', region = '', service = '', terminal] = scopeParts;
  if (!accessKeyId || terminal !== 'aws4_request') throw malformed(presigned, 'the Credential is mal-formed; expecting "<YOUR-AKID>/YYYYMMDD/REGION/SERVICE/aws4_request".');
  if (accessKeyId !== expected.credentials.accessKeyId) {
    throw new ServiceError('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403, { AWSAccessKeyId: accessKeyId });
  }
  if (request.headers.has('x-amz-security-token') || request.query.some(([name]) => name === 'X-Amz-Security-Token')) {
    throw new ServiceError('InvalidToken', 'The provided token is malformed or otherwise invalid.', 400);
  }
  if (!expected.services.includes(service)) throw malformed(presigned, `incorrect service "${service}". This endpoint belongs to "${expected.services.join('", "')}".`);
  if (region !== expected.region) throw malformed(presigned, `the region '${region}' is wrong; expecting '${expected.region}'`, { Region: expected.region });
  if (!claim.date.startsWith(date) || date.length !== 8) throw malformed(presigned, `Invalid credential date "${date}". This date is not the same as X-Amz-Date: "${claim.date.slice(0, 8)}".`);
  checkTime(claim);
  checkSignedHeaders(request, claim.signedHeaders);

  const payloadHash = request.headers.get('x-amz-content-sha256') ?? (presigned ? 'UNSIGNED-PAYLOAD' : bodyHash);
  if (payloadHash === undefined) throw new ServiceError('InvalidRequest', 'Missing required header for this request: x-amz-content-sha256', 400);
  const scope = { date, region, service };
  const key = signingKey(expected.credentials.secretAccessKey, scope);
  const canonical = canonicalRequest(request, claim.signedHeaders, payloadHash);
  const stringToSign = [ALGORITHM, claim.date, scopeText(scope), sha256Hex(canonical, 'latin1')].join('\n');
  if (!sameSignature(signature(key, stringToSign), claim.signature)) {
    throw new ServiceError('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.', 403, {
      AWSAccessKeyId: accessKeyId,
      StringToSign: stringToSign,
      SignatureProvided: claim.signature,
      CanonicalRequest: canonical,
    });
  }
  return { accessKeyId, scope, date: claim.date, signature: claim.signature, key, payloadHash, presigned };
}

/** Access keys may hold slashes; the last four parts are the scope. */
function splitCredential(credential: string): string[] {
  const parts = credential.split('/');
  return [parts.slice(0, -4).join('/'), ...parts.slice(-4)];
}

function claimOf(request: RawRequest): Claim {
  const header = request.headers.get('authorization');
  const query = new Map(request.query);
  if (header !== undefined && query.has('X-Amz-Algorithm')) {
    throw new ServiceError('InvalidArgument', 'Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, Signature query string parameter or the Authorization header should be specified', 400);
  }
  if (header !== undefined) return claimOfHeader(request, header);
  if (query.has('X-Amz-Algorithm')) return claimOfQuery(query);
  if (query.has('Signature') && query.has('AWSAccessKeyId')) throw unsupported();
  throw new ServiceError('AccessDenied', 'Access Denied', 403);
}

const unsupported = () => new ServiceError('InvalidRequest', `The authorization mechanism you have provided is not supported. Please use ${ALGORITHM}.`, 400);

function claimOfHeader(request: RawRequest, header: string): Claim {
  if (!header.startsWith(`${ALGORITHM} `)) throw unsupported();
  const fields = new Map(header.slice(ALGORITHM.length).split(',').map((field) => {
    const equals = field.indexOf('=');
    return [field.slice(0, equals).trim(), field.slice(equals + 1).trim()];
  }));
  const [credential, signedHeaders, sign] = [fields.get('Credential'), fields.get('SignedHeaders'), fields.get('Signature')];
  if (!credential || !signedHeaders || !sign) throw malformed(false, 'it must have Credential, SignedHeaders and Signature.');
  const stated = request.headers.get('x-amz-date') ?? request.headers.get('date') ?? '';
  const date = /^\d{8}T\d{6}Z$/.test(stated) ? stated : basicDate(Date.parse(stated));
  if (!date) throw new ServiceError('AccessDenied', 'AWS authentication requires a valid Date or x-amz-date header', 403);
  return { credential, signedHeaders: signedHeaders.split(';'), signature: sign, date };
}

function claimOfQuery(query: Map<string, string>): Claim {
  const need = (name: string) => {
    const value = query.get(name);
    if (!value) throw malformed(true, 'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.');
    return value;
  };
  if (need('X-Amz-Algorithm') !== ALGORITHM) throw malformed(true, `X-Amz-Algorithm only supports "${ALGORITHM}"`);
  const date = need('X-Amz-Date');
  if (!/^\d{8}T\d{6}Z$/.test(date)) throw malformed(true, 'X-Amz-Date must be in the ISO8601 Long Format "yyyyMMdd\'T\'HHmmss\'Z\'"');
  const expires = Number(need('X-Amz-Expires'));
  if (!Number.isInteger(expires)) throw malformed(true, 'X-Amz-Expires should be a number');
  if (expires < 0) throw malformed(true, 'X-Amz-Expires must be non-negative');
  if (expires > WEEK_SECONDS) throw malformed(true, `X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than ${WEEK_SECONDS} seconds`);
  return { credential: need('X-Amz-Credential'), signedHeaders: need('X-Amz-SignedHeaders').split(';'), signature: need('X-Amz-Signature'), date, expires };
}

function basicDate(ms: number): string | undefined {
  return Number.isNaN(ms) ? undefined : new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '');
}

const msOf = (basic: string) => Date.parse(basic.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
const second = (ms: number) => new Date(ms).toISOString().replace(/\.\d{3}/, '');

function checkTime(claim: Claim): void {
  const now = Date.now();
  const at = msOf(claim.date);
  if (claim.expires === undefined) {
    if (!(Math.abs(now - at) <= MAX_SKEW_MS)) {
      throw new ServiceError('RequestTimeTooSkewed', 'The difference between the request time and the current time is too large.', 403, {
        RequestTime: claim.date,
        ServerTime: second(now),
        MaxAllowedSkewMilliseconds: String(MAX_SKEW_MS),
      });
    }
    return;
  }
  if (!(at - now <= MAX_SKEW_MS)) throw new ServiceError('AccessDenied', 'Request is not valid yet', 403, { ServerTime: second(now) });
  const end = at + claim.expires * 1000;
  if (now > end) throw new ServiceError('AccessDenied', 'Request has expired', 403, { 'X-Amz-Expires': String(claim.expires), Expires: second(end), ServerTime: second(now) });
}

function checkSignedHeaders(request: RawRequest, signed: string[]): void {
  const unsigned = [...request.headers.keys()].filter((name) => (name === 'host' || name.startsWith('x-amz-')) && !signed.includes(name));
  if (unsigned.length > 0) {
    throw new ServiceError('AccessDenied', 'There were headers present in the request which were not signed', 403, { HeadersNotSigned: unsigned.join(', ') });
  }
}
