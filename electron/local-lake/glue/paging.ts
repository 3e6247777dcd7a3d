import { invalidInput } from './errors.ts';

/** Page tokens hold the key after which the next page begins; opaque to callers. */
export const encodeToken = (after: string): string => Buffer.from(after, 'utf8').toString('base64url');

/** Where the page after this token begins; InvalidInputException where the token is of another listing. */
export function decodeToken(token: string | undefined, prefix: string): string | undefined {
  if (token === undefined || token === '') return undefined;
  const after = Buffer.from(token, 'base64url').toString('utf8');
  if (encodeToken(after) !== token || !after.startsWith(prefix)) throw invalidInput('The pagination token is invalid.');
  return after;
}

export interface Page<T> {
  items: T[];
  /** Where more may follow. */
  nextToken?: string;
}

/** Takes entries in key order until the page is full; asks for one more to know whether another page follows. */
export async function takePage<V, T = V>(entries: AsyncIterable<[string, V]>, size: number, pick: (value: V, key: string) => T | undefined): Promise<Page<T>> {
  const items: T[] = [];
  let last = '';
  for await (const [key, value] of entries) {
    const item = pick(value, key);
    if (item === undefined) continue;
    if (items.length === size) return { items, nextToken: encodeToken(last) };
    items.push(item);
    last = key;
  }
  return { items };
}
