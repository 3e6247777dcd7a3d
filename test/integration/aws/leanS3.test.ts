import { createHash, createHmac, randomBytes } from 'node:crypto';
import { Agent as HttpAgent, createServer } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { connect, type AddressInfo, type Server } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { CreateBucketCommand, GetObjectCommand, S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import { SignatureV4 } from '@smithy/signature-v4';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { createLeanS3, type LeanS3 } from '../../../electron/aws/leanS3.ts';
import { readObject } from '../../../electron/aws/readObject.ts';
import { certificate, key as privateKey } from '../../support/loopbackCertificate.ts';
import { startLake, type TestLake } from '../../support/lake.ts';

const BUCKET = 'lean-bucket';
const HOSTILE = ['plain', '../x', 'a/../../b', './.', 'a//b', '/leading', 'trailing/', 'sp ace +%25&=?#', "quotes'\"()*!~", 'emoji 🌊 한글 é', '\u0001\n\t', '%2F%2f', 'a'.repeat(1024)];
const signal = new AbortController().signal;
/** What the SDK's signer wants of a hash. */
class Sha256 {
  private readonly hash;
  constructor(secret?: string | Uint8Array) {
    this.hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }
  update(bytes: string | Uint8Array) {
    this.hash.update(bytes);
  }
  digest = async () => new Uint8Array(this.hash.digest());
}
/** Names below localhost do not resolve everywhere. */
const lookup = (_: string, options: { all?: boolean }, done: (error: null, address: unknown, family?: number) => void) =>
  options.all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);

let lake: TestLake;
let front: Server;
const closing: (() => unknown)[] = [];

beforeAll(async () => {
  lake = await startLake();
  const { hostname, port } = new URL(lake.endpoint);
  // TLS ends here: what comes is what the lake gets, byte for byte.
  front = createTlsServer({ cert: certificate, key: privateKey }, (socket) => {
    const inside = connect(Number(port), hostname);
    socket.pipe(inside).pipe(socket);
    for (const [one, other] of [[socket, inside], [inside, socket]] as const) one.on('error', () => other.destroy()).on('close', () => other.destroy());
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => front.once('listening', resolve));
  const s3 = new S3Client(lake.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  s3.destroy();
});
afterEach(() => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) close();
});
afterAll(async () => {
  await new Promise((resolve) => front.close(resolve));
  await lake.stop();
});

function open(config: S3ClientConfig, ca?: string): { s3: S3Client; lean: LeanS3 } {
  const agents = { httpAgent: new HttpAgent({ keepAlive: true, lookup: lookup as never }), httpsAgent: new HttpsAgent({ keepAlive: true, ca, lookup: lookup as never }) };
  const s3 = new S3Client({ ...config, requestHandler: { ...agents } });
  const lean = createLeanS3(() => s3, agents);
  closing.push(() => (lean.close(), s3.destroy(), agents.httpAgent.destroy(), agents.httpsAgent.destroy()));
  return { s3, lean };
}
const credentials = () => ({ region: lake.region, credentials: lake.credentials });
const overTls = (style: 'path' | 'host') => ({ ...credentials(), endpoint: `https://s3.localhost:${(front.address() as AddressInfo).port}`, forcePathStyle: style === 'path' });

const put = (lean: LeanS3, key: string, body: Buffer, bucket = BUCKET) => lean.put({ bucket, key, headers: { 'content-length': String(body.length) }, body, signal });
/** The bytes, or undefined where the SDK is left to ask. */
async function get(lean: LeanS3, key: string, headers: Record<string, string> = {}, bucket = BUCKET): Promise<Buffer | undefined> {
  const pieces: Buffer[] = [];
  const space = Buffer.alloc(5000);
  const answer = await lean.get({ bucket, key, headers, signal }, () => ({
    space: (left) => space.subarray(0, left),
    took: (count) => void pieces.push(Buffer.from(space.subarray(0, count))),
  }));
  return answer && Buffer.concat(pieces);
}

describe.each(['path', 'host'] as const)('over TLS, %s style', (style) => {
  test.each(HOSTILE)('key %j goes there and back as it is', async (key) => {
    const { lean, s3 } = open(overTls(style), certificate);
    const body = randomBytes(20_000);
    expect(await put(lean, key, body)).toMatchObject({ etag: expect.stringMatching(/^"[0-9a-f]{32}"$/) });
    expect((await get(lean, key))!.equals(body)).toBe(true);
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key: key }));
    expect(Buffer.from(await Body!.transformToByteArray()).equals(body)).toBe(true);
  });
});

test('a range, an empty object, and many answers on one connection', async () => {
  const { lean } = open(overTls('path'), certificate);
  const body = randomBytes(300_000);
  await put(lean, 'big', body);
  await put(lean, 'empty', Buffer.alloc(0));
  for (let turn = 0; turn < 20; turn += 1) {
    expect((await get(lean, 'big', { range: `bytes=${turn * 1000}-${turn * 1000 + 99_999}` }))!.equals(body.subarray(turn * 1000, turn * 1000 + 100_000))).toBe(true);
    expect(await get(lean, 'empty')).toHaveLength(0);
  }
});

test('a certificate that nobody vouches for is refused', async () => {
  const { lean } = open(overTls('path'));
  await expect(get(lean, 'plain')).rejects.toMatchObject({ code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO|DEPTH_ZERO/) });
});

test('what S3 refuses is left to the SDK, which says why; that the object is another one is told at once', async () => {
  const { lean } = open({ ...credentials(), endpoint: lake.endpoint, forcePathStyle: true });
  expect(await get(lean, 'not there')).toBeUndefined();
  await put(lean, 'there', Buffer.from('x'));
  await expect(get(lean, 'there', { 'if-match': '"another"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
});

test('FAULTS 17: a clock 20 minutes off is left to the SDK once; then its offset is kept to', async () => {
  const { lean, s3 } = open({ ...credentials(), endpoint: lake.endpoint, forcePathStyle: true });
  await put(lean, 'clock', Buffer.from('tick'));
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 20 * 60_000 });
  expect(await get(lean, 'clock')).toBeUndefined();
  let read = Buffer.alloc(0);
  const space = Buffer.alloc(10);
  await readObject({ s3, leanS3: lean }, { bucket: BUCKET, key: 'clock' }, signal, () => ({ space: () => space, took: (count) => void (read = space.subarray(0, count)) }));
  expect(read.toString()).toBe('tick');
  expect((await get(lean, 'clock'))?.toString()).toBe('tick');
});

test('with a session token the signature is the one the SDK’s signer makes', async () => {
  const keys = { accessKeyId: 'ASIAEXAMPLE', secretAccessKey: 'secret', sessionToken: 'tok+en/with=signs' };
  const checked: string[] = [];
  const server = createServer((request, response) => void check(request.headers as Record<string, string>, request.method!, request.url!).then(() => response.end('signed'), (error: Error) => response.writeHead(500).end(error.message))).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closing.push(() => (server.closeAllConnections(), server.close()));
  async function check(headers: Record<string, string>, method: string, url: string): Promise<void> {
    const signer = new SignatureV4({ credentials: keys, region: 'eu-west-1', service: 's3', sha256: Sha256 as never, uriEscapePath: false, applyChecksum: false });
    const names = /SignedHeaders=([^,]+)/.exec(headers.authorization!)![1]!.split(';');
    const signedHeaders = Object.fromEntries(names.map((name) => [name, headers[name]!]));
    const { headers: ours } = await signer.sign(
      { method, protocol: 'http:', hostname: '127.0.0.1', path: url, headers: signedHeaders },
      { signingDate: new Date(headers['x-amz-date']!.replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z')) },
    );
    if (ours.authorization !== headers.authorization) throw new Error(`${ours.authorization} is not ${headers.authorization}`);
    checked.push(headers['x-amz-security-token']!);
  }
  const { lean } = open({ region: 'eu-west-1', credentials: keys, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, forcePathStyle: true });
  expect((await get(lean, 'a key/with (signs)+'))?.toString()).toBe('signed');
  expect(await put(lean, 'another', Buffer.from('body'))).toBeDefined();
  expect(checked).toEqual([keys.sessionToken, keys.sessionToken]);
});
