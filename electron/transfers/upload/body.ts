import { Readable } from 'node:stream';
import type { TokenBucket } from '../bandwidth.ts';

export interface BodyProgress {
  /** So many more bytes were taken by the socket. */
  taken(count: number): void;
  /** It is alive, though nothing may move for now. */
  touch(): void;
}

/**
 * A request body over bytes in memory that tells how far it was taken and keeps to the bandwidth. As a stream it is
 * signed UNSIGNED-PAYLOAD: its integrity rests on the checksum sent with it, not on a second hash.
 */
export function bodyOf(bytes: Buffer, bucket: TokenBucket, { taken, touch }: BodyProgress): Readable {
  let at = 0;
  let handedOut = 0;
  return new Readable({
    highWaterMark: 256 * 1024,
    read() {
      if (handedOut > 0) taken(handedOut);
      if (at >= bytes.length) return void this.push(null);
      const slice = bytes.subarray(at, at + bucket.slice);
      at += slice.length;
      handedOut = slice.length;
      const wait = bucket.take(slice.length, touch);
      if (wait) void wait.then(() => this.destroyed || this.push(slice));
      else this.push(slice);
    },
  });
}
