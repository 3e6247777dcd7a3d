import { createHash, createHmac } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { invalid } from './values.ts';

export function digest(algorithm: string, bytes: Uint8Array): Uint8Array {
  return createHash(algorithm).update(bytes).digest();
}

export function hmac(algorithm: string, bytes: Uint8Array, key: Uint8Array): Uint8Array {
  return createHmac(algorithm, key).update(bytes).digest();
}

export const crc = (bytes: Uint8Array): bigint => BigInt(crc32(bytes));

export function fromHex(text: string): Uint8Array {
  if (text.length % 2 !== 0) return invalid('The input string length must be even number of characters');
  const bad = /[^0-9a-fA-F]/.exec(text);
  return bad ? invalid(`Invalid hexadecimal character: ${bad[0]}`) : Buffer.from(text, 'hex');
}

export function fromBase64(text: string, url: boolean): Uint8Array {
  const body = text.replace(/=+$/, '');
  if (!(url ? /^[A-Za-z0-9_-]*$/ : /^[A-Za-z0-9+/]*$/).test(body) || body.length % 4 === 1) return invalid('Illegal base64 character');
  return Buffer.from(body, url ? 'base64url' : 'base64');
}

export function toBase64(bytes: Uint8Array, url: boolean): string {
  const text = Buffer.from(bytes).toString('base64');
  return url ? text.replaceAll('+', '-').replaceAll('/', '_') : text;
}

const M = (1n << 64n) - 1n;
const [P1, P2, P3, P4, P5] = [0x9e3779b185ebca87n, 0xc2b2ae3d27d4eb4fn, 0x165667b19e3779f9n, 0x85ebca77c2b2ae63n, 0x27d4eb2f165667c5n];
const rotate = (value: bigint, by: bigint): bigint => ((value << by) | (value >> (64n - by))) & M;
const round = (sum: bigint, lane: bigint): bigint => (rotate((sum + lane * P2) & M, 31n) * P1) & M;

/** xxHash64 with seed 0, big-endian, by the algorithm's published description. */
export function xxhash64(input: Uint8Array): Uint8Array {
  const bytes = Buffer.from(input);
  const length = BigInt(bytes.length);
  let at = 0;
  let hash = P5;
  if (bytes.length >= 32) {
    const sums = [(P1 + P2) & M, P2, 0n, -P1 & M];
    for (; at + 32 <= bytes.length; at += 32) for (let i = 0; i < 4; i++) sums[i] = round(sums[i]!, bytes.readBigUInt64LE(at + i * 8));
    hash = (rotate(sums[0]!, 1n) + rotate(sums[1]!, 7n) + rotate(sums[2]!, 12n) + rotate(sums[3]!, 18n)) & M;
    for (const sum of sums) hash = ((hash ^ round(0n, sum)) * P1 + P4) & M;
  }
  hash = (hash + length) & M;
  for (; at + 8 <= bytes.length; at += 8) hash = (rotate(hash ^ round(0n, bytes.readBigUInt64LE(at)), 27n) * P1 + P4) & M;
  if (at + 4 <= bytes.length) {
    hash = (rotate(hash ^ ((BigInt(bytes.readUInt32LE(at)) * P1) & M), 23n) * P2 + P3) & M;
    at += 4;
  }
  for (; at < bytes.length; at++) hash = (rotate(hash ^ ((BigInt(bytes[at]!) * P5) & M), 11n) * P1) & M;
  hash = ((hash ^ (hash >> 33n)) * P2) & M;
  hash = ((hash ^ (hash >> 29n)) * P3) & M;
  const out = Buffer.alloc(8);
  out.writeBigUInt64BE(hash ^ (hash >> 32n));
  return out;
}
