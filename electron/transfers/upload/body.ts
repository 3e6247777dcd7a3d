import { Readable } from 'node:stream';

const SLICE = 256 * 1024;

/**
 * A request body over bytes in memory that tells how far it was taken. As a stream it is signed UNSIGNED-PAYLOAD: its
 * integrity rests on the CRC32 sent with it, not on a second hash.
 */
export function bodyOf(bytes: Buffer, taken: (count: number) => void): Readable {
  function* slices() {
    for (let at = 0; at < bytes.length; at += SLICE) {
      const slice = bytes.subarray(at, at + SLICE);
      yield slice;
      taken(slice.length);
    }
  }
  return Readable.from(slices(), { objectMode: false, highWaterMark: SLICE });
}
