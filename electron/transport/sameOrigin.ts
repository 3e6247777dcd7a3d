import type { IncomingMessage } from 'node:http';

/**
 * Why a request is not from our own page, or undefined where it may be. The Host check defeats DNS rebinding, the Origin
 * check other sites and other loopback servers. A browser leaves Origin out only on plain navigations and same-origin
 * GETs, so `needsOrigin` is for everything that acts.
 */
export function foreign(request: IncomingMessage, port: number, needsOrigin: boolean): string | undefined {
  const { host, origin } = request.headers;
  const hosts = [`127.0.0.1:${port}`, `localhost:${port}`];
  if (!host || !hosts.includes(host)) return `host ${String(host)}`;
  if (origin === undefined) return needsOrigin ? 'no origin' : undefined;
  // The origin must be the very one the page was loaded from, not merely another of our names.
  return origin === `http://${host}` ? undefined : `origin ${origin}`;
}
