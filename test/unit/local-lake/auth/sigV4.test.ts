import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { authenticate } from '../../../../electron/local-lake/auth/sigV4.ts';
import { parseQuery, type RawRequest } from '../../../../electron/local-lake/http/rawRequest.ts';

/**
 * Requests and signatures as the documentation of Amazon S3 prints them:
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html and …/sigv4-query-string-auth.html
 */
const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY' };
const expected = { credentials, region: 'us-east-1', services: ['s3'] };
const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
const host = 'examplebucket.s3.amazonaws.com';

beforeAll(() => void vi.useFakeTimers({ now: new Date('2013-05-24T00:01:00Z'), toFake: ['Date'] }));
afterAll(() => void vi.useRealTimers());

function request(method: string, target: string, headers: Record<string, string>): RawRequest {
  const [rawPath = '/', query = ''] = target.split('?');
  return { method, rawPath, query: parseQuery(query), headers: new Map(Object.entries({ host, ...headers })), hostname: host };
}
const authorization = (signedHeaders: string, signature: string) =>
  `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=${signedHeaders},Signature=${signature}`;

const documented: [string, RawRequest][] = [
  ['GET object', request('GET', '/test.txt', {
    range: 'bytes=0-9', 'x-amz-content-sha256': EMPTY, 'x-amz-date': '20130524T000000Z',
    authorization: authorization('host;range;x-amz-content-sha256;x-amz-date', 'f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41'),
  })],
  ['PUT object', request('PUT', '/test%24file.text', {
    date: 'Fri, 24 May 2013 00:00:00 GMT', 'x-amz-date': '20130524T000000Z', 'x-amz-storage-class': 'REDUCED_REDUNDANCY',
    'x-amz-content-sha256': '44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072',
    authorization: authorization('date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class', '98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd'),
  })],
  ['GET bucket lifecycle', request('GET', '/?lifecycle', {
    'x-amz-date': '20130524T000000Z', 'x-amz-content-sha256': EMPTY,
    authorization: authorization('host;x-amz-content-sha256;x-amz-date', 'fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543'),
  })],
  ['list objects', request('GET', '/?max-keys=2&prefix=J', {
    'x-amz-date': '20130524T000000Z', 'x-amz-content-sha256': EMPTY,
    authorization: authorization('host;x-amz-content-sha256;x-amz-date', '34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7'),
  })],
  ['presigned GET', request('GET', '/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404', {})],
];

it.each(documented)('accepts the documented signature of %s', (_, example) => {
  expect(authenticate(example, expected)).toMatchObject({ accessKeyId: credentials.accessKeyId, scope: { date: '20130524', region: 'us-east-1', service: 's3' } });
});

const [, get] = documented[0]!;
const [, presigned] = documented[4]!;
const changed = (base: RawRequest, change: Partial<RawRequest>, headers: Record<string, string | undefined> = {}) => {
  const all = new Map([...new Map<string, string | undefined>([...base.headers, ...Object.entries(headers)])].filter((entry): entry is [string, string] => entry[1] !== undefined));
  return { ...base, ...change, headers: all };
};
const code = (run: () => unknown) => {
  try {
    run();
  } catch (error) {
    return (error as { code: string }).code;
  }
  return 'accepted';
};

it('refuses whatever is not what was signed', () => {
  const refusal = (r: RawRequest, e = expected) => code(() => authenticate(r, e));
  expect(refusal(changed(get, { method: 'HEAD' }))).toBe('SignatureDoesNotMatch');
  expect(refusal(changed(get, { rawPath: '/test.txt/../test.txt' }))).toBe('SignatureDoesNotMatch');
  expect(refusal(changed(get, { query: [['versionId', '1']] }))).toBe('SignatureDoesNotMatch');
  expect(refusal(changed(get, {}, { range: 'bytes=0-10' }))).toBe('SignatureDoesNotMatch');
  expect(refusal(changed(presigned, { query: presigned.query.map(([n, v]) => [n, n === 'X-Amz-Expires' ? '86401' : v]) }))).toBe('SignatureDoesNotMatch');
  expect(refusal(changed(get, {}, { 'x-amz-acl': 'private' }))).toBe('AccessDenied'); // sent but not signed
  expect(refusal(get, { ...expected, credentials: { ...credentials, secretAccessKey: 'other' } })).toBe('SignatureDoesNotMatch');
  expect(refusal(get, { ...expected, credentials: { ...credentials, accessKeyId: 'AKIAOTHER' } })).toBe('InvalidAccessKeyId');
  expect(refusal(get, { ...expected, region: 'eu-west-1' })).toBe('AuthorizationHeaderMalformed');
  expect(refusal(get, { ...expected, services: ['glue'] })).toBe('AuthorizationHeaderMalformed');
  expect(refusal(changed(get, {}, { 'x-amz-security-token': 'x' }))).toBe('InvalidToken');
  expect(refusal(changed(get, {}, { authorization: undefined }))).toBe('AccessDenied');
  expect(refusal(changed(get, {}, { authorization: 'AWS AKIAIOSFODNN7EXAMPLE:sig' }))).toBe('InvalidRequest');
  expect(refusal(changed(get, {}, { authorization: 'AWS4-HMAC-SHA256 nonsense' }))).toBe('AuthorizationHeaderMalformed');
});

it('FAULTS 17: refuses a clock that is 16 minutes off, and says what time it is', () => {
  vi.setSystemTime(new Date('2013-05-24T00:16:00Z'));
  expect(() => authenticate(get, expected)).toThrow(expect.objectContaining({ code: 'RequestTimeTooSkewed', status: 403, elements: expect.objectContaining({ ServerTime: '2013-05-24T00:16:00Z' }) }));
  vi.setSystemTime(new Date('2013-05-23T23:44:00Z'));
  expect(code(() => authenticate(get, expected))).toBe('RequestTimeTooSkewed');
  expect(code(() => authenticate(presigned, expected))).toBe('AccessDenied'); // not valid yet
  vi.setSystemTime(new Date('2013-05-24T23:59:59Z'));
  expect(code(() => authenticate(presigned, expected))).toBe('accepted');
  vi.setSystemTime(new Date('2013-05-25T00:00:01Z'));
  expect(() => authenticate(presigned, expected)).toThrow(expect.objectContaining({ code: 'AccessDenied', message: 'Request has expired' }));
});
