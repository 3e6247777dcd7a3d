import { createHash, createHmac } from 'node:crypto';
import { request as httpRequest, type Agent as HttpAgent, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { request as httpsRequest, type Agent as HttpsAgent } from 'node:https';
import type { Readable } from 'node:stream';
import type { S3Client } from '@aws-sdk/client-s3';
import type { Sink } from './leanConnection.ts';
import type { Head } from './leanHead.ts';
import { LeanPool } from './leanPool.ts';

interface ObjectRequest {
  bucket: string;
  key: string;
  query?: Record<string, string>;
  /** Lower-case names; what S3 has to know beside host and signature. */
  headers: Record<string, string>;
  signal: AbortSignal;
}

export interface LeanPut extends ObjectRequest {
  body: Buffer | Readable;
}

/**
 * Both give the answer's headers where it is a success. `undefined`: the SDK has to ask (an endpoint of another kind, a
 * refusal, a clock that is off, a token that ended), which knows how to go on from there or what the error is. They throw
 * what the socket says, and S3's own error where it is busy or the object was replaced.
 */
export interface LeanS3 {
  /** GetObject. The body goes to the sink `accept` gives for its head; `accept` may throw, and may be called twice. */
  get(request: ObjectRequest, accept: (head: Head) => Sink): Promise<IncomingHttpHeaders | undefined>;
  /** PutObject, UploadPart. */
  put(request: LeanPut): Promise<IncomingHttpHeaders | undefined>;
  close(): void;
}

interface Place {
  url: URL;
  region: string;
}

const EMPTY_SHA256 = createHash('sha256').digest('hex');
/** Bodies up to here are hashed into the signature; larger ones rest on their checksum header, as with the SDK. */
const HASHED = 64 * 1024;
/** S3 is busy, or the object is another one: the caller's own loop deals with these. */
const TOLD = new Set([412, 416, 429, 500, 502, 503, 504]);

const encode = (text: string) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
const hmac = (key: Buffer | string, text: string) => createHmac('sha256', key).update(text).digest();

/**
 * GetObject, PutObject and UploadPart without the SDK's middleware, which costs about 2 ms of CPU a request: thousands of
 * small objects are bound by it. Endpoint, credentials, region and clock offset are those of the SDK's own client for the
 * bucket, so that both always agree; without a client (a bucket with ways of its own) the SDK is left to ask. https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
 */
export function createLeanS3(clientFor: (bucket: string) => S3Client | undefined, agents: { httpAgent: HttpAgent; httpsAgent: HttpsAgent }): LeanS3 {
  const places = new WeakMap<S3Client, Map<string, Place | undefined>>();
  const pool = new LeanPool({ http: (agents.httpAgent as { options?: object }).options ?? {}, https: agents.httpsAgent.options });
  let signingKey: { of: string; key: Buffer } | undefined;

  async function placeOf(client: S3Client, bucket: string): Promise<Place | undefined> {
    let known = places.get(client);
    if (!known) places.set(client, (known = new Map()));
    if (known.has(bucket)) return known.get(bucket);
    const place = await resolve(client, bucket).catch(() => undefined);
    known.set(bucket, place);
    return place;
  }

  function keyFor(secret: string, date: string, region: string): Buffer {
    const of = `${secret} ${date} ${region}`;
    if (signingKey?.of !== of) signingKey = { of, key: hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), 's3'), 'aws4_request') };
    return signingKey.key;
  }

  /** Where a request goes and what it says, signed; `undefined` where only the SDK knows how. */
  async function sign(method: 'GET' | 'PUT', { bucket, key, query, headers }: ObjectRequest, payload: string) {
    const client = clientFor(bucket);
    const place = client && (await placeOf(client, bucket));
    // What cannot stand in a header line is not for us to write.
    if (!place || Object.values(headers).some((value) => /[^\x20-\x7e]/.test(value))) return undefined;
    const { accessKeyId, secretAccessKey, sessionToken } = await client.config.credentials();
    const { url, region } = place;
    const path = `${url.pathname.replace(/\/$/, '')}/${key.split('/').map(encode).join('/')}`;
    const queryText = Object.entries(query ?? {}).map(([name, value]) => `${encode(name)}=${encode(value)}`).sort().join('&');
    const now = new Date(Date.now() + client.config.systemClockOffset).toISOString().replace(/[-:]|\.\d+/g, '');
    const all: Record<string, string> = { ...headers, host: url.host, 'x-amz-content-sha256': payload, 'x-amz-date': now };
    if (sessionToken) all['x-amz-security-token'] = sessionToken;
    const signed = Object.keys(all).sort();
    const canonical = `${method}\n${path}\n${queryText}\n${signed.map((name) => `${name}:${all[name]!.trim()}\n`).join('')}\n${signed.join(';')}\n${payload}`;
    const date = now.slice(0, 8);
    const scope = `${date}/${region}/s3/aws4_request`;
    const toSign = `AWS4-HMAC-SHA256\n${now}\n${scope}\n${createHash('sha256').update(canonical).digest('hex')}`;
    const signature = hmac(keyFor(secretAccessKey, date, region), toSign).toString('hex');
    all.authorization = `AWS4-HMAC-SHA256 Credential=${accessKeyId}/${scope}, SignedHeaders=${signed.join(';')}, Signature=${signature}`;
    const secure = url.protocol === 'https:';
    const origin = { secure, host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || (secure ? 443 : 80) };
    return { origin, target: queryText ? `${path}?${queryText}` : path, headers: all };
  }

  async function putOnce(request: LeanPut): Promise<IncomingHttpHeaders | undefined> {
    const { body, signal } = request;
    const signed = await sign('PUT', request, Buffer.isBuffer(body) && body.length <= HASHED ? createHash('sha256').update(body).digest('hex') : 'UNSIGNED-PAYLOAD');
    if (!signed) return undefined;
    const { origin, target, headers } = signed;
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { method: 'PUT', hostname: origin.host, port: origin.port, path: target, headers };
      const sent = origin.secure ? httpsRequest({ ...options, agent: agents.httpsAgent }) : httpRequest({ ...options, agent: agents.httpAgent });
      const onAbort = () => sent.destroy(new Error('given up'));
      signal.addEventListener('abort', onAbort, { once: true });
      sent.once('close', () => signal.removeEventListener('abort', onAbort));
      sent.once('response', resolve);
      sent.on('error', (error) => reject(Object.assign(error, { reusedSocket: sent.reusedSocket })));
      if (signal.aborted) return void onAbort();
      if (Buffer.isBuffer(body)) sent.end(body);
      else {
        body.once('error', (error) => sent.destroy(error));
        body.pipe(sent);
      }
    });
    if (answer.statusCode === 200) {
      answer.resume();
      return answer.headers;
    }
    return refused(answer.statusCode!, answer.headers, await textOf(answer));
  }

  return {
    async get(request, accept) {
      const signed = await sign('GET', request, EMPTY_SHA256);
      if (!signed) return undefined;
      const lines = Object.entries(signed.headers).map(([name, value]) => `${name}: ${value}\r\n`);
      const reply = await pool.get(signed.origin, `GET ${signed.target} HTTP/1.1\r\n${lines.join('')}\r\n`, accept, request.signal);
      if (!reply) return undefined;
      return reply.refusal === undefined ? reply.head.headers : refused(reply.head.status, reply.head.headers, reply.refusal);
    },

    async put(request) {
      try {
        return await putOnce(request);
      } catch (error) {
        // The server closed an idle socket just as it was taken again: no answer was on its way, so it is asked anew.
        const { reusedSocket, code } = error as { reusedSocket?: boolean; code?: string };
        if (!reusedSocket || (code !== 'ECONNRESET' && code !== 'EPIPE') || !Buffer.isBuffer(request.body) || request.signal.aborted) throw error;
        return putOnce(request);
      }
    },

    close: () => pool.close(),
  };
}

/** Throws the refusals that the caller's own loop deals with; `undefined` for those that the SDK knows to deal with. */
function refused(status: number, headers: IncomingHttpHeaders, text: string): undefined {
  const named = /<Code>([^<]+)<\/Code>/.exec(text)?.[1];
  if (!TOLD.has(status) && named !== 'AccessDenied') return undefined;
  const code = named ?? (status === 412 ? 'PreconditionFailed' : status === 416 ? 'InvalidRange' : status === 503 || status === 429 ? 'ServiceUnavailable' : 'InternalError');
  const requestId = headers['x-amz-request-id'];
  throw Object.assign(new Error(/<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? code), { name: code, $metadata: { httpStatusCode: status, requestId } });
}

/** Where the SDK would send requests on the bucket; `undefined` where they are signed in another way than plain SigV4. */
async function resolve(client: S3Client, bucket: string): Promise<Place | undefined> {
  const { config } = client;
  const region = await config.region();
  const endpoint = config.isCustomEndpoint && config.endpoint ? await config.endpoint() : undefined;
  const custom = endpoint && `${endpoint.protocol}//${endpoint.hostname}${endpoint.port ? `:${endpoint.port}` : ''}${endpoint.path}`;
  const found = config.endpointProvider(
    { Bucket: bucket, Region: region, Endpoint: custom, ForcePathStyle: config.forcePathStyle === true, UseFIPS: await config.useFipsEndpoint(), UseDualStack: await config.useDualstackEndpoint(), Accelerate: false, UseGlobalEndpoint: false },
    {},
  );
  const scheme = (found.properties?.authSchemes as { name: string; signingRegion?: string }[] | undefined)?.[0];
  if (scheme?.name !== 'sigv4' || bucket.startsWith('arn:')) return undefined;
  return { url: found.url, region: scheme.signingRegion ?? region };
}

async function textOf(answer: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of answer as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size <= 64 * 1024) pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}
