import { invalid } from './values.ts';

export function urlEncode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`).replaceAll('%20', '+');
}

export function urlDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return invalid(`URLDecoder: Illegal hex characters in escape (%) pattern: ${text}`);
  }
}

/** A part of a URL as java.net.URI reads it; NULL where the text is no URI or has no such part. */
export function urlPart(text: string, part: string): string | null {
  const match = /^(?:([A-Za-z][A-Za-z0-9+.-]*):)?(?:\/\/(?:[^@/?#]*@)?([^:/?#]*)(?::(\d*))?)?([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(text);
  if (!match || /[\s<>"{}|\\^`]/.test(text) || /%(?![0-9a-fA-F]{2})/.test(text)) return null;
  const [, protocol, host, port, path, query, fragment] = match;
  const decoded = (value: string | undefined): string => (value === undefined ? '' : decodeURIComponent(value));
  switch (part) {
    case 'protocol':
      return protocol ?? '';
    case 'host':
      return host ?? '';
    case 'port':
      return port || null;
    case 'path':
      return decoded(path);
    case 'query':
      return decoded(query);
    default:
      return decoded(fragment);
  }
}

export function urlParameter(text: string, name: string): string | null {
  const query = /\?([^#]*)/.exec(text)?.[1];
  if (query === undefined || urlPart(text, 'path') === null) return null;
  for (const pair of query.split('&')) {
    const cut = pair.indexOf('=');
    const key = cut < 0 ? pair : pair.slice(0, cut);
    if (key === name) return cut < 0 ? '' : decodeURIComponent(pair.slice(cut + 1).replaceAll('+', ' '));
  }
  return null;
}
