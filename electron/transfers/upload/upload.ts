import { AppError } from '../../../shared/errors.ts';
import { s3Uri } from '../../services/s3/keys.ts';
import type { Job } from '../job.ts';
import { fileTransfer } from '../kind.ts';
import { quickly, readSmall } from '../quickDisk.ts';
import type { FileRecord } from '../records.ts';
import { abandon, uploadInParts } from './multipart.ts';
import { SMALLEST_PART } from './partSize.ts';
import { putObject, type WriteOptions } from './putObject.ts';
import { scanPath } from './scan.ts';
import { openSource, sourceOfBytes, type Source } from './source.ts';

const SMALL = 1024 * 1024;

/** Files and folders of this machine to S3. */
export const upload = fileTransfer({
  async plan(job, planner) {
    for await (const { items } of job.journal.plan(job.record.id)) {
      for (const item of items) {
        if (!('path' in item)) continue;
        for await (const file of scanPath(item.path, job.record.prefix)) {
          if (job.signal.aborted) return;
          await planner.add(file);
        }
      }
    }
    if (job.record.filesTotal === 0) {
      throw new AppError('BadInput', `${job.record.source} holds no files.`, { detail: 'There is nothing to upload. Nothing was changed.', resource: job.record.source });
    }
  },

  async doFile(job, index, file) {
    job.aws.assertWritable(job.record.connectionId, `upload ${s3Uri(job.record.bucket, file.key)}`);
    const source = await sourceOf(file);
    try {
      await send(job, index, file, source);
    } finally {
      await source.close();
    }
  },

  undoFile: abandon,
});

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

/** One PutObject for a small file, parts for a large one. */
export async function send(job: Job, index: number, file: FileRecord, source: Source, options?: WriteOptions): Promise<void> {
  job.record.bytesTotal += source.size - file.size; // it may have grown since it was listed
  await job.alone(file.key, async () => {
    if (source.size > SMALLEST_PART) return uploadInParts(job, index, file, source, options);
    await abandon(job, index, file); // it was larger when its upload began
    file.size = source.size;
    await putObject(job, file.key, source, options);
  });
}
