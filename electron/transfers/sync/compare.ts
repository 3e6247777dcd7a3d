import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { HeadObjectCommand, type HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import type { AwsConnections } from '../../aws/types.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import { checksumOf, checksumOfFile, type Checksum } from '../download/checksum.ts';
import { directionOf, fileOf } from './places.ts';
import type { BucketPlace, Entry, FolderPlace, Pair } from './types.ts';

export type Verdict = {
  same: boolean;
  why?: 'size' | 'time' | 'checksum';
  /** No checksum both sides have: the times decided. */
  notCompared?: boolean;
};

export type Compare = (from: Entry, to: Entry) => Promise<Verdict>;

const SAME: Verdict = { same: true };
const seconds = (ms: number) => Math.floor(ms / 1000);
/** An ETag that is the MD5 of the bytes, unless KMS or a key of the customer encrypts them. */
const digestOf = ({ etag = '' }: Entry): string | undefined => /^"?([0-9a-f]{32})"?$/.exec(etag)?.[1];

/**
 * How two files of one name are told apart. Sizes first, then by choice times or checksums; a request for an object, or a
 * read of a file, is made only where what the listing says leaves it open.
 */
export function comparer(aws: AwsConnections, pair: Pair, signal: AbortSignal): Compare {
  const direction = directionOf(pair);
  const head = (place: BucketPlace, { key, etag }: Entry) => headOf(aws, place, key, etag, signal);
  const place = (direction === 'upload' ? pair.to : pair.from) as BucketPlace;
  const folder = (direction === 'upload' ? pair.from : pair.to) as FolderPlace;

  async function byTime(from: Entry, to: Entry): Promise<Verdict> {
    if (direction === 'copy') {
      const isOlder = seconds(from.modified) < seconds(to.modified);
      if (from.etag === to.etag || isOlder) return SAME;
      return seconds(from.modified) > seconds(to.modified) ? { same: false, why: 'time' } : ((await ofObjects(from, to)) ?? SAME);
    }
    const [file, object] = direction === 'upload' ? [from, to] : [to, from];
    const differs = direction === 'upload' ? seconds(file.modified) > seconds(object.modified) : seconds(file.modified) !== seconds(object.modified);
    // Within one second of S3's clock, or where the times say changed, the time the object was uploaded with decides.
    // (Some stores list milliseconds, which HeadObject and others do not have.)
    const withinSecond = seconds(file.modified) === seconds(object.modified) && file.modified % 1000 > 0.5 && Math.abs(file.modified - object.modified) > 1;
    if (!differs && !withinSecond) return SAME;
    const told = await head(place, object);
    const kept = uploadedMtime(told?.Metadata);
    if (kept !== undefined) return Math.abs(kept - file.modified) < 1 ? SAME : { same: false, why: 'time' };
    // Another program uploaded it. Within the second nobody knows which was first: the content does.
    return differs ? { same: false, why: 'time' } : ((await ofFile(file, object, told)) ?? { same: true, notCompared: true });
  }

  async function byChecksum(from: Entry, to: Entry): Promise<Verdict> {
    const [file, object] = direction === 'upload' ? [from, to] : [to, from];
    const verdict = direction === 'copy' ? await ofObjects(from, to) : await ofFile(file, object);
    return verdict ?? { ...(await byTime(from, to)), notCompared: true };
  }

  /** By content; undefined where the store keeps nothing that both could be compared by. */
  async function ofObjects(from: Entry, to: Entry): Promise<Verdict | undefined> {
    if (from.etag === to.etag) return SAME;
    const [one, other] = await Promise.all([head(pair.from as BucketPlace, from), head(pair.to as BucketPlace, to)]);
    return verdictOf(wholeChecksum(one), wholeChecksum(other), one && other && (!isMd5(one) || !isMd5(other)) ? undefined : [digestOf(from), digestOf(to)]);
  }

  /** The same of a file of this machine, which is read. `known`: what HeadObject told. */
  async function ofFile(file: Entry, object: Entry, known?: HeadObjectCommandOutput): Promise<Verdict | undefined> {
    const at = file.real ?? fileOf(folder, file.path!);
    const digest = digestOf(object);
    if (digest !== undefined && (await md5OfFile(at, signal)) === digest) return SAME;
    const told = known ?? (await head(place, object));
    const checksum = wholeChecksum(told);
    if (checksum) return (await checksumAt(at, checksum, file.size)) === checksum.value ? SAME : { same: false, why: 'checksum' };
    return digest !== undefined && told && isMd5(told) ? { same: false, why: 'checksum' } : undefined;
  }

  return async (from, to) => {
    if (from.size !== to.size) return { same: false, why: 'size' };
    return pair.options.compare === 'time' ? byTime(from, to) : byChecksum(from, to);
  };
}

function verdictOf(one: Checksum | undefined, other: Checksum | undefined, digests: (string | undefined)[] | undefined): Verdict | undefined {
  if (one && other && one.algorithm === other.algorithm) return one.value === other.value ? SAME : { same: false, why: 'checksum' };
  const [a, b] = digests ?? [];
  if (a === undefined || b === undefined) return undefined;
  return a === b ? SAME : { same: false, why: 'checksum' };
}

const wholeChecksum = (head: HeadObjectCommandOutput | undefined): Checksum | undefined => {
  const checksum = head && checksumOf(head);
  return checksum && !checksum.composite ? checksum : undefined;
};

const isMd5 = ({ ServerSideEncryption, SSECustomerAlgorithm }: HeadObjectCommandOutput) => !ServerSideEncryption?.startsWith('aws:kms') && !SSECustomerAlgorithm;

/** The time a file had when it was uploaded, ms since 1970, as rclone, s3fs-like tools and we keep it: seconds with a fraction. */
export function uploadedMtime(metadata: Record<string, string> | undefined): number | undefined {
  const kept = metadata?.mtime;
  return kept !== undefined && /^-?\d+(\.\d+)?$/.test(kept) ? Number(kept) * 1000 : undefined;
}

/** Nanoseconds as `uploadedMtime` reads them, without what is lost in a floating-point number. */
export function mtimeText(ns: bigint): string {
  const digits = String(ns < 0n ? -ns : ns).padStart(10, '0');
  return `${ns < 0n ? '-' : ''}${digits.slice(0, -9)}.${digits.slice(-9)}`.replace(/\.?0+$/, '');
}

/** What HeadObject says of the object that was listed; undefined where it may not be asked, or was replaced. */
async function headOf(aws: AwsConnections, { connectionId, bucket, prefix }: BucketPlace, key: string, etag: string | undefined, abortSignal: AbortSignal): Promise<HeadObjectCommandOutput | undefined> {
  const resource = s3Uri(bucket, prefix + key);
  try {
    return await aws.attempt({ connectionId, action: 's3:GetObject', resource }, ({ s3 }) =>
      s3.send(new HeadObjectCommand({ Bucket: bucket, Key: prefix + key, IfMatch: etag, ChecksumMode: 'ENABLED' }), { abortSignal }),
    );
  } catch (error) {
    if (error instanceof AppError && ['AccessDenied', 'NotFound', 'Conflict', 'BadInput'].includes(error.code)) return undefined;
    throw error;
  }
}

const READ_ONLY = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0);

/** Lower-case hexadecimal. */
export async function md5OfFile(at: string, signal?: AbortSignal): Promise<string> {
  const handle = await open(at, READ_ONLY);
  try {
    const hash = createHash('md5');
    for await (const chunk of handle.createReadStream({ highWaterMark: 1024 * 1024, autoClose: false })) {
      if (signal?.aborted) break;
      hash.update(chunk as Buffer);
    }
    return hash.digest('hex');
  } finally {
    await handle.close();
  }
}

/** The checksum of a whole file by an algorithm of S3, base64. */
export async function checksumAt(at: string, { algorithm }: Pick<Checksum, 'algorithm'>, size: number): Promise<string> {
  const handle = await open(at, READ_ONLY);
  try {
    return await checksumOfFile(handle, algorithm, [size], false);
  } finally {
    await handle.close();
  }
}
