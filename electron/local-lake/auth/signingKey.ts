import { createHmac, timingSafeEqual } from 'node:crypto';

export interface CredentialScope {
  /** YYYYMMDD */
  date: string;
  region: string;
  service: string;
}
export const scopeText = ({ date, region, service }: CredentialScope) => `${date}/${region}/${service}/aws4_request`;

const hmac = (key: Uint8Array | string, text: string) => createHmac('sha256', key).update(text, 'utf8').digest();

/** Keys of the last scopes: making one costs more than checking a signature with it. */
const made = new Map<string, Buffer>();
const REMEMBERED = 16;

/** The key a day's requests to one service are signed with. */
export function signingKey(secret: string, scope: CredentialScope): Buffer {
  const of = `${secret} ${scopeText(scope)}`;
  let key = made.get(of);
  if (!key) {
    if (made.size >= REMEMBERED) made.clear();
    const { date, region, service } = scope;
    made.set(of, (key = hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request')));
  }
  return key;
}

export const signature = (key: Buffer, stringToSign: string): string => hmac(key, stringToSign).toString('hex');

/** Compares in constant time. */
export function sameSignature(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
