import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { crc32 } from 'node:zlib';
import { AwsCrc32c } from '@aws-crypto/crc32c';
import { Crc64Nvme } from '@aws-sdk/crc64-nvme';
import type { ChecksumMode } from '../../../shared/contract/connections.ts';
import { crc32ToBase64 } from '../crc32.ts';

/** S3's checksum algorithms, strongest check last to first choice. https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
export const algorithms = ['CRC32', 'CRC64NVME', 'CRC32C', 'SHA256', 'SHA1'] as const;
export type Algorithm = (typeof algorithms)[number];

/** A checksum S3 keeps of an object: over all its bytes, or (`COMPOSITE`, `VALUE-PARTS`) over the checksums of its parts. */
export interface Checksum {
  algorithm: Algorithm | 'MD5';
  value: string;
  composite: boolean;
  /** The object is made of parts and nobody said which of both it is. */
  unsure?: boolean;
}

interface Hash {
  update(bytes: Buffer): void;
  digest(): Buffer | Promise<Buffer>;
}

const hashes: Record<Checksum['algorithm'], () => Hash> = {
  CRC32: () => {
    let crc = 0;
    return { update: (bytes) => void (crc = crc32(bytes, crc)), digest: () => Buffer.from(crc32ToBase64(crc), 'base64') };
  },
  CRC32C: () => {
    const hash = new AwsCrc32c();
    return { update: (bytes) => hash.update(bytes), digest: async () => Buffer.from(await hash.digest()) };
  },
  CRC64NVME: () => {
    const hash = new Crc64Nvme();
    return { update: (bytes) => hash.update(bytes), digest: async () => Buffer.from(await hash.digest()) };
  },
  MD5: () => createHash('md5'),
  SHA1: () => createHash('sha1'),
  SHA256: () => createHash('sha256'),
};

/** What GetObject and HeadObject tell of checksums. */
export type Checksums = { [Name in `Checksum${Algorithm}`]?: string | undefined } & { ChecksumType?: string | undefined; ETag?: string | undefined; ServerSideEncryption?: string | undefined; SSECustomerAlgorithm?: string | undefined };

/** The same from the headers of an answer. */
export function checksumHeaders(headers: IncomingHttpHeaders): Checksums {
  const header = (name: string) => headers[name] as string | undefined;
  const told: Checksums = { ChecksumType: header('x-amz-checksum-type'), ETag: headers.etag, ServerSideEncryption: header('x-amz-server-side-encryption'), SSECustomerAlgorithm: header('x-amz-server-side-encryption-customer-algorithm') };
  for (const algorithm of algorithms) told[`Checksum${algorithm}`] = header(`x-amz-checksum-${algorithm.toLowerCase()}`);
  return told;
}

/** The checksum an answer carries, if any. */
export function checksumOf(answer: Checksums): Checksum | undefined {
  for (const algorithm of algorithms) {
    const value = answer[`Checksum${algorithm}`];
    if (!value) continue;
    const composite = answer.ChecksumType === 'COMPOSITE' || /-\d+$/.test(value);
    return { algorithm, value, composite, unsure: !composite && answer.ChecksumType === undefined && /-\d+"?$/.test(answer.ETag ?? '') };
  }
  return undefined;
}

/** What an object must turn out to be, by how its connection checks; undefined where nothing is known. */
export function expectedChecksum(mode: ChecksumMode, answer: Checksums): Checksum | undefined {
  if (mode === 'none') return undefined;
  if (mode !== 'md5') return checksumOf(answer);
  // The ETag of an object of one part that no key of a customer encrypts is its MD5.
  const digest = /^"?([0-9a-f]{32})"?$/.exec(answer.ETag ?? '')?.[1];
  if (!digest || answer.SSECustomerAlgorithm || answer.ServerSideEncryption?.startsWith('aws:kms')) return undefined;
  return { algorithm: 'MD5', value: Buffer.from(digest, 'hex').toString('base64'), composite: false };
}

/** The checksum of bytes in memory, in the form S3 gives it for the whole, or (composite) for one part that is the whole. */
export async function checksumOfBytes(bytes: Buffer, { algorithm, composite }: Checksum): Promise<string> {
  const digest = async (of: Buffer) => {
    const hash = hashes[algorithm]();
    hash.update(of);
    return hash.digest();
  };
  const whole = await digest(bytes);
  return composite ? `${(await digest(whole)).toString('base64')}-1` : whole.toString('base64');
}

/**
 * Computes the checksum of a file of `size` bytes as S3 does: whole, or piece by piece where `pieces` gives the sizes of
 * the parts. Base64, with `-PARTS` for pieces.
 */
export async function checksumOfFile(handle: FileHandle, algorithm: Checksum['algorithm'], pieces: number[], composite: boolean): Promise<string> {
  const outer = hashes[algorithm]();
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  let position = 0;
  for (const piece of pieces) {
    const hash = composite ? hashes[algorithm]() : outer;
    for (const end = position + piece; position < end; ) {
      const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, end - position), position);
      if (bytesRead === 0) return 'shorter than the object';
      hash.update(buffer.subarray(0, bytesRead));
      position += bytesRead;
    }
    if (composite) outer.update(await hash.digest());
  }
  const value = (await outer.digest()).toString('base64');
  return composite ? `${value}-${pieces.length}` : value;
}
