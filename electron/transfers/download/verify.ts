import type { FileHandle } from 'node:fs/promises';
import { GetObjectAttributesCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { combineAll, crc32ToBase64 } from '../crc32.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import type { FileRecord, PartRecord } from '../records.ts';
import { request } from '../requests.ts';
import { checksumOfFile, type Checksum } from './checksum.ts';
import { checksumMismatch } from './ranges.ts';

/**
 * Compares what arrived with the checksum S3 keeps of the object, where it keeps one. A CRC32 of the whole follows from
 * those of the ranges; other kinds take one more pass over the file.
 *
 * ChecksumMismatch where they differ.
 */
export async function verify(job: Job, file: FileRecord, handle: FileHandle, checksum: Checksum | undefined, ranges: Map<number, PartRecord>): Promise<void> {
  if (!checksum) return;
  const resource = s3Uri(job.record.bucket, file.key);
  const actual = await actualChecksum(job, file, handle, checksum, ranges);
  if (actual === undefined || actual === checksum.value) return;
  if (checksum.unsure) {
    const ofParts = await actualChecksum(job, file, handle, { ...checksum, composite: true }, ranges);
    if (ofParts === undefined || ofParts.replace(/-\d+$/, '') === checksum.value) return;
  }
  throw checksumMismatch(resource, `${checksum.algorithm} is ${actual}, stored is ${checksum.value}.`);
}

/** undefined: it would take the sizes of the parts, which cannot be had. */
async function actualChecksum(job: Job, file: FileRecord, handle: FileHandle, { algorithm, composite }: Checksum, ranges: Map<number, PartRecord>): Promise<string | undefined> {
  if (algorithm === 'CRC32' && !composite) return crc32ToBase64(combineAll([...ranges].sort(([a], [b]) => a - b).map(([, part]) => part)));
  const pieces = composite ? await partSizes(job, file) : [file.size];
  return pieces && checksumOfFile(handle, algorithm, pieces, composite);
}

/** Sizes of the parts an object was made of; `undefined` where they cannot be had (no permission, an older endpoint). */
async function partSizes(job: Job, file: FileRecord): Promise<number[] | undefined> {
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
    // moto's answer cannot be read, however often it is asked.
    const unreadable = error instanceof AppError && error.code === 'Network' && error.awsCode !== undefined;
    if (unreadable) return undefined;
    if (error instanceof AppError && ['AccessDenied', 'NotImplemented', 'BadInput', 'NotFound', 'Internal'].includes(error.code)) return undefined;
    throw error;
  }
  return sizes.reduce((sum, size) => sum + size, 0) === file.size ? sizes : undefined;
}
