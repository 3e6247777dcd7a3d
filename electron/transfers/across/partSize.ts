import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import type { Job } from '../job.ts';
import type { FileRecord } from '../records.ts';
import { request } from '../requests.ts';
import { MAX_PARTS, partSizeFor } from '../upload/partSize.ts';

const MIB = 1024 * 1024;
/** S3 takes no smaller parts; larger ones than these would be too much memory. */
const [LEAST, MOST] = [5 * MIB, 64 * MIB];

/**
 * The part size for the copy of an object: its own, where all its parts but the last have one size (`alike`), else what an
 * upload takes. `pieces`: the sizes of its parts, where they are known already.
 */
export async function partSizeLike(source: Job, file: FileRecord, pieces: number[] | undefined): Promise<{ partSize: number; alike: boolean }> {
  const count = Number(/-(\d+)"?$/.exec(file.etag ?? '')?.[1] ?? 1);
  const first = pieces?.[0] ?? (count > 1 ? await firstPart(source, file) : undefined);
  const fits = first !== undefined && first >= LEAST && first <= MOST && Math.ceil(file.size / first) <= MAX_PARTS;
  const alike = fits && (pieces ? pieces.slice(0, -1).every((size) => size === first) && pieces.at(-1)! <= first : Math.ceil(file.size / first) === count);
  return { partSize: alike ? first : partSizeFor(file.size), alike };
}

/** Bytes of the first part; undefined where the store does not tell. */
async function firstPart(source: Job, { key, etag }: FileRecord): Promise<number | undefined> {
  try {
    const head = await request(source, { action: 's3:GetObject', key }, ({ s3, signal }) => s3.send(new HeadObjectCommand({ Bucket: source.record.bucket, Key: key, PartNumber: 1 }), { abortSignal: signal }));
    return head.ETag === etag ? head.ContentLength : undefined;
  } catch (error) {
    if (error instanceof AppError && !['Cancelled', 'CredentialsExpired', 'CredentialsMissing'].includes(error.code)) return undefined;
    throw error;
  }
}
