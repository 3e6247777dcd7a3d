import { createHash } from 'node:crypto';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import type { HeadObjectCommandOutput } from '@aws-sdk/client-s3';
import { AppError } from '../../../shared/errors.ts';
import { compareKeys } from '../../listing/keyOrder.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import { isSince } from '../copy/object.ts';
import { headOf, keepBoth } from '../copy/target.ts';
import { crc32ToBase64 } from '../crc32.ts';
import type { Checksums } from '../download/checksum.ts';
import type { Job } from '../job.ts';
import { fileTransfer } from '../kind.ts';
import { noteOverwrite, staysWhenReplaced, type Written } from '../overwrites.ts';
import { quickly, readSmall } from '../quickDisk.ts';
import type { FileRecord } from '../records.ts';
import { guardedWrite } from './guardedWrite.ts';
import { abandon, uploadInParts } from './multipart.ts';
import { SMALLEST_PART } from './partSize.ts';
import { UploadPlan } from './plan.ts';
import { putObject, type WriteOptions } from './putObject.ts';
import { scanPath } from './scan.ts';
import { openSource, sourceOfBytes, type Source } from './source.ts';

const SMALL = 1024 * 1024;

/** Files and folders of this machine to S3. */
export const upload = fileTransfer({
  async plan(job, planner) {
    const plan = new UploadPlan(job, planner);
    for await (const { items } of job.journal.plan(job.record.id)) {
      const paths = items.flatMap((item) => ('path' in item ? [item.path] : [])).sort((a, b) => compareKeys(path.basename(a), path.basename(b)));
      for (const chosen of paths) {
        for await (const file of scanPath(chosen, job.record.prefix, { folders: true })) {
          if (job.signal.aborted) return;
          await plan.add(file);
        }
      }
    }
    plan.assertSomething();
  },

  async doFile(job, index, file, again) {
    job.aws.assertWritable(job.record.connectionId, `upload ${s3Uri(job.record.bucket, file.key)}`);
    if (isFolder(file)) return sendPlanned(job, index, file, NOTHING);
    const source = await sourceOf(file);
    try {
      await sendPlanned(job, index, file, source, again);
    } finally {
      await source.close();
    }
  },

  undoFile: abandon,
});

/** The object that stands for an empty folder. */
export const isFolder = ({ key }: FileRecord): boolean => key.endsWith('/');
export const NOTHING = sourceOfBytes(Buffer.alloc(0), 0);

/** A small file is read whole at once; any other, and one that is unusual in some way, is opened. */
export async function sourceOf(file: FileRecord): Promise<Source> {
  const small = file.size <= SMALL ? await quickly(() => attemptSmall(file.path!), async () => undefined) : undefined;
  return small ?? openSource(file.path!);
}

/** undefined: whatever is wrong with it, opening it says so. */
function attemptSmall(at: string): Source | undefined {
  try {
    const read = readSmall(at, SMALL);
    return read && sourceOfBytes(read.bytes, Number(read.stat.mtimeNs) / 1e6);
  } catch {
    return undefined;
  }
}

/**
 * A file to its key as the plan and the answers to it want it. With `again` it is looked first whether it is there already.
 * TargetTaken where somebody else wrote there since.
 */
export async function sendPlanned(job: Job, index: number, file: FileRecord, source: Source, again = false): Promise<void> {
  if (file.choice === 'keepBoth') {
    await abandon(job, index, file); // its parts went to the key that is taken
    await keepBoth(job, index, file);
  }
  const isOurs = async (there: Checksums & { ContentLength?: number | undefined; ETag?: string | undefined }) => {
    if (source.size > SMALLEST_PART || (there.ContentLength ?? 0) !== source.size) return false;
    const bytes = await source.read(0, source.size);
    return there.ChecksumCRC32 === crc32ToBase64(crc32(bytes)) || there.ETag === `"${createHash('md5').update(bytes).digest('hex')}"`;
  };
  const sent = again && !file.uploadId ? await wasSent(job, file, source, isOurs) : undefined;
  const stays = file.conflict !== undefined && (await staysWhenReplaced(job, file.key));
  const written = sent ?? (await guardedWrite(job, file, (condition) => send(job, index, file, source, { condition }), isOurs));
  await noteOverwrite(job, file, stays, written);
}

/** What an earlier start wrote of this file before it was killed and could journal it. */
async function wasSent(job: Job, file: FileRecord, source: Source, isOurs: (there: HeadObjectCommandOutput) => Promise<boolean>): Promise<Written | undefined> {
  if (source.size > SMALLEST_PART) return undefined;
  const there = await headOf(job, file.key).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'AccessDenied') return undefined;
    throw error;
  });
  if (!there || !isSince(there, job.record.createdAt) || !(await isOurs(there))) return undefined;
  job.moved(source.size);
  return { versionId: there.VersionId };
}

/** One PutObject for a small file, parts for a large one. */
export async function send(job: Job, index: number, file: FileRecord, source: Source, options?: WriteOptions): Promise<Written> {
  job.record.bytesTotal += source.size - file.size; // it may have grown since it was listed
  return job.alone(file.key, async () => {
    if (source.size > SMALLEST_PART) return uploadInParts(job, index, file, source, options);
    await abandon(job, index, file); // it was larger when its upload began
    file.size = source.size;
    return putObject(job, file.key, source, options);
  });
}
