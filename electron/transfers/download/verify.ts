import { GetObjectAttributesCommand, HeadObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { combineAll, crc32ToBase64 } from '../crc32.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import type { FileRecord, PartRecord } from '../records.ts';
import { request } from '../requests.ts';
import { checksumOfBytes, type Checksum } from './checksum.ts';
import { checksumMismatch } from './ranges.ts';

/** Compares a file with the checksum S3 keeps of the object, while it is written. */
export interface Verifier {
  /** All bytes before this are in the file. */
  upTo(position: number): void;
  /** ChecksumMismatch where the file, made of these ranges, is not the object. */
  finish(ranges: Map<number, PartRecord>): Promise<void>;
  close(): void;
}

/** Whether the file has to be read to compare it: the CRC32 of a whole object comes with its bytes. */
export const isReadAgain = (checksum: Checksum | undefined): checksum is Checksum => checksum !== undefined && !(checksum.algorithm === 'CRC32' && !checksum.composite);

/**
 * The CRC32 of a whole object follows from those of its ranges. Anything else is computed by a process beside, which reads
 * the file at `path` behind whoever writes it. `undefined` where S3 keeps no checksum, or does not say of which parts.
 */
export async function startVerifying(job: Job, file: FileRecord, path: string, checksum: Checksum | undefined): Promise<Verifier | undefined> {
  if (!checksum) return undefined;
  const compare = (actual: string) => assertSame(job, file, checksum, actual, (pieces) => digest(job, file, path, { ...checksum, composite: true }, pieces));
  if (!isReadAgain(checksum)) {
    const ofRanges = (ranges: Map<number, PartRecord>) => crc32ToBase64(combineAll([...ranges].sort(([a], [b]) => a - b).map(([, part]) => part)));
    return { upTo: () => undefined, finish: (ranges) => compare(ofRanges(ranges)), close: () => undefined };
  }
  const pieces = await piecesOf(job, file, checksum);
  if (!pieces) return undefined;
  const follower = job.hashers.follow(path, checksum, pieces);
  return { upTo: (position) => follower.upTo(position), finish: async () => compare(await follower.digest(file.size)), close: () => follower.close() };
}

async function digest(job: Job, file: FileRecord, path: string, checksum: Checksum, pieces: number[]): Promise<string> {
  const follower = job.hashers.follow(path, checksum, pieces);
  try {
    return await follower.digest(file.size);
  } finally {
    follower.close();
  }
}

/** ChecksumMismatch where bytes in memory are not the object. `crc` is theirs. */
export async function verifyBytes(job: Job, file: FileRecord, checksum: Checksum | undefined, bytes: Buffer, crc: number): Promise<void> {
  if (!checksum) return;
  const whole = checksum.algorithm === 'CRC32' && !checksum.composite;
  const pieces = await piecesOf(job, file, checksum);
  if (!pieces) return;
  await assertSame(job, file, checksum, whole ? crc32ToBase64(crc) : checksumOfBytes(bytes, checksum, pieces), async (of) => checksumOfBytes(bytes, { ...checksum, composite: true }, of));
}

/** `ofParts`: the same computed over the checksums of parts, for where S3 did not say which of both it keeps. */
async function assertSame(job: Job, file: FileRecord, checksum: Checksum, actual: string, ofParts: (pieces: number[]) => Promise<string>): Promise<void> {
  const { algorithm, value, unsure } = checksum;
  if (actual === value) return;
  if (unsure) {
    const pieces = await piecesOf(job, file, { ...checksum, composite: true });
    if (!pieces || (await ofParts(pieces)).replace(/-\d+$/, '') === value) return;
  }
  throw checksumMismatch(s3Uri(job.record.bucket, file.key), `${algorithm} is ${actual}, stored is ${value}.`);
}

/** Sizes of what a checksum was computed over one by one; `undefined` where they cannot be had. */
export async function piecesOf(job: Job, file: FileRecord, { composite, value }: Checksum): Promise<number[] | undefined> {
  const count = Number((/-(\d+)$/.exec(value) ?? /-(\d+)"?$/.exec(file.etag ?? ''))?.[1] ?? 1);
  if (!composite || count === 1) return [file.size];
  const sizes = (await sizesOfAttributes(job, file)) ?? (await sizesOfParts(job, file, count));
  return sizes?.length === count && sizes.reduce((sum, size) => sum + size, 0) === file.size ? sizes : undefined;
}

/** Nobody may know, or (moto) the answer cannot be read, however often it is asked. */
const isNotTold = (error: unknown): boolean =>
  error instanceof AppError && (['AccessDenied', 'NotImplemented', 'BadInput', 'NotFound', 'Conflict', 'Internal'].includes(error.code) || (error.code === 'Network' && error.awsCode !== undefined));

/** In one request for a thousand parts; it takes a permission of its own, and not every endpoint knows it. */
async function sizesOfAttributes(job: Job, file: FileRecord): Promise<number[] | undefined> {
  const sizes: number[] = [];
  try {
    for (let marker: string | undefined, more = true; more; ) {
      const answer = await request(job, { action: 's3:GetObjectAttributes', key: file.key }, ({ s3, signal }) =>
        s3.send(new GetObjectAttributesCommand({ Bucket: job.record.bucket, Key: file.key, ObjectAttributes: ['ObjectParts'], PartNumberMarker: marker }), { abortSignal: signal }),
      );
      for (const part of answer.ObjectParts?.Parts ?? []) sizes.push(part.Size ?? 0);
      marker = answer.ObjectParts?.NextPartNumberMarker;
      more = answer.ObjectParts?.IsTruncated === true && marker !== undefined;
    }
  } catch (error) {
    if (isNotTold(error)) return undefined;
    throw error;
  }
  return sizes.length > 0 ? sizes : undefined;
}

const HEADS_AT_A_TIME = 16;

/** Part by part, by who may read the object. */
async function sizesOfParts(job: Job, file: FileRecord, count: number): Promise<number[] | undefined> {
  const sizes: number[] = [];
  const sizeOf = (PartNumber: number) =>
    request(job, { action: 's3:GetObject', key: file.key }, ({ s3, signal }) =>
      s3.send(new HeadObjectCommand({ Bucket: job.record.bucket, Key: file.key, PartNumber }), { abortSignal: signal }),
    ).then((answer) => (answer.ETag === file.etag ? (answer.ContentLength ?? 0) : 0)); // of another object: nothing is known
  try {
    for (let number = 1; number <= count; number += HEADS_AT_A_TIME) {
      const numbers = Array.from({ length: Math.min(HEADS_AT_A_TIME, count - number + 1) }, (_, i) => number + i);
      sizes.push(...(await Promise.all(numbers.map(sizeOf))));
    }
  } catch (error) {
    if (isNotTold(error)) return undefined;
    throw error;
  }
  return sizes;
}
