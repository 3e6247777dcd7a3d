import { createHmac, timingSafeEqual } from 'node:crypto';

export interface CredentialScope {
  /** YYYYMMDD */
  date: string;
  region: string;
  service: string;
}
export const scopeText = ({ date, region, service }: CredentialScope) => `${date}/${region}/${service}/aws4_request`;

const hmac = (key: Uint8Array | string, text: string) => createHmac('sha256', key).update(text, 'utf8').digest();

/** The key a day's requests to one service are signed with. */
export const signingKey = (secret: string, { date, region, service }: CredentialScope): Buffer =>
  hmac(hmac(hmac(hmac(`AWS4${secret}`, date), region), service), 'aws4_request');

export const signature = (key: Buffer, stringToSign: string): string => hmac(key, stringToSign).toString('hex');

/** Compares in constant time. */
export function sameSignature(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
