import { setImmediate } from 'node:timers/promises';
import type { Hash } from './hashes.ts';

/** Bytes that are hashed in one go. */
const SLICE = 1024 * 1024;

/** Feeds bytes to a hash, leaving room for others in between. */
export async function feed(hash: Pick<Hash, 'update'>, bytes: Buffer): Promise<void> {
  for (let at = 0; at < bytes.length; at += SLICE) {
    hash.update(bytes.subarray(at, at + SLICE));
    if (at + SLICE < bytes.length) await setImmediate();
  }
}
