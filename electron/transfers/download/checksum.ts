import type { FileHandle } from 'node:fs/promises';
import type { ChecksumMode } from '../../../shared/contract/connections.ts';
import type { ObjectHeaders } from '../../aws/readObject.ts';
import { algorithms, ObjectHash, type Algorithm } from '../../checksums/hashes.ts';

/** A checksum S3 keeps of an object: over all its bytes, or (`composite`, `VALUE-PARTS`) over the checksums of its parts. */
export interface Checksum {
  algorithm: Algorithm;
  /** Base64. */
  value: string;
  composite: boolean;
  /** The object is made of parts and nobody said which of both it is. */
  unsure?: boolean;
}

/** What GetObject and HeadObject tell of the bytes. */
export type Checksums = { [Name in `Checksum${(typeof algorithms)[number]}`]?: string | undefined } & {
  ChecksumType?: string | undefined;
  ETag?: string | undefined;
  ServerSideEncryption?: string | undefined;
  SSECustomerAlgorithm?: string | undefined;
};

/** The same from the headers of an answer. */
export function checksumHeaders(headers: ObjectHeaders): Checksums {
  const one = (name: string) => headers[name] as string | undefined;
  const told: Checksums = {
    ETag: one('etag'),
    ChecksumType: one('x-amz-checksum-type'),
    ServerSideEncryption: one('x-amz-server-side-encryption'),
    SSECustomerAlgorithm: one('x-amz-server-side-encryption-customer-algorithm'),
  };
  for (const algorithm of algorithms) told[`Checksum${algorithm}`] = one(`x-amz-checksum-${algorithm.toLowerCase()}`);
  return told;
}

/** The checksum an answer carries, if any. */
export function checksumOf(told: Checksums): Checksum | undefined {
  for (const algorithm of algorithms) {
    const value = told[`Checksum${algorithm}`];
    if (!value) continue;
    const composite = told.ChecksumType === 'COMPOSITE' || /-\d+$/.test(value);
    return { algorithm, value, composite, unsure: !composite && told.ChecksumType === undefined && isOfParts(told.ETag) };
  }
  return undefined;
}

const isOfParts = (etag: string | undefined): boolean => /-\d+"?$/.test(etag ?? '');

/**
 * What an object must turn out to be, by how its connection checks: the checksum S3 keeps, or, where it keeps none, the
 * ETag, which is the MD5 of an object of one part that no key of KMS's or the customer's encrypts. `undefined` where
 * nothing is known. https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
export function expectedChecksum(mode: ChecksumMode, told: Checksums): Checksum | undefined {
  if (mode === 'none') return undefined;
  const kept = mode === 'md5' ? undefined : checksumOf(told);
  if (kept) return kept;
  const md5 = /^"?([0-9a-f]{32})"?$/.exec(told.ETag ?? '')?.[1];
  if (!md5 || told.SSECustomerAlgorithm || told.ServerSideEncryption?.startsWith('aws:kms')) return undefined;
  return { algorithm: 'MD5', value: Buffer.from(md5, 'hex').toString('base64'), composite: false };
}

/** The checksum of bytes in memory, in the form S3 gives it. `pieces`: the sizes of the parts. */
export function checksumOfBytes(bytes: Buffer, { algorithm, composite }: Checksum, pieces: number[]): string {
  const hash = new ObjectHash(algorithm, pieces, composite);
  hash.update(bytes);
  return hash.digest();
}

/**
 * Computes the checksum of a file as S3 does: whole, or piece by piece where `pieces` gives the sizes of the parts. Base64,
 * with `-PARTS` for pieces.
 */
export async function checksumOfFile(handle: FileHandle, algorithm: Algorithm, pieces: number[], composite: boolean): Promise<string> {
  const hash = new ObjectHash(algorithm, pieces, composite);
  const buffer = Buffer.allocUnsafe(1024 * 1024);
  const end = pieces.reduce((sum, size) => sum + size, 0);
  for (let position = 0; position < end; ) {
    const { bytesRead } = await handle.read(buffer, 0, Math.min(buffer.length, end - position), position);
    if (bytesRead === 0) return 'shorter than the object';
    hash.update(buffer.subarray(0, bytesRead));
    position += bytesRead;
  }
  return hash.digest();
}
