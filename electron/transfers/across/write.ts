import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { NO_CHANGE } from '../../../shared/objects/change.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import { sourceChanged, targetChanged } from '../copy/errors.ts';
import { headOf } from '../copy/target.ts';
import { fetchRange } from '../download/ranges.ts';
import { fetchSmall } from '../download/small.ts';
import { intoMemory } from '../download/taker.ts';
import { mergedExactly, type ExactHeaders } from '../edit/exactHeaders.ts';
import { readTags, tagHeader } from '../edit/tags.ts';
import { atSource, type Job } from '../job.ts';
import type { FileRecord } from '../records.ts';
import type { Condition } from '../tiering/parts.ts';
import { uploadInParts } from '../upload/multipart.ts';
import { putObject } from '../upload/putObject.ts';
import { sourceOfBytes, type Source } from '../upload/source.ts';
import { checkOf } from './check.ts';

/** Up to here an object goes in one piece, as its source did. */
const WHOLE = 16 * 1024 * 1024;

/**
 * An object of one connection to its key in another: read by ranges, sent as one PutObject or in parts, through memory of
 * a bounded size. What is read is compared with the checksum the source's store keeps, what is sent goes with one for the
 * target's to compare; nothing is published before both agree. Headers, metadata, tags and class go along; encryption,
 * lock and grants are those the target's bucket gives.
 *
 * The version made, where versions are kept. Conflict (awsCode PreconditionFailed) where the target is not as `condition` says.
 */
export async function writeAcross(job: Job, index: number, file: FileRecord, head: HeadObjectCommandOutput, asked: Condition): Promise<string | undefined> {
  const size = head.ContentLength ?? 0;
  const headers = await headersOf(job, file, head);
  let condition = asked;
  let damaged = false;
  for (;;) {
    try {
      const source = await openObject(job, file, head);
      const written = await (size <= WHOLE ? putObject(job, file.key, source, { condition, headers }) : uploadInParts(job, index, file, source, { condition, headers }));
      return written.versionId;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.awsCode === 'InvalidStorageClass' && headers['x-amz-storage-class']) delete headers['x-amz-storage-class']; // the target's store knows no such class
      else if (error.code === 'NotImplemented' && (condition.IfMatch ?? condition.IfNoneMatch)) {
        // Stores that know no condition on a write are asked what is there just before.
        if ((await headOf(job, file.key))?.ETag !== file.conflict?.etag) throw targetChanged({ bucket: job.record.bucket, key: file.key });
        condition = {};
      } else if (error.code === 'ChecksumMismatch' && !damaged) damaged = true;
      else throw error;
    }
  }
}

/** What reads the source, told apart from what the target refuses: both may have one name. */
const ofSource = (bucket: string, key: string) => (error: unknown) => {
  if (!(error instanceof AppError)) throw error;
  if (error.code === 'NotFound' || error.awsCode === 'PreconditionFailed' || error.awsCode === 'InvalidRange') throw sourceChanged({ bucket, key }, error.code !== 'NotFound');
  throw error;
};

/** The bytes of the very object `head` tells of. */
async function openObject(job: Job, { from }: FileRecord, head: HeadObjectCommandOutput): Promise<Source> {
  const source = atSource(job);
  const size = head.ContentLength ?? 0;
  const object: FileRecord = { state: 'pending', key: from!, size, etag: head.ETag! };
  const mtimeMs = head.LastModified?.getTime() ?? 0;
  const told = ofSource(source.record.bucket, object.key);
  if (size <= WHOLE) return { ...sourceOfBytes(Buffer.alloc(0), mtimeMs), size, read: () => fetchSmall(source, object).catch(told) };
  const { partSize, check } = await checkOf(source, object, head);
  const read = async (offset: number, length: number) => {
    const bytes = Buffer.allocUnsafeSlow(length);
    await fetchRange(source, object, { offset, length, whole: false }, intoMemory(bytes)).catch(told);
    return bytes;
  };
  return {
    ...{ size, mtimeMs, partSize },
    read,
    assertUnchanged: async () => undefined, // every range is asked for by the ETag
    close: async () => undefined,
    check,
  };
}

async function headersOf(job: Job, { from }: FileRecord, head: HeadObjectCommandOutput): Promise<ExactHeaders> {
  const source = atSource(job);
  const headers = mergedExactly(head, NO_CHANGE, s3Uri(source.record.bucket, from));
  if (head.TagCount) headers['x-amz-tagging'] = tagHeader(await readTags(source, from!));
  if (head.StorageClass && head.StorageClass !== 'STANDARD') headers['x-amz-storage-class'] = head.StorageClass;
  return headers;
}
