import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { combined, isCrc } from '../../checksums/combine.ts';
import { feed } from '../../checksums/feed.ts';
import { ObjectHash, startHash, type Algorithm } from '../../checksums/hashes.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import { modeOf } from '../checksumMode.ts';
import { crc32ToBase64 } from '../crc32.ts';
import { expectedChecksum, type Checksum } from '../download/checksum.ts';
import { checksumMismatch } from '../download/ranges.ts';
import { piecesOf } from '../download/verify.ts';
import type { Job } from '../job.ts';
import type { FileRecord, PartRecord } from '../records.ts';
import { InOrder } from './inOrder.ts';
import { partSizeLike } from './partSize.ts';

/** Compares what is read of an object, part by part and in any order, with the checksum its store keeps. */
export interface SourceCheck {
  /** What is journalled of a part. */
  sumOf(bytes: Buffer): Promise<string | undefined>;
  /** Told of the bytes of a part that is sent now. */
  took(offset: number, bytes: Buffer): Promise<void>;
  /** Parts an earlier start sent already, in order; `read` reads them again where that is needed. */
  resume(have: { offset: number; length: number }[], read: (offset: number, length: number) => Promise<Buffer>): void;
  /** No more parts will come. */
  fail(error: unknown): void;
  /** ChecksumMismatch where the parts, in order, are not the object. */
  finish(parts: PartRecord[]): Promise<void>;
}

const nothing: SourceCheck = { sumOf: async () => undefined, took: async () => undefined, resume: () => undefined, fail: () => undefined, finish: async () => undefined };
/**
 * How an object is checked, and the part size its copy gets: that of the object where it is made of parts of one size, so
 * that copy and source have the same ETag, and composite checksums can be told part by part. `file` is the object, `source`
 * its connection's view of the job.
 */
export async function checkOf(source: Job, file: FileRecord, head: HeadObjectCommandOutput): Promise<{ partSize: number; check: SourceCheck }> {
  const checksum = expectedChecksum(modeOf(source), head);
  const pieces = checksum?.composite ? await piecesOf(source, file, checksum) : undefined;
  const { partSize, alike } = await partSizeLike(source, file, pieces);
  if (!checksum || (checksum.composite && !pieces)) return { partSize, check: nothing };
  const mismatch = (actual: string) => checksumMismatch(s3Uri(source.record.bucket, file.key), `${checksum.algorithm} is ${actual}, stored is ${checksum.value}.`);
  const byPart = checksum.composite ? alike : isCrc(checksum.algorithm);
  return { partSize, check: byPart ? ofParts(checksum, alike, mismatch) : new InOrder(new ObjectHash(checksum.algorithm, pieces ?? [file.size], checksum.composite), checksum.value, file.size, mismatch) };
}

/** Each part has a checksum of its own, which is journalled; the object's follows from them. */
function ofParts({ algorithm, composite, value, unsure }: Checksum, alike: boolean, mismatch: (actual: string) => Error): SourceCheck {
  const sumOf = (part: PartRecord) => (algorithm === 'CRC32' ? crc32ToBase64(part.crc32) : (part.source ?? ''));
  const compositeOf = (parts: PartRecord[]) => {
    const outer = startHash(algorithm);
    for (const part of parts) outer.update(Buffer.from(sumOf(part), 'base64'));
    return `${outer.digest().toString('base64')}-${parts.length}`;
  };
  return {
    ...nothing,
    sumOf: async (bytes) => (algorithm === 'CRC32' ? undefined : digestOf(algorithm, bytes)),
    async finish(parts) {
      const actual = composite || !isCrc(algorithm) ? compositeOf(parts) : combined(algorithm, parts.map((part) => ({ value: sumOf(part), size: part.size })));
      const bare = (text: string) => text.replace(/-\d+$/, '');
      if (bare(actual) === bare(value)) return;
      // Its store did not say of what the checksum is.
      if (unsure && (!alike || bare(compositeOf(parts)) === bare(value))) return;
      throw mismatch(actual);
    },
  };
}

async function digestOf(algorithm: Algorithm, bytes: Buffer): Promise<string> {
  const hash = startHash(algorithm);
  await feed(hash, bytes);
  return hash.digest().toString('base64');
}
