import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { ChecksumAlgorithm } from '../objects/records.ts';
import { crc32c, Crc64Nvme } from '../../checksums/crc.ts';

/** A checksum being computed over a stream. */
export interface RunningChecksum {
  update(bytes: Uint8Array): void;
  /** Base64, big-endian, as in x-amz-checksum-*. */
  digest(): Promise<string>;
}

const bigEndian = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString('base64');
};

function hash(name: 'sha1' | 'sha256'): RunningChecksum {
  const running = createHash(name);
  return { update: (bytes) => void running.update(bytes), digest: async () => running.digest('base64') };
}

const start: Record<ChecksumAlgorithm, () => RunningChecksum> = {
  CRC32() {
    let value = 0;
    return { update: (bytes) => void (value = crc32(bytes, value)), digest: async () => bigEndian(value) };
  },
  CRC32C() {
    let value = 0;
    return { update: (bytes) => void (value = crc32c(bytes, value)), digest: async () => bigEndian(value) };
  },
  CRC64NVME() {
    const running = new Crc64Nvme();
    return { update: (bytes) => void running.update(bytes), digest: async () => running.digest().toString('base64') };
  },
  SHA1: () => hash('sha1'),
  SHA256: () => hash('sha256'),
};

/** Bytes of each checksum, before base64. */
export const checksumSize: Record<ChecksumAlgorithm, number> = { CRC32: 4, CRC32C: 4, CRC64NVME: 8, SHA1: 20, SHA256: 32 };
export const checksumAlgorithms = Object.keys(start) as ChecksumAlgorithm[];
export const startChecksum = (algorithm: ChecksumAlgorithm): RunningChecksum => start[algorithm]();
export const checksumHeader = (algorithm: ChecksumAlgorithm) => `x-amz-checksum-${algorithm.toLowerCase()}`;
