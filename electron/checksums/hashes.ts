import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { crc32c, Crc64Nvme } from './crc.ts';

/** S3's checksum algorithms, first choice first; MD5 is the ETag of an object that was written in one piece. https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export const algorithms = ['CRC32', 'CRC64NVME', 'CRC32C', 'SHA256', 'SHA1'] as const;
export type Algorithm = (typeof algorithms)[number] | 'MD5';

/** A checksum being computed over bytes in order. */
export interface Hash {
  update(bytes: Uint8Array): void;
  /** Big-endian. */
  digest(): Buffer;
}

function word(next: (bytes: Uint8Array, value: number) => number): Hash {
  let value = 0;
  return {
    update: (bytes) => void (value = next(bytes, value)),
    digest() {
      const bytes = Buffer.alloc(4);
      bytes.writeUInt32BE(value >>> 0);
      return bytes;
    },
  };
}

const starts: Record<Algorithm, () => Hash> = {
  CRC32: () => word(crc32),
  CRC32C: () => word(crc32c),
  CRC64NVME: () => new Crc64Nvme(),
  SHA1: () => createHash('sha1'),
  SHA256: () => createHash('sha256'),
  MD5: () => createHash('md5'),
};

export const startHash = (algorithm: Algorithm): Hash => starts[algorithm]();

/**
 * The checksum S3 gives an object that was written in `pieces` (bytes each): over all of it, or (`composite`) over the
 * checksums of its parts.
 */
export class ObjectHash {
  private readonly outer: Hash;
  private inner: Hash | undefined;
  private piece = 0;
  private left: number;

  constructor(
    private readonly algorithm: Algorithm,
    private readonly pieces: number[],
    private readonly composite: boolean,
  ) {
    this.outer = startHash(algorithm);
    this.left = pieces[0] ?? 0;
  }

  update(bytes: Uint8Array): void {
    if (!this.composite) return void this.outer.update(bytes);
    for (let at = 0; at < bytes.length; ) {
      this.inner ??= startHash(this.algorithm);
      const part = bytes.subarray(at, at + this.left);
      this.inner.update(part);
      at += part.length;
      this.left -= part.length;
      if (this.left > 0) continue;
      this.outer.update(this.inner.digest());
      this.inner = undefined;
      this.piece += 1;
      this.left = this.pieces[this.piece] ?? Number.POSITIVE_INFINITY;
    }
  }

  /** Base64, with `-PARTS` for pieces. */
  digest(): string {
    const value = this.outer.digest().toString('base64');
    return this.composite ? `${value}-${this.pieces.length}` : value;
  }
}
