import type { IncomingHttpHeaders } from 'node:http';

/** The beginning of an HTTP/1.1 answer. */
export interface Head {
  status: number;
  /** Lower-case names; those that repeat are joined by a comma. */
  headers: IncomingHttpHeaders;
  /** Bytes of the body; `undefined` where the answer does not say. */
  length: number | undefined;
  /** The connection may be used again. */
  keepsAlive: boolean;
}

/** Reads a head (status line and header lines, without the empty line at the end). `undefined` where it is not as HTTP/1.1 has it. RFC 9112. */
export function parseHead(text: string): Head | undefined {
  const [first = '', ...lines] = text.split('\r\n');
  const status = /^HTTP\/1\.1 (\d{3})(?: |$)/.exec(first)?.[1];
  if (status === undefined) return undefined;
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    if (colon <= 0 || /[\s]/.test(line.slice(0, colon))) return undefined;
    const name = line.slice(0, colon).toLowerCase();
    const value = line.slice(colon + 1).trim();
    headers[name] = headers[name] === undefined ? value : `${headers[name]}, ${value}`;
  }
  const stated = headers['content-length'];
  if (stated !== undefined && !/^\d{1,15}$/.test(stated)) return undefined;
  return {
    status: Number(status),
    headers,
    length: stated === undefined || headers['transfer-encoding'] !== undefined ? undefined : Number(stated),
    keepsAlive: !/\bclose\b/i.test(headers['connection'] ?? ''),
  };
}
