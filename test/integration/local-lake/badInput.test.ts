import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';

import { CreateBucketCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetDatabasesCommand, GlueClient } from '@aws-sdk/client-glue';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startLake, type TestLake } from '../../support/lake.ts';
import { sendRaw, signedRequest } from '../../support/rawS3.ts';

let lake: TestLake;
let s3: S3Client;
const Bucket = 'bad';
beforeAll(async () => {
  lake = await startLake();
  s3 = new S3Client({ ...lake.clientConfig, maxAttempts: 1 });
  await s3.send(new CreateBucketCommand({ Bucket }));
});
afterAll(async () => {
  s3?.destroy();
  await lake?.stop();
});

const send = async (...args: Parameters<typeof signedRequest> extends [TestLake, ...infer Rest] ? Rest : never) => sendRaw(lake, await signedRequest(lake, ...args));

it('FAULTS 1: keys that look like ways out of the folder are only names', async () => {
  for (const target of ['/bad/../../../../etc/passwd', '/bad/..', '/bad//../x', '/bad/%2e%2e/%2E%2E/x', '/bad/C:%5Cx', '/bad/%00']) {
    expect(await send('PUT', target, 'inside')).toMatchObject({ status: 200 });
    expect(await send('GET', target)).toMatchObject({ status: 200, body: 'inside' });
  }
  expect((await s3.send(new ListObjectsV2Command({ Bucket }))).Contents!.map((c) => c.Key)).toContain('../../../../etc/passwd');
  expect((await readdir(lake.dataDir)).sort()).toEqual(['lake']);
});

it.each([
  ['not XML', 'POST', '/bad?delete', 'nonsense'],
  ['XML cut short', 'POST', '/bad?delete', '<Delete><Object><Key>a</Key>'],
  ['another root', 'POST', '/bad?delete', '<Remove/>'],
  ['no objects', 'POST', '/bad?delete', '<Delete></Delete>'],
  ['an entity bomb', 'POST', '/bad?delete', '<!DOCTYPE x [<!ENTITY a "aa">]><Delete><Object><Key>&a;</Key></Object></Delete>'],
  ['tags cut short', 'PUT', '/bad/tagged?tagging', '<Tagging><TagSet><Tag>'],
])('refuses %s as MalformedXML', async (_, method, target, body) => {
  await s3.send(new PutObjectCommand({ Bucket, Key: 'tagged', Body: '' }));
  const md5 = createHash('md5').update(body).digest('base64');
  expect(await send(method, target, body, { 'content-md5': md5 })).toMatchObject({ status: 400, code: 'MalformedXML' });
});

it('refuses by name what it does not do', async () => {
  for (const [method, target] of [['PUT', '/bad?website'], ['PUT', '/bad?replication'], ['PUT', '/bad?inventory&id=1'], ['POST', '/bad/k?select&select-type=2'], ['GET', '/bad/k?torrent'], ['POST', '/bad']] as const) {
    const answer = await send(method, target);
    expect(answer, `${method} ${target}`).toMatchObject({ status: 501, code: 'NotImplemented' });
  }
  expect(await send('PATCH', '/bad/k')).toMatchObject({ status: 405, code: 'MethodNotAllowed' });
  expect(await send('GET', '/bad/%zz')).toMatchObject({ status: 400, code: 'InvalidURI' });
  expect(await send('GET', '/bad/%ff')).toMatchObject({ status: 400, code: 'InvalidURI' });
});

it('unknown JSON operations and bodies that are no JSON are named errors', async () => {
  const json = (target: string, body: string) => {
    const glue = new GlueClient({ ...lake.clientConfig, maxAttempts: 1 });
    glue.middlewareStack.add((next) => (args) => {
      const request = args.request as { headers: Record<string, string>; body: string };
      Object.assign(request.headers, { 'x-amz-target': target, 'content-length': String(body.length) });
      request.body = body;
      return next(args);
    }, { step: 'build', priority: 'low' });
    return glue.send(new GetDatabasesCommand({})).finally(() => glue.destroy());
  };
  await expect(json('AWSGlue.NoSuchThing', '{}')).rejects.toMatchObject({ name: 'UnknownOperationException' });
  await expect(json('NoService.GetDatabases', '{}')).rejects.toMatchObject({ name: expect.stringMatching(/UnknownOperationException|IncompleteSignature/) });
  await expect(json('AWSGlue.GetDatabases', '{"a":')).rejects.toMatchObject({ name: 'SerializationException' });
  await expect(json('AWSGlue.GetDatabases', '[1]')).rejects.toMatchObject({ name: 'SerializationException' });
  await expect(json('AWSGlue.GetDatabases', '{}')).resolves.toMatchObject({ DatabaseList: expect.any(Array) });
});

it('FAULTS 7: a body shorter than its Content-Length is never an object', async () => {
  const request = await signedRequest(lake, 'PUT', '/bad/short', 'ten bytes!', { 'x-amz-content-sha256': 'UNSIGNED-PAYLOAD' });
  await sendRaw(lake, request.slice(0, -4), { half: true }).catch(() => undefined);
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'short' }))).rejects.toMatchObject({ name: 'NotFound' });
});

it('FAULTS 8: a body that is not what was signed is never an object', async () => {
  const request = await signedRequest(lake, 'PUT', '/bad/flipped', 'ten bytes!');
  expect(await sendRaw(lake, `${request.slice(0, -1)}?`)).toMatchObject({ status: 400, code: 'XAmzContentSHA256Mismatch' });
  await expect(s3.send(new HeadObjectCommand({ Bucket, Key: 'flipped' }))).rejects.toMatchObject({ name: 'NotFound' });
});

it('FAULTS 17: a clock 20 minutes off is told the time, and the SDK goes on by it', async () => {
  const late = new Date(Date.now() - 20 * 60_000);
  const answer = await sendRaw(lake, await signedRequest(lake, 'GET', '/bad', '', {}, late));
  expect(answer).toMatchObject({ status: 403, code: 'RequestTimeTooSkewed' });
  expect(answer.body).toMatch(/<ServerTime>\d{4}-/);
  vi.useFakeTimers({ now: late, toFake: ['Date'] });
  try {
    const skewed = new S3Client(lake.clientConfig);
    await expect(skewed.send(new GetObjectCommand({ Bucket, Key: 'absent' }))).rejects.toMatchObject({ name: 'NoSuchKey' });
    skewed.destroy();
  } finally {
    vi.useRealTimers();
  }
});

it('what is no HTTP, or asks without a signature, is answered and harms nobody', async () => {
  expect((await sendRaw(lake, 'nonsense\r\n\r\n')).status).toBe(400);
  expect((await sendRaw(lake, `GET / HTTP/1.1\r\nhost: x\r\nx-big: ${'x'.repeat(40_000)}\r\n\r\n`)).status).toBe(431);
  expect(await sendRaw(lake, 'GET /bad/tagged HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatchObject({ status: 403, code: 'AccessDenied' });
  expect(await sendRaw(lake, 'GET http://x/bad/../tagged HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toMatchObject({ status: 403, code: 'AccessDenied' });
  expect((await s3.send(new HeadObjectCommand({ Bucket, Key: 'tagged' }))).ContentLength).toBe(0);
});

it('takes a bucket from the Host header', async () => {
  const port = new URL(lake.endpoint).port;
  await s3.send(new PutObjectCommand({ Bucket, Key: 'by/host', Body: 'found' }));
  for (const host of [`bad.localhost:${port}`, `bad.s3.localhost:${port}`]) {
    expect(await send('GET', '/by/host', '', { host })).toMatchObject({ status: 200, body: 'found' });
  }
});

it('says 100 Continue only to those whose signature holds', async () => {
  const good = await signedRequest(lake, 'PUT', '/bad/continued', 'body', { expect: '100-continue' });
  const end = good.indexOf('\r\n\r\n') + 4;
  const bad = good.slice(0, end).replace(/Signature=..../, 'Signature=0000');
  const refused = await sendRaw(lake, bad);
  expect(refused.status).toBe(403);
});
