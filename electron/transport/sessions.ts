import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const digest = (text: string) => createHash('sha256').update(text).digest();
const newToken = () => randomBytes(32).toString('base64url');

/**
 * Who may speak to the browser host (docs/decisions/0003-browser-host.md): keys are exchanged for session tokens; a
 * session token authenticates a page until the server ends.
 */
export interface Sessions {
  /** The key of the printed address: good for any number of tabs of the same user. */
  readonly launchKey: string;
  /** A key for the redirect file: good once, for `lifetimeMs`. */
  oneTimeKey(lifetimeMs?: number): string;
  /** A new session token, or undefined where the key is not good. */
  exchange(key: string): string | undefined;
  isToken(token: string): boolean;
}

export function createSessions(launchKey = newToken()): Sessions {
  const launchDigest = digest(launchKey);
  const oneTime = new Map<string, number>();
  const tokens = new Set<string>();
  return {
    launchKey,
    oneTimeKey(lifetimeMs = 120_000) {
      const key = newToken();
      oneTime.set(digest(key).toString('hex'), Date.now() + lifetimeMs);
      return key;
    },
    exchange(key) {
      const wanted = digest(key);
      const ends = oneTime.get(wanted.toString('hex'));
      oneTime.delete(wanted.toString('hex'));
      if (!timingSafeEqual(wanted, launchDigest) && !(ends !== undefined && ends > Date.now())) return undefined;
      const token = newToken();
      tokens.add(digest(token).toString('hex'));
      return token;
    },
    isToken: (token) => tokens.has(digest(token).toString('hex')),
  };
}
