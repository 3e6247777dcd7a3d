import { mkdir, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { AppError } from '../../../../shared/errors.ts';
import { sessionOf, startInProcess, type InProcessBackend } from '../../../support/inProcessBackend.ts';

let backend: InProcessBackend;
beforeAll(async () => {
  backend = await startInProcess();
  await mkdir(path.join(backend.dataDir, 'page/assets'), { recursive: true });
  await writeFile(path.join(backend.dataDir, 'page/index.html'), '<!doctype html><html><head><title>Secchi</title></head></html>');
  await writeFile(path.join(backend.dataDir, 'page/assets/main.js'), 'export {};');
});
afterAll(() => backend?.stop());

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}
/** Raw HTTP, with any Host and path: fetch would correct them. */
function ask(method: string, target: string, headers: Record<string, string> = {}, body?: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const req = request({ host: '127.0.0.1', port: backend.http.port, method, path: target, headers }, (res) => {
      let text = '';
      res.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      res.on('error', reject);
      res.on('end', () => resolve({ status: res.statusCode!, headers: res.headers, body: text }));
    });
    req.on('error', reject);
    req.end(body);
  });
}
const own = () => ({ origin: backend.origin });

/** How a socket ended: its close code, or the HTTP status of a refused upgrade. */
function socketEnd(headers: Record<string, string>, first?: string | Buffer, then?: string): Promise<number> {
  return new Promise((resolve) => {
    const socket = new WebSocket(`ws://127.0.0.1:${backend.http.port}/contract`, { headers });
    socket.on('open', () => first !== undefined && socket.send(first));
    socket.on('message', () => then !== undefined && socket.send(then));
    socket.on('unexpected-response', (_, res) => resolve(res.statusCode!));
    socket.on('close', (code) => resolve(code));
    socket.on('error', () => undefined);
  });
}
const withToken = () => JSON.stringify({ token: sessionOf(backend.sessions) });

describe('the page', () => {
  test('is served with a policy whose nonce is new each time, and no cookie', async () => {
    const [one, two] = await Promise.all([ask('GET', '/'), ask('GET', '/')]);
    const nonce = /<meta property="csp-nonce" nonce="([^"]+)"/.exec(one.body)![1]!;
    expect(one.headers['content-security-policy']).toContain(`style-src-elem 'self' 'nonce-${nonce}'`);
    expect(one.headers['content-security-policy']).toContain("script-src 'self';");
    expect(two.body).not.toContain(nonce);
    expect(one.headers).not.toHaveProperty('set-cookie');
    expect(one.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY' });
  });

  test('assets are served by their type', async () => {
    expect(await ask('GET', '/assets/main.js')).toMatchObject({ status: 200, headers: { 'content-type': 'text/javascript; charset=utf-8' } });
  });

  test.each(['/../app/serve.json', '/%2e%2e/app/serve.json', '/..%2fapp', '/assets/../../app', '/%00', '/missing.js'])('%s leads nowhere', async (target) => {
    expect((await ask('GET', target)).status).toBe(404);
  });

  test('a path that is no UTF-8 is refused', async () => {
    expect((await ask('GET', '/%ff')).status).toBe(400);
  });
});

describe('keys and sessions', () => {
  test('the launch key opens any number of sessions, a one-time key one', async () => {
    const exchange = (key: string) => ask('POST', '/session', own(), JSON.stringify({ key }));
    expect((await exchange(backend.sessions.launchKey)).status).toBe(200);
    expect((await exchange(backend.sessions.launchKey)).status).toBe(200);
    const key = backend.sessions.oneTimeKey();
    expect((await exchange(key)).status).toBe(200);
    expect((await exchange(key)).status).toBe(403);
    expect((await exchange(backend.sessions.oneTimeKey(-1))).status).toBe(403);
    expect((await exchange('guess')).status).toBe(403);
  });

  test('a body that is no JSON, or far too long, is refused', async () => {
    expect((await ask('POST', '/session', own(), 'key=x')).status).toBe(400);
    expect((await ask('POST', '/session', own(), 'x'.repeat(10_000))).status).toBe(400);
  });
});

describe('FAULTS 26: strangers', () => {
  test('another Host (DNS rebinding) is refused and logged', async () => {
    expect((await ask('GET', '/', { host: 'evil.example:80' })).status).toBe(403);
    expect(await backend.logged()).toContain('host evil.example:80');
  });

  test('another Origin is refused, on every door', async () => {
    const stranger = { origin: 'http://evil.example' };
    expect((await ask('GET', '/', stranger)).status).toBe(403);
    expect((await ask('POST', '/session', stranger, '{}')).status).toBe(403);
    expect(await socketEnd(stranger, withToken())).toBe(403);
    // Another server of this very machine is a stranger too.
    expect(await socketEnd({ origin: 'http://127.0.0.1:1' }, withToken())).toBe(403);
    expect(await socketEnd({ origin: 'null' }, withToken())).toBe(403);
  });

  test('a POST or a socket without an Origin is refused', async () => {
    expect((await ask('POST', '/session', {}, JSON.stringify({ key: backend.sessions.launchKey }))).status).toBe(403);
    expect(await socketEnd({}, withToken())).toBe(403);
  });

  test('a socket whose first message holds no good token is closed', async () => {
    for (const first of ['{"token":"guess"}', '{}', 'null', 'not json', Buffer.from([0xff, 0x00]), '{"i":"0","p":{"u":"/app/info"}}']) {
      expect(await socketEnd(own(), first)).toBe(4401);
    }
  });

  test.each(['not json', '[]', 'null', '{"i":1}', '{"i":"0"}', '{"i":"0","p":{"u":"http://evil.example/app/info"}}', '{"i":"0","t":9,"p":{}}'])(
    'an authenticated socket that says %s is closed and logged',
    async (message) => {
      expect(await socketEnd(own(), withToken(), message)).toBe(4400);
      expect(await backend.logged()).toContain('none of the contract’s');
    },
  );

  test('input that breaks the contract is refused by field, logged, and nothing is run', async () => {
    const { client, link } = await backend.connect();
    const bad = client.workspace.saveText({ tabId: 7 as never, text: 'x' });
    await expect(bad).rejects.toMatchObject({ code: 'BadInput', detail: expect.stringContaining('tabId') });
    expect(await client.workspace.loadText({ tabId: '7' })).toEqual({ text: null });
    expect(await backend.logged()).toContain('workspace.saveText');
    link.close();
  });

  test('a procedure that does not exist is refused and logged', async () => {
    const { client, link } = await backend.connect();
    const call = (client as unknown as { app: { shutdown(): Promise<void> } }).app.shutdown();
    await expect(call).rejects.toMatchObject({ code: 'BadInput' });
    expect(await backend.logged()).toContain('no such procedure');
    link.close();
  });

  test('a bug inside a handler leaves as Internal, without its text; the cause is in the log', async () => {
    const { client, link } = await backend.connect();
    backend.context.grants.grant = () => Promise.reject(new TypeError('secret inner text'));
    const error = await client.app.grantPath({ path: '/tmp', for: 'folder' }).catch((e: AppError) => e);
    expect(error).toMatchObject({ code: 'Internal' });
    expect(JSON.stringify(error)).not.toContain('secret inner text');
    expect(await backend.logged()).toContain('secret inner text');
    link.close();
  });
});

describe('tickets', () => {
  const auth = () => ({ ...own(), authorization: `Bearer ${sessionOf(backend.sessions)}` });
  const body = (text: string) => async () => ({ fileName: 'a "b"/ä.csv', contentType: 'text/csv', size: text.length, body: Readable.from([text]) });

  test('a download is there once, under its true name', async () => {
    const path = backend.tickets.download(body('x,y'));
    const first = await ask('GET', path);
    expect(first).toMatchObject({ status: 200, body: 'x,y', headers: { 'content-length': '3' } });
    expect(first.headers['content-disposition']).toBe(`attachment; filename="a _b___.csv"; filename*=UTF-8''a%20%22b%22%2F%C3%A4.csv`);
    expect((await ask('GET', path)).status).toBe(404);
  });

  test('an upload is taken once, with a session and a length only', async () => {
    const got: string[] = [];
    const path = backend.tickets.upload(async (stream, length) => {
      for await (const chunk of stream) got.push(`${length}:${String(chunk)}`);
    });
    expect((await ask('PUT', path, own(), 'abc')).status).toBe(401);
    expect((await ask('PUT', path, { ...auth(), 'transfer-encoding': 'chunked' }, 'abc')).status).toBe(411);
    expect((await ask('GET', path)).status).toBe(405);
    expect((await ask('PUT', path, auth(), 'abc')).status).toBe(204);
    expect((await ask('PUT', path, auth(), 'abc')).status).toBe(404);
    expect(got).toEqual(['3:abc']);
  });

  test('a source that fails before its first byte is told; in the middle, the connection breaks', async () => {
    const failing = backend.tickets.download(async () => {
      throw new Error('no disk');
    });
    expect((await ask('GET', failing)).status).toBe(500);
    const broken = backend.tickets.download(async () => ({
      fileName: 'x',
      contentType: 'text/plain',
      size: 10,
      body: Readable.from(
        (async function* () {
          yield 'abc';
          throw new Error('gone');
        })(),
      ),
    }));
    await expect(ask('GET', broken)).rejects.toThrow();
  });
});
