import type { Algorithm } from '../../../checksums/hashes.ts';

/** What the process that computes checksums is asked, by method. It follows files that are being written. */
export interface HasherMethods {
  /** A file at `path`, read from its beginning. `pieces`: see ObjectHash. */
  begin: { args: { id: number; path: string; algorithm: Algorithm; pieces: number[]; composite: boolean }; value: void };
  /** The file has all bytes before `upTo`. Resolves when they are in the checksum. */
  advance: { args: { id: number; upTo: number }; value: void };
  /** The checksum of all there was, in the form S3 gives it; the file is let go. */
  digest: { args: { id: number }; value: string };
  drop: { args: { id: number }; value: void };
}
