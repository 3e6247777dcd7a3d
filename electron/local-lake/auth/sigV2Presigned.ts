import { createHmac } from 'node:crypto';
import type { RawRequest } from '../http/rawRequest.ts';
import { ServiceError } from '../http/serviceError.ts';
import { sameSignature } from './signingKey.ts';

/** Query parameters that are part of what is signed. */
const SUB_RESOURCES = new Set([
  ...['acl', 'cors', 'delete', 'lifecycle', 'location', 'logging', 'notification', 'partNumber', 'policy', 'requestPayment', 'restore', 'tagging', 'torrent', 'uploadId', 'uploads'],
  ...['versionId', 'versioning', 'versions', 'website'],
  ...['content-type', 'content-language', 'expires', 'cache-control', 'content-disposition', 'content-encoding'].map((name) => `response-${name}`),
]);

export const isSigV2Presigned = (query: ReadonlyMap<string, string>) => query.has('AWSAccessKeyId') && query.has('Signature') && query.has('Expires');

/**
 * Checks a URL presigned the old way, as `aws s3 presign` and botocore still make them for us-east-1.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html#RESTAuthenticationQueryStringAuth
 */
export function checkSigV2Presigned(request: RawRequest, query: ReadonlyMap<string, string>, credentials: { accessKeyId: string; secretAccessKey: string }, bucketInHost: string): void {
  const [accessKeyId = '', given = '', expires = ''] = [query.get('AWSAccessKeyId'), query.get('Signature'), query.get('Expires')];
  if (accessKeyId !== credentials.accessKeyId) {
    throw new ServiceError('InvalidAccessKeyId', 'The AWS Access Key Id you provided does not exist in our records.', 403, { AWSAccessKeyId: accessKeyId });
  }
  if (!/^\d{1,12}$/.test(expires)) throw new ServiceError('AccessDenied', 'Invalid date (should be seconds since epoch)', 403);
  const now = new Date();
  if (now.getTime() > Number(expires) * 1000) {
    throw new ServiceError('AccessDenied', 'Request has expired', 403, { Expires: new Date(Number(expires) * 1000).toISOString(), ServerTime: now.toISOString() });
  }
  const amz = [...request.headers].filter(([name]) => name.startsWith('x-amz-')).sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => `${name}:${value}\n`).join('');
  const signedQuery = request.query
    .filter(([name]) => SUB_RESOURCES.has(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => (value === '' ? name : `${name}=${value}`))
    .join('&');
  const resource = `${bucketInHost === '' ? '' : `/${bucketInHost}`}${request.rawPath}${signedQuery === '' ? '' : `?${signedQuery}`}`;
  const stringToSign = [request.method, request.headers.get('content-md5') ?? '', request.headers.get('content-type') ?? '', expires, `${amz}${resource}`].join('\n');
  const expected = createHmac('sha1', credentials.secretAccessKey).update(stringToSign, 'utf8').digest('base64');
  if (!sameSignature(expected, given)) {
    throw new ServiceError('SignatureDoesNotMatch', 'The request signature we calculated does not match the signature you provided. Check your key and signing method.', 403, {
      AWSAccessKeyId: accessKeyId,
      StringToSign: stringToSign,
      SignatureProvided: given,
    });
  }
}
