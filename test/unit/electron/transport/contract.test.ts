import { MessageChannel } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { listen } from '../../../../electron/transport/httpHost.ts';
import { serveContractOverPort } from '../../../../electron/transport/port.ts';
import { clientOverPort } from '../../../../renderer/client.ts';
import { subscribe } from '../../../../renderer/subscribe.ts';
import { clientOverLink } from '../../../../renderer/websocketLink.ts';
import { AppError } from '../../../../shared/errors.ts';
import { eventually } from '../../../support/eventually.ts';
import { linkTo, sessionOf, startInProcess, type InProcessBackend } from '../../../support/inProcessBackend.ts';

let backend: InProcessBackend;
let states: Set<(value: { state: 'starting' | 'ready'; message?: string }) => void>;
beforeAll(async () => {
  backend = await startInProcess();
  states = new Set();
  backend.context.localLake.onChange = (listener) => {
    states.add(listener);
    return () => void states.delete(listener);
  };
});
afterAll(() => backend?.stop());
const change = (message: string) => states.forEach((tell) => tell({ state: 'starting', message }));

describe('over a MessagePort', () => {
  test('calls, typed errors and streams work as over a socket; closing the port ends the stream', async () => {
    const { port1, port2 } = new MessageChannel();
    serveContractOverPort(backend.router, port1 as never);
    const client = clientOverPort(port2 as never);
    expect(await client.app.info()).toMatchObject({ host: 'browser', version: '0.0.0-test' });
    await expect(client.connections.remove({ id: 'local' })).rejects.toBeInstanceOf(AppError);
    const stream = await client.app.watchLocalLake();
    expect((await stream.next()).value).toEqual({ state: 'starting' });
    expect(states.size).toBe(1);
    port2.close();
    await eventually(async () => states.size === 0);
  });
});

describe('over a WebSocket', () => {
  test('a stream ends on the backend when its reader leaves, and when the socket goes', async () => {
    const { client, link } = await backend.connect();
    const left = await client.app.watchLocalLake();
    await left.next();
    await left.return?.();
    await eventually(async () => states.size === 0);
    const lost = await client.app.watchLocalLake();
    await lost.next();
    expect(states.size).toBe(1);
    link.close();
    await eventually(async () => states.size === 0);
  });

  test('a reader that stops reading holds the stream back; memory does not grow', async () => {
    const token = sessionOf(backend.sessions);
    const socket = new WebSocket(`${backend.origin.replace('http', 'ws')}/contract`, { origin: backend.origin });
    await new Promise((resolve) => socket.once('open', resolve));
    socket.send(JSON.stringify({ token }));
    await new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ i: '1', p: { u: '/app/watchLocalLake' } }));
    await eventually(async () => states.size === 1);
    socket.pause();
    const before = process.memoryUsage().rss;
    for (let i = 0; i < 300; i++) {
      change(`${i} `.repeat(300_000));
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
    socket.terminate();
    await eventually(async () => states.size === 0);
  });

  test('an abort reaches the handler, and is Cancelled', async () => {
    const { client, link } = await backend.connect();
    const controller = new AbortController();
    const stream = await client.app.watchLocalLake(undefined, { signal: controller.signal });
    await stream.next();
    const pending = stream.next();
    controller.abort();
    await expect(pending).rejects.toMatchObject({ code: 'Cancelled' });
    await eventually(async () => states.size === 0);
    link.close();
  });

  test('FAULTS 26: a page that asks for everything at once is refused the rest, until it gives some up', async () => {
    const { client, link } = await backend.connect();
    const controller = new AbortController();
    // The lake of this backend never listens: these calls wait.
    const waiting = Array.from({ length: 256 }, () => client.connections.identity({ connectionId: 'local' }, { signal: controller.signal }));
    await expect(client.app.info()).rejects.toMatchObject({ code: 'Throttled', retryable: true });
    controller.abort();
    for (const { status } of await Promise.allSettled(waiting)) expect(status).toBe('rejected');
    expect(await eventually(() => client.app.info().catch(() => undefined))).toMatchObject({ host: 'browser' });
    link.close();
  });

  test('a token that is not good is told, and not tried for ever', async () => {
    await expect(backend.connect('guess')).rejects.toMatchObject({ code: 'CredentialsMissing' });
  });

  test('lost, it connects again; calls in flight fail as Network, later ones work, subscriptions begin again', async () => {
    const { router, tickets } = backend;
    const options = { pageDir: backend.dataDir, router, tickets, sessions: backend.sessions };
    let http = await listen({ ...options, port: 0 });
    const origin = `http://127.0.0.1:${http.port}`;
    const token = sessionOf(backend.sessions);
    const link = linkTo(origin, async () => token);
    await link.opened();
    const client = clientOverLink(link);

    const seen: string[] = [];
    const stop = subscribe(client, (c, o) => c.app.watchLocalLake(undefined, o), ({ message }) => seen.push(message ?? 'first'));
    await eventually(async () => seen.length === 1);
    const waiting = (await client.app.watchLocalLake()) as AsyncIterator<unknown>;
    await waiting.next();
    const inFlight = waiting.next();
    inFlight.catch(() => undefined);

    const { port } = http;
    await http.close();
    await expect(inFlight).rejects.toMatchObject({ code: 'Network', retryable: true });
    const early = client.app.info();
    http = await listen({ ...options, port });
    expect(await early).toMatchObject({ host: 'browser' });
    await eventually(async () => seen.length === 2);
    change('again');
    await eventually(async () => seen.at(-1) === 'again');
    stop();
    await eventually(async () => states.size === 0);
    link.close();
    await http.close();
  }, 20_000);
});
