import { invalidRequest } from '../errors.ts';

const encode = (after: string) => Buffer.from(after).toString('base64url');

/** Where the page after this token begins; InvalidRequestException where the token is of another listing. */
export function decodeToken(token: string | undefined, prefix: string): string | undefined {
  if (token === undefined) return undefined;
  const after = Buffer.from(token, 'base64url').toString();
  if (encode(after) !== token || !after.startsWith(prefix)) throw invalidRequest('The NextToken is invalid.');
  return after;
}

/** One page of entries in key order, and the token of the next if there is one. */
export async function page<V, T>(entries: AsyncIterable<[string, V]>, size: number, pick: (value: V) => T | undefined): Promise<{ items: T[]; NextToken?: string }> {
  const items: T[] = [];
  let last = '';
  for await (const [key, value] of entries) {
    const item = pick(value);
    if (item === undefined) continue;
    if (items.length === size) return { items, NextToken: encode(last) };
    items.push(item);
    last = key;
  }
  return { items };
}
