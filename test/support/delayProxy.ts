import { Agent, createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A loopback HTTP proxy before one server: every request goes on after `ms`, as if the server were that far away. */
export async function startDelayProxy(target: string, ms: number): Promise<{ endpoint: string; close(): Promise<void> }> {
  const { hostname, port } = new URL(target);
  const agent = new Agent({ keepAlive: true });
  const server = createServer((request, response) => {
    setTimeout(() => {
      const out = httpRequest({ agent, hostname, port, method: request.method, path: request.url, headers: request.headers, setHost: false }, (answer) => {
        response.writeHead(answer.statusCode!, answer.rawHeaders);
        answer.pipe(response);
      });
      out.on('error', () => response.destroy());
      response.on('close', () => out.destroy());
      request.pipe(out);
    }, ms);
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      agent.destroy();
      await closed;
    },
  };
}
