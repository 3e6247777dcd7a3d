import type { IncomingMessage } from 'node:http';
import { ServiceError } from './serviceError.ts';

/** Parameters of a query string, decoded, in the order they came. */
export type Query = [name: string, value: string][];

/**
 * A request as it stood on the wire. The target is never parsed as a URL: that would collapse `..` and `//`, which are
 * ordinary parts of an object key, and would change what was signed.
 */
export interface RawRequest {
  method: string;
  /** Percent-encoded, as sent; starts with `/`. */
  rawPath: string;
  query: Query;
  /** Lower-case names; repeated headers joined by a comma, each character one byte (latin1). */
  headers: ReadonlyMap<string, string>;
  /** Without the port, lower case. */
  hostname: string;
}

export function readRequest(message: IncomingMessage): RawRequest {
  const target = (message.url ?? '/').replace(/^https?:\/\/[^/?]*/i, '');
  const mark = target.indexOf('?');
  const rawPath = (mark < 0 ? target : target.slice(0, mark)) || '/';
  const headers = new Map<string, string>();
  for (let i = 0; i + 1 < message.rawHeaders.length; i += 2) {
    const name = message.rawHeaders[i]!.toLowerCase();
    const value = message.rawHeaders[i + 1]!.trim();
    const before = headers.get(name);
    headers.set(name, before === undefined ? value : `${before},${value}`);
  }
  return {
    method: message.method ?? 'GET',
    rawPath,
    query: mark < 0 ? [] : parseQuery(target.slice(mark + 1)),
    headers,
    hostname: (headers.get('host') ?? '').toLowerCase().replace(/:\d+$/, ''),
  };
}

/** InvalidURI where the text is not percent-encoded UTF-8. */
export function percentDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new ServiceError('InvalidURI', "Couldn't parse the specified URI.", 400);
  }
}

export function parseQuery(raw: string): Query {
  return raw
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const equals = pair.indexOf('=');
      const [name, value] = equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
      return [percentDecode(name.replaceAll('+', '%20')), percentDecode(value.replaceAll('+', '%20'))];
    });
}
