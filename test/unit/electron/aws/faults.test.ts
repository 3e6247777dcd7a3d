import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { GetDatabasesCommand } from '@aws-sdk/client-glue';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { listPage } from '../../../../electron/services/s3/listing.ts';
import { listing, s3Error, startAwsServer, type AwsRequest, type AwsServer } from '../../../support/awsServer.ts';
import { keysTo, openConnections, type TestConnections } from '../../../support/connections.ts';

let server: AwsServer;
let connections: TestConnections;
let connectionId: string;
let answer: (request: AwsRequest, response: ServerResponse, nth: number) => void;

beforeEach(async () => {
  server = await startAwsServer((request, response, nth) => answer(request, response, nth));
  connections = await openConnections({ socketTimeout: 1500 });
  connectionId = (await keysTo(connections.aws, server.endpoint)).id;
});
afterEach(async () => {
  await server.close();
  await connections.stop();
});

const list = (signal?: AbortSignal) => listPage(connections.aws, { connectionId, bucket: 'b', prefix: '', delimiter: '/', max: 1000 }, signal);
const sendXml = (response: ServerResponse, text: string) => response.writeHead(200, { 'content-type': 'application/xml' }).end(text);

test('FAULTS 5: hostile keys come back byte for byte, asked with encoding-type=url', async () => {
  const keys = ['a b', 'a+b', 'a%20b', '100%', 'x&y<z>"\'', 'tab\tnew\nline\r', '\u0001\u001f', '//', 'emoji 🪣', 'ä', 'a\u0308', 'e'.repeat(1024)];
  answer = (_, response) => sendXml(response, listing(keys));
  expect((await list()).keys).toEqual(keys);
  expect(server.requests[0]!.path).toContain('encoding-type=url');
});

describe('FAULTS 6: a listing cut short', () => {
  test('is asked again, and never taken for complete', async () => {
    const whole = listing(['a', 'b', 'c']);
    answer = (_, response, nth) => sendXml(response, nth === 1 ? whole.slice(0, whole.indexOf('<Key>c')) : whole);
    expect((await list()).keys).toEqual(['a', 'b', 'c']);
    expect(server.requests).toHaveLength(2);
  });

  test('cut anywhere, it is never a shorter listing', async () => {
    const whole = listing(['a', 'b']);
    let cut = 0;
    answer = (_, response, nth) => sendXml(response, nth % 2 === 1 ? whole.slice(0, cut) : whole);
    for (cut = 60; cut < whole.length - 1; cut += 37) expect((await list()).keys).toEqual(['a', 'b']);
  }, 60_000);

  test('again and again, it is an error', async () => {
    answer = (_, response) => sendXml(response, listing(['a', 'b']).slice(0, 300));
    await expect(list()).rejects.toMatchObject({ code: 'Network', retryable: true, resource: 's3://b/' });
  }, 30_000);

  test('a connection broken in the body is an error or a retry too', async () => {
    const whole = listing(['a', 'b']);
    answer = (_, response, nth) => {
      if (nth > 1) return sendXml(response, whole);
      response.writeHead(200, { 'content-type': 'application/xml', 'content-length': String(Buffer.byteLength(whole)) });
      response.write(whole.slice(0, 200), () => response.destroy());
    };
    expect((await list()).keys).toEqual(['a', 'b']);
  });

  test('a page that says there is more, without saying where, is an error', async () => {
    answer = (_, response) => sendXml(response, listing(['a'], '<IsTruncated>true</IsTruncated>'));
    await expect(list()).rejects.toMatchObject({ code: 'Network', message: expect.stringContaining('incomplete') });
  });

  test('a page with fewer keys than its own count is an error', async () => {
    answer = (_, response) => sendXml(response, listing(['a', 'b']).replace('<KeyCount>2', '<KeyCount>3'));
    await expect(list()).rejects.toMatchObject({ code: 'Network' });
  });
});

test('FAULTS 17: a clock 20 minutes off is corrected, and the request goes on', async () => {
  const skew = 20 * 60_000;
  answer = (request, response) => {
    const now = Date.now() + skew;
    const headers = { date: new Date(now).toUTCString() };
    if (Math.abs(request.signedAt - now) > 15 * 60_000) return s3Error(response, 403, 'RequestTimeTooSkewed', { headers, extra: `<ServerTime>${new Date(now).toISOString()}</ServerTime>` });
    response.writeHead(200, { ...headers, 'content-type': 'application/xml' }).end(listing(['a']));
  };
  expect((await list()).keys).toEqual(['a']);
  expect((await list()).keys).toEqual(['a']);
  expect(server.requests, 'corrected once, for all that follow').toHaveLength(3);
});

describe('FAULTS 18: throttling', () => {
  test('SlowDown is tried again until it is served', async () => {
    answer = (_, response, nth) => (nth < 3 ? s3Error(response, 503, 'SlowDown') : sendXml(response, listing(['a'])));
    expect((await list()).keys).toEqual(['a']);
    expect(server.requests).toHaveLength(3);
  }, 30_000);

  test('Glue’s ThrottlingException, for ever, is Throttled', async () => {
    answer = (_, response) => response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' }).end('{"__type":"ThrottlingException","message":"Rate exceeded"}');
    const call = connections.aws.attempt({ connectionId, action: 'glue:GetDatabases', resource: 'the catalog' }, ({ glue }) => glue.send(new GetDatabasesCommand({})));
    await expect(call).rejects.toMatchObject({ code: 'Throttled', retryable: true, awsCode: 'ThrottlingException' });
    expect(server.requests.length).toBeGreaterThan(2);
  }, 60_000);
});

describe('FAULTS 20: refusals', () => {
  test('403 is told at once, with action, resource and region, not tried again', async () => {
    answer = (_, response) => s3Error(response, 403, 'AccessDenied', { message: 'User: arn:aws:iam::1:user/u is not authorized to perform: s3:ListBucket on resource: "arn:aws:s3:::b" because no identity-based policy allows it' });
    await expect(list()).rejects.toMatchObject({
      code: 'AccessDenied',
      message: 'Access denied: s3:ListBucket on s3://b/.',
      action: 's3:ListBucket',
      resource: 'arn:aws:s3:::b',
      requestId: 'REQ123',
      awsCode: 'AccessDenied',
      retryable: false,
    });
    expect(server.requests).toHaveLength(1);
  });

  test('a bucket in another region is followed there, and remembered', async () => {
    answer = (request, response) =>
      request.region === 'ap-northeast-2'
        ? sendXml(response, listing(['a']))
        : s3Error(response, 301, 'PermanentRedirect', { headers: { 'x-amz-bucket-region': 'ap-northeast-2' } });
    expect((await list()).keys).toEqual(['a']);
    expect((await list()).keys).toEqual(['a']);
    expect(server.requests.map(({ region }) => region)).toEqual(['eu-west-1', 'ap-northeast-2', 'ap-northeast-2']);
  });

  test('many requests at once to a bucket elsewhere all arrive', async () => {
    answer = (request, response) =>
      request.region === 'ap-northeast-2'
        ? sendXml(response, listing(['a']))
        : s3Error(response, 400, 'AuthorizationHeaderMalformed', { extra: '<Region>ap-northeast-2</Region>' });
    const pages = await Promise.all(Array.from({ length: 20 }, () => list()));
    expect(pages.every(({ keys }) => keys[0] === 'a')).toBe(true);
  });

  test('a redirect that leads nowhere is WrongRegion, with the region', async () => {
    answer = (_, response) => s3Error(response, 301, 'PermanentRedirect', { headers: { 'x-amz-bucket-region': 'ap-northeast-2' } });
    await expect(list()).rejects.toMatchObject({ code: 'WrongRegion', message: 's3://b/ is in ap-northeast-2, not in eu-west-1.' });
  });

  test('a body that cannot be sent twice is not lost silently: the error says the region', async () => {
    answer = (_, response) => s3Error(response, 301, 'PermanentRedirect', { headers: { 'x-amz-bucket-region': 'ap-northeast-2' } });
    const put = connections.aws.attempt({ connectionId, action: 's3:PutObject', resource: 's3://b/k' }, ({ s3 }) =>
      s3.send(new PutObjectCommand({ Bucket: 'b', Key: 'k', Body: Readable.from(['abc']), ContentLength: 3 })),
    );
    await expect(put).rejects.toMatchObject({ code: 'WrongRegion', message: expect.stringContaining('ap-northeast-2') });
  });
});

test('a port where nobody listens is Network, with the address', async () => {
  const { endpoint } = server;
  await server.close();
  await expect(list()).rejects.toMatchObject({ code: 'Network', message: expect.stringContaining(endpoint), retryable: true });
}, 60_000);

test('an abort stops the request and is Cancelled', async () => {
  const controller = new AbortController();
  answer = () => controller.abort();
  await expect(list(controller.signal)).rejects.toMatchObject({ code: 'Cancelled' });
});

test('FAULTS 16: a token that expires in the middle is taken anew from its source, and the work goes on', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'secchi-expiry-'));
  const write = (key: string) => writeFile(path.join(dir, 'config'), `[profile p]\naws_access_key_id=${key}\naws_secret_access_key=s\n`);
  vi.stubEnv('AWS_CONFIG_FILE', path.join(dir, 'config'));
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', path.join(dir, 'none'));
  let valid = 'OLDKEY';
  answer = (request, response) =>
    request.headers.authorization?.includes(`Credential=${valid}/`) ? sendXml(response, listing(['a'])) : s3Error(response, 400, 'ExpiredToken', { message: 'The provided token has expired.' });
  await write('OLDKEY');
  connectionId = (await connections.aws.create({ name: 'P', kind: 'profile', profile: 'p', region: 'eu-west-1', endpoint: server.endpoint })).id;
  expect((await list()).keys).toEqual(['a']);

  valid = 'NEWKEY';
  await write('NEWKEY');
  const pages = await Promise.all([list(), list(), list()]);
  expect(pages.map(({ keys }) => keys)).toEqual([['a'], ['a'], ['a']]);

  valid = 'NOBODY';
  await expect(list()).rejects.toMatchObject({ code: 'CredentialsExpired', signInCommand: undefined, detail: expect.stringContaining('Renew the keys of profile “p”'), retryable: true });
  vi.unstubAllEnvs();
  await rm(dir, { recursive: true, force: true });
});

describe('FAULTS 19: a stalled socket', () => {
  test('before the answer, it times out and is tried again', async () => {
    answer = (_, response, nth) => nth > 1 && sendXml(response, listing(['a']));
    expect((await list()).keys).toEqual(['a']);
    expect(server.requests).toHaveLength(2);
  });

  test('in the middle of the answer too', async () => {
    const whole = listing(['a']);
    answer = (_, response, nth) => {
      if (nth > 1) return sendXml(response, whole);
      response.writeHead(200, { 'content-type': 'application/xml', 'content-length': String(Buffer.byteLength(whole)) }).write(whole.slice(0, 100));
    };
    expect((await list()).keys).toEqual(['a']);
  });

  test('for ever, it is Timeout', async () => {
    answer = () => undefined;
    await expect(list()).rejects.toMatchObject({ code: 'Timeout', retryable: true });
  }, 20_000);
});
